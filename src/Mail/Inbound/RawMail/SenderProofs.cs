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
                return results.Results.Any(result => Passes(result, domain));
        return false;
    }

    static bool Passes(AuthenticationMethodResult result, string domain)
    {
        if (!result.Result.Equals("pass", StringComparison.OrdinalIgnoreCase))
            return false;
        string? Of(string property) =>
            result.Properties.FirstOrDefault(known => known.Property.Equals(property, StringComparison.OrdinalIgnoreCase))?.Value;
        return result.Method.ToLowerInvariant() switch
        {
            "dmarc" => Of("from") is { } from && from.Trim('"').Equals(domain, StringComparison.OrdinalIgnoreCase),
            "dkim" => (Of("d") ?? Of("i")?.Split('@')[^1]) is { } signer && Alignment.Covers(signer.Trim('"'), domain),
            _ => false,
        };
    }
}

/// <summary>Checks the DKIM signatures (RFC 6376) of a message itself, with the keys that DNS gives.</summary>
/// <param name="keys">Looks up the public keys.</param>
sealed class DkimSignatures(IDkimPublicKeyLocator keys) : ISenderProof
{
    /// <summary>A message with more signatures than this is not checked further: each costs a look-up.</summary>
    const int Most = 5;

    /// <inheritdoc/>
    public bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets)
    {
        if (Alignment.FromDomain(message) is not { } domain)
            return false;
        var verifier = new DkimVerifier(keys);
        foreach (var field in message.Headers.Where(field => field.Id == HeaderId.DkimSignature).Take(Most))
            try
            {
                if (Alignment.SignedBy(field.Value) is { } signer && Alignment.Covers(signer, domain) && verifier.Verify(message, field))
                    return true;
            }
            catch (Exception error)
                when (error is FormatException or ArgumentException or IOException or NotSupportedException or InvalidOperationException)
            {
                // A signature that cannot be read, or a key that cannot be had, proves nothing; the next one may.
            }
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

    /// <summary>The d= of a signature.</summary>
    public static string? SignedBy(string signature) =>
        signature
            .Split(';')
            .Select(tag => tag.Split('=', 2))
            .Where(tag => tag.Length == 2 && tag[0].Trim() == "d")
            .Select(tag => tag[1].Trim())
            .FirstOrDefault();
}
