using System.Security.Cryptography;
using Org.BouncyCastle.Crypto;

namespace MaySend.Gate.Messages;

/// <summary>
/// RSA with SHA-256 by the platform's own library, in the shape in which MimeKit asks for it: several times as fast as managed code.
/// </summary>
/// <param name="key">The private key; used by one thread at a time.</param>
sealed class PlatformRsaSigner(RSA key) : ISigner, IDisposable
{
    readonly IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <inheritdoc />
    public string AlgorithmName => "SHA-256withRSA";

    /// <inheritdoc />
    public void Init(bool forSigning, ICipherParameters parameters)
    {
        if (!forSigning)
            throw new NotSupportedException("this signer only signs");
    }

    /// <inheritdoc />
    public void Update(byte input) => hash.AppendData([input]);

    /// <inheritdoc />
    public void BlockUpdate(byte[] input, int inOff, int inLen) => hash.AppendData(input, inOff, inLen);

    /// <inheritdoc />
    public void BlockUpdate(ReadOnlySpan<byte> input) => hash.AppendData(input);

    /// <inheritdoc />
    public int GetMaxSignatureSize() => key.KeySize / 8;

    /// <inheritdoc />
    public byte[] GenerateSignature() => key.SignHash(hash.GetHashAndReset(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);

    /// <inheritdoc />
    public bool VerifySignature(byte[] signature) => throw new NotSupportedException("this signer only signs");

    /// <inheritdoc />
    public void Reset() => hash.GetHashAndReset();

    /// <inheritdoc />
    public void Dispose() => hash.Dispose();
}
