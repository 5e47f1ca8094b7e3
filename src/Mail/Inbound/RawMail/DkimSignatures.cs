using MimeKit;
using MimeKit.Cryptography;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Checks the DKIM signatures (RFC 6376) of a message itself, with the keys that DNS gives: one that is right, covers who writes, about
/// what and every word, and whose domain is the author's or above it. Where the DNS does not answer, nothing is shown.
/// </summary>
/// <param name="keys">Looks up the public keys.</param>
public sealed class DkimSignatures(IDkimPublicKeyLocator keys) : ISenderProof
{
    /// <summary>A message with more aligned signatures than this is not checked further: each costs a look-up.</summary>
    const int Most = 3;

    /// <inheritdoc/>
    public bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets)
    {
        if (Alignment.FromDomain(message) is not { } domain || !Alignment.IsPlain(message))
            return false;
        var verifier = new DkimVerifier(keys);
        foreach (var field in message.Headers.Where(field => IsCandidate(message, field, domain)).Take(Most))
            try
            {
                if (verifier.Verify(message, field))
                    return true;
            }
            catch (Exception error)
                when (error is FormatException or ArgumentException or IOException or NotSupportedException or InvalidOperationException)
            {
                // A signature that cannot be read, or a key that cannot be had, proves nothing; the next one may.
            }
        return false;
    }

    static bool IsCandidate(MimeMessage message, Header field, string domain) =>
        field.Id == HeaderId.DkimSignature
        && Alignment.Tags(field.Value) is var tags
        && tags.GetValueOrDefault("d") is { Length: > 0 } signer
        && Alignment.Covers(signer, domain)
        && Alignment.CoversRequest(tags, message);
}
