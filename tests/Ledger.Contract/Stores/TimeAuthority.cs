using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.Pkcs;
using System.Security.Cryptography.X509Certificates;

namespace MaySend.Ledger.Contract.Stores;

/// <summary>
/// A time-stamping authority (RFC 3161) that was made for a test, with whoever certified it; it says what time it is told.
/// </summary>
public sealed class TimeAuthority : IDisposable
{
    static readonly Oid TimeStamping = new("1.3.6.1.5.5.7.3.8");
    static readonly Oid TokenInfo = new("1.2.840.113549.1.9.16.1.4");
    static readonly Oid SigningCertificateV2 = new("1.2.840.113549.1.9.16.2.47");

    readonly RSA rootKey = RSA.Create(2048);
    readonly RSA key = RSA.Create(2048);
    readonly X509Certificate2 root;
    readonly X509Certificate2 signer;

    public TimeAuthority(string name = "Clock Tower")
    {
        var from = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var certifier = new CertificateRequest($"CN={name} Root", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        certifier.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        root = certifier.CreateSelfSigned(from, from.AddYears(30));
        var stamper = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        stamper.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([TimeStamping], critical: true));
        using var bare = stamper.Create(root, from, from.AddYears(20), [1, 2, 3]);
        signer = bare.CopyWithPrivateKey(key);
    }

    /// <summary>What an auditor trusts.</summary>
    public X509Certificate2Collection Trusted => [X509CertificateLoader.LoadCertificate(root.RawData)];

    /// <summary>The same as a PEM file's text.</summary>
    public string Pem => root.ExportCertificatePem();

    /// <summary>A token over octets, for a time.</summary>
    public byte[] Stamp(ReadOnlySpan<byte> data, DateTimeOffset at) => Token(SHA256.HashData(data), at, null);

    /// <summary>The answer to a request of section 2.4.1.</summary>
    public byte[] Answer(ReadOnlyMemory<byte> request, DateTimeOffset at)
    {
        if (!Rfc3161TimestampRequest.TryDecode(request, out var asked, out _))
            throw new ArgumentException("no request");
        var answer = new AsnWriter(AsnEncodingRules.DER);
        using (answer.PushSequence())
        {
            using (answer.PushSequence())
                answer.WriteInteger(0);
            answer.WriteEncodedValue(Token(asked.GetMessageHash().ToArray(), at, asked.GetNonce()));
        }
        return answer.Encode();
    }

    public void Dispose()
    {
        signer.Dispose();
        root.Dispose();
        key.Dispose();
        rootKey.Dispose();
    }

    byte[] Token(byte[] digest, DateTimeOffset at, ReadOnlyMemory<byte>? nonce)
    {
        var info = new Rfc3161TimestampTokenInfo(
            new Oid("1.2.3.4"),
            new Oid("2.16.840.1.101.3.4.2.1"),
            digest,
            new byte[] { 7 },
            at,
            nonce: nonce
        );
        var cms = new SignedCms(new ContentInfo(TokenInfo, info.Encode()));
        var named = new AsnWriter(AsnEncodingRules.DER);
        using (named.PushSequence())
        using (named.PushSequence())
        using (named.PushSequence())
            named.WriteOctetString(SHA256.HashData(signer.RawData));
        var signing = new CmsSigner(signer)
        {
            IncludeOption = X509IncludeOption.EndCertOnly,
            DigestAlgorithm = new("2.16.840.1.101.3.4.2.1"),
        };
        signing.SignedAttributes.Add(new AsnEncodedData(SigningCertificateV2, named.Encode()));
        cms.ComputeSignature(signing);
        return cms.Encode();
    }
}
