using System.CommandLine;
using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend import</c>: take over what a shop, a mail platform or a CRM exports. A dry run unless told to record.</summary>
static class ImportCommand
{
    public static Command Make()
    {
        var file = new Argument<string>("file") { Description = "the export: CSV, .csv.gz or ZIP" };
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var mapping = new Option<string?>("--mapping") { Description = "a mapping file (YAML): the file's columns in our words" };
        var format = new Option<string?>("--format")
        {
            Description = $"one of {string.Join(", ", ImportFormats.All.Select(known => known.Name))}; found by its header unless named",
        };
        var sender = new Option<string?>("--sender") { Description = "the sender whose account or shop the file comes from" };
        var point = new Option<string?>("--point") { Description = "the collection point these people came through" };
        var zone = Inputs.Zone();
        var encoding = new Option<string?>("--encoding") { Description = "the text encoding when it is not utf-8, such as windows-1252" };
        var leaveOut = new Option<bool>("--leave-out-bad-addresses")
        {
            Description = "list rows whose address is none, instead of refusing the file",
        };
        var conflicts = new Option<string?>("--conflicts")
        {
            Description = "write the conflicts to this CSV file, for the person who decides",
        };
        var apply = new Option<bool>("--apply") { Description = "record it; without this nothing is recorded" };
        var command = new Command(
            "import",
            "Take over what a shop, a mail platform or a CRM exports. Shows what it would record; records it with --apply."
        )
        {
            file,
            data,
            keys,
            mapping,
            format,
            sender,
            point,
            zone,
            encoding,
            leaveOut,
            conflicts,
            apply,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var chosen = parsed.GetValue(mapping) is { } path ? MappingFile.Read(path) : new ImportOptions();
                var options = chosen with
                {
                    Format = parsed.GetValue(format) ?? chosen.Format,
                    Sender = parsed.GetValue(sender) ?? chosen.Sender,
                    Point = parsed.GetValue(point) ?? chosen.Point,
                    Zone = Inputs.ReadZone(parsed.GetValue(zone)) ?? chosen.Zone,
                    Encoding = parsed.GetValue(encoding) ?? chosen.Encoding,
                    LeaveOutBadAddresses = parsed.GetValue(leaveOut) || chosen.LeaveOutBadAddresses,
                };
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                ImportSummary? summary = null;
                ImportOutcome? outcome = null;
                await ProgressDisplay.RunAsync(
                    "reading",
                    async advance =>
                    {
                        var plan = await ImportPlan.MakeAsync(
                            store.Evidence,
                            ImportSource.Open(parsed.GetValue(file)!, options),
                            new Reporting(advance),
                            cancellation
                        );
                        summary = plan.Summary;
                        if (parsed.GetValue(apply) && summary.Revived == 0)
                            outcome = await plan.ApplyAsync(Actor.Runner(parsed.GetValue(by)!), new Reporting(advance), cancellation);
                    }
                );
                Write(summary!);
                if (parsed.GetValue(conflicts) is { } target)
                {
                    await using var text = new StreamWriter(target);
                    summary!.WriteConflicts(text);
                }
                if (summary!.Revived > 0)
                    return Failures.NotDone("the import would lift requests to stop; nothing was recorded");
                Console.WriteLine(
                    outcome is null
                        ? "dry run: nothing was recorded; --apply records it"
                        : string.Create(
                            CultureInfo.InvariantCulture,
                            $"recorded: {outcome.Added:N0} added, {outcome.AlreadyThere:N0} already there, {outcome.Suppressed:N0} "
                                + $"about people who were erased: nothing added"
                        )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static void Write(ImportSummary summary)
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
            "conflicts: a consent in the file after a request to stop; the request stands",
            summary.ConflictCount > 0 ? "yellow" : "default"
        );
        if (summary.ByGrade.ContainsKey(EvidenceGrade.Restriction))
            Row(
                summary.NewlyStopped,
                "people on record who could be mailed until now would be stopped by it",
                summary.NewlyStopped > 0 ? "yellow" : "default"
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
        foreach (var claim in summary.Claims)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]not evidence:[/] {claim.Text} [grey]({claim.Count} rows, {string.Join(", ", claim.Examples)})[/]"
            );
        foreach (var wide in summary.NotUnderstood)
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]not understood:[/] {wide.Text} [grey]({wide.Count} rows, {string.Join(", ", wide.Examples)})[/]"
            );
        foreach (var left in summary.LeftOut)
            AnsiConsole.MarkupLineInterpolated(
                $"[grey]left out:[/] {left.Text} [grey]({left.Count} rows, {string.Join(", ", left.Examples)})[/]"
            );
        if (summary.NotRead.Length > 0)
            AnsiConsole.MarkupLineInterpolated($"[grey]not read: {string.Join(", ", summary.NotRead)}[/]");
    }

    static string Says(EvidenceGrade grade) =>
        grade switch
        {
            EvidenceGrade.Restriction => "requests to stop",
            EvidenceGrade.Documented => "documented: when, and what was shown",
            EvidenceGrade.Dated => "dated: when, and no more",
            _ => "weak: not even when",
        };
}
