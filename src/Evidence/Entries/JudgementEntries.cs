namespace MaySend.Evidence.Entries;

/// <summary>A named person judged one fact of this contact, with a reason (model §2).</summary>
public sealed record FactJudged(When When, string Id, string Fact, string Value, string By, string Reason) : ContactEntry(When, Id)
{
    /// <summary>The record it is about, where the fact is a record's; blank for the recipient.</summary>
    public string RecordId { get; init; } = "";

    /// <summary>Until when it applies; null if it has no end.</summary>
    public DateOnly? Until { get; init; }
}

/// <summary>A named person took a judgement back, with a reason. What an older judgement on the same thing said does not revive.</summary>
public sealed record JudgementWithdrawn(When When, string Id, string JudgementId, string By, string Reason) : ContactEntry(When, Id);
