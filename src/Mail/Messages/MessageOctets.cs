using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>
/// Parses messages so that none costs more than its length: MIME is read to a depth, and the rest is left out of a field (or a block of
/// indented lines) that goes on for more than two thousand lines, and of a field's line beyond 256 KiB, since the parser's time grows with
/// the square of both. What is left out breaks a signature over it, so that such a message proves nothing.
/// </summary>
public static class MessageOctets
{
    /// <summary>Lines that continue one field; a field of a thousand recipients has fewer.</summary>
    public const int MostLines = 2_000;

    /// <summary>The longest line of a field, in octets; RFC 5322 2.1.1 allows 998.</summary>
    public const int LongestLine = 256 * 1024;

    /// <summary>MIME parts within parts.</summary>
    const int Deepest = 20;

    /// <summary>Parses a message.</summary>
    /// <exception cref="FormatException">It is no RFC 5322 message.</exception>
    public static MimeMessage Parse(ReadOnlyMemory<byte> octets)
    {
        using var stream = new MemoryStream(Limited(octets), writable: false);
        return MimeMessage.Load(new ParserOptions { MaxMimeDepth = Deepest, MaxAddressGroupDepth = 4 }, stream);
    }

    /// <summary>The octets without the lines beyond <see cref="MostLines"/> of any field.</summary>
    static byte[] Limited(ReadOnlyMemory<byte> octets)
    {
        var span = octets.Span;
        MemoryStream? shorter = null;
        var (kept, folded, inHeader) = (0, 0, true);
        for (var at = 0; at < span.Length; )
        {
            var end = span[at..].IndexOf((byte)'\n') is >= 0 and var line ? at + line + 1 : span.Length;
            folded = span[at] is (byte)' ' or (byte)'\t' ? folded + 1 : 0;
            var octetsOfLine = span[at..end];
            inHeader &= octetsOfLine.ContainsAnyExcept((byte)'\r', (byte)'\n');
            if (folded > MostLines)
            {
                (shorter ??= new MemoryStream(span.Length)).Write(span[kept..at]);
                kept = end;
            }
            else if (octetsOfLine.Length > LongestLine && (inHeader || BeginsField(octetsOfLine)))
            {
                (shorter ??= new MemoryStream(span.Length)).Write(span[kept..(at + LongestLine)]);
                kept = octetsOfLine is [.., (byte)'\r', (byte)'\n'] ? end - 2 : end - 1;
            }
            at = end;
        }
        if (shorter is null)
            return octets.ToArray();
        shorter.Write(span[kept..]);
        return shorter.ToArray();
    }

    // The header of a part or of a returned message: a name without spaces, and a colon.
    static bool BeginsField(ReadOnlySpan<byte> line) =>
        line.IndexOf((byte)':') is > 0 and < 80 and var colon
        && line[..colon].IndexOfAnyExceptInRange((byte)'!', (byte)'~') < 0
        && !line[(colon + 1)..].StartsWith("//"u8);
}
