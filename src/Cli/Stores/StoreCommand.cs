using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using MaySend.Records.Imports;
using MaySend.Screening.Audiences;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend store</c>: make an evidence store, load what a folder says into it, see what it holds.</summary>
static class StoreCommand
{
    public static Command Make() =>
        new("store", "Make an evidence store, load a folder into it, see what it holds, take it all out.")
        {
            Init(),
            Load(),
            Status(),
            StoreExportCommand.Make(),
        };

    static Command Init()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("init", "Make a new store, with a new key file unless there is one already.") { data, keys };
        command.SetAction(
            async (parsed, _) =>
            {
                var location = parsed.GetValue(data)!;
                await using var store = await EvidenceStores.CreateAsync(location, parsed.GetValue(keys));
                Console.WriteLine($"made the store {store.Ledger.StoreId}");
                Console.WriteLine($"key file: {EvidenceStores.KeyFileOf(location, parsed.GetValue(keys))}");
                Console.WriteLine("Keep a copy of the key file apart from the store: without it nothing in the store can be read again.");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Load()
    {
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var from = new Option<string>("--in")
        {
            Description =
                "folder with sender.yaml and the files beside it, and the companion files people.csv, orders.csv, refusals.csv, ...",
            Required = true,
        };
        var zone = Commands.Inputs.Zone();
        var command = new Command(
            "load",
            "Record what a folder says: the sender's own record, campaigns, and what happened with people. Loading the same "
                + "folder again adds nothing."
        )
        {
            data,
            keys,
            from,
            zone,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                return await LoadAsync(
                    store,
                    parsed.GetValue(from)!,
                    Commands.Inputs.ReadZone(parsed.GetValue(zone)),
                    Actor.Runner(parsed.GetValue(by)!),
                    cancellation
                );
            }
        );
        return command;
    }

    static async Task<int> LoadAsync(OpenStore store, string folder, TimeZoneInfo? zone, Actor by, CancellationToken cancellation)
    {
        FolderOutcome? done = null;
        await ProgressDisplay.RunAsync(
            "reading",
            async advance =>
            {
                var plan = await FolderPlan.MakeAsync(store.Evidence, folder, zone, new Reporting(advance), cancellation);
                done = await plan.ApplyAsync(by, new Reporting(advance), cancellation);
            }
        );
        Console.WriteLine(
            $"the sender's record: {Amount.Of(done!.Added, "entry", "entries")} added, {done.Described - done.Added} already there"
        );
        foreach (var (file, outcome) in done.Files)
        {
            var erased = outcome.Suppressed == 0 ? "" : Invariant($", {outcome.Suppressed} about people who were erased: nothing added");
            Console.WriteLine(
                Invariant($"{file}: {Amount.Of(outcome.Added, "entry", "entries")} added, {outcome.AlreadyThere} already there{erased}")
            );
        }
        foreach (var id in done.StayEnded)
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]the assessment {id} was ended on record; the folder's older description of it was left out[/]"
            );
        return ExitCode.Done;
    }

    static Command Status()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("status", "What the store holds.") { data, keys };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var contacts = await store.Evidence.Ledger.CountContactsAsync(cancellation);
                var entries = 0L;
                for (var partition = 0; partition < Partition.Contacts; partition++)
                    entries += (await store.Evidence.Ledger.PositionAsync(new Partition(partition), cancellation)).Seq;
                var own = (await store.Evidence.Ledger.PositionAsync(Partition.Controller, cancellation)).Seq;
                var controller = await store.Evidence.ControllerAsync(cancellation: cancellation);
                var checkpoints = await store.Evidence.Ledger.CheckpointsAsync(cancellation);
                var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn("").AddColumn("");
                foreach (
                    var (what, value) in new (string, string)[]
                    {
                        ("store", store.Evidence.Ledger.StoreId),
                        ("contacts", Number(contacts)),
                        ("entries about contacts", Number(entries)),
                        ("entries about the controller", Number(own)),
                        ("senders", string.Join(", ", controller.Senders.Keys.Order(StringComparer.Ordinal))),
                        (
                            "campaigns",
                            string.Join(
                                ", ",
                                controller.Campaigns.Select(campaign => campaign.Campaign.Id).Distinct().Order(StringComparer.Ordinal)
                            )
                        ),
                        (
                            "assessments",
                            string.Join(
                                ", ",
                                controller.Assessments.Select(assessment =>
                                    assessment.EndedOn is { } ended
                                        ? Invariant($"{assessment.Id} (ended {ended:yyyy-MM-dd})")
                                        : assessment.Id
                                )
                            )
                        ),
                        ("checkpoints", Number(checkpoints.Count)),
                        (
                            "law kept",
                            Directory.Exists(store.Archive.Folder)
                                ? string.Join(
                                    ", ",
                                    Directory
                                        .EnumerateDirectories(store.Archive.Folder)
                                        .Select(Path.GetFileName)
                                        .Where(name => name![0] != '.')
                                        .Order()
                                )
                                : "none yet"
                        ),
                    }
                )
                    table.AddRow($"[grey]{what}[/]", value.EscapeMarkup());
                AnsiConsole.Write(table);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}

/// <summary>Passes an import's progress on, on the same thread.</summary>
sealed class Reporting(Action<string, long, long?> advance) : IProgress<ImportProgress>
{
    public void Report(ImportProgress value) => advance(value.Phase, value.Rows, value.Total);
}
