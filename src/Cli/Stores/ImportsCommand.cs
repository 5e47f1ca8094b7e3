using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend imports</c>: what was imported, and taking back the opt-outs of a file that was a mistake.</summary>
static class ImportsCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make() =>
        new("imports", "What was imported; two people can take back the opt-outs of a file that was imported by mistake.")
        {
            List(),
            TakeBack(),
            Agree(),
        };

    static Command List()
    {
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var json = new Option<bool>("--json") { Description = "print everything as JSON" };
        var command = new Command("list", "List every import, oldest first.") { data, keys, json };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var imports = await new TakingBack(store.Evidence).AllAsync(cancellation);
                if (parsed.GetValue(json))
                {
                    Console.WriteLine(JsonSerializer.Serialize(imports, Layout));
                    return ExitCode.Done;
                }
                var table = new Table()
                    .Border(TableBorder.Simple)
                    .AddColumn("import")
                    .AddColumn("file")
                    .AddColumn("rows")
                    .AddColumn("recorded")
                    .AddColumn("opt-outs");
                foreach (var one in imports)
                    table.AddRow(
                        one.Import.Id.EscapeMarkup(),
                        one.Import.FileName.EscapeMarkup(),
                        one.Import.Rows.ToString("N0", CultureInfo.InvariantCulture),
                        $"{Instant(one.RecordedAt)} by {one.By}".EscapeMarkup(),
                        (
                            one.Taken is { } taken ? $"taken back: {taken.Reason}"
                            : one.Proposed is { } proposed ? $"to be taken back, {proposed.Id}"
                            : "count"
                        ).EscapeMarkup()
                    );
                AnsiConsole.Write(table);
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command TakeBack()
    {
        var import = new Argument<string>("import") { Description = "the import, as `maysend imports list` names it" };
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var reason = new Option<string>("--reason") { Description = "the reason, without naming or describing a person", Required = true };
        var command = new Command(
            "take-back",
            "Propose to take back the opt-outs of an import; nothing changes until somebody else agrees."
        )
        {
            import,
            reason,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var taking = new TakingBack(store.Evidence);
                var name = parsed.GetValue(import)!;
                var actor = Actor.Runner(parsed.GetValue(by)!);
                var proposal =
                    await taking.ProposeAsync(name, parsed.GetValue(reason)!, actor, cancellation)
                    ?? throw new BadInputException(new Place(name), "is not an import whose opt-outs count", "maysend imports list");
                var found = (await taking.AllAsync(cancellation)).Last(one => one.Import.Id == name);
                var reach = await taking.ReachAsync(found.Import, cancellation);
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"opt-outs of {Amount.Of(reach.People, "address", "addresses")}; {reach.Freed:N0} of them are stopped by "
                            + $"nothing else"
                    )
                );
                Console.WriteLine($"proposed; nothing changes until somebody else agrees: maysend imports agree {proposal.Id} --by NAME");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Agree()
    {
        var proposal = new Argument<string>("proposal") { Description = "the proposal, as it was printed" };
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var command = new Command("agree", "Agree to somebody else's proposal; from then on, the file's opt-outs no longer count.")
        {
            proposal,
            data,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var id = parsed.GetValue(proposal)!;
                var taken =
                    await new TakingBack(store.Evidence).AgreeAsync(id, Actor.Runner(parsed.GetValue(by)!), cancellation)
                    ?? throw new BadInputException(new Place(id), "no such proposal", "maysend imports list");
                Console.WriteLine($"taken back, proposed by {taken.ProposedBy} and agreed by {taken.AgreedBy}: {taken.Reason}");
                return ExitCode.Done;
            }
        );
        return command;
    }

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
