using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;

namespace MaySend.Mail.OptOut;

/// <summary>
/// What an opt-out link carries: who asks to be left alone, by whom, in what scope, because of which message, stamped on which day.
/// It holds no address and no name, it is sealed, it never expires, and it can only opt out: nothing here opts in or shows data.
/// </summary>
/// <param name="Tenant">The controller whose register is meant.</param>
/// <param name="Contact">The random 128-bit contact id.</param>
/// <param name="Scope">The host's number for sender and topic; 0 is every topic of the tenant.</param>
/// <param name="Message">The host's number of the message, for evidence; 0 if none.</param>
/// <param name="Day">The day of stamping.</param>
public sealed record OptOutToken(uint Tenant, UInt128 Contact, uint Scope, ulong Message, DateOnly Day)
{
    /// <summary>Length of the URL form, in characters of [A-Za-z0-9_-].</summary>
    public const int LinkLength = 70;

    const byte Version = 1;
    const int ClearLength = 34;
    static readonly DateOnly FirstDay = DateOnly.FromDateTime(DateTime.UnixEpoch);

    /// <summary>The token for a URL: version, key number, then SIV tag and sealed fields; 70 characters, base64url.</summary>
    /// <exception cref="InvalidOperationException">No key of the ring may issue at this instant.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The day is before 1970 or after 2149.</exception>
    public string ToLink(OptOutKeyRing ring, TimeProvider clock)
    {
        var cipher = ring.Issuing(clock.GetUtcNow());
        byte[] header = [Version, cipher.KeyId];
        return Base64Url.EncodeToString([.. header, .. cipher.SealLink(Clear(), header)]);
    }

    /// <summary>
    /// Reads a token from a URL. A forged, damaged or foreign token is <c>false</c> and nothing else: no reason is given away.
    /// </summary>
    public static bool TryReadLink(ReadOnlySpan<char> text, OptOutKeyRing ring, out OptOutToken token)
    {
        token = null!;
        Span<byte> octets = stackalloc byte[2 + OptOutCipher.TagLength + ClearLength];
        // The decoder skips white space, which the alphabet refuses, and refuses spare bits in the last character: one token has one
        // spelling.
        if (
            !HasLinkForm(text)
            || Base64Url.DecodeFromChars(text, octets, out _, out var length) != OperationStatus.Done
            || length != octets.Length
            || octets[0] != Version
        )
            return false;
        var header = octets[..2].ToArray();
        foreach (var cipher in ring.For(octets[1], out var known))
        {
            if (cipher.OpenLink(octets[2..], header) is not { } clear || !known)
                continue;
            token = FromClear(clear);
            return true;
        }
        return false;
    }

    /// <summary>True for a text that a key which is not known here may have issued, by its length and letters alone.</summary>
    public static bool HasLinkForm(ReadOnlySpan<char> text) => text.Length == LinkLength && IsLinkAlphabet(text);

    /// <summary>True where nothing stands in a text but the letters that links, notes and proofs are written in.</summary>
    internal static bool IsLinkAlphabet(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_'))
                return false;
        return true;
    }

    byte[] Clear()
    {
        var day = Day.DayNumber - FirstDay.DayNumber;
        if (day is < 0 or > ushort.MaxValue)
            throw new ArgumentOutOfRangeException(nameof(Day), Day, "an opt-out token can carry days from 1970 to 2149");
        var clear = new byte[ClearLength];
        BinaryPrimitives.WriteUInt32BigEndian(clear, Tenant);
        BinaryPrimitives.WriteUInt128BigEndian(clear.AsSpan(4), Contact);
        BinaryPrimitives.WriteUInt32BigEndian(clear.AsSpan(20), Scope);
        BinaryPrimitives.WriteUInt64BigEndian(clear.AsSpan(24), Message);
        BinaryPrimitives.WriteUInt16BigEndian(clear.AsSpan(32), (ushort)day);
        return clear;
    }

    static OptOutToken FromClear(ReadOnlySpan<byte> clear) =>
        new(
            BinaryPrimitives.ReadUInt32BigEndian(clear),
            BinaryPrimitives.ReadUInt128BigEndian(clear[4..]),
            BinaryPrimitives.ReadUInt32BigEndian(clear[20..]),
            BinaryPrimitives.ReadUInt64BigEndian(clear[24..]),
            FirstDay.AddDays(BinaryPrimitives.ReadUInt16BigEndian(clear[32..]))
        );
}
