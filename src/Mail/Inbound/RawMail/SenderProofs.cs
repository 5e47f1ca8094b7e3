using MimeKit;
using MimeKit.Cryptography;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Shows that a message comes from the domain in its From field.</summary>
public interface ISenderProof
{
    /// <summary>Whether the one From domain is authenticated and aligned. Anything missing, unreadable or unreachable is no.</summary>
    /// <param name="message">The parsed message.</param>
    /// <param name="octets">The message as it came over the wire.</param>
    bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets);
}

/// <summary>
/// Believes the Authentication-Results field (RFC 8601) of our own mail server: DMARC passed, or DKIM passed for the domain in From. A
/// field that another server wrote, or the sender, is not believed; our server takes out those that bear its name (RFC 8601 5).
/// </summary>
/// <param name="server">The authserv-id that our own mail server writes.</param>
public sealed class TrustedResults(string server) : ISenderProof
{
    /// <summary>As many hops a message may take inside: the border, a filter, the mailbox.</summary>
    const int OwnHops = 3;

    /// <inheritdoc/>
    public bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets)
    {
        if (Alignment.FromDomain(message) is not { } domain)
            return false;
        // Our own servers write at the top; the first field of ours counts, and what is many hops further down came along with the message.
        var hops = 0;
        foreach (var field in message.Headers)
            if (field.Id == HeaderId.Received && ++hops > OwnHops)
                return false;
            else if (
                field.Id == HeaderId.AuthenticationResults
                && AuthenticationResults.TryParse(field.RawValue, out var results)
                && results.AuthenticationServiceIdentifier?.Equals(server, StringComparison.OrdinalIgnoreCase) == true
            )
                return results.Results.Any(result => Alignment.Passes(result, domain));
        return false;
    }
}

/// <summary>Which signing domain speaks for which author.</summary>
static class Alignment
{
    /// <summary>The domain of the one author; null with none or several.</summary>
    public static string? FromDomain(MimeMessage message) =>
        message.Headers.Count(field => field.Id == HeaderId.From) == 1 && message.From.Mailboxes.Take(2).ToList() is [var only]
            ? only.Domain is { Length: > 0 } domain
                ? domain
                : null
            : null;

    /// <summary>
    /// The same domain, or one above it: nobody but a registry signs for "co.uk". The other direction would need a list of public suffixes,
    /// since a tenant may sign for their own subdomain.
    /// </summary>
    public static bool Covers(string signer, string author) =>
        signer.Contains('.', StringComparison.Ordinal)
        && (author.Equals(signer, StringComparison.OrdinalIgnoreCase) || author.EndsWith("." + signer, StringComparison.OrdinalIgnoreCase));

    /// <summary>DMARC passed for this author, or DKIM for a domain that speaks for it.</summary>
    public static bool Passes(AuthenticationMethodResult result, string domain)
    {
        if (!result.Result.Equals("pass", StringComparison.OrdinalIgnoreCase))
            return false;
        string? Of(string property) =>
            result.Properties.FirstOrDefault(known => known.Property.Equals(property, StringComparison.OrdinalIgnoreCase))?.Value;
        return result.Method.ToLowerInvariant() switch
        {
            "dmarc" => Of("from") is { } from && from.Trim('"').Equals(domain, StringComparison.OrdinalIgnoreCase),
            "dkim" => (Of("d") ?? Of("i")?.Split('@')[^1]) is { } signer && Covers(signer.Trim('"'), domain),
            _ => false,
        };
    }

    /// <summary>
    /// What the meaning of a request hangs on, beside its body: of one that stands twice one is signed and the other is read.
    /// </summary>
    public static bool IsPlain(MimeMessage message) =>
        !new[] { HeaderId.From, HeaderId.Subject, HeaderId.ContentType, HeaderId.ContentTransferEncoding }.Any(id =>
            message.Headers.Count(field => field.Id == id) > 1
        );

    /// <summary>
    /// A signature that covers who writes, about what, and the whole body: words could be put behind what is signed (RFC 6376 8.2), or a
    /// subject over it (8.15).
    /// </summary>
    public static bool CoversRequest(Dictionary<string, string> tags, MimeMessage message)
    {
        var signed = tags.GetValueOrDefault("h", "").Split(':');
        return !tags.ContainsKey("l")
            && signed.Contains("from", StringComparer.OrdinalIgnoreCase)
            && (signed.Contains("subject", StringComparer.OrdinalIgnoreCase) || !message.Headers.Contains(HeaderId.Subject));
    }

    /// <summary>The tags of a signature or a seal (RFC 6376 3.2); of one that stands twice the first.</summary>
    public static Dictionary<string, string> Tags(string signature)
    {
        var tags = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var tag in signature.Split(';'))
            if (tag.Split('=', 2) is [var name, var value])
                tags.TryAdd(name.Trim(), string.Concat(value.Where(c => !char.IsWhiteSpace(c))));
        return tags;
    }
}
