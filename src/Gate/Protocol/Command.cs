using System.Buffers;

namespace MaySend.Gate.Protocol;

/// <summary>One command line: a verb in upper case and the rest as it stands.</summary>
readonly record struct Command(string Verb, string Rest)
{
    static readonly SearchValues<char> NotInALocalPart = SearchValues.Create("%!, :;()<>[]\\\"@");
    static readonly SearchValues<char> NotInADomain = SearchValues.Create(" ,;()\\\"@<>%!");

    public static Command Of(string line)
    {
        var end = line.IndexOf(' ');
        return end < 0 ? new(line.ToUpperInvariant(), "") : new(line[..end].ToUpperInvariant(), line[(end + 1)..].Trim(' '));
    }

    /// <summary>
    /// The path and the parameters behind <c>FROM:</c> or <c>TO:</c> (RFC 5321 4.1.2); null when they are neither. A source route is
    /// refused: it is deprecated, and relays that follow it have been used against others.
    /// </summary>
    public MailPath? Path(string keyword)
    {
        if (!Rest.StartsWith(keyword, StringComparison.OrdinalIgnoreCase))
            return null;
        var rest = Rest[keyword.Length..].TrimStart(' ');
        if (rest.Length < 2 || rest[0] != '<' || End(rest) is not { } end)
            return null;
        var mailbox = rest[1..end];
        var after = rest[(end + 1)..];
        if ((after.Length > 0 && after[0] != ' ') || (mailbox.Length > 0 && !IsMailbox(mailbox)))
            return null;
        var parameters = after.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return new(mailbox, [.. parameters.Select(Parameter)]);
    }

    static (string Name, string Value) Parameter(string text)
    {
        var equals = text.IndexOf('=');
        return equals < 0 ? (text.ToUpperInvariant(), "") : (text[..equals].ToUpperInvariant(), text[(equals + 1)..]);
    }

    /// <summary>The place of the closing bracket, one inside a quoted local part aside.</summary>
    static int? End(string text)
    {
        var isQuoted = false;
        for (var at = 1; at < text.Length; at++)
        {
            switch (text[at])
            {
                case '\\' when isQuoted:
                    at++;
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case '>' when !isQuoted:
                    return at;
            }
        }
        return null;
    }

    static bool IsMailbox(string text)
    {
        var at = text.LastIndexOf('@');
        // RFC 5321 4.5.3.1: local part 64 octets, domain 255. A percent sign or a bang in the local part is an old way to write a route.
        return at is > 0 and <= 64
            && text.Length - at - 1 is > 0 and <= 255
            && !text.Any(char.IsControl)
            && !text.StartsWith('@')
            && (text[0] == '"' || text.AsSpan(0, at).IndexOfAny(NotInALocalPart) < 0)
            && text.AsSpan(at + 1).IndexOfAny(NotInADomain) < 0;
    }
}

/// <summary>A path with its parameters.</summary>
/// <param name="Mailbox">The mailbox; empty for the null path.</param>
/// <param name="Parameters">Names in upper case, values as given.</param>
sealed record MailPath(string Mailbox, IReadOnlyList<(string Name, string Value)> Parameters)
{
    /// <summary>Addresses and header fields may be in UTF-8 (RFC 6531).</summary>
    public bool IsInternational => Parameters.Any(parameter => parameter.Name == "SMTPUTF8");

    /// <summary>True where a message from this sender may have the address.</summary>
    public bool MayStand(MailPath sender) => sender.IsInternational || Mailbox.All(char.IsAscii);

    /// <summary>The parameters that a sender may have.</summary>
    public static bool IsKnown((string Name, string Value) parameter) =>
        parameter.Name switch
        {
            "SIZE" => parameter.Value.Length is > 0 and < 20 && parameter.Value.All(char.IsAsciiDigit),
            "BODY" => parameter.Value.ToUpperInvariant() is "7BIT" or "8BITMIME",
            "SMTPUTF8" => parameter.Value.Length == 0,
            // Said by clients that forward somebody's sign-in; who may send is settled by the credential alone.
            "AUTH" => true,
            _ => false,
        };
}
