namespace MaySend.Evidence.Entries;

/// <summary>A named person judged one fact of this contact, with a reason (model §2).</summary>
public sealed record FactJudged(When When, string Id, string Fact, string Value, string By, string Reason) : ContactEntry(When, Id)
{
    /// <summary>The record it is about, where the fact is a record's; blank for the recipient.</summary>
    public string RecordId { get; init; } = "";

    /// <summary>Until when it applies; null if it has no end.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>What a judgement can be about.</summary>
public static class JudgedRecords
{
    /// <summary>Says what is wrong where a judgement names a record that is not among those of the person; null where nothing is.</summary>
    public static string? Fault(FactJudged judged, IEnumerable<ContactEntry> onRecord)
    {
        if (judged.RecordId.Length == 0)
            return null;
        string[] ids =
        [
            .. onRecord.Where(entry => entry is DetailsCollected or ConsentAnswered or RegisterChecked).Select(entry => entry.Id),
        ];
        // A box of a form is a record of its own, named after the order: `order 1/news`.
        return Array.Exists(ids, id => judged.RecordId == id || judged.RecordId.StartsWith($"{id}/", StringComparison.Ordinal))
            ? null
            : $"`{judged.RecordId}` is no record of this person, so the judgement would show nothing"
                + (ids.Length == 0 ? "" : $"; on record: {string.Join(", ", ids.Take(12))}");
    }
}

/// <summary>A named person took a judgement back, with a reason. What an older judgement on the same thing said does not revive.</summary>
public sealed record JudgementWithdrawn(When When, string Id, string JudgementId, string By, string Reason) : ContactEntry(When, Id);
