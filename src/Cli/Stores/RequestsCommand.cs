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
using MaySend.Records.Requests;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend requests</c>: who asked for access, rectification or erasure on their own page.</summary>
static class RequestsCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make(TimeProvider clock) =>
        new("requests", "People who asked, on a page of their own, for a copy of their data, a correction or an erasure.")
        {
            List(clock),
            Show(),
            Answer(),
        };

    static Command List(TimeProvider clock)
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var all = new Option<bool>("--all") { Description = "answered requests as well" };
        var json = new Option<bool>("--json") { Description = "print everything as JSON" };
        var command = new Command("list", "List the open requests, oldest first.") { data, keys, all, json };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var requests = (await Of(store).AllAsync(cancellation)).Where(one => one.Answer is null || parsed.GetValue(all)).ToList();
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(requests, Layout));
                    return ExitCode.Done;
                }
                var table = new Table()
                    .Border(TableBorder.Simple)
                    .AddColumn("id")
                    .AddColumn("received")
                    .AddColumn("days ago")
                    .AddColumn("answered");
                foreach (var one in requests)
                    table.AddRow(
                        one.Received.Id,
                        Instant(one.Received.At),
                        ((int)(clock.GetUtcNow() - one.Received.At).TotalDays).ToString(CultureInfo.InvariantCulture),
                        one.Answer is { } answer ? $"{answer.Outcome} by {answer.By}, {Instant(answer.At)}".EscapeMarkup() : ""
                    );
                AnsiConsole.Write(table);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Show()
    {
        var (id, data, keys) = (Id(), StoreOptions.Data(), StoreOptions.Keys());
        var command = new Command("show", "Show one request: whose it is and what they wrote.") { id, data, keys };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var requests = Of(store);
                var one =
                    (await requests.AllAsync(cancellation)).FirstOrDefault(one => one.Received.Id == parsed.GetValue(id))
                    ?? throw new BadInputException(new Place(parsed.GetValue(id)!), "request not found", "maysend requests list");
                await store.ShownAsync(
                    Viewed.Message,
                    ContactId.TryParse(one.Received.Contact, out var whose) ? whose : null,
                    about: $"request {one.Received.Id}"
                );
                var person = await requests.PersonAsync(one, cancellation);
                Console.WriteLine($"{one.Received.Right}, received {Instant(one.Received.At)}");
                Console.WriteLine(person is { } known ? known.Address : "the person is no longer on record");
                if (person is { Words.Length: > 0 } wrote)
                    Console.WriteLine($"\n{wrote.Words}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Answer()
    {
        var (id, data, keys, by) = (Id(), StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var outcome = new Option<string>("--as") { Description = "done or refused", Required = true };
        outcome.AcceptOnlyFromAmong([.. RightsRequests.Outcomes]);
        var reason = new Option<string>("--reason")
        {
            Description = "what was done, or why not, without naming or describing the person",
            DefaultValueFactory = _ => "",
        };
        var command = new Command("answer", "Record that a request was answered; `maysend export` and `maysend erase` do the work.")
        {
            id,
            outcome,
            reason,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var isDone = await Of(store)
                    .AnswerAsync(
                        parsed.GetValue(id)!,
                        parsed.GetValue(outcome)!,
                        parsed.GetValue(reason)!,
                        Actor.Runner(parsed.GetValue(by)!),
                        cancellation
                    );
                return isDone ? ExitCode.Done : CommandFailures.NotDone($"no request {parsed.GetValue(id)} is open");
            }
        );
        return command;
    }

    static RightsRequests Of(OpenStore store) => new(store.Evidence, new ServerRecords(store.Evidence));

    static Argument<string> Id() => new("id") { Description = "its number" };

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
