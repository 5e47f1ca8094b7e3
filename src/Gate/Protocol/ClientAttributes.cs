using System.Globalization;
using System.Text;

namespace MaySend.Gate.Protocol;

/// <summary>
/// What a mail server in front says of the client it speaks for: <c>NAME=value</c> pairs of Postfix's XCLIENT and XFORWARD, values in xtext
/// (RFC 3461 4).
/// </summary>
/// <param name="Values">Attributes in upper case; null where the value is not known to the server itself.</param>
sealed record ClientAttributes(IReadOnlyDictionary<string, string?> Values)
{
    const int Longest = 255;

    /// <summary>The longest command that every server reads, without its CRLF (RFC 5321 4.5.3.1.4).</summary>
    const int LongestForward = 510;

    static readonly string[] Xclient = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "LOGIN", "DESTADDR", "DESTPORT"];
    static readonly string[] Xforward = ["NAME", "ADDR", "PORT", "PROTO", "HELO", "IDENT", "SOURCE"];

    /// <summary>What is offered to those who may say it.</summary>
    public static IReadOnlyList<string> Offers { get; } =
    [$"XCLIENT {string.Join(' ', Xclient)}", $"XFORWARD {string.Join(' ', Xforward)}"];

    /// <summary>Nothing said.</summary>
    public static readonly ClientAttributes None = new(new Dictionary<string, string?>());

    /// <summary>The host name.</summary>
    public string? Name => Values.GetValueOrDefault("NAME");

    /// <summary>The network address.</summary>
    public string? Address => Values.GetValueOrDefault("ADDR");

    /// <summary>The name by which it greeted.</summary>
    public string? Hello => Values.GetValueOrDefault("HELO");

    /// <summary>Something was said about who signed in, be it that nobody did.</summary>
    public bool SaysLogin => Values.ContainsKey("LOGIN");

    /// <summary>Who signed in there; null for nobody.</summary>
    public string? Login => Values.GetValueOrDefault("LOGIN");

    /// <summary>
    /// The commands that say the same to the next hop, as far as it takes the attributes; none where nothing of it was said. What the
    /// server in front did not know, or what cannot be said in xtext, is said to be unavailable.
    /// </summary>
    /// <param name="taken">The attributes that it takes, as it offered them.</param>
    public IReadOnlyList<string> Forwarding(IReadOnlyCollection<string> taken)
    {
        var commands = new List<string>();
        foreach (var name in Xforward.Where(name => Values.ContainsKey(name) && taken.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            var word = $" {name}={Xtext(Values[name]) ?? "[UNAVAILABLE]"}";
            if (commands.Count == 0 || commands[^1].Length + word.Length > LongestForward)
                commands.Add("XFORWARD");
            commands[^1] += word;
        }
        return commands;
    }

    /// <summary>These, and what a later command says instead or besides.</summary>
    public ClientAttributes With(ClientAttributes later)
    {
        var all = Values.ToDictionary(StringComparer.Ordinal);
        foreach (var (name, value) in later.Values)
            all[name] = value;
        return new(all);
    }

    /// <summary>What stands behind XCLIENT; null where a word of it is not known, or none is there.</summary>
    public static ClientAttributes? OfClient(string rest) => Read(rest, Xclient);

    /// <summary>What stands behind XFORWARD; null where a word of it is not known, or none is there.</summary>
    public static ClientAttributes? OfMessage(string rest) => Read(rest, Xforward);

    static ClientAttributes? Read(string rest, IReadOnlyList<string> known)
    {
        var values = new Dictionary<string, string?>(StringComparer.Ordinal);
        foreach (var word in rest.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (word.Split('=', 2) is not [var name, var text] || !known.Contains(name, StringComparer.OrdinalIgnoreCase))
                return null;
            if (text is "[UNAVAILABLE]" or "[TEMPUNAVAIL]")
                values[name.ToUpperInvariant()] = null;
            else if (Plain(text) is { } value)
                values[name.ToUpperInvariant()] = value;
            else
                return null;
        }
        return values.Count > 0 ? new(values) : null;
    }

    /// <summary>RFC 3461 4; null where there is nothing, or a character is no octet.</summary>
    static string? Xtext(string? plain) =>
        string.IsNullOrEmpty(plain) || plain.Any(c => c > '\xff')
            ? null
            : string.Concat(plain.Select(c => c is > ' ' and < '\x7f' and not ('+' or '=') ? c.ToString() : $"+{(int)c:X2}"));

    static string? Plain(string xtext)
    {
        var plain = new StringBuilder();
        for (var at = 0; at < xtext.Length; at++)
            if (xtext[at] != '+')
                plain.Append(xtext[at]);
            else if (
                at + 2 < xtext.Length
                && byte.TryParse(xtext.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var octet)
            )
            {
                plain.Append((char)octet);
                at += 2;
            }
            else
                return null;
        return plain.Length is > 0 and <= Longest && !plain.ToString().Any(char.IsControl) ? plain.ToString() : null;
    }
}
