using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace MaySend.Ledger.Verify;

/// <summary>The key file, read a second time, and what is derived from it as docs/ledger.md says.</summary>
sealed class Secrets
{
    const int NonceSize = 12;
    const int TagSize = 16;
    static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    readonly Dictionary<int, (byte[] Check, byte[] Index, byte[]? Wrapping)> generations;

    Secrets(Dictionary<int, (byte[], byte[], byte[]?)> generations) => this.generations = generations;

    /// <summary>Reads a key file; null when it is none.</summary>
    internal static Secrets? Read(string path)
    {
        try
        {
            var file = JsonSerializer.Deserialize<KeyFile>(File.ReadAllBytes(path), Layout);
            return file?.Generations is { Count: > 0 } all
                ? new(
                    all.ToDictionary(
                        one => one.Number,
                        one => (Derived(one.LookUp, "maysend/key-check"), Derived(one.LookUp, "maysend/address-index"), one.Wrapping)
                    )
                )
                : null;
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            return null;
        }
    }

    internal bool Knows(int generation, byte[] check) =>
        generations.TryGetValue(generation, out var one) && CryptographicOperations.FixedTimeEquals(one.Check, check);

    /// <summary>A contact's secret; null when it does not open.</summary>
    internal byte[]? Unwrap(int generation, byte[] wrapped, byte[] owner) =>
        generations.TryGetValue(generation, out var one) && one.Wrapping is { } key ? Open(key, wrapped, owner) : null;

    /// <summary>The keyed hash under which an address is found.</summary>
    internal byte[]? AddressMac(int generation, byte kind, string matching) =>
        generations.TryGetValue(generation, out var one)
            ? HMACSHA256.HashData(one.Index, (byte[])[0, kind, .. Encoding.UTF8.GetBytes(matching)])[..16]
            : null;

    /// <summary>Opens nonce, ciphertext and tag; null when they were altered.</summary>
    internal static byte[]? Open(byte[] key, byte[] made, byte[] bound)
    {
        if (made.Length < NonceSize + TagSize)
            return null;
        var text = new byte[made.Length - NonceSize - TagSize];
        try
        {
            using var cipher = new AesGcm(key, TagSize);
            cipher.Decrypt(made.AsSpan(0, NonceSize), made.AsSpan(NonceSize, text.Length), made.AsSpan(made.Length - TagSize), text, bound);
            return text;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    /// <summary>A contact's keyed hash under a label.</summary>
    internal static byte[] Mac(byte[] secret, string label, params ReadOnlySpan<byte[]> parts)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret.AsSpan(32));
        hash.AppendData([0xFF]);
        hash.AppendData(Encoding.ASCII.GetBytes(label));
        foreach (var part in parts)
            hash.AppendData(part);
        return hash.GetHashAndReset();
    }

    static byte[] Derived(byte[] secret, string label) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, 32, info: Encoding.ASCII.GetBytes(label));

    sealed record KeyFile(List<Generation>? Generations);

    sealed record Generation(int Number, byte[] LookUp, byte[]? Wrapping);
}
