using System.CommandLine;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Reading;
using MaySend.Records.Auditing;
using MaySend.Screening;
using MaySend.Screening.Runs;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend screen</c>: who of these may be reached, and why not the rest?</summary>
static class ScreenCommand
{
    public static Command Make()
    {
        var sender = Inputs.Sender();
        var campaign = Inputs.Campaign();
        var audience = Inputs.Audience();
        var both = Inputs.In();
        var output = new Option<string>("--out")
        {
            Description = "folder for permitted.csv, refused.csv, not-shown.csv and report.html",
            Required = true,
        };
        var zone = Inputs.Zone();
        var knownAt = Inputs.KnownAt();
        var law = Inputs.LawFolder();
        var (data, keys, by) = (StoreOptions.OptionalData(), StoreOptions.Keys(), StoreOptions.By());
        var delta = new Option<string?>("--delta") { Description = "check an earlier list again: its permitted.csv", HelpName = "FILE" };
        var lists = new Option<string[]>("--list")
        {
            Description = "an export as it is (CSV, XLSX or ZIP) instead of a folder; may be repeated",
            HelpName = "FILE",
        };
        var aside = new Option<string?>("--set-aside")
        {
            Description =
                "write rows that cannot be read to this CSV file and leave out the people they are about, instead of rejecting the files",
            HelpName = "FILE",
        };
        var on = new Option<string?>("--on")
        {
            Description =
                "decide in the database with the tables of `maysend warehouse export`: duckdb:FILE, postgres://... or clickhouse://...; a "
                + "what-if",
            HelpName = "DATABASE",
        };
        var share = new Option<string?>("--share")
        {
            Description =
                "screen one share of everybody on record, such as 2/3, on each of several machines; `maysend join` makes one list of them",
            HelpName = "N/OF",
        };
        var tables = WarehouseInputs.TablePrefix();
        var choices = new ImportChoices();
        var command = new Command("screen", "Who in an audience may be reached, and why not the rest?")
        {
            data,
            both,
            sender,
            campaign,
            audience,
            lists,
            delta,
            aside,
            share,
            on,
            tables,
            output,
            zone,
            knownAt,
            law,
            keys,
            by,
        };
        choices.AddTo(command, ownsSender: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(on) is { } database)
                {
                    var elsewhere = command
                        .Options.Where(option => option != data && option != both && option != sender && option != campaign)
                        .Where(option => option != on && option != tables && option != output && option != knownAt)
                        .Where(option => option != law && option != keys && option != by && parsed.GetResult(option) is { Implicit: false })
                        .ToList();
                    if (elsewhere.Count > 0)
                        throw new BadInputException(
                            new Place("--on"),
                            "the tables hold everybody and every fact: leave out "
                                + string.Join(", ", elsewhere.Select(option => option.Name))
                        );
                    await ScreenOn.RunAsync(
                        database,
                        parsed.GetValue(tables),
                        parsed.GetValue(sender) ?? parsed.GetValue(both),
                        AskCommand.Need(parsed.GetValue(campaign), "--campaign"),
                        (parsed.GetValue(data), parsed.GetValue(keys)),
                        parsed.GetValue(knownAt),
                        parsed.GetValue(law),
                        parsed.GetValue(output)!,
                        cancellation
                    );
                    return ExitCode.Done;
                }
                var name = AskCommand.Need(parsed.GetValue(campaign), "--campaign");
                var (senderFolder, audienceFolder) = (
                    parsed.GetValue(sender) ?? parsed.GetValue(both),
                    parsed.GetValue(audience) ?? parsed.GetValue(both)
                );
                var options = choices.Read(parsed, Inputs.ReadZone(parsed.GetValue(zone)));
                using var list = parsed.GetValue(lists) is { Length: > 0 } exports
                    ? AudienceList.FromExports(exports, options, parsed.GetValue(audience), parsed.GetValue(aside))
                    : AudienceOf(audienceFolder, parsed.GetValue(delta), options.Zone, parsed.GetValue(data) is not null)
                        ?.With(options, parsed.GetValue(aside));
                if (parsed.GetValue(data) is { } location)
                {
                    await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                    await ScreenAsync(
                        store,
                        store.KeepLaw(parsed.GetValue(law)),
                        name,
                        senderFolder,
                        list,
                        parsed.GetValue(knownAt),
                        Actor.Runner(parsed.GetValue(by)!),
                        ShareOf(parsed.GetValue(share)),
                        parsed.GetValue(output)!,
                        cancellation
                    );
                }
                else
                {
                    if (parsed.GetValue(share) is not null)
                        throw new BadInputException(new Place("--share"), "only a store can be shared out", "--data STORE");
                    // Neither asks for the other; what is wrong with the law is told first.
                    var bySender = AskCommand.Need(senderFolder, "--data, --in or --sender");
                    var (ofLaw, ofSender) = (
                        Task.Run(() => new Decider(Home.ReadLaw(parsed.GetValue(law))), cancellation),
                        Task.Run(() => Inputs.ReadSender(bySender, name), cancellation)
                    );
                    var decider = await ofLaw;
                    var (controller, described) = await ofSender;
                    Run(
                        decider,
                        controller,
                        described,
                        list
                            ?? throw new BadInputException(
                                new Place("screen"),
                                "--data, --in, --audience or --delta is missing",
                                "screen --in DIR --campaign NAME --out DIR"
                            ),
                        parsed.GetValue(knownAt) ?? described.Day,
                        parsed.GetValue(output)!,
                        cancellation
                    );
                }
                return ExitCode.Done;
            }
        );
        return command;
    }

    static ScreeningShare? ShareOf(string? text) =>
        text is null
            ? null
            : ScreeningShare.Read(text)
                ?? throw new BadInputException(
                    new Place("--share"),
                    $"\"{text}\" is not a share",
                    "for example 2/3: the second of three, at most 256"
                );

    static AudienceList? AudienceOf(string? folder, string? delta, TimeZoneInfo? zone, bool hasStore) =>
        delta is not null ? AudienceList.Delta(delta, folder, zone, hasStore)
        : folder is not null ? AudienceList.InFolder(folder, zone)
        : null;

    /// <summary>Screens files, writes the lists and prints the result.</summary>
    public static ScreeningSummary Run(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        AudienceList list,
        DateOnly knownAt,
        string output,
        CancellationToken cancellation
    )
    {
        ScreeningSummary? summary = null;
        ProgressDisplay.Run(
            "reading",
            advance => summary = FileScreening.Run(decider, controller, campaign, list.Files, knownAt, output, advance, cancellation)
        );
        ScreeningText.Write(summary!, output);
        list.WriteDelta(summary!);
        return summary!;
    }

    /// <summary>Screens a store, writes the lists and prints the result.</summary>
    static async Task ScreenAsync(
        OpenStore store,
        Decider decider,
        string campaignName,
        string? senderFolder,
        AudienceList? list,
        DateOnly? knownAt,
        Actor by,
        ScreeningShare? share,
        string output,
        CancellationToken cancellation
    )
    {
        var folder = senderFolder is null ? null : Inputs.ReadController(senderFolder);
        var order = new ScreeningOrder(await store.CampaignAsync(folder, senderFolder, campaignName, cancellation), by)
        {
            List = list?.Files,
            KnownAt = knownAt,
            Share = share,
            ControllerFiles = folder,
            ControllerPaths = senderFolder is null ? [] : [.. Directory.EnumerateFiles(senderFolder, "*.yaml")],
        };
        ScreeningOutcome? outcome = null;
        ProgressDisplay.Run(
            "reading",
            advance =>
                outcome = new StoreScreening(store.Evidence, decider)
                    .RunAsync(order, output, advance, cancellation)
                    .GetAwaiter()
                    .GetResult()
        );
        await store.ShownAsync(
            Viewed.ListFile,
            people: outcome!.Summary.Counts.Values.Sum(),
            about: $"screening of {campaignName}{(outcome.Manifest is { } kept ? $", {kept.Id}" : "")}"
        );
        ScreeningText.Write(outcome.Summary, output);
        list?.WriteDelta(outcome.Summary);
        if (share is { } part)
            Console.WriteLine(
                $"share {part} of everybody on record: maysend join makes one list of all shares, and puts the screening on record"
            );
        else if (outcome.Manifest is { } manifest)
            AnsiConsole.MarkupLineInterpolated($"[grey]screening {manifest.Id}, kept on record[/]");
        else
            Console.WriteLine("what if: not kept");
    }
}
