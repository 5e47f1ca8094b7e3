using System.Globalization;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary>What is on record about one person, as a terminal shows it.</summary>
static class PersonText
{
    /// <summary>The name of the file behind each digest.</summary>
    public static async Task<Dictionary<string, string>> FilesAsync(OpenStore store, CancellationToken cancellation) =>
        (await store.Evidence.ControllerEntriesAsync(cancellation: cancellation))
            .Select(recorded => recorded.Entry)
            .OfType<FileImported>()
            .SelectMany(file =>
                file.Tables.Select(table => (Digest: table.Value, file.FileName)).Append((Digest: file.FileDigest, file.FileName))
            )
            .GroupBy(pair => pair.Digest, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().FileName, StringComparer.Ordinal);

    /// <summary>Writes all that is on record, oldest first.</summary>
    public static void Write(PersonExport export, Dictionary<string, string> files)
    {
        foreach (var record in export.Records)
        {
            var contact = record.Contact is null ? "" : $" · contact {record.Contact}";
            AnsiConsole.MarkupLineInterpolated($"[bold]{record.Address}[/] · {record.State.ToString().ToLowerInvariant()}{contact}");
            foreach (var suppression in record.Suppressions)
                AnsiConsole.MarkupLineInterpolated($"[red]asked to stop[/] {suppression.When} · {suppression.Kind} · {suppression.How}");
            foreach (var hold in record.Holds)
                AnsiConsole.MarkupLineInterpolated($"[yellow]legal hold[/] {hold.Reason}");
            if (record.Entries.IsEmpty)
                continue;
            var table = new Table()
                .Border(TableBorder.Simple)
                .AddColumn("happened")
                .AddColumn("what")
                .AddColumn("recorded")
                .AddColumn("by")
                .AddColumn("from")
                .AddColumn("at");
            foreach (var entry in record.Entries.OrderBy(entry => entry.Entry.When, When.Order))
                table.AddRow(
                    Day(entry.Entry.When).EscapeMarkup(),
                    What(entry.Entry).EscapeMarkup(),
                    entry.RecordedAt.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture),
                    entry.By.EscapeMarkup(),
                    Source(entry, files).EscapeMarkup(),
                    entry.Position
                );
            AnsiConsole.Write(table);
        }
    }

    /// <summary>Screenings have one entry for everybody, which stands in the controller's chain.</summary>
    public static async Task WriteScreeningsAsync(OpenStore store, PersonExport export, CancellationToken cancellation)
    {
        foreach (var record in export.Records)
        {
            var dossier = await store.Evidence.FindAsync(StoreOptions.ReadAddress(record.Address), cancellation: cancellation);
            foreach (var one in await DecisionOnRecord.FindAsync(store.Evidence, dossier, cancellation: cancellation))
                if (one.Screening is { } screening)
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"screened {screening.ReadFrom.UtcDateTime:yyyy-MM-dd HH:mm} UTC for {one.Campaign} on "
                                + $"{one.Id.Day:yyyy-MM-dd}: decision {one.Id}"
                        )
                    );
        }
    }

    static string Day(When when) =>
        when.Day == DateOnly.MinValue ? "not known"
        : when.At is { } at ? at.ToString("yyyy-MM-dd HH:mm zzz", CultureInfo.InvariantCulture)
        : when.ToString();

    static string Source(ExportedEntry entry, Dictionary<string, string> files) =>
        entry.File is null
            ? ""
            : string.Create(CultureInfo.InvariantCulture, $"{files.GetValueOrDefault(entry.File, entry.File[..12])}:{entry.Row}");

    static string What(ContactEntry entry) =>
        entry switch
        {
            DetailsCollected ticks when TickedBoxes.IsOnlyTicks(ticks) => ticks.Id,
            DetailsCollected collected =>
                $"{collected.Context ?? "details collected"} {collected.Id}{(collected.Refused == true ? ", refused" : "")}",
            ConsentAnswered { Act: "declined" } consent => $"asked for consent and declined, {consent.Id}",
            ConsentAnswered consent => $"consent {consent.Id}",
            RefusalMade { AtMostIn30Days: { } most } fewer => string.Create(
                CultureInfo.InvariantCulture,
                $"at most {most} in 30 days by {fewer.How}, {fewer.Id}"
            ),
            RightsExercised asked => $"asked for {asked.Right}, {asked.Id}",
            RefusalMade refusal => $"{refusal.Kind} by {refusal.How}, {refusal.Id}",
            MessageSent sent => $"sent {sent.Id} over {sent.Channel}",
            SendIntended intended => $"about to send {intended.Campaign}",
            SendAbandoned abandoned => $"did not go out: {abandoned.Because.Replace('-', ' ')}",
            RegisterChecked check => $"{check.Register}: {(check.Listed ? "listed" : "not listed")}",
            FactJudged judged => $"judged {judged.Fact}: {judged.Value}, by {judged.By}",
            DecisionMade decision => $"decided: {decision.Verdict} for {decision.Campaign}",
            _ => EntryKinds.Of(entry).Replace('-', ' '),
        };
}
