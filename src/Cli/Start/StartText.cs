using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Import;
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
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{summary.FileName}[/] · {summary.Format} · {summary.Rows:N0} rows, {summary.Addresses:N0} people"
        );
        foreach (var proposed in file.Proposed)
            AnsiConsole.MarkupLineInterpolated($"  [blue]read so:[/] {proposed}");
        if (StartIntake.Sample(file) is { } sample)
            AnsiConsole.MarkupLineInterpolated($"  [grey]for example:[/] {sample}");
        foreach (var row in summary.SetAside.Take(5))
        {
            var kept = row.IsStopKept ? " (it asks to stop, and that counts)" : "";
            AnsiConsole.MarkupLineInterpolated($"  [yellow]row {row.Row} is left out:[/] {string.Join("; ", row.Reasons)}{kept}");
        }
        if (summary.SetAside.Length > 5)
            AnsiConsole.MarkupLineInterpolated($"  [yellow]and {summary.SetAside.Length - 5:N0} more rows[/]");
        var unread = summary.Unread.Where(column => column.Filled > 0).Select(column => column.Name).ToList();
        if (unread.Count > 0)
            AnsiConsole.MarkupLineInterpolated($"  [grey]columns not read: {string.Join(", ", unread)}[/]");
    }

    /// <summary>The three piles, what is left to sign, and the next steps.</summary>
    public static void Write(
        StartOutcome now,
        StartOutcome once,
        IReadOnlyList<StartSentence> unsigned,
        IReadOnlyList<string> open,
        string folder
    )
    {
        var (day, people) = (now.Summary.Day, now.Summary.People);
        AnsiConsole.WriteLine();
        var others = $"{Count(now, Verdict.NotShown)} can't be shown yet. {Count(now, Verdict.Refused)} must not be sent.";
        AnsiConsole.MarkupLineInterpolated($"[bold]{Count(now, Verdict.Permitted)} of {people:N0} may be sent on {Text(day)}.[/] {others}");
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
            AnsiConsole.MarkupLineInterpolated($"[grey]not known yet: {string.Join(", ", open)}; --again QUESTION asks once more[/]");
        if (once.Steps.Count > 0)
            AnsiConsole.MarkupLine("[bold]Next steps[/] [grey](most gain first, if it is true and can be shown)[/]");
        foreach (var step in once.Steps)
        {
            var gain = step.Gained is { } gained ? $"+{gained.ToString("N0", CultureInfo.InvariantCulture)}" : $"for {step.People:N0}";
            AnsiConsole.MarkupLineInterpolated($"  [green]{gain, 8}[/]  {step.Text}");
            AnsiConsole.MarkupLineInterpolated($"            [grey]-> {step.Command}[/]");
        }
        foreach (var note in now.Summary.Notes)
            AnsiConsole.MarkupLineInterpolated($"[grey]note: {note}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]good for {Text(day)} only; this is not legal advice[/]");
    }

    static string Count(StartOutcome outcome, Verdict verdict) =>
        outcome.Summary.Counts[verdict].ToString("N0", CultureInfo.InvariantCulture);

    static string Text(DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture);
}
