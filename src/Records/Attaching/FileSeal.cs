using System.Security.Cryptography;

namespace MaySend.Records.Attaching;

/// <summary>
/// Seals what lies in files beside the store (AES-256-GCM), each with a key of its own: a random nonce, then what was sealed, then the tag.
/// The key stands in the ledger.
/// </summary>
static class FileSeal
{
    const int NonceLength = 12;
    const int TagLength = 16;
    const int KeyLength = 32;

    /// <summary>Seals octets.</summary>
    /// <returns>The sealed octets, and the key, base64.</returns>
    public static (byte[] Sealed, string Key) Seal(ReadOnlySpan<byte> clear)
    {
        var key = RandomNumberGenerator.GetBytes(KeyLength);
        var octets = new byte[NonceLength + clear.Length + TagLength];
        RandomNumberGenerator.Fill(octets.AsSpan(0, NonceLength));
        using var cipher = new AesGcm(key, TagLength);
        cipher.Encrypt(
            octets.AsSpan(0, NonceLength),
            clear,
            octets.AsSpan(NonceLength, clear.Length),
            octets.AsSpan(NonceLength + clear.Length)
        );
        return (octets, Convert.ToBase64String(key));
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="CryptographicException">It is not what was sealed, or the key is another.</exception>
    /// <exception cref="FormatException">The key is no base64.</exception>
    public static byte[] Open(ReadOnlySpan<byte> octets, string key)
    {
        if (octets.Length < NonceLength + TagLength)
            throw new CryptographicException("too short to have been sealed");
        var clear = new byte[octets.Length - NonceLength - TagLength];
        using var cipher = new AesGcm(Convert.FromBase64String(key), TagLength);
        cipher.Decrypt(octets[..NonceLength], octets.Slice(NonceLength, clear.Length), octets[(NonceLength + clear.Length)..], clear);
        return clear;
    }
}
