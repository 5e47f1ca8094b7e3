using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>Public keys of DKIM (RFC 6376 3.6.2) and of ARC, which are published the same way.</summary>
/// <param name="records">Where they are looked up.</param>
public sealed class DkimKeys(ITextRecords records) : DkimPublicKeyLocatorBase
{
    /// <inheritdoc />
    /// <exception cref="IOException">The DNS does not answer.</exception>
    /// <exception cref="FormatException">There is no key, or not one alone that can be read.</exception>
    public override AsymmetricKeyParameter LocatePublicKey(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    )
    {
        if (!methods.Split(':').Contains("dns/txt", StringComparer.Ordinal))
            throw new FormatException("the key is published in a way that MaySend does not know");
        // Several records under one selector are undefined (RFC 6376 3.6.2.2): none of them is believed.
        return records.Of($"{selector}._domainkey.{domain}") is [var only]
            ? GetPublicKey(only)
            : throw new FormatException("there is no key, or more than one");
    }

    /// <inheritdoc />
    public override Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(LocatePublicKey(methods, domain, selector, cancellationToken));
}
