using System.Globalization;
using MaySend.Law.Facts;
using MaySend.LawPages;
using MaySend.Reading;
using MaySend.Screening.Weeks;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>Prints a dry run: a row with a bar for each day, and what changes between two of them.</summary>
static class FridaysText
{
    const int Width = 18,
        MostNamed = 3;

    public static void Write(WeeksSummary summary, string? output)
    {
        var people = Amount.Of(summary.People, "person", "people");
        AnsiConsole.MarkupLineInterpolated($"[bold]{summary.Campaign}[/] · {summary.Channel} · {summary.Sender} · {people} · what-if");
        TerminalText.Write("", summary.Supposed, "grey");
        var days = new Table()
            .Border(TableBorder.Simple)
            .AddColumn("day")
            .AddColumn(new TableColumn(ChannelWords.Of(summary.Channel).May).RightAligned())
            .AddColumn("")
            .AddColumn(new TableColumn("not shown").RightAligned())
            .AddColumn(new TableColumn("refused").RightAligned());
        foreach (var week in summary.Weeks)
            days.AddRow(
                Day(week.Day),
                $"[bold green]{Number(week.Permitted)}[/]",
                Bar(week, summary.People),
                $"[yellow]{Number(week.NotShown)}[/]",
                $"[red]{Number(week.Refused)}[/]"
            );
        AnsiConsole.Write(days);
        var isStill = true;
        foreach (var week in summary.Weeks.Where(week => week.Changes.Count > 0 || week.Law.Count > 0))
        {
            isStill = false;
            TerminalText.Write("", $"By {Day(week.Day)}", "bold");
            foreach (var change in week.Changes)
                Write(change);
            foreach (var change in week.Law)
                TerminalText.Write("  law: ", Says(change), "grey", "grey");
        }
        if (isStill)
            AnsiConsole.MarkupLine("nothing changes from one day to the next");
        foreach (var note in summary.Notes)
            TerminalText.Write("note: ", note, "grey", "grey");
        if (output is not null)
            AnsiConsole.MarkupLineInterpolated(
                $"written to [bold]{Home.Shown(output)}/[/]: {WeekFiles.People}, every person on every day; {WeekFiles.Picture}"
            );
        AnsiConsole.MarkupLine("[grey]this sends nothing: screen again on the day of sending; this is not legal advice[/]");
    }

    static void Write(WeekChange change)
    {
        TerminalText.Write(
            $"  {Number(change.People), 6}  ",
            change.Says,
            labelStyle: change.To == "permitted" ? "green"
                : change.To == "refused" ? "red"
                : "yellow"
        );
        var more = change.People - Math.Min(MostNamed, change.Addresses.Count);
        TerminalText.Write(
            "          ",
            string.Join(", ", change.Addresses.Take(MostNamed)) + (more > 0 ? $" and {Number(more)} more" : ""),
            "grey"
        );
    }

    /// <summary>A change in the law in one line.</summary>
    static string Says(LawChange change) =>
        $"{change.What} {change.How.Replace('-', ' ')} on {Day(change.Day)}: {change.Name.Replace('-', ' ')} · {change.Cite}";

    static string Bar(Week week, int people)
    {
        int Part(int number) => people == 0 ? 0 : (int)Math.Round((double)number / people * Width);
        var (permitted, refused) = (Part(week.Permitted), Part(week.Refused));
        var rest = Math.Max(0, Width - permitted - refused);
        return $"[green]{new string('█', permitted)}[/][yellow]{new string('▒', rest)}[/][red]{new string('░', refused)}[/]";
    }

    static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.InvariantCulture);

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
