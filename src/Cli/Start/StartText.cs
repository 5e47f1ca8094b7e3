using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Import;
using MaySend.Reading;
using MaySend.Records.Start;
using Spectre.Console;

namespace MaySend.Cli.Start;

/// <summary>Prints what an interview found, and where it ends.</summary>
static class StartText
{
    /// <summary>What a file is and how it is read.</summary>
    public static void Write(StartFile file)
    {
        var summary = file.Summary;
        var (rows, people) = (Amount.Of(summary.Rows, "row"), Amount.Of(summary.Addresses, "person", "people"));
        AnsiConsole.MarkupLineInterpolated($"[bold]{summary.FileName}[/] · {summary.Format} · {rows}, {people}");
        foreach (var proposed in file.Proposed)
            AnsiConsole.MarkupLineInterpolated($"  [blue]read as:[/] {proposed}");
        if (StartIntake.Sample(file) is { } sample)
            AnsiConsole.MarkupLineInterpolated($"  [grey]for example:[/] {sample}");
        WriteAside(summary, "is left out");
        if (file.Occasions is { } occasions)
        {
            foreach (var proposed in occasions.Proposed)
                AnsiConsole.MarkupLineInterpolated($"  [blue]read as:[/] {proposed}");
            WriteAside(occasions.Summary, "says nothing of how that person came");
        }
        if (file.NotRead.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"  [grey]columns not read: {string.Join(", ", file.NotRead)}[/]");
        if (file.Days.Count > 0)
        {
            var days = string.Join(" or ", file.Days.Select(day => $"`{day}`"));
            AnsiConsole.MarkupLineInterpolated($"  [yellow]not known:[/] what happened on the day in {days}. {Asks(file)}");
        }
    }

    static string Asks(StartFile file) =>
        $"In --answers: file:{file.Summary.FileName}: {{{StartOccasions.Happened}: "
        + $"{string.Join('|', StartOccasions.Choices.Select(choice => choice.Word))}, {StartOccasions.When}: {file.Days[0]}}}";

    static void WriteAside(ImportSummary summary, string what)
    {
        foreach (var row in summary.SetAside.Take(5))
        {
            var kept = row.IsStopKept ? " (it asks to stop, and that still counts)" : "";
            AnsiConsole.MarkupLineInterpolated($"  [yellow]row {row.Row} {what}:[/] {string.Join("; ", row.Reasons)}{kept}");
        }
        if (summary.SetAside.Length > 5)
            AnsiConsole.MarkupLineInterpolated($"  [yellow]and {Amount.Of(summary.SetAside.Length - 5, "more row")}[/]");
    }

    /// <summary>The three piles, what is left to sign, and the next steps.</summary>
    public static void Write(
        StartOutcome now,
        StartOutcome once,
        StartWorth? worth,
        IReadOnlyList<StartSentence> unsigned,
        IReadOnlyList<StartQuestion> open,
        string folder
    )
    {
        var (day, people) = (now.Summary.Day, now.Summary.People);
        AnsiConsole.WriteLine();
        var others = $"{Count(now, Verdict.NotShown)} can't be shown yet. {Count(now, Verdict.Refused)} must not be sent.";
        AnsiConsole.MarkupLineInterpolated($"[bold]{Count(now, Verdict.Permitted)} of {people:N0} may be sent on {Text(day)}.[/] {others}");
        WriteBars(StartBar.Of(now, once, worth));
        if (unsigned.Count > 0)
        {
            var rest = $"{Count(once, Verdict.NotShown)} can't be shown, {Count(once, Verdict.Refused)} must not be sent.";
            AnsiConsole.MarkupLineInterpolated($"Once signed: {Count(once, Verdict.Permitted)} may be sent, {rest}");
            AnsiConsole.WriteLine();
            AnsiConsole.MarkupLine("[bold]Waiting for somebody who may sign[/]");
            foreach (var sentence in unsigned)
                AnsiConsole.MarkupLineInterpolated($"  {sentence.Id}: {sentence.Says}");
            AnsiConsole.MarkupLineInterpolated($"  -> maysend start sign --in {folder} --by NAME");
        }
        if (open.Count > 0)
            AnsiConsole.MarkupLine(
                "[bold]Not known yet[/] [grey](how many people need this answer, if the other answers turn out well)[/]"
            );
        foreach (var question in open)
            AnsiConsole.MarkupLineInterpolated(
                $"  [yellow]{worth![question.Id].ToString("N0", CultureInfo.InvariantCulture), 8}[/]  {question.Id}: {question.Asks}"
            );
        if (open.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"            [grey]-> maysend start --in {folder} --again QUESTION[/]");
        if (once.Steps.Count > 0)
            AnsiConsole.MarkupLine("[bold]Next steps[/] [grey](most gain first, if it is true and can be shown)[/]");
        foreach (var step in once.Steps)
        {
            var gain = step.Gained is { } gained ? $"+{gained.ToString("N0", CultureInfo.InvariantCulture)}" : $"for {step.People:N0}";
            AnsiConsole.MarkupLineInterpolated($"  [green]{gain, 8}[/]  {step.Text}");
            AnsiConsole.MarkupLineInterpolated($"            [grey]-> {step.Command(folder)}[/]");
        }
        foreach (var note in now.Summary.Notes)
            AnsiConsole.MarkupLineInterpolated($"[grey]note: {note}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]good for {Text(day)} only; this is not legal advice[/]");
    }

    /// <summary>The three groups as bars of one length.</summary>
    static void WriteBars(IReadOnlyList<StartBar> bars)
    {
        const int Width = 30;
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumns("", "", "");
        foreach (var bar in bars)
        {
            var people = Math.Max(1, bar.Permitted + bar.NotShown + bar.Refused);
            var (yes, no) = (Cells(bar.Permitted), Cells(bar.Refused));
            table.AddRow(
                $"[grey]{bar.Name}[/]",
                $"[green]{new string('█', yes)}[/][yellow]{new string('▒', Math.Max(0, Width - yes - no))}[/][red]{new string('░', no)}[/]",
                string.Create(CultureInfo.InvariantCulture, $"{bar.Permitted:N0} · {bar.NotShown:N0} · {bar.Refused:N0}")
            );

            int Cells(int number) => number == 0 ? 0 : Math.Max(1, (int)((long)number * Width / people));
        }
        AnsiConsole.Write(table);
    }

    static string Count(StartOutcome outcome, Verdict verdict) =>
        outcome.Summary.Counts[verdict].ToString("N0", CultureInfo.InvariantCulture);

    static string Text(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
