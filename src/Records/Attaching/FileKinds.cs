using System.Collections.Immutable;
using System.Text;

namespace MaySend.Records.Attaching;

/// <summary>The kinds of files that may be attached, by the ending of the name; what is inside has to be of that kind.</summary>
public static class FileKinds
{
    static readonly byte[] Zip = "PK\u0003\u0004"u8.ToArray();

    static readonly ImmutableDictionary<string, (string Media, Func<byte[], bool> Is)> Known = new Dictionary<
        string,
        (string, Func<byte[], bool>)
    >
    {
        [".pdf"] = ("application/pdf", octets => octets.AsSpan().StartsWith("%PDF-"u8)),
        [".png"] = ("image/png", octets => octets.AsSpan().StartsWith(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' })),
        [".jpg"] = ("image/jpeg", IsJpeg),
        [".jpeg"] = ("image/jpeg", IsJpeg),
        [".webp"] = (
            "image/webp",
            octets => octets.AsSpan().StartsWith("RIFF"u8) && octets.Length > 12 && octets.AsSpan(8, 4).SequenceEqual("WEBP"u8)
        ),
        [".txt"] = ("text/plain", IsText),
        [".md"] = ("text/markdown", IsText),
        [".csv"] = ("text/csv", IsText),
        [".docx"] = ("application/vnd.openxmlformats-officedocument.wordprocessingml.document", IsZip),
        [".xlsx"] = ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", IsZip),
        [".odt"] = ("application/vnd.oasis.opendocument.text", IsZip),
        [".ods"] = ("application/vnd.oasis.opendocument.spreadsheet", IsZip),
    }.ToImmutableDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every ending, as a field of a page takes it.</summary>
    public static string Endings => string.Join(",", Known.Keys.Order(StringComparer.Ordinal));

    /// <summary>The endings of pictures that a page shows.</summary>
    public static readonly ImmutableArray<string> Pictures = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>What is wrong with a file of that name and content; null when nothing is.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="octets">Its content.</param>
    public static string? Fault(string name, byte[] octets) =>
        !Known.TryGetValue(Path.GetExtension(name), out var kind)
            ? $"is of a kind that is not kept: {Endings.Replace(",", ", ", StringComparison.Ordinal)} are"
        : octets.Length == 0 ? "is empty"
        : !kind.Is(octets) ? "is not what its name says"
        : null;

    /// <summary>True for the name of a picture that a page shows.</summary>
    public static bool IsPicture(string name) => Pictures.Contains(Path.GetExtension(name), StringComparer.OrdinalIgnoreCase);

    /// <summary>The media type that a picture is shown as; null for what is no picture by its name and its first octets.</summary>
    public static string? PictureType(string name, byte[] octets) =>
        IsPicture(name) && Known[Path.GetExtension(name)] is var kind && kind.Is(octets) ? kind.Media : null;

    static bool IsJpeg(byte[] octets) => octets.AsSpan().StartsWith(new byte[] { 0xFF, 0xD8, 0xFF });

    static bool IsZip(byte[] octets) => octets.AsSpan().StartsWith(Zip);

    static bool IsText(byte[] octets)
    {
        try
        {
            return !new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(octets).Contains('\0');
        }
        catch (DecoderFallbackException)
        {
            return false;
        }
    }
}
