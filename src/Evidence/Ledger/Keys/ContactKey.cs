using System.Security.Cryptography;
using System.Text;
using MaySend.Reading;

namespace MaySend.Evidence.Ledger.Keys;

/// <summary>
/// One contact's key: encrypts what its entries say (AES-256-GCM, random nonce) and hashes its idempotency keys. Destroying it makes both
/// unreadable for ever.
/// </summary>
public sealed class ContactKey
{
    /// <summary>Length of the random secret, in bytes: one half encrypts, the other hashes.</summary>
    public const int SecretSize = 64;

    /// <summary>Length of an idempotency hash in bytes.</summary>
    public const int IdempotencySize = 16;

    internal const int NonceSize = 12;
    internal const int TagSize = 16;

    /// <summary>A text that is copied for less than it costs to make a hash that takes it in parts.</summary>
    const int Short = 1 << 12;

    readonly byte[] sealing;
    readonly byte[] hashing;

    ContactKey(byte[] sealing, byte[] hashing) => (this.sealing, this.hashing) = (sealing, hashing);

    /// <summary>Bytes that sealing adds to a text.</summary>
    public static int Overhead => NonceSize + TagSize;

    /// <summary>The key that a secret of 64 random bytes is.</summary>
    public static ContactKey FromSecret(ReadOnlySpan<byte> secret) =>
        secret.Length == SecretSize
            ? new(secret[..(SecretSize / 2)].ToArray(), secret[(SecretSize / 2)..].ToArray())
            : throw new ArgumentException("a contact's secret has 64 bytes");

    /// <summary>A fresh secret for a contact's key.</summary>
    public static byte[] NewSecret()
    {
        var secret = new byte[SecretSize];
        RandomSupply.Fill(secret);
        return secret;
    }

    /// <summary>Encrypts; <paramref name="bound"/> is not hidden but must be the same on opening. Nonce, ciphertext, tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bound)
    {
        using var sealing = Sealing();
        return sealing.Seal(text, bound);
    }

    /// <summary>For sealing several entries one after the other: making a cipher or a hash costs about as much as using it.</summary>
    public ContactSealing Sealing() => new(sealing, hashing);

    /// <summary>Opens what <see cref="Seal"/> made; null when it, or what it was bound to, has been altered.</summary>
    public byte[]? Open(ReadOnlySpan<byte> made, ReadOnlySpan<byte> bound)
    {
        using var opening = Opening();
        return opening.Open(made, bound);
    }

    /// <summary>For opening several texts one after the other: making a cipher costs about as much as using it.</summary>
    public ContactOpening Opening() => new(new AesGcm(sealing, TagSize));

    /// <summary>A keyed hash under a label: the same as <see cref="ContactSealing.Mac"/>, for one text.</summary>
    public byte[] Mac(ReadOnlySpan<byte> label, ReadOnlySpan<byte> text)
    {
        if (text.Length <= Short)
            return HMACSHA256.HashData(hashing, (byte[])[ContactSealing.NoText, .. label, .. text]);
        using var sealing = Sealing();
        return sealing.Mac(label, text);
    }
}

/// <summary>Seals and hashes under one contact's key. For one thread at a time.</summary>
public sealed class ContactSealing : IDisposable
{
    /// <summary>A byte that occurs in no UTF-8 text.</summary>
    internal const byte NoText = 0xFF;

    readonly byte[] sealing;
    readonly byte[] hashing;
    AesGcm? cipher;
    IncrementalHash? hash;

    internal ContactSealing(byte[] sealing, byte[] hashing) => (this.sealing, this.hashing) = (sealing, hashing);

    IncrementalHash Hash => hash ??= IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, hashing);

    /// <summary>Encrypts; <paramref name="bound"/> is not hidden but must be the same on opening. Nonce, ciphertext, tag.</summary>
    public byte[] Seal(ReadOnlySpan<byte> text, ReadOnlySpan<byte> bound)
    {
        var made = new byte[ContactKey.Overhead + text.Length];
        var nonce = made.AsSpan(0, ContactKey.NonceSize);
        var rest = made.AsSpan(ContactKey.NonceSize);
        RandomSupply.Fill(nonce);
        cipher ??= new AesGcm(sealing, ContactKey.TagSize);
        cipher.Encrypt(nonce, text, rest[..text.Length], rest[text.Length..], bound);
        return made;
    }

    /// <summary>
    /// A keyed hash under a label. The byte before it occurs in no UTF-8 text, so that none is ever the hash of an idempotency key.
    /// </summary>
    public byte[] Mac(ReadOnlySpan<byte> label, ReadOnlySpan<byte> text)
    {
        Hash.AppendData([NoText]);
        Hash.AppendData(label);
        Hash.AppendData(text);
        return Hash.GetHashAndReset();
    }

    /// <summary>The hash that stands for an idempotency key of this contact.</summary>
    public byte[] IdempotencyHash(string key)
    {
        Span<byte> full = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Hash.AppendData(Encoding.UTF8.GetBytes(key));
        Hash.GetHashAndReset(full);
        return full[..ContactKey.IdempotencySize].ToArray();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        cipher?.Dispose();
        hash?.Dispose();
    }
}

/// <summary>Opens what one contact's key sealed. For one thread at a time.</summary>
public sealed class ContactOpening : IDisposable
{
    readonly AesGcm cipher;

    internal ContactOpening(AesGcm cipher) => this.cipher = cipher;

    /// <summary>Opens what <see cref="ContactKey.Seal"/> made; null when it, or what it was bound to, has been altered.</summary>
    public byte[]? Open(ReadOnlySpan<byte> made, ReadOnlySpan<byte> bound)
    {
        if (made.Length < ContactKey.Overhead)
            return null;
        var text = new byte[made.Length - ContactKey.Overhead];
        return TryOpen(made, bound, text) ? text : null;
    }

    /// <summary>The same, into room that somebody else has; false, and the room cleared, when it has been altered.</summary>
    /// <param name="made">What was sealed.</param>
    /// <param name="bound">What it was bound to.</param>
    /// <param name="text">The room: <see cref="ContactKey.Overhead"/> shorter than what was sealed.</param>
    public bool TryOpen(ReadOnlySpan<byte> made, ReadOnlySpan<byte> bound, Span<byte> text)
    {
        if (made.Length < ContactKey.Overhead)
            return false;
        try
        {
            cipher.Decrypt(
                made[..ContactKey.NonceSize],
                made[ContactKey.NonceSize..^ContactKey.TagSize],
                made[^ContactKey.TagSize..],
                text,
                bound
            );
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose() => cipher.Dispose();
}
