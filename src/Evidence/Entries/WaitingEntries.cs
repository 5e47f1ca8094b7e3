namespace MaySend.Evidence.Entries;

/// <summary>
/// Something arrived that nobody has looked at yet (model §8). Nothing proves that the person wrote it, so it is no request to stop; where
/// it may be one, nothing is shown for this address until a person has settled it.
/// </summary>
public sealed record MessageWaiting(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>What brought it: a platform's name, <c>mail</c>, <c>sms</c>.</summary>
    public string Source { get; init; } = "";

    /// <summary>True where it may be a request to stop.</summary>
    public bool Holds { get; init; }

    /// <summary>SHA-256 of the sealed text, hexadecimal; names the file beside the store.</summary>
    public string Digest { get; init; } = "";

    /// <summary>The key of that text, base64: whoever cannot read this entry, after an erasure, cannot read the text.</summary>
    public string Seal { get; init; } = "";
}

/// <summary>A person has settled what waited: <c>request</c>, <c>nothing</c> or <c>forged</c>. A request is recorded beside it.</summary>
public sealed record MessageSettled(When When, string Id, string WaitingId, string Outcome) : ContactEntry(When, Id);
