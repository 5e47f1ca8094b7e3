using System.Buffers.Binary;
using SimpleBase;

namespace MaySend.Mail.OptOut;

/// <summary>
/// The same promise as <see cref="OptOutToken"/> in the local part of a mailto address: 60 characters of [a-z2-7], because RFC 5321
/// 4.5.3.1.1 allows 64 and some hosts lower-case what they relay. It carries contact and scope; the tenant is bound in but not carried: the
/// reader knows it from the domain that received the mail.
/// </summary>
/// <param name="Contact">The random 128-bit contact id.</param>
/// <param name="Scope">The host's number for sender and topic; 0 is every topic of the tenant.</param>
public sealed record OptOutMailbox(UInt128 Contact, uint Scope)
{
    /// <summary>Length of the local part, in characters.</summary>
    public const int LocalPartLength = 60;

    const int ClearLength = 20;

    /// <summary>The local part of the address that opts this contact out of this scope of the tenant.</summary>
    /// <exception cref="InvalidOperationException">No key of the ring may issue at this instant.</exception>
    public string ToLocalPart(uint tenant, OptOutKeyRing ring, TimeProvider clock)
    {
        var cipher = ring.Issuing(clock.GetUtcNow());
        Span<byte> clear = stackalloc byte[ClearLength];
        BinaryPrimitives.WriteUInt128BigEndian(clear, Contact);
        BinaryPrimitives.WriteUInt32BigEndian(clear[16..], Scope);
        return Spell([cipher.KeyId, .. cipher.SealMailbox(clear, Header(cipher.KeyId, tenant))]);
    }

    /// <summary>
    /// Reads a local part, in any case of letters. Anything that this ring did not issue for this tenant is <c>false</c>, without a reason.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<char> localPart, uint tenant, OptOutKeyRing ring, out OptOutMailbox mailbox)
    {
        mailbox = null!;
        if (localPart.Length != LocalPartLength)
            return false;
        Span<char> lower = stackalloc char[LocalPartLength];
        for (var i = 0; i < lower.Length; i++)
        {
            lower[i] = localPart[i] is >= 'A' and <= 'Z' ? (char)(localPart[i] | 0x20) : localPart[i];
            if (lower[i] is not ((>= 'a' and <= 'z') or (>= '2' and <= '7')))
                return false;
        }
        var octets = Base32.Rfc4648.Decode(lower);
        if (octets.Length != 1 + OptOutCipher.TagLength + ClearLength || !lower.SequenceEqual(Spell(octets)))
            return false;
        foreach (var cipher in ring.For(octets[0], out var known))
        {
            if (cipher.OpenMailbox(octets.AsSpan(1), Header(octets[0], tenant)) is not { } clear || !known)
                continue;
            mailbox = new(BinaryPrimitives.ReadUInt128BigEndian(clear), BinaryPrimitives.ReadUInt32BigEndian(clear.AsSpan(16)));
            return true;
        }
        return false;
    }

    static string Spell(ReadOnlySpan<byte> octets) => Base32.Rfc4648.Encode(octets, padding: false).ToLowerInvariant();

    static byte[] Header(byte keyId, uint tenant)
    {
        var header = new byte[5];
        header[0] = keyId;
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(1), tenant);
        return header;
    }
}
