using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Auditing;
using MaySend.Records.Inbound;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend inbox</c>: what came back and waits for a person.</summary>
static class InboxCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make() =>
        new("inbox", "Mail that came back and waits for a person; what may be an opt-out holds its address until somebody settles it.")
        {
            List(),
            Show(),
            Settle(),
            Agree(),
        };

    static Command List()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var all = new Option<bool>("--all") { Description = "settled mail as well" };
        var json = new Option<bool>("--json") { Description = "print everything as JSON" };
        var command = new Command("list", "List what waits, oldest first.") { data, keys, all, json };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var inbox = Of(store, parsed.GetValue(data)!, parsed.GetValue(keys));
                await inbox.TidyAsync(cancellation);
                var items = (await inbox.AllAsync(cancellation)).Where(one => one.IsWaiting || parsed.GetValue(all)).ToList();
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(items.Select(Shown), Layout));
                    return ExitCode.Done;
                }
                var table = new Table()
                    .Border(TableBorder.Simple)
                    .AddColumn("id")
                    .AddColumn("arrived")
                    .AddColumn("from")
                    .AddColumn("about")
                    .AddColumn("holds")
                    .AddColumn("settled");
                foreach (var item in items)
                    table.AddRow(
                        item.Arrived.Id[..12],
                        Instant(item.Arrived.At),
                        item.Arrived.Source.EscapeMarkup(),
                        item.Arrived.Matter,
                        item.Arrived.Holds ? "yes" : "no",
                        (item.Settled?.Outcome ?? "").EscapeMarkup()
                    );
                AnsiConsole.Write(table);
                var summary = await inbox.SummaryAsync(cancellation);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{summary.Waiting} wait, {summary.Holding} of them hold an address, {summary.Overdue} have waited for too long"
                    )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Show()
    {
        var (id, data, keys) = (Id(), StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("show", "Show one item, with what was written.") { id, data, keys };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var inbox = Of(store, parsed.GetValue(data)!, parsed.GetValue(keys));
                var item = await FindAsync(inbox, parsed.GetValue(id)!, cancellation);
                await store.ShownAsync(
                    Viewed.Message,
                    ContactId.TryParse(item.Arrived.Contact, out var whose) ? [whose] : [],
                    people: 1,
                    about: "inbox"
                );
                var text = await inbox.TextAsync(item, cancellation);
                Console.WriteLine($"{item.Arrived.Id}  {item.Arrived.Matter} by {item.Arrived.Source}, {Instant(item.Arrived.At)}");
                Console.WriteLine(item.Arrived.Says);
                Console.WriteLine(item.Arrived.Holds ? "holds the address it names" : "holds nobody");
                if (item.Settled is { } settled)
                    Console.WriteLine($"settled as {settled.Outcome} by {settled.By}, {Instant(settled.At)}");
                Console.WriteLine();
                Console.WriteLine(
                    text is null ? "the text is not kept here" : $"from {text.Address ?? "nobody that is named"}:\n{text.Words}"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Settle()
    {
        var (id, data, keys, by) = (Id(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        id.Arity = ArgumentArity.ZeroOrOne;
        var outcome = new Option<string>("--as") { Description = "request, nothing or forged", Required = true };
        outcome.AcceptOnlyFromAmong([.. InboxOutcome.All]);
        var reason = new Option<string>("--reason")
        {
            Description = "the reason, without naming or describing the person",
            DefaultValueFactory = _ => "",
        };
        var whom = new Option<string?>("--address") { Description = "whose request it is, if it names nobody" };
        var source = new Option<string?>("--source") { Description = "instead of an id: propose everything that came from this source" };
        var from = new Option<DateTimeOffset?>("--from") { Description = "with --source: from this time on" };
        var until = new Option<DateTimeOffset?>("--until") { Description = "with --source: until this time" };
        var command = new Command(
            "settle",
            "Settle one item, or propose to settle everything from one source, which somebody else must agree to."
        )
        {
            id,
            outcome,
            reason,
            whom,
            source,
            from,
            until,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var inbox = Of(store, parsed.GetValue(data)!, parsed.GetValue(keys));
                var actor = Actor.Runner(parsed.GetValue(by)!);
                var (word, why) = (parsed.GetValue(outcome)!, parsed.GetValue(reason)!);
                if (parsed.GetValue(source) is { } brought)
                {
                    var run =
                        await inbox.ProposeAsync(
                            brought,
                            parsed.GetValue(from) ?? DateTimeOffset.MinValue,
                            parsed.GetValue(until) ?? DateTimeOffset.MaxValue,
                            word,
                            why,
                            actor,
                            cancellation
                        ) ?? throw new BadInputException(new Place("--source"), $"nothing from {brought} is waiting for that time");
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"proposed run {run.Id} of {run.Items.Length}; nothing is settled until somebody else agrees: "
                                + $"maysend inbox agree {run.Id} --by NAME"
                        )
                    );
                    return ExitCode.Done;
                }
                var item = await FindAsync(
                    inbox,
                    parsed.GetValue(id) ?? throw new BadInputException(new Place("id"), "give an id, or --source"),
                    cancellation
                );
                var person = parsed.GetValue(whom) is { } text ? StoreOptions.ReadAddress(text) : null;
                return Tell(await inbox.SettleAsync([item.Arrived.Id], word, why, actor, person, cancellation));
            }
        );
        return command;
    }

    static Command Agree()
    {
        var run = new Argument<string>("run") { Description = "the run's id, as it was printed" };
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var command = new Command("agree", "Agree to a run that somebody else proposed; that settles it.") { run, data, keys, by };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var inbox = Of(store, parsed.GetValue(data)!, parsed.GetValue(keys));
                return Tell(
                    await inbox.AgreeAsync(parsed.GetValue(run)!, Actor.Runner(parsed.GetValue(by)!), cancellation)
                        ?? throw new BadInputException(new Place("run"), $"there is no run {parsed.GetValue(run)}")
                );
            }
        );
        return command;
    }

    static int Tell(InboxSettlement settled)
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"settled: {settled.Done.Count}"));
        foreach (var (id, why) in settled.Left)
            Console.WriteLine($"not settled: {id[..Math.Min(12, id.Length)]}: {why}");
        return settled.Left.Count == 0 ? ExitCode.Done : ExitCode.Usage;
    }

    static Inbox Of(OpenStore store, string location, string? keys) =>
        new(
            store.Evidence,
            new ServerRecords(store.Evidence),
            new RecordsOptions { DataFolder = EvidenceStores.FolderBeside(location, keys) }
        );

    static async Task<InboxItem> FindAsync(Inbox inbox, string start, CancellationToken cancellation) =>
        (await inbox.AllAsync(cancellation)).Where(one => one.Arrived.Id.StartsWith(start, StringComparison.Ordinal)).ToList() switch
        {
            [var only] => only,
            [] => throw new BadInputException(new Place(start), "nothing in the inbox has that id", "maysend inbox list shows the ids"),
            _ => throw new BadInputException(new Place(start), "more than one id begins with these digits", "give more digits"),
        };

    static object Shown(InboxItem item) =>
        new
        {
            item.Arrived.Id,
            item.Arrived.At,
            item.Arrived.Source,
            item.Arrived.Matter,
            item.Arrived.Says,
            item.Arrived.Holds,
            item.Arrived.Contact,
            outcome = item.Settled?.Outcome,
            settledAt = item.Settled?.At,
            settledBy = item.Settled?.By,
        };

    static Argument<string?> Id() => new("id") { Description = "its id, or the first digits of it" };

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
