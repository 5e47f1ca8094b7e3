using System.Buffers.Binary;
using System.Globalization;
using MaySend.Reading;

namespace MaySend.Evidence;

/// <summary>
/// Names a contact (our record of a person at an address) for as long as the ledger lives. Random, 128 bits: nothing about
/// the person can be read or computed from it. The default value is the controller's own id and belongs to nobody.
/// </summary>
public readonly record struct ContactId
{
    /// <summary>Length of the binary form in bytes.</summary>
    public const int Size = 16;

    readonly UInt128 bits;

    ContactId(UInt128 bits) => this.bits = bits;

    /// <summary>The id that the controller's own entries carry: all zero, never given to a contact.</summary>
    public static ContactId Controller => default;

    /// <summary>A fresh id from the system's random source.</summary>
    public static ContactId New()
    {
        Span<byte> random = stackalloc byte[Size];
        RandomSupply.Fill(random);
        return FromBytes(random);
    }

    /// <summary>Reads the sixteen bytes that <see cref="WriteTo"/> wrote.</summary>
    public static ContactId FromBytes(ReadOnlySpan<byte> bytes) => new(BinaryPrimitives.ReadUInt128BigEndian(bytes));

    /// <summary>Reads the 32 hexadecimal digits that <see cref="ToString"/> writes; false for anything else.</summary>
    public static bool TryParse(string? text, out ContactId id)
    {
        var good =
            text is { Length: 2 * Size }
            && UInt128.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits)
                ? bits
                : (UInt128?)null;
        id = new(good ?? 0);
        return good is not null;
    }

    /// <summary>Writes the binary form, sixteen bytes, most significant first.</summary>
    public void WriteTo(Span<byte> target) => BinaryPrimitives.WriteUInt128BigEndian(target, bits);

    /// <summary>The binary form as a new array.</summary>
    public byte[] ToBytes()
    {
        var bytes = new byte[Size];
        WriteTo(bytes);
        return bytes;
    }

    /// <summary>32 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Size];
        WriteTo(bytes);
        return Convert.ToHexStringLower(bytes);
    }
}
