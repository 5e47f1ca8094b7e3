namespace MaySend.Mail.Messages;

/// <summary>What was found at a place of the body; a closed set.</summary>
public enum BodyMarkKind
{
    /// <summary>A way to opt out that the reader sees.</summary>
    Offer,

    /// <summary>A way to opt out that the reader cannot see.</summary>
    Hidden,

    /// <summary>An opt-out link whose address was never filled in.</summary>
    Unfilled,

    /// <summary>A sentence that says that one cannot opt out.</summary>
    Denial,
}

/// <summary>Something found in the body, to be marked in its place.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Place">The MIME part.</param>
/// <param name="Href">The address of the link; null if it is text.</param>
/// <param name="Text">The words of the link or of the paragraph, shortened.</param>
public sealed record BodyMark(BodyMarkKind Kind, string Place, string? Href, string Text);
