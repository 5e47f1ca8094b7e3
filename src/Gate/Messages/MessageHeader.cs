using System.Text;
using MimeKit;

namespace MaySend.Gate.Messages;

/// <summary>
/// The header of a message as the octets it came in, line by line: a field is taken out or put before the others, and everything else, the
/// body above all, stays to the octet, so that a signature made before holds after.
/// </summary>
sealed class MessageHeader
{
    /// <summary>The longest line of a header, in octets without CRLF (RFC 5322 2.1.1).</summary>
    public const int LongestLine = 998;

    /// <summary>The largest header, in octets.</summary>
    public const int GreatestLength = 256 * 1024;

    /// <summary>The most lines of a header: what reads it costs more than its length where fields go on for thousands.</summary>
    public const int GreatestLines = 5_000;

    readonly byte[] message;
    readonly List<(string Name, int Start, int End)> fields;
    readonly int bodyStart;

    MessageHeader(byte[] message, List<(string Name, int Start, int End)> fields, int bodyStart) =>
        (this.message, this.fields, this.bodyStart) = (message, fields, bodyStart);

    /// <summary>
    /// The fields of a message; null when its header is none: larger than is read, a line too long, too many of them, or a line that is
    /// neither field nor continuation. Without an empty line the whole message is header.
    /// </summary>
    public static MessageHeader? Read(byte[] message)
    {
        List<(string Name, int Start, int End)> fields = [];
        var (at, lines) = (0, 0);
        while (at < message.Length)
        {
            var length = message.AsSpan(at).IndexOf("\r\n"u8);
            if (length == 0)
                return new(message, fields, at);
            if (length is < 0 or > LongestLine || at > GreatestLength || ++lines > GreatestLines)
                return null;
            var line = message.AsSpan(at, length);
            if (line[0] is (byte)' ' or (byte)'\t')
            {
                if (fields.Count == 0)
                    return null;
                fields[^1] = fields[^1] with { End = at + length + 2 };
            }
            else if (NameOf(line) is { } name)
                fields.Add((name, at, at + length + 2));
            else
                return null;
            at += length + 2;
        }
        return new(message, fields, message.Length);
    }

    /// <summary>The body, with the empty line before it.</summary>
    public ReadOnlyMemory<byte> Body => message.AsMemory(bodyStart);

    /// <summary>How many fields have this name.</summary>
    public int Count(string name) => fields.Count(field => Is(field.Name, name));

    /// <summary>The values of every field of this name, from the top, unfolded and decoded.</summary>
    public IEnumerable<string> All(string name) => fields.Where(field => Is(field.Name, name)).Select(Value);

    /// <summary>
    /// The value of the one field of this name, unfolded and decoded; null when there is none, or more than one says different things.
    /// </summary>
    public string? One(string name)
    {
        var values = All(name).Distinct().Take(2).ToList();
        return values is [var only] ? only : null;
    }

    /// <summary>True where no field of this name is written in encoded words, which mailbox providers do not look into.</summary>
    public bool IsPlain(string name) =>
        !fields.Exists(field => Is(field.Name, name) && message.AsSpan(field.Start, field.End - field.Start).IndexOf("=?"u8) >= 0);

    /// <summary>The header as MimeKit reads it, for what looks at several fields.</summary>
    public HeaderList ToHeaderList()
    {
        using var stream = new MemoryStream(message, 0, bodyStart, writable: false);
        return HeaderList.Load(stream);
    }

    /// <summary>The message with these lines before its first field and without the fields of these names.</summary>
    public byte[] With(ReadOnlySpan<byte> first, IReadOnlyCollection<string> without)
    {
        var kept = fields.Where(field => !without.Any(name => Is(field.Name, name))).ToList();
        var length = first.Length + kept.Sum(field => field.End - field.Start) + Body.Length;
        var whole = new byte[length];
        first.CopyTo(whole);
        var at = first.Length;
        foreach (var (_, start, end) in kept)
        {
            message.AsSpan(start, end - start).CopyTo(whole.AsSpan(at));
            at += end - start;
        }
        Body.Span.CopyTo(whole.AsSpan(at));
        return whole;
    }

    string Value((string Name, int Start, int End) field)
    {
        var raw = message.AsSpan(field.Start, field.End - field.Start);
        return MimeKit.Utils.Rfc2047.DecodeText(raw[(raw.IndexOf((byte)':') + 1)..].ToArray()).Trim();
    }

    static string? NameOf(ReadOnlySpan<byte> line)
    {
        var colon = line.IndexOf((byte)':');
        if (colon <= 0)
            return null;
        // RFC 5322 4.5 lets old fields have white space before the colon.
        var name = line[..colon].TrimEnd(" \t"u8);
        foreach (var octet in name)
            if (octet is <= (byte)' ' or >= 127)
                return null;
        return name.IsEmpty ? null : Encoding.ASCII.GetString(name);
    }

    static bool Is(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
