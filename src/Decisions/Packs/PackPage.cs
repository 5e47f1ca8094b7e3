using System.Globalization;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Pages;
using MaySend.Evidence.Store;
using Scriban.Runtime;

namespace MaySend.Decisions.Packs;

/// <summary>The readable page of a pack. It needs nothing else; every value is escaped.</summary>
static class PackPage
{
    const int LongestValue = 300;

    public static string Write(PackContent content)
    {
        var page = new ScriptObject
        {
            ["about"] = content.About,
            ["ledger"] = content.Ledger,
            ["made"] = Instant(content.MadeAt),
            ["checkpoint"] = content.Checkpoint,
            ["decisions"] = content.Decisions.Select(Decision).ToList(),
            ["suppressions"] = content
                .Suppressions.Select(one => new ScriptObject { ["when"] = one.When.ToString(), ["says"] = $"{one.Kind}, {one.How}" })
                .ToList(),
            ["entries"] = content
                .Entries.Where(entry => entry.Entry is not DecisionMade)
                .OrderBy(entry => entry.Entry.When, When.Order)
                .Select(entry =>
                    Entry(
                        entry.Entry.When.Day == DateOnly.MinValue ? "not known" : entry.Entry.When.ToString(),
                        EntryKinds.Of(entry.Entry),
                        entry.Entry.Id,
                        EntryJson.Write(entry.Entry),
                        entry.RecordedAt,
                        entry.By,
                        entry.Position,
                        entry.Hash,
                        entry.File is null ? "" : string.Create(CultureInfo.InvariantCulture, $"file {entry.File[..12]}, row {entry.Row}")
                    )
                )
                .ToList(),
            ["controller"] = content
                .ControllerEntries.Select(entry =>
                    Entry(
                        "",
                        EntryKinds.Of(entry.Entry),
                        entry.Entry.Id,
                        EntryJson.Write(entry.Entry),
                        entry.RecordedAt,
                        entry.By,
                        entry.Position,
                        entry.Hash,
                        ""
                    )
                )
                .ToList(),
        };
        return PageTemplate.Render(typeof(PackPage), "MaySend.Decisions.Packs.pack.html", page);
    }

    static ScriptObject Decision(PackedDecision decision) =>
        new()
        {
            ["id"] = decision.Id,
            ["at"] = decision.DecidedAt is { } at ? Instant(at) : "",
            ["verdict"] = decision.Verdict,
            ["replayed"] = decision.Replayed,
            ["text"] = decision.Explanation is null ? "" : ExplanationText.Write(decision.Explanation, isFull: true),
            ["law"] = decision.LawFiles.Select(file => $"law/{DecisionId.Parse(decision.Id)!.Law}/{file}").ToList(),
        };

    static ScriptObject Entry(
        string when,
        string kind,
        string id,
        byte[] json,
        DateTimeOffset recordedAt,
        string by,
        string position,
        string hash,
        string source
    )
    {
        using var says = JsonDocument.Parse(json);
        return new()
        {
            ["when"] = when,
            ["kind"] = kind.Replace('-', ' '),
            ["id"] = id,
            ["recorded"] = Instant(recordedAt),
            ["by"] = by,
            ["position"] = position,
            ["hash"] = hash,
            ["source"] = source,
            ["says"] = says
                .RootElement.EnumerateObject()
                .Where(member => member.Name is not ("kind" or "when" or "id"))
                .Select(member => new ScriptObject { ["name"] = member.Name, ["value"] = Short(member.Value.ToString()) })
                .Where(pair => pair["value"] is not "[]")
                .ToList(),
        };
    }

    static string Short(string text) => text.Length <= LongestValue ? text : $"{text[..LongestValue]} ... (whole in pack.json)";

    static string Instant(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
