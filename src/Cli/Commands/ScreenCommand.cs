using System.CommandLine;
using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Law.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
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
        var output = new Option<string>("--out") { Description = "folder for permitted.csv, refused.csv, not-shown.csv and report.html", Required = true };
        var zone = Inputs.Zone();
        var knownAt = Inputs.KnownAt();
        var law = Inputs.LawFolder();
        var command = new Command("screen", "Who of an audience may be mailed, and why not the rest?") { both, sender, campaign, audience, output, zone, knownAt, law };
        command.SetAction(parsed =>
        {
            var decider = new Decider(Home.ReadLaw(parsed.GetValue(law)));
            var (controller, described) = Inputs.ReadSender(AskCommand.Need(parsed.GetValue(sender) ?? parsed.GetValue(both), "--in or --sender"), AskCommand.Need(parsed.GetValue(campaign), "--campaign"));
            Run(decider, controller, described, AskCommand.Need(parsed.GetValue(audience) ?? parsed.GetValue(both), "--in or --audience"), Inputs.ReadZone(parsed.GetValue(zone)), parsed.GetValue(knownAt) ?? described.Day, parsed.GetValue(output)!);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Screens, writes the files and prints the result.</summary>
    public static ScreeningSummary Run(Decider decider, ControllerRecord controller, Campaign campaign, string audienceFolder, TimeZoneInfo? zone, DateOnly knownAt, string output)
    {
        ScreeningSummary? summary = null;
        Progress(advance =>
        {
            using var audience = Inputs.OpenAudience(audienceFolder, zone, (file, rows) => advance($"reading {file}", rows));
            using var files = VerdictFiles.Create(output, audience.HeaderLine, audience.Delimiter);
            var screener = new Screener(decider, audience.BorneOut(controller), campaign, knownAt);
            var counted = screener.Screen(audience.People(), row => files.Write(row.Verdict, row.Person.RawRow, row.Send, row.Process, row.Reason, row.Says), done => advance("deciding", done));
            summary = counted with { Rows = audience.Rows, Duplicates = audience.Duplicates, Notes = [.. Notes(audience, controller, campaign, audienceFolder)] };
            if (summary.People + summary.Duplicates != summary.Rows)
                throw new BadInputException(new Place(audienceFolder), $"{summary.Rows} rows were read but {summary.People} people decided and {summary.Duplicates} merged: the run is void");
            files.Add("report.html", HtmlReport.Write(summary, decider.Law));
            files.Commit();
        });
        ScreeningText.Write(summary!, output);
        return summary!;
    }

    static IEnumerable<string> Notes(Audience audience, ControllerRecord controller, Campaign campaign, string folder)
    {
        if (!AudienceFiles.InFolder(folder, null).HasRefusals) yield return "no register of refusals (refusals.csv) was attached: nobody can be permitted on the strength of a file without one";
        if (controller.Statement(campaign.Sender, Evidence.Entries.StatementKind.RefusalsComplete, campaign.Day, campaign.Channel) is null)
            yield return $"no signed statement that the register of refusals of {campaign.Sender} for {campaign.Channel} is complete: silence of the register shows nothing";
        foreach (var note in audience.Notes) yield return note;
    }

    /// <summary>Shows what is going on while somebody watches; prints nothing into a pipe.</summary>
    static void Progress(Action<Action<string, long>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            run((_, _) => { });
            return;
        }
        AnsiConsole.Progress().AutoClear(true).Columns(new SpinnerColumn(), new TaskDescriptionColumn()).Start(context =>
        {
            var task = context.AddTask("reading");
            task.IsIndeterminate = true;
            run((what, count) => task.Description = $"{what}: {count:N0}");
        });
    }
}
