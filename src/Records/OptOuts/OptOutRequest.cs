using MaySend.Reading;

namespace MaySend.Records.OptOuts;

/// <summary>How much a person asks to be left alone with.</summary>
public enum OptOutExtent
{
    /// <summary>What the link is about: its sender, channel and topic.</summary>
    Link,

    /// <summary>One channel of the sender.</summary>
    Channel,

    /// <summary>One topic of the sender.</summary>
    Topic,

    /// <summary>All marketing of every sender of the store: an objection.</summary>
    Everything,

    /// <summary>What the link is about, but not all of it: at most so many messages in 30 days.</summary>
    LessOften,
}

/// <summary>
/// One request as it was expressed; what is spooled while the store is down. It names the contact by its random id and holds no address.
/// </summary>
/// <param name="Contact">The random contact id, 32 hexadecimal digits.</param>
/// <param name="Scope">The link's number for sender, channel and topic.</param>
/// <param name="Link">The first 16 hexadecimal digits of the SHA-256 of the link's token: names the link without opening it.</param>
/// <param name="Extent">How much.</param>
/// <param name="Word">The channel, the topic or the number; blank otherwise.</param>
/// <param name="At">When it was expressed.</param>
public sealed record OptOutRequest(string Contact, uint Scope, string Link, OptOutExtent Extent, string Word, DateTimeOffset At)
{
    /// <summary>Names a link.</summary>
    public static string NameOf(string token) => Digest.Of(token);

    /// <summary>
    /// The start of the id of every refusal that this request can become; the same request through the same link is one refusal.
    /// </summary>
    internal string Stem =>
        Word.Length == 0
            ? $"link {Link} {Extent.ToString().ToLowerInvariant()}"
            : $"link {Link} {Extent.ToString().ToLowerInvariant()} {Word}";
}
