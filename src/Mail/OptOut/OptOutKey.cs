using System.Security.Cryptography;

namespace MaySend.Mail.OptOut;

/// <summary>
/// One secret under which opt-out tokens are issued and read. Losing it loses people's opt-outs: back it up like the register itself.
/// </summary>
/// <remarks>A key never leaves its ring while mail stamped with it may still be read; opting out has no expiry.</remarks>
public sealed class OptOutKey
{
    /// <summary>Length of a secret, in octets.</summary>
    public const int SecretLength = 32;

    readonly byte[] secret;

    /// <summary>A key from stored parts.</summary>
    /// <exception cref="ArgumentException">The secret is not <see cref="SecretLength"/> octets.</exception>
    public OptOutKey(byte id, DateTimeOffset issuesFrom, ReadOnlySpan<byte> secret)
    {
        if (secret.Length != SecretLength)
            throw new ArgumentException($"an opt-out secret must have {SecretLength} bytes; this one has {secret.Length}", nameof(secret));
        Id = id;
        IssuesFrom = issuesFrom;
        this.secret = secret.ToArray();
    }

    /// <summary>
    /// The number a token carries in the clear so that a reader knows which key to try; 0 to 255. A fresh key has a fresh number.
    /// </summary>
    public byte Id { get; }

    /// <summary>The number with 128 bits derived from the secret: tells keys apart, and gives nothing away.</summary>
    public string Fingerprint => $"{Id}-{Convert.ToHexStringLower(SubKey("maysend opt-out fingerprint v1"u8).AsSpan(0, 16))}";

    /// <summary>The instant from which tokens are issued under this key.</summary>
    public DateTimeOffset IssuesFrom { get; }

    /// <summary>A key with a fresh random secret.</summary>
    public static OptOutKey Create(byte id, TimeProvider clock) => new(id, clock.GetUtcNow(), RandomNumberGenerator.GetBytes(SecretLength));

    /// <summary>The secret, for the key file and its backup.</summary>
    public ReadOnlySpan<byte> Secret => secret;

    // Separate sub-keys keep the link form and the mailbox form apart: one can never be passed off as the other.
    internal byte[] SubKey(ReadOnlySpan<byte> purpose)
    {
        var key = new byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, key, salt: default, info: purpose);
        return key;
    }
}
