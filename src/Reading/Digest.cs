using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;

namespace MaySend.Reading;

/// <summary>
/// SHA-256 at full length (FIPS 180-4): names exactly one content. What is named, compared and remembered by a digest is so by all 32
/// bytes; the first twelve digits are for the eye alone, since two contents that share them are found in a minute.
/// </summary>
[JsonConverter(typeof(DigestJson))]
public readonly record struct Digest
{
    /// <summary>Length in bytes.</summary>
    public const int Size = SHA256.HashSizeInBytes;

    /// <summary>How many digits are shown where people read, and how many named a content before full digests were kept.</summary>
    public const int ShortLength = 12;

    // Four numbers and no UInt128, of which nothing can be compiled ahead of time.
    readonly ulong first;
    readonly ulong second;
    readonly ulong third;
    readonly ulong fourth;

    Digest(ReadOnlySpan<byte> hash)
    {
        first = BinaryPrimitives.ReadUInt64BigEndian(hash);
        second = BinaryPrimitives.ReadUInt64BigEndian(hash[8..]);
        third = BinaryPrimitives.ReadUInt64BigEndian(hash[16..]);
        fourth = BinaryPrimitives.ReadUInt64BigEndian(hash[24..]);
    }

    /// <summary>The digest of bytes.</summary>
    public static Digest Of(ReadOnlySpan<byte> content) => FromHash(SHA256.HashData(content));

    /// <summary>The digest of a text in UTF-8.</summary>
    public static Digest Of(string content) => Of(Encoding.UTF8.GetBytes(content));

    /// <summary>Takes a hash that was computed elsewhere.</summary>
    /// <exception cref="ArgumentException">It is not 32 bytes long.</exception>
    public static Digest FromHash(ReadOnlySpan<byte> hash) =>
        hash.Length == Size ? new(hash) : throw new ArgumentException("a SHA-256 hash has 32 bytes", nameof(hash));

    /// <summary>Reads the 64 hexadecimal digits that <see cref="ToString"/> writes; false for anything else.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out Digest digest)
    {
        digest = default;
        if (text is not { Length: 2 * Size } || !text.All(char.IsAsciiHexDigitLower))
            return false;
        digest = FromHash(Convert.FromHexString(text));
        return true;
    }

    /// <summary>The first twelve digits, for the eye. Never compare by them.</summary>
    public string Short => ToString()[..ShortLength];

    /// <summary>
    /// True when a record names this content: by the full digest, or by the twelve digits that records made before full digests have. Such
    /// a record may name others too, so whoever finds by it takes the only one that matches, or none.
    /// </summary>
    public bool IsNamedBy(string? written) => written == ToString() || (written?.Length == ShortLength && written == Short);

    /// <summary>As records carry it: all 64 digits.</summary>
    public static implicit operator string(Digest digest) => digest.ToString();

    /// <summary>64 lower-case hexadecimal digits.</summary>
    public override string ToString()
    {
        Span<byte> hash = stackalloc byte[Size];
        BinaryPrimitives.WriteUInt64BigEndian(hash, first);
        BinaryPrimitives.WriteUInt64BigEndian(hash[8..], second);
        BinaryPrimitives.WriteUInt64BigEndian(hash[16..], third);
        BinaryPrimitives.WriteUInt64BigEndian(hash[24..], fourth);
        return Convert.ToHexStringLower(hash);
    }
}
