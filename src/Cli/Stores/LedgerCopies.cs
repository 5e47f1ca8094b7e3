using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Attaching;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend ledger</c>: backup, restore, drill, erasures.</summary>
static class LedgerCopies
{
    public static Command Backup()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string>("--out") { Description = "an empty or new folder", Required = true };
        var command = new Command(
            "backup",
            "Copy the store, its key file, erasure list, inbox, attachments and archive of law into a folder."
        )
        {
            data,
            keys,
            output,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var folder = parsed.GetValue(output)!;
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var wasThere = Directory.Exists(folder);
                var isEmpty = !wasThere || !Directory.EnumerateFileSystemEntries(folder).Any();
                try
                {
                    await store.Evidence.Ledger.BackupAsync(folder, cancellation);
                    CopyTree(store.Archive.Folder, Path.Combine(folder, LawArchive.Name));
                    foreach (var beside in Beside)
                        CopyTree(FolderOf(beside, parsed.GetValue(data)!, parsed.GetValue(keys)), Path.Combine(folder, beside));
                    OwnerOnly.CloseTree(folder);
                }
                catch when (isEmpty && Directory.Exists(folder))
                {
                    // Half a backup is none. It is made in its place, which may be a disk of its own, and not beside it.
                    Clear(folder, alone: wasThere);
                    throw;
                }
                Console.WriteLine(
                    $"written to {Home.Shown(folder)}/. It holds the key file too: keep the two apart when they leave the machine."
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    /// <summary>Deletes what is in a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="alone">The folder itself stays.</param>
    static void Clear(string folder, bool alone)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
            if (entry is DirectoryInfo below)
                below.Delete(recursive: true);
            else
                entry.Delete();
        if (!alone)
            Directory.Delete(folder);
    }

    public static Command Restore()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var from = new Option<string>("--from") { Description = "a backup's folder", Required = true };
        var erasures = new Option<string?>("--erasures")
        {
            Description = "the second copy of the erasure list, if the one beside the key file is lost",
            HelpName = "FILE",
        };
        var without = new Option<bool>("--without-erasure-list")
        {
            Description = "restore even without an erasure list: people erased since the backup come back. This goes on record",
        };
        var command = new Command("restore", "Restore a backup to a place without a store, and erase again everybody who was erased since.")
        {
            data,
            keys,
            from,
            erasures,
            without,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var (folder, location) = (parsed.GetValue(from)!, parsed.GetValue(data)!);
                var terms = new RestoreTerms { ErasureList = parsed.GetValue(erasures), WithoutErasureList = parsed.GetValue(without) };
                var restored = await EvidenceStores.RestoreAsync(folder, location, parsed.GetValue(keys), terms);
                CopyTree(Path.Combine(folder, LawArchive.Name), OpenStore.ArchiveOf(location, parsed.GetValue(keys)).Folder);
                foreach (var beside in Beside)
                    CopyTree(Path.Combine(folder, beside), FolderOf(beside, location, parsed.GetValue(keys)));
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"restored; erased again: {Amount.Of(restored.Forgotten, "contact")}, "
                            + $"{Amount.Of(restored.Suppressed, "suppression")} recorded again"
                    )
                );
                Console.WriteLine(
                    "What was recorded after the backup is missing, requests to stop included. Until a statement that the register "
                        + "of refusals is complete is signed again, MaySend can't show for any later day that somebody did not refuse."
                );
                return restored.UnreadableLines == 0
                    ? ExitCode.Done
                    : CommandFailures.NotDone(
                        $"{Amount.Of(restored.UnreadableLines, "line")} of the erasure list could not be read: check "
                            + $"{EvidenceStores.KeyFileOf(location, parsed.GetValue(keys))}.erasures"
                    );
            }
        );
        return command;
    }

    public static Command Drill()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var from = new Option<string>("--from") { Description = "the backup of a store in a folder", Required = true };
        var command = new Command("drill", "Restore a backup into a folder of its own, verify it with its keys, and throw it away.")
        {
            data,
            keys,
            from,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var folder = Directory.CreateTempSubdirectory("maysend-drill-").FullName;
                try
                {
                    var list = EvidenceStores.Erasures(parsed.GetValue(data)!, parsed.GetValue(keys));
                    var terms = new RestoreTerms { ErasureList = list.Exists ? list.Path : null };
                    var restored = await EvidenceStores.RestoreAsync(parsed.GetValue(from)!, folder, terms: terms);
                    var report = await EvidenceStores.VerifyAsync(folder, [], [], EvidenceStores.KeyFileOf(folder));
                    await using var store = await EvidenceStores.OpenAsync(folder);
                    var contacts = await store.Ledger.CountContactsAsync(cancellation);
                    foreach (var finding in report.Findings)
                        AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{(report.IsSound ? "restored, and sound" : "restored, and not sound")}: {Amount.Of(contacts, "contact")}, "
                                + $"{Amount.Of(report.Entries, "entry", "entries")}; erased again: {restored.Forgotten}"
                        )
                    );
                    return report.IsSound && restored.UnreadableLines == 0 ? ExitCode.Done : ExitCode.CheckFailed;
                }
                finally
                {
                    Directory.Delete(folder, recursive: true);
                }
            }
        );
        return command;
    }

    public static Command Erasures()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var also = new Option<string?>("--also")
        {
            Description = "also write every erasure to this file, on another disk; the list so far is copied there",
            HelpName = "FILE",
        };
        var alone = new Option<bool>("--alone") { Description = "stop writing to a second place" };
        var command = new Command("erasures", "Show where the list of erasures is, or keep it in a second place as well.")
        {
            data,
            keys,
            also,
            alone,
        };
        command.SetAction(parsed =>
        {
            var list = EvidenceStores.Erasures(parsed.GetValue(data)!, parsed.GetValue(keys));
            if (!list.Exists)
                throw new BadInputException(new Place(list.Path), "there is no erasure list", "open the store once with this build");
            if (parsed.GetValue(also) is { } second)
                list.SetSecondPlace(second);
            else if (parsed.GetValue(alone))
                list.SetSecondPlace(null);
            Console.WriteLine($"{list.Path}: {Amount.Of(list.State().Lines, "line")}");
            Console.WriteLine(
                list.SecondPlace is { } place
                    ? $"also at {place}"
                    : "in no second place: if this disk is lost, no backup can be restored safely"
            );
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Folders of sealed files beside the store, whose keys are in it.</summary>
    static readonly string[] Beside = [RecordsOptions.InboxName, Attachments.FolderName];

    static string FolderOf(string name, string location, string? keys) => Path.Combine(EvidenceStores.FolderBeside(location, keys), name);

    /// <summary>Copies what is not there yet: what is there under a digest is the same.</summary>
    static void CopyTree(string from, string to)
    {
        if (!Directory.Exists(from))
            return;
        foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!File.Exists(target))
                File.Copy(path, target);
        }
    }
}
