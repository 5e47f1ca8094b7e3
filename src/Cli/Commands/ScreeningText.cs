using System.Globalization;
using MaySend.Decisions;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Calls;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>Prints the result of a screening: who may be reached, who may not and why, what would gain most.</summary>
static class ScreeningText
{
    public static void Write(ScreeningSummary summary, string output)
    {
        var people = summary.People;
        var words = ChannelWords.Of(summary.Channel);
        var law = summary.Law[..Math.Min(summary.Law.Length, Digest.ShortLength)];
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{summary.Campaign}[/] · {summary.Channel} · {summary.Sender} · {summary.Day:d MMMM yyyy} · law {law}"
        );
        AnsiConsole.WriteLine();
        var verdicts = new Table()
            .Border(TableBorder.None)
            .HideHeaders()
            .AddColumn(new TableColumn("").RightAligned())
            .AddColumn("")
            .AddColumn("");
        verdicts.AddRow(
            $"[bold green]{Number(summary.Counts[Verdict.Permitted])}[/]",
            Bar(summary.Counts[Verdict.Permitted], people, "green"),
            words.May
        );
        verdicts.AddRow(
            $"[bold yellow]{Number(summary.Counts[Verdict.NotShown])}[/]",
            Bar(summary.Counts[Verdict.NotShown], people, "yellow"),
            $"not shown: {words.DoNot}"
        );
        verdicts.AddRow(
            $"[bold red]{Number(summary.Counts[Verdict.Refused])}[/]",
            Bar(summary.Counts[Verdict.Refused], people, "red"),
            $"refused: {words.DoNot}"
        );
        AnsiConsole.Write(verdicts);
        if (summary.Duplicates > 0)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]{Amount.Of(summary.Duplicates, "row stood twice and was merged", "rows stood twice and were merged")}[/]"
            );

        var reasons = new Table()
            .Border(TableBorder.Simple)
            .AddColumn(new TableColumn("people").RightAligned())
            .AddColumn("why not")
            .AddColumn("law");
        foreach (var reason in summary.Reasons.OrderByDescending(reason => reason.Total).Take(12))
            reasons.AddRow(
                $"{Number(reason.Total)}",
                $"[{(reason.Refused > reason.NotShown ? "red" : "yellow")}]{reason.Step.Label.EscapeMarkup()}[/]",
                $"[grey]{reason.Cite.EscapeMarkup()}[/]"
            );
        AnsiConsole.Write(reasons);
        if (summary.Reasons.Count > 12)
            AnsiConsole.MarkupLineInterpolated($"[grey]and {summary.Reasons.Count - 12} more reasons, in report.html[/]");

        if (summary.Gains.Count > 0)
        {
            AnsiConsole.MarkupLine("[bold]What would gain most[/] [grey](if it is true and can be shown)[/]");
            foreach (var gain in summary.Gains)
                AnsiConsole.MarkupLine($"  [green]+{Number(gain.Gained), 6}[/]  {gain.Text.EscapeMarkup()}");
        }
        if (summary.Named.Count > 0)
        {
            AnsiConsole.MarkupLine(
                "[bold]Other remedies[/] [grey](how many answers name each; how many people it would gain is not known)[/]"
            );
            foreach (var named in summary.Named)
                AnsiConsole.MarkupLine($"  [grey]{Number(named.People), 7}[/]  {named.Text.EscapeMarkup()}");
        }
        foreach (var note in summary.Notes)
            AnsiConsole.MarkupLine($"[grey]note: {note.EscapeMarkup()}[/]");
        AnsiConsole.WriteLine();
        var beside =
            (summary.Undeliverable > 0 ? "undeliverable.csv, " : "")
            + (Words.Calls.Contains(summary.Channel) ? $"{CallFacts.TimesFile}, " : "");
        AnsiConsole.MarkupLineInterpolated(
            $"written to [bold]{Home.Shown(output)}/[/]: permitted.csv, not-shown.csv, refused.csv, {beside}report.html"
        );
        AnsiConsole.MarkupLineInterpolated($"[grey]good for {summary.Day:d MMMM yyyy} only; this is not legal advice[/]");
    }

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Bar(int part, int whole, string colour)
    {
        const int Width = 30;
        var filled = whole == 0 ? 0 : (int)Math.Round((double)part / whole * Width);
        return $"[{colour}]{new string('█', filled)}[/][grey]{new string('░', Width - filled)}[/]";
    }
}
