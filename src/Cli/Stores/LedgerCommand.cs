using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Decisions.Replay;
using MaySend.Reading;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend ledger</c>: verify, checkpoint, backup, restore, rotate-keys.</summary>
static class LedgerCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make() =>
        new("ledger", "Verify the ledger, sign a checkpoint, back up, restore, rotate keys.")
        {
            Verify(),
            Checkpoint(),
            Backup(),
            Restore(),
            RotateKeys(),
        };

    static Command Verify()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var kept = new Option<string[]>("--checkpoint")
        {
            Description = "a checkpoint kept elsewhere: proves that nothing before it was cut off or written again",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "FILE",
        };
        var verifiers = new Option<string[]>("--verifier-key")
        {
            Description = "the public key that signs checkpoints, kept elsewhere; the key file's unless named",
            AllowMultipleArgumentsPerToken = true,
            HelpName = "KEY",
        };
        var json = new Option<bool>("--json") { Description = "the report as JSON" };
        var command = new Command(
            "verify",
            "Derive every hash again from outside. Names the first bad entry of each chain. Exit status: 0 sound, 1 not."
        )
        {
            data,
            keys,
            kept,
            verifiers,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var location = parsed.GetValue(data)!;
                string[] given = parsed.GetValue(verifiers) ?? [];
                string[] trusted =
                    given.Length > 0 ? given
                    : EvidenceStores.VerifierKey(location, parsed.GetValue(keys)) is { } own ? [own]
                    : [];
                var report = await VerifyAsync(location, trusted, [.. (parsed.GetValue(kept) ?? []).Select(File.ReadAllText)]);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(report, Indented));
                    return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
                }
                foreach (var finding in report.Findings)
                    AnsiConsole.MarkupLineInterpolated($"[red]{finding}[/]");
                var counts = FormattableString.Invariant(
                    $"{report.Entries:N0} entries, {report.Suppressions:N0} suppressions, {report.Checkpoints} checkpoints"
                );
                AnsiConsole.MarkupLineInterpolated(
                    report.IsSound
                        ? (FormattableString)$"[green]sound[/]: {counts}; ledger {report.StoreId}"
                        : $"[red]not sound[/]: {counts}; ledger {report.StoreId}"
                );
                if (!report.SignaturesChecked)
                    AnsiConsole.MarkupLine("[grey]no verifier key was given, so signatures were not checked[/]");
                return report.IsSound ? ExitCode.Done : ExitCode.CheckFailed;
            }
        );
        return command;
    }

    static async Task<Ledger.Verify.VerificationReport> VerifyAsync(string location, string[] trusted, string[] kept)
    {
        try
        {
            return await EvidenceStores.VerifyAsync(location, trusted, kept);
        }
        catch (FormatException wrong)
        {
            throw new BadInputException(new Place("--verifier-key"), wrong.Message);
        }
    }

    static Command Checkpoint()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string?>("--out") { Description = "also write it to this file, to keep elsewhere" };
        var command = new Command("checkpoint", "Sign a statement of how far every chain has come. Keep it away from the store.")
        {
            data,
            keys,
            output,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var checkpoint = await store.Evidence.Ledger.CheckpointAsync(cancellation);
                if (parsed.GetValue(output) is { } file)
                    await File.WriteAllTextAsync(file, checkpoint.Note, cancellation);
                else
                    Console.Write(checkpoint.Note);
                Console.Error.WriteLine($"verifier key: {EvidenceStores.VerifierKey(parsed.GetValue(data)!, parsed.GetValue(keys))}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Backup()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string>("--out") { Description = "an empty or new folder", Required = true };
        var command = new Command("backup", "Copy the store, its key file and the archive of law into a folder.") { data, keys, output };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var folder = parsed.GetValue(output)!;
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                await store.Evidence.Ledger.BackupAsync(folder, cancellation);
                CopyTree(store.Archive.Folder, Path.Combine(folder, LawArchive.Name));
                Console.WriteLine(
                    $"written to {Home.Shown(folder)}/. It holds the key file too: keep the two apart when they leave the machine."
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Restore()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var from = new Option<string>("--from") { Description = "a backup's folder", Required = true };
        var command = new Command("restore", "Put a backup in place where no store is, and forget again whoever was erased since.")
        {
            data,
            keys,
            from,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var (folder, location) = (parsed.GetValue(from)!, parsed.GetValue(data)!);
                var restored = await EvidenceStores.RestoreAsync(folder, location, parsed.GetValue(keys));
                CopyTree(Path.Combine(folder, LawArchive.Name), OpenStore.ArchiveOf(location, parsed.GetValue(keys)).Folder);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"restored; erased again: {restored.Forgotten} contacts, {restored.Suppressed} suppressions put down again"
                    )
                );
                return restored.UnreadableLines == 0
                    ? ExitCode.Done
                    : Failures.NotDone(
                        $"{restored.UnreadableLines} lines of the erasure list could not be read: look into "
                            + $"{EvidenceStores.KeyFileOf(location, parsed.GetValue(keys))}.erasures"
                    );
            }
        );
        return command;
    }

    static Command RotateKeys()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var destroy = new Option<bool>("--destroy-old")
        {
            Description = "then destroy the older wrapping keys: older backups need the key file saved with them",
        };
        var command = new Command("rotate-keys", "Move every contact to a new generation of keys.") { data, keys, destroy };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                await store.Evidence.Ledger.RotateKeysAsync(parsed.GetValue(destroy), cancellation);
                Console.WriteLine("every contact uses the new keys. Make a new copy of the key file.");
                return ExitCode.Done;
            }
        );
        return command;
    }

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
