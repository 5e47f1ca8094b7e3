using System.Globalization;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary>Prints what an import would do.</summary>
static class ImportText
{
    public static void Write(ImportSummary summary)
    {
        AnsiConsole.MarkupLineInterpolated($"[bold]{summary.FileName}[/] · {summary.Format} · SHA-256 {summary.Digest[..12]}");
        var table = new Table().Border(TableBorder.None).HideHeaders().AddColumn(new TableColumn("").RightAligned()).AddColumn("");
        void Row(long number, string what, string colour = "default") =>
            table.AddRow($"[{colour}]{number.ToString("N0", CultureInfo.InvariantCulture)}[/]", what.EscapeMarkup());
        Row(summary.Rows, "rows read");
        Row(summary.Addresses, $"addresses, {summary.NewContacts.ToString("N0", CultureInfo.InvariantCulture)} of them new");
        Row(summary.ToAdd, "entries to add");
        foreach (var (grade, count) in summary.ByGrade)
            Row(count, $"  {Says(grade)}", "grey");
        Row(summary.AlreadyThere, "already on record");
        if (summary.Suppressed > 0)
            Row(summary.Suppressed, "about people who were erased: nothing is added");
        Row(
            summary.ConflictCount,
            "conflicts: a consent in the file after a request to stop; the request still counts",
            summary.ConflictCount > 0 ? "yellow" : "default"
        );
        if (summary.ByGrade.ContainsKey(EvidenceGrade.Restriction))
            Row(
                summary.NewlyStopped,
                "people on record who could be mailed until now would be stopped by it",
                summary.NewlyStopped > 0 ? "yellow" : "default"
            );
        if (summary.Held > 0)
            Row(summary.Held, HeldSays, "yellow");
        if (!summary.SetAside.IsEmpty)
            Row(
                summary.SetAside.Length,
                $"rows set aside; {summary.SetAside.Count(row => row.IsStopKept)} of them ask to stop, and that still counts",
                "yellow"
            );
        if (!summary.Domains.IsEmpty)
            Row(summary.Domains.Length, $"whole domains refused: {string.Join(", ", summary.Domains.Take(5))}", "yellow");
        Row(summary.Revived, "revived", summary.Revived > 0 ? "red" : "green");
        AnsiConsole.Write(table);
        foreach (var conflict in summary.Conflicts.Take(5))
        {
            var consent = $"consent of {conflict.ConsentWhen} ({conflict.Table}:{conflict.Row})";
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]conflict[/] {conflict.Address}: {consent}, request to stop {conflict.RefusedWhen ?? "without a time"}"
            );
        }
        if (summary.Conflicts.Length > 5)
            AnsiConsole.MarkupLineInterpolated($"[grey]and more: --conflicts FILE lists them[/]");
        WriteReading(summary);
    }

    const string HeldSays = "addresses held: they ticked a box that no signed version of its form lists (see `not understood`)";

    /// <summary>What waits for a signature after an import; null where nothing does.</summary>
    public static string? Held(ImportSummary summary) =>
        summary.Held > 0
            ? $"{Amount.Of(summary.Held, "address is", "addresses are")} held until somebody signs a version of the form that says what "
                + "the box was (collection-points.yaml, or /v1/collection-points)"
            : null;

    /// <summary>Prints what a file says that is not taken as it stands: claims, rows left out or set aside, columns not read,
    /// questions.</summary>
    public static void WriteReading(ImportSummary summary)
    {
        foreach (var claim in summary.Claims)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]not evidence:[/] {claim.Text} [grey]({Amount.Of(claim.Count, "row")}, {string.Join(", ", claim.Examples)})[/]"
            );
        foreach (var wide in summary.NotUnderstood)
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]not understood:[/] {wide.Text} [grey]({Amount.Of(wide.Count, "row")}, {string.Join(", ", wide.Examples)})[/]"
            );
        foreach (var left in summary.LeftOut)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]left out:[/] {left.Text} [grey]({Amount.Of(left.Count, "row")}, {string.Join(", ", left.Examples)})[/]"
            );
        foreach (var aside in summary.SetAside.Take(5))
            AnsiConsole.MarkupLineInterpolated($"[yellow]set aside:[/] {aside.Table}:{aside.Row}: {string.Join("; ", aside.Reasons)}");
        if (summary.SetAside.Length > 5)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]and {Amount.Of(summary.SetAside.Length - 5, "more row")}; --set-aside FILE lists them[/]"
            );
        foreach (var column in summary.Unread.Where(column => column.Filled > 0))
            AnsiConsole.MarkupLineInterpolated($"[grey]column not read:[/] {column.Says}{(column.IsWaived ? " (waived)" : "")}");
        if (summary.Unread.Count(column => column.Filled == 0) is var empty and > 0)
            AnsiConsole.MarkupLineInterpolated($"[grey]and {Amount.Of(empty, "column that is empty", "columns that are empty")}[/]");
        if (summary.NotRead.Length > 0)
            AnsiConsole.MarkupLineInterpolated($"[grey]not read: {string.Join(", ", summary.NotRead)}[/]");
        foreach (var question in summary.Questions)
        {
            AnsiConsole.MarkupLineInterpolated($"[red]question[/] {question.Text}");
            AnsiConsole.MarkupLineInterpolated($"  {question.Help}");
        }
    }

    static string Says(EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.Restriction => "requests to stop",
            EvidenceGrade.Documented => "documented: when, and what was shown",
            EvidenceGrade.Dated => "dated: only when",
            _ => "weak: not even when",
        };
}
