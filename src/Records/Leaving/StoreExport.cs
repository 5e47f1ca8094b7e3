using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Standards;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Records.Leaving;

/// <summary>
/// Everything a store holds, in files that other programs read: for who leaves, and for who wants to count. Secrets (API keys, the keys of
/// opt-out links) stay, and so do the suppressions of people who were erased: of those only a keyed digest is left.
/// </summary>
public sealed class StoreExport(EvidenceStore store, ServerRecords records, CampaignsOnRecord campaigns, LawBook law)
{
    static readonly JsonSerializerOptions Line = new(EntryJson.Options)
    {
        Encoder = JavaScriptEncoder.Default,
        UnmappedMemberHandling = System.Text.Json.Serialization.JsonUnmappedMemberHandling.Skip,
    };

    /// <summary>What was written.</summary>
    /// <param name="Addresses">Addresses on record.</param>
    /// <param name="Entries">Entries about them.</param>
    /// <param name="ControllerEntries">Entries about the sender.</param>
    public sealed record Written(long Addresses, long Entries, long ControllerEntries);

    /// <summary>Writes it. The folder gets its name when everything is there: half an export is none.</summary>
    /// <param name="folder">A new or empty folder.</param>
    /// <param name="cancellation">Stops it; then nothing is there.</param>
    /// <exception cref="BadInputException">The folder is not empty.</exception>
    /// <exception cref="Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async Task<Written> WriteAsync(string folder, CancellationToken cancellation = default)
    {
        using var export = new DraftedFolder(folder, "an export needs a folder of its own");
        // It is personal data, as the store is: the owner's alone, from the first file on.
        OwnerOnly.CloseTree(export.Draft);
        var controller = await ControllerAsync(export.Draft, cancellation);
        await OwnAsync(export.Draft, cancellation);
        var (addresses, entries) = await PeopleAsync(export.Draft, cancellation);
        await File.WriteAllTextAsync(Path.Combine(export.Draft, "vocabulary.jsonld"), PrivacyRecords.Vocabulary, cancellation);
        OwnerOnly.CloseTree(export.Draft);
        export.Commit();
        return new(addresses, entries, controller);
    }

    async Task<long> ControllerAsync(string folder, CancellationToken cancellation)
    {
        await using var file = Open(folder, "sender.ndjson");
        var count = 0L;
        foreach (var recorded in await store.ControllerEntriesAsync(cancellation: cancellation))
        {
            await file.WriteLineAsync(
                JsonSerializer.Serialize(
                    new
                    {
                        position = recorded.Position.ToString(),
                        recorded.RecordedAt,
                        recorded.By,
                        recorded.Entry,
                    },
                    Line
                )
            );
            count++;
        }
        return count;
    }

    /// <summary>What the server keeps beside the evidence: campaigns as described, and assessments as they were written.</summary>
    async Task OwnAsync(string folder, CancellationToken cancellation)
    {
        await using (var file = Open(folder, "campaigns.ndjson"))
            foreach (var campaign in await campaigns.AllAsync(cancellation))
                await file.WriteLineAsync(JsonSerializer.Serialize(campaign, Line));
        foreach (var written in (await records.ReadAsync(cancellation)).Assessments.Values)
        {
            Directory.CreateDirectory(Path.Combine(folder, "assessments"));
            var name = new string([.. written.Id.Where(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '.')]);
            await File.WriteAllTextAsync(Path.Combine(folder, "assessments", $"{name}.yaml"), written.Document, cancellation);
        }
    }

    async Task<(long Addresses, long Entries)> PeopleAsync(string folder, CancellationToken cancellation)
    {
        await using var people = Open(folder, "people.ndjson");
        await using var standard = Open(folder, "people.jsonld.ndjson");
        await using var table = Open(folder, "entries.csv");
        using var csv = new CsvTable(table, ["address", "position", "recorded_at", "by", "kind", "when", "id", "file", "row", "entry"]);
        var (addresses, entries) = (0L, 0L);
        var (at, privacy) = (store.Clock.GetUtcNow(), new PrivacyRecords(await store.ControllerAsync(cancellation: cancellation), law));
        await foreach (var person in store.ExportAllAsync(cancellation))
        {
            addresses++;
            await people.WriteLineAsync(JsonSerializer.Serialize(person, Line));
            await standard.WriteLineAsync(privacy.LineOf(person, at));
            foreach (var exported in person.Entries)
            {
                entries++;
                csv.Add(Row(person.Address, exported));
            }
        }
        return (addresses, entries);
    }

    static string[] Row(string address, ExportedEntry exported) =>
        [
            address,
            exported.Position,
            exported.RecordedAt.ToString("O", CultureInfo.InvariantCulture),
            exported.By,
            EntryKinds.Of(exported.Entry),
            exported.Entry.When.Day == DateOnly.MinValue ? "" : exported.Entry.When.ToString(),
            exported.Entry.Id,
            exported.File ?? "",
            exported.Row?.ToString(CultureInfo.InvariantCulture) ?? "",
            Encoding.UTF8.GetString(EntryJson.Write(exported.Entry)),
        ];

    static StreamWriter Open(string folder, string name) =>
        new(OwnerOnly.Open(Path.Combine(folder, name), FileMode.CreateNew, FileAccess.Write), new UTF8Encoding(false)) { NewLine = "\n" };
}
