namespace MaySend.Records.Links;

/// <summary>Whom and what the link of one message stops.</summary>
/// <param name="Sender">The sender that the button stops.</param>
/// <param name="Channel">The channel it stops.</param>
/// <param name="Topic">The topic it stops; null for all topics.</param>
/// <param name="Brand">The brand that the message shows; null for every sender that shares a brand with this one.</param>
public sealed record LinkScope(string Sender, string Channel, string? Topic, string? Brand);

/// <summary>Something wrong with a link that is asked for.</summary>
/// <param name="Field">Which part of the scope.</param>
/// <param name="Says">What is wrong.</param>
/// <param name="Help">What would be right; null if that is obvious.</param>
public sealed record LinkProblem(string Field, string Says, string? Help = null);

/// <summary>The opt-out link of one message to one recipient.</summary>
/// <param name="Url">Where the recipient's page is.</param>
/// <param name="Headers">The fields of the message (RFC 2369, RFC 8058).</param>
public sealed record MessageLink(string Url, IReadOnlyDictionary<string, string> Headers);
