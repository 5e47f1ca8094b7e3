namespace MaySend.Mail.Inbound;

/// <summary>One call of a webhook, as it came over the wire.</summary>
/// <param name="Body">The body, octet for octet: signatures are over it.</param>
/// <param name="Headers">Header fields; names in any case.</param>
/// <param name="Url">The public address that was called, with its query: Mandrill and Twilio sign it.</param>
/// <param name="ReceivedAt">When it arrived (UTC).</param>
public sealed record WebhookRequest(
    ReadOnlyMemory<byte> Body,
    IReadOnlyDictionary<string, string> Headers,
    string Url,
    DateTimeOffset ReceivedAt
)
{
    /// <summary>
    /// It came by GET, as some platforms of text messages call unless told otherwise: the query stands for the body, and signatures are
    /// over the address.
    /// </summary>
    public bool IsByQuery { get; init; }

    /// <summary>The largest body that is read, in octets.</summary>
    public const int LargestBody = 5 * 1024 * 1024;

    internal string? Header(string name) =>
        Headers.FirstOrDefault(field => field.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;
}
