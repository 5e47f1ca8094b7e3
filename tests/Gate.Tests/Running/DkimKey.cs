using System.Security.Cryptography;
using MimeKit.Cryptography;
using Org.BouncyCastle.Crypto;
using Org.BouncyCastle.Security;

namespace MaySend.Gate.Tests.Running;

/// <summary>A key of this run, in the place of one in the DNS.</summary>
sealed class DkimKey(AsymmetricKeyParameter key) : IDkimPublicKeyLocator
{
    public static (string Pem, AsymmetricKeyParameter Public) Make()
    {
        using var rsa = RSA.Create(2048);
        return (rsa.ExportRSAPrivateKeyPem(), PublicKeyFactory.CreateKey(rsa.ExportSubjectPublicKeyInfo()));
    }

    public AsymmetricKeyParameter LocatePublicKey(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) => key;

    public Task<AsymmetricKeyParameter> LocatePublicKeyAsync(
        string methods,
        string domain,
        string selector,
        CancellationToken cancellationToken = default
    ) => Task.FromResult(key);
}
