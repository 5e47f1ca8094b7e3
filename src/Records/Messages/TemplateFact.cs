namespace MaySend.Records.Messages;

/// <summary>One fact of a template: what is on record about it, and what a message that was looked at shows of it.</summary>
/// <param name="Name">The fact, as templates are written as JSON (<c>refusalOffered</c>).</param>
/// <param name="OnRecord">What the version in force says; null where it says nothing, or there is none.</param>
/// <param name="Shown">What the message shows; null where no message can show it, and only its signer can say.</param>
/// <param name="Says">Why, in words.</param>
public sealed record TemplateFact(string Name, string? OnRecord, string? Shown, string Says)
{
    /// <summary>
    /// The record claims what this message does not show: that there is a way to stop and here is none, that nothing tracks and something
    /// does. Messages sent with it are not covered by what was signed.
    /// </summary>
    public bool IsOverstated => (OnRecord, Shown) is ("yes", "no") or ("none", not (null or "none"));
}
