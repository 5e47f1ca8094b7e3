using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using NSec.Cryptography;

namespace MaySend.Evidence.Ledger.Keys;

/// <summary>
/// Signs checkpoints: Ed25519 (RFC 8032) in the form of a C2SP signed note. Anyone who was given <see cref="VerifierKey"/> beforehand can
/// check them.
/// </summary>
public sealed class SigningKey
{
    /// <summary>Length of the seed in bytes.</summary>
    public const int SeedSize = 32;

    const byte Ed25519NoteType = 1;
    const int KeyIdSize = 4;

    readonly byte[] publicKey;

    internal SigningKey(byte[] seed)
    {
        Seed = seed;
        using var key = Key.Import(SignatureAlgorithm.Ed25519, seed, KeyBlobFormat.RawPrivateKey);
        publicKey = key.PublicKey.Export(KeyBlobFormat.RawPublicKey);
        Name = "maysend/" + Convert.ToHexStringLower(SHA256.HashData(publicKey).AsSpan(0, 8));
    }

    /// <summary>The name that stands beside each signature.</summary>
    public string Name { get; }

    /// <summary>
    /// The public key as a C2SP verifier key: name, key id in hexadecimal and base64 of type and key, joined by plus signs.
    /// </summary>
    public string VerifierKey => $"{Name}+{Convert.ToHexStringLower(KeyId())}+{Convert.ToBase64String([Ed25519NoteType, .. publicKey])}";

    internal byte[] Seed { get; }

    /// <summary>The signature line for a note's text, which must end in a newline.</summary>
    public string SignatureLine(string text)
    {
        using var key = Key.Import(SignatureAlgorithm.Ed25519, Seed, KeyBlobFormat.RawPrivateKey);
        var signature = SignatureAlgorithm.Ed25519.Sign(key, Encoding.UTF8.GetBytes(text));
        return $"\u2014 {Name} {Convert.ToBase64String([.. KeyId(), .. signature])}\n";
    }

    byte[] KeyId()
    {
        byte[] hashed = [.. Encoding.UTF8.GetBytes(Name), (byte)'\n', Ed25519NoteType, .. publicKey];
        return SHA256.HashData(hashed)[..KeyIdSize];
    }
}
