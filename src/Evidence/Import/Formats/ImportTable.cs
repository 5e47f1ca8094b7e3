using System.Text;

namespace MaySend.Evidence.Import.Formats;

/// <summary>One table of a file: the file itself, or a member of an archive. It can be opened again and again.</summary>
/// <param name="Name">How problems call it: the file's name, and the member's behind a slash.</param>
/// <param name="Digest">SHA-256 of its bytes as unpacked, 64 lower-case hexadecimal digits.</param>
/// <param name="Length">Its bytes as unpacked.</param>
/// <param name="Open">Opens it.</param>
public sealed record ImportTable(string Name, string Digest, long Length, Func<Stream> Open)
{
    /// <summary>The member's or file's own name, without folders.</summary>
    public string FileName => IsUtf8 ? Name : Name[(Name.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>True when the bytes are ours and in UTF-8, whatever encoding was chosen for the file.</summary>
    public bool IsUtf8 { get; init; }

    /// <summary>Characters that stand before the header and are no part of the table.</summary>
    public int Lead { get; init; }

    /// <summary>The line of the header, counted from 1. A line that only names the delimiter does not count: programs hide it.</summary>
    public int HeaderLine { get; init; } = 1;

    /// <summary>
    /// Opens it as text: bytes that are none of the encoding's become U+FFFD, which a reader finds with its row and column.
    /// </summary>
    public StreamReader OpenText(Encoding encoding)
    {
        // Most lists that people bring are small, and are opened several times.
        var size = (int)Math.Clamp(Length, 1 << 10, 1 << 16);
        var text = new StreamReader(Open(), IsUtf8 ? Encoding.UTF8 : encoding, detectEncodingFromByteOrderMarks: true, size);
        for (var skipped = 0; skipped < Lead && text.Read() >= 0; skipped++) { }
        return text;
    }
}
