using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Format;

/// <summary>
/// What the chain says of a contact's rows in the index: a keyed hash over its address, the number it shares with linked addresses, and
/// its legal holds. It is written, encrypted, into the entry that made the contact, and anew whenever a link or hold changes. The key is
/// the contact's own, so an erasure leaves nothing by which an address could be tried.
/// </summary>
/// <param name="Address">Where the contact is reached.</param>
/// <param name="Person">What it shares with linked addresses; null while it has none.</param>
/// <param name="Holds">The holds that stand, oldest first.</param>
public sealed record IndexState(Address Address, byte[]? Person, IReadOnlyList<HeldRow> Holds)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = HMACSHA256.HashSizeInBytes;

    /// <summary>The kind of an entry that says nothing else: the ledger's own, which no reader of evidence is shown.</summary>
    public const string Kind = "index-bound";

    static ReadOnlySpan<byte> Label => "maysend/index/1\n"u8;

    /// <summary>The state of a contact that has just been made.</summary>
    public static IndexState OfNew(Address address) => new(address, null, []);

    /// <summary>The keyed hash.</summary>
    public byte[] Bind(ContactKey key)
    {
        var address = Encoding.UTF8.GetBytes(Address.Verbatim);
        var text = new byte[1 + 2 + address.Length + 1 + (Person?.Length ?? 0) + 4 + (Holds.Count * (8 + 8 + SHA256.HashSizeInBytes))];
        var rest = text.AsSpan();
        rest[0] = (byte)Address.Kind;
        BinaryPrimitives.WriteUInt16BigEndian(rest[1..], (ushort)address.Length);
        address.CopyTo(rest[3..]);
        rest = rest[(3 + address.Length)..];
        rest[0] = (byte)(Person?.Length ?? 0);
        Person?.CopyTo(rest[1..]);
        rest = rest[(1 + (Person?.Length ?? 0))..];
        BinaryPrimitives.WriteInt32BigEndian(rest, Holds.Count);
        rest = rest[4..];
        foreach (var hold in Holds)
        {
            BinaryPrimitives.WriteInt64BigEndian(rest, hold.Number);
            BinaryPrimitives.WriteInt64BigEndian(rest[8..], hold.PlacedAt);
            SHA256.HashData(hold.Reason, rest[16..]);
            rest = rest[(16 + SHA256.HashSizeInBytes)..];
        }

        return key.Mac(Label, text);
    }

    /// <summary>
    /// Ends the operation unless the rows are those that the chain states. <paramref name="stated"/> is empty where the chain states none.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">They are not: the index has been altered.</exception>
    public void Require(ReadOnlySpan<byte> stated, ContactId contact, ContactKey key) => ContactSince.Require(stated, Bind(key), contact);
}

/// <summary>A legal hold as it lies in the store.</summary>
/// <param name="Number">Its number.</param>
/// <param name="PlacedAt">Microseconds since 1970.</param>
/// <param name="Reason">Why, encrypted.</param>
public readonly record struct HeldRow(long Number, long PlacedAt, byte[] Reason);
