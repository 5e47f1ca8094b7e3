using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace MaySend.Ledger.Verify;

/// <summary>
/// A time stamp (RFC 3161): an authority that is not us says that a checkpoint was there at a time. Whoever holds store and keys can write
/// a ledger anew with any date in it, and can have nothing stamped for a time that is past.
/// </summary>
/// <param name="At">The time that the authority states.</param>
/// <param name="By">The name in the certificate that signed.</param>
public sealed record TimeStamp(DateTimeOffset At, string By)
{
    const string TimeStamping = "1.3.6.1.5.5.7.3.8";

    /// <summary>What a token says of a note.</summary>
    /// <param name="note">The note.</param>
    /// <param name="token">The token, a CMS message.</param>
    /// <param name="authorities">Certificates that are trusted: of an authority, or of whoever certified it.</param>
    /// <exception cref="FormatException">It says nothing of this note, or not in a trusted authority's name; the message says why, without
    /// a full stop.</exception>
    public static TimeStamp Read(string note, byte[] token, X509Certificate2Collection authorities)
    {
        try
        {
            if (!Rfc3161TimestampToken.TryDecode(token, out var decoded, out _))
                throw new FormatException("the time stamp cannot be read");
            if (!decoded.VerifySignatureForData(Encoding.UTF8.GetBytes(note), out var signer))
                throw new FormatException("the time stamp is not for this checkpoint, or is incomplete");
            if (!IsTrusted(signer, decoded, authorities))
                throw new FormatException($"the time stamp is by {signer.Subject}, and no certificate you gave vouches for them");
            return new(decoded.TokenInfo.Timestamp, signer.Subject);
        }
        catch (CryptographicException fault)
        {
            throw new FormatException($"the time stamp cannot be read ({fault.Message})", fault);
        }
    }

    static bool IsTrusted(X509Certificate2 signer, Rfc3161TimestampToken token, X509Certificate2Collection authorities)
    {
        if (authorities.Any(one => one.RawDataMemory.Span.SequenceEqual(signer.RawDataMemory.Span)))
            return true;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.ExtraStore.AddRange(token.AsSignedCms().Certificates);
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(TimeStamping));
        // Nothing is fetched: an auditor checks this years later and away from any network.
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.DisableCertificateDownloads = true;
        chain.ChainPolicy.VerificationTime = token.TokenInfo.Timestamp.UtcDateTime;
        return chain.Build(signer);
    }
}
