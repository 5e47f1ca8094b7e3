using System.CommandLine;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using MaySend.Screening.Calls;
using MaySend.Screening.Outputs;
using MaySend.Screening.Reports;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend screen</c>: who of these may be mailed, and why not the rest?</summary>
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
        var delta = new Option<string?>("--delta")
        {
            Description = "check again a list that was permitted before: its permitted.csv",
            HelpName = "FILE",
        };
        var lists = new Option<string[]>("--list")
        {
            Description = "an export as it is (CSV, XLSX or ZIP) instead of a folder; may be repeated",
            HelpName = "FILE",
        };
        var aside = new Option<string?>("--set-aside")
        {
            Description =
                "set rows that cannot be read aside into this CSV file, and leave out whom they are about, instead of refusing the files",
            HelpName = "FILE",
        };
        var choices = new ImportChoices();
        var command = new Command("screen", "Who of an audience may be mailed, and why not the rest?")
        {
            data,
            both,
            sender,
            campaign,
            audience,
            lists,
            delta,
            aside,
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
                var name = AskCommand.Need(parsed.GetValue(campaign), "--campaign");
                var (senderFolder, audienceFolder) = (
                    parsed.GetValue(sender) ?? parsed.GetValue(both),
                    parsed.GetValue(audience) ?? parsed.GetValue(both)
                );
                var options = choices.Read(parsed, Inputs.ReadZone(parsed.GetValue(zone)));
                using var list = parsed.GetValue(lists) is { Length: > 0 } exports
                    ? AudienceList.FromExports(exports, options, parsed.GetValue(audience), parsed.GetValue(aside))
                    : AudienceOf(audienceFolder, parsed.GetValue(delta), options.Zone)?.With(options, parsed.GetValue(aside));
                if (parsed.GetValue(data) is { } location)
                {
                    await using var store = await OpenStore.OpenAsync(location, parsed.GetValue(keys));
                    var screening = new StoreScreening(store, store.KeepLaw(parsed.GetValue(law)))
                    {
                        SenderFolder = senderFolder,
                        List = list,
                        KnownAt = parsed.GetValue(knownAt),
                        By = Actor.Runner(parsed.GetValue(by)!),
                    };
                    await screening.RunAsync(name, parsed.GetValue(output)!, cancellation);
                }
                else
                {
                    var decider = new Decider(Home.ReadLaw(parsed.GetValue(law)));
                    var (controller, described) = Inputs.ReadSender(AskCommand.Need(senderFolder, "--data, --in or --sender"), name);
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
                        parsed.GetValue(output)!
                    );
                }
                return ExitCode.Done;
            }
        );
        return command;
    }

    static AudienceList? AudienceOf(string? folder, string? delta, TimeZoneInfo? zone) =>
        delta is not null ? AudienceList.Delta(delta, folder, zone)
        : folder is not null ? AudienceList.InFolder(folder, zone)
        : null;

    /// <summary>Screens, writes the files and prints the result.</summary>
    public static ScreeningSummary Run(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        AudienceList list,
        DateOnly knownAt,
        string output
    )
    {
        ScreeningSummary? summary = null;
        Progress(advance =>
        {
            using var audience = Inputs.OpenAudience(list.Files, (file, rows) => advance($"reading {file}", rows));
            var people = new Listed(
                audience.People(),
                audience.HeaderLine,
                audience.Delimiter,
                () => (audience.Rows, audience.Duplicates),
                Notes(audience, controller, campaign, list.Files)
            );
            summary = Screen(decider, audience.BorneOut(controller), campaign, people, knownAt, output, advance);
        });
        ScreeningText.Write(summary!, output);
        list.WriteDelta(summary!);
        return summary!;
    }

    /// <summary>Screens a list and writes the files; a count that does not add up voids the run.</summary>
    internal static ScreeningSummary Screen(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        Listed people,
        DateOnly knownAt,
        string output,
        Action<string, long> advance
    )
    {
        using var files = VerdictFiles.Create(output, people.Header, people.Delimiter);
        var screener = new Screener(decider, controller, campaign, knownAt);
        var times = CallTimes.For(decider, controller, campaign, knownAt);
        var counted = screener.Screen(
            people.All,
            row =>
            {
                files.Write(row.Verdict, row.Person.RawRow, row.Send, row.Process, row.Reason, row.Says);
                times?.Add(row);
            },
            done => advance("deciding", done)
        );
        var (rows, duplicates) = people.Count();
        var summary = counted with { Rows = rows, Duplicates = duplicates, Notes = [.. people.Notes] };
        if (summary.People + summary.Duplicates != summary.Rows)
            throw new BadInputException(
                new Place(output),
                $"{summary.Rows} rows were read but {summary.People} people decided and {summary.Duplicates} merged: the run is void"
            );
        files.Add("report.html", HtmlReport.Write(summary, decider.Law));
        if (times is not null)
            files.Add(CallTimes.FileName, times.Write());
        files.Commit();
        return summary;
    }

    internal static IEnumerable<string> Notes(Audience audience, ControllerRecord controller, Campaign campaign, AudienceFiles files)
    {
        if (!files.HasRefusals)
            yield return "no register of refusals (refusals.csv) was attached: nobody can be permitted on the strength of a file "
                + "without one";
        if (controller.Statement(campaign.Sender, Evidence.Entries.StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is null)
            yield return $"no signed statement that the register of refusals of {campaign.Sender} for {campaign.Channel} is "
                + "complete: silence of the register shows nothing";
        foreach (var note in audience.Notes.Concat(audience.AboutRequests(controller, campaign)))
            yield return note;
    }

    /// <summary>Shows what is going on while somebody watches; prints nothing into a pipe.</summary>
    internal static void Progress(Action<Action<string, long>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            run((_, _) => { });
            return;
        }
        AnsiConsole
            .Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn())
            .Start(context =>
            {
                var task = context.AddTask("reading");
                task.IsIndeterminate = true;
                run((what, count) => task.Description = $"{what}: {count:N0}");
            });
    }
}

/// <summary>People to screen, wherever they come from, with what is written through.</summary>
/// <param name="All">The people.</param>
/// <param name="Header">The header of their rows.</param>
/// <param name="Delimiter">What stands between fields.</param>
/// <param name="Count">Rows and duplicates, once all were read.</param>
/// <param name="Notes">Things worth knowing, once all were read.</param>
sealed record Listed(
    IEnumerable<Person> All,
    string Header,
    char Delimiter,
    Func<(int Rows, int Duplicates)> Count,
    IEnumerable<string> Notes
);
