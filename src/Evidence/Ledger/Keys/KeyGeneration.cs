using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Evidence.Ledger.Keys;

/// <summary>One generation of secrets. Every use has its own key, derived with HKDF-SHA256 (RFC 5869) under its own label.</summary>
public sealed class KeyGeneration
{
    /// <summary>Length of the keyed hashes under which addresses are found, in bytes.</summary>
    public const int MacSize = 16;

    const int SecretSize = 32;
    const int NonceSize = 12;
    const int TagSize = 16;

    // Ciphers and hashes are not safe for many threads, and making one costs more than using it.
    readonly ThreadLocal<AesGcm>? ciphers;
    readonly ThreadLocal<IncrementalHash> index;
    readonly ThreadLocal<IncrementalHash> suppressions;

    internal KeyGeneration(int number, byte[] lookUpSecret, byte[]? wrappingKey)
    {
        if (lookUpSecret.Length != SecretSize || wrappingKey is { Length: not SecretSize })
            throw new ArgumentException($"the secrets of generation {number} are not 32 bytes long");
        (Number, LookUpSecret, WrappingKey) = (number, lookUpSecret, wrappingKey);
        ciphers = wrappingKey is null ? null : new(() => new AesGcm(wrappingKey, TagSize));
        index = Hashing("maysend/address-index");
        suppressions = Hashing("maysend/suppression");
        Check = Derive("maysend/key-check");
    }

    /// <summary>From 1, counting up.</summary>
    public int Number { get; }

    /// <summary>Kept in the store, to tell a wrong key file from an empty ledger; says nothing about the secrets.</summary>
    public byte[] Check { get; }

    /// <summary>False once the wrapping key has been destroyed.</summary>
    public bool CanUnwrap => WrappingKey is not null;

    internal byte[] LookUpSecret { get; }

    internal byte[]? WrappingKey { get; }

    /// <summary>The hash under which the index finds an address, and the contact partition it falls in when it is new.</summary>
    public byte[] AddressMac(Address address, out Partition partition)
    {
        var mac = Mac(index, address);
        partition = new(mac[^1]);
        return mac[..MacSize];
    }

    /// <summary>
    /// The hash under which suppressions are found: a second domain, so that index and suppressions cannot be matched without the address.
    /// </summary>
    public byte[] SuppressionMac(Address address) => Mac(suppressions, address)[..MacSize];

    /// <summary>The key that opens what a suppression covers: it takes the ring and the address.</summary>
    public ContactKey SuppressionContentKey(Address address) =>
        ContactKey.FromSecret([.. Mac(suppressions, address, 1), .. Mac(suppressions, address, 2)]);

    /// <summary>Encrypts a contact's secret: nonce, ciphertext, tag.</summary>
    public byte[] Wrap(ReadOnlySpan<byte> secret, ContactId owner)
    {
        var wrapped = new byte[NonceSize + secret.Length + TagSize];
        RandomSupply.Fill(wrapped.AsSpan(0, NonceSize));
        Span<byte> bound = stackalloc byte[ContactId.Size];
        owner.WriteTo(bound);
        Cipher()
            .Encrypt(
                wrapped.AsSpan(0, NonceSize),
                secret,
                wrapped.AsSpan(NonceSize, secret.Length),
                wrapped.AsSpan(NonceSize + secret.Length),
                bound
            );
        return wrapped;
    }

    /// <summary>Opens what <see cref="Wrap"/> made; <see cref="LedgerUnavailableException"/> when it has been altered.</summary>
    public byte[] Unwrap(ReadOnlySpan<byte> wrapped, ContactId owner)
    {
        if (wrapped.Length != NonceSize + ContactKey.SecretSize + TagSize)
            throw Altered(owner, null);
        var secret = new byte[ContactKey.SecretSize];
        Span<byte> bound = stackalloc byte[ContactId.Size];
        owner.WriteTo(bound);
        var cipher = Cipher();
        try
        {
            cipher.Decrypt(wrapped[..NonceSize], wrapped[NonceSize..^TagSize], wrapped[^TagSize..], secret, bound);
        }
        catch (AuthenticationTagMismatchException fault)
        {
            throw Altered(owner, fault);
        }

        return secret;
    }

    internal static KeyGeneration Create(int number) =>
        new(number, RandomNumberGenerator.GetBytes(SecretSize), RandomNumberGenerator.GetBytes(SecretSize));

    internal KeyGeneration WithoutWrappingKey() => new(Number, LookUpSecret, null);

    static byte[] Mac(ThreadLocal<IncrementalHash> keyed, Address address, byte purpose = 0)
    {
        Span<byte> text = stackalloc byte[2 + Encoding.UTF8.GetMaxByteCount(address.Matching.Length)];
        (text[0], text[1]) = (purpose, (byte)address.Kind);
        var length = Encoding.UTF8.GetBytes(address.Matching, text[2..]);
        var hash = keyed.Value!;
        hash.AppendData(text[..(2 + length)]);
        return hash.GetHashAndReset();
    }

    static LedgerUnavailableException Altered(ContactId owner, Exception? inner) =>
        new(
            UnavailableBecause.Damaged,
            $"the key of contact {owner} does not open: the store has been altered. Run `maysend ledger verify`, then "
                + "restore from a backup",
            inner
        );

    AesGcm Cipher() =>
        ciphers?.Value
        ?? throw new LedgerKeyException(
            $"the key file no longer holds the wrapping key of generation {Number}: it was destroyed. A backup from "
                + "before needs the key file saved with it"
        );

    ThreadLocal<IncrementalHash> Hashing(string label)
    {
        var key = Derive(label);
        return new(() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key));
    }

    byte[] Derive(string label) => HKDF.DeriveKey(HashAlgorithmName.SHA256, LookUpSecret, SecretSize, info: Encoding.ASCII.GetBytes(label));
}
