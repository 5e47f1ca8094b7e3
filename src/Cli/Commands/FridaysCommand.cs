using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Decisions;
using MaySend.Reading;
using MaySend.Screening.Runs;
using MaySend.Screening.Weeks;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend fridays</c>: who may be reached on each of the next Fridays, and what changes between them?</summary>
static class FridaysCommand
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    public static Command Make(TimeProvider clock)
    {
        var both = Inputs.In();
        var sender = Inputs.Sender();
        var audience = Inputs.Audience();
        var campaign = Inputs.Campaign();
        campaign.Required = true;
        var (data, keys) = (StoreOptions.OptionalData(), StoreOptions.Keys());
        var weeks = new Option<int>("--weeks")
        {
            Description = $"how many weeks, 1 to {WeekPlan.Most}",
            DefaultValueFactory = _ => WeekPlan.Usual,
        };
        var from = Inputs.Day(
            "--from",
            "the first day; the others are the same weekday in the following weeks. If left out: the campaign's own day, or the next "
                + "Friday if that has passed"
        );
        var sent = new Option<bool>("--sent")
        {
            Description = "assume that the mailing goes out on each of these days to everybody who may get it",
        };
        var output = new Option<string?>("--out")
        {
            Description = "folder for fridays.csv, every person with the verdict of each day, and fridays.html, the picture",
        };
        var lists = new Option<string[]>("--list")
        {
            Description = "an export as it is (CSV, XLSX or ZIP) instead of a folder; may be repeated",
            HelpName = "FILE",
        };
        var zone = Inputs.Zone();
        var choices = new ImportChoices();
        var knownAt = Inputs.KnownAt();
        knownAt.Description = "with the law as it was known on this day; if left out, as it is known today";
        var law = Inputs.LawFolder();
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command(
            "fridays",
            "Who may be reached on each of the next twelve Fridays, and what changes between them? A what-if."
        )
        {
            data,
            both,
            sender,
            audience,
            lists,
            campaign,
            weeks,
            from,
            sent,
            output,
            zone,
            knownAt,
            law,
            keys,
            json,
        };
        choices.AddTo(command, ownsSender: false);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var today = AssessCommand.Today(clock);
                var known = parsed.GetValue(knownAt) ?? today;
                var folder = parsed.GetValue(sender) ?? parsed.GetValue(both);
                WeeksRun Run(Decider decider, Evidence.Entries.Campaign planned) =>
                    new(
                        decider,
                        planned,
                        WeekPlan.For(planned, today, parsed.GetValue(from), parsed.GetValue(weeks), parsed.GetValue(sent)),
                        known
                    );
                WeeksSummary? summary = null;
                var options = choices.Read(parsed, Inputs.ReadZone(parsed.GetValue(zone)));
                var listed = parsed.GetValue(audience) ?? parsed.GetValue(both);
                using var list =
                    parsed.GetValue(lists) is { Length: > 0 } exports
                        ? AudienceList.FromExports(exports, options, parsed.GetValue(audience), null)
                    : listed is null ? null
                    : AudienceList.InFolder(listed, options.Zone).With(options, null);
                if (parsed.GetValue(data) is { } location)
                {
                    await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                    var files = folder is null ? null : Inputs.ReadController(folder);
                    var planned = await store.CampaignAsync(files, folder, parsed.GetValue(campaign)!, cancellation);
                    var run = Run(new Decider(Home.ReadLaw(parsed.GetValue(law))), planned);
                    // Without a folder it counts, and shows nobody.
                    if (parsed.GetValue(output) is not null)
                        await store.ShownAsync(Records.Auditing.Viewed.ListFile, about: $"fridays of {planned.Id}");
                    await ProgressDisplay.RunAsync(
                        "reading",
                        async advance =>
                            summary = await run.OfStoreAsync(
                                store.Evidence,
                                files,
                                list?.Files,
                                parsed.GetValue(output),
                                advance,
                                cancellation
                            )
                    );
                }
                else
                {
                    var (controller, planned) = Inputs.ReadSender(
                        AskCommand.Need(folder, "--data, --in or --sender"),
                        parsed.GetValue(campaign)!
                    );
                    var given = list ?? throw new BadInputException(new Place("fridays"), "--in, --audience or --list is missing");
                    var run = Run(new Decider(Home.ReadLaw(parsed.GetValue(law))), planned);
                    ProgressDisplay.Run(
                        "reading",
                        advance => summary = run.OfFiles(controller, given.Files, parsed.GetValue(output), advance, cancellation)
                    );
                }
                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(summary, Json));
                else
                    FridaysText.Write(summary!, parsed.GetValue(output));
                return ExitCode.Done;
            }
        );
        return command;
    }
}
