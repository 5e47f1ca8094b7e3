using System.Globalization;
using MimeKit;
using MimeKit.Cryptography;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Believes what our own mail service, or a forwarder that is named, wrote before it changed a message (ARC, RFC 8617): the whole chain of
/// seals is right, the last of them is by a domain that is named, and its own results say that the author's domain was authenticated then.
/// </summary>
/// <param name="keys">Looks up the public keys.</param>
/// <param name="sealers">The domains (d=) that are believed.</param>
public sealed class SealedResults(IDkimPublicKeyLocator keys, IReadOnlyCollection<string> sealers) : ISenderProof
{
    /// <summary>A chain that is longer is not looked at: each link costs two look-ups.</summary>
    const int Longest = 5;

    /// <inheritdoc/>
    public bool IsAligned(MimeMessage message, ReadOnlyMemory<byte> octets)
    {
        var links = message.Headers.Count(field => field.Id == HeaderId.ArcSeal);
        if (
            links is 0 or > Longest
            || Alignment.FromDomain(message) is not { } domain
            || Link(message, HeaderId.ArcSeal, links) is not { } seal
            || !sealers.Contains(Alignment.Tags(seal.Value).GetValueOrDefault("d", ""), StringComparer.OrdinalIgnoreCase)
            || Link(message, HeaderId.ArcAuthenticationResults, links) is not { } field
            || Link(message, HeaderId.ArcMessageSignature, links) is not { } signature
            || !Alignment.CoversRequest(Alignment.Tags(signature.Value), message)
            || !Alignment.IsPlain(message)
        )
            return false;
        try
        {
            return new ArcVerifier(keys).Verify(message).Chain == ArcSignatureValidationResult.Pass
                && AuthenticationResults.TryParse(field.RawValue, out var results)
                && results.Results.Any(result => Alignment.Passes(result, domain));
        }
        catch (Exception error)
            when (error is FormatException or ArgumentException or IOException or NotSupportedException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>The field of this name that belongs to one link of the chain; null where there is none, or more than one.</summary>
    static Header? Link(MimeMessage message, HeaderId id, int link) =>
        message
            .Headers.Where(field =>
                field.Id == id && Alignment.Tags(field.Value).GetValueOrDefault("i") == link.ToString(CultureInfo.InvariantCulture)
            )
            .Take(2)
            .ToList()
            is [var only]
            ? only
            : null;
}
