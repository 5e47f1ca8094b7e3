using System.Text;
using System.Text.RegularExpressions;
using MimeKit;
using MimeKit.Utils;

namespace MaySend.Mail.Messages;

/// <summary>
/// The List-Unsubscribe field of a real message, read the way a tolerant client reads it, with what had to be tolerated.
/// </summary>
/// <param name="Addresses">Every address found, in order, without brackets and white space.</param>
/// <param name="Bracketed">All of them stood in angle brackets.</param>
/// <param name="FoldedInside">A line break stood inside an address.</param>
/// <param name="Encoded">The field held RFC 2047 encoded words.</param>
/// <param name="LongestLine">The longest line of the field, in octets, the name included.</param>
sealed partial record ListUnsubscribeField(
    IReadOnlyList<string> Addresses,
    bool Bracketed,
    bool FoldedInside,
    bool Encoded,
    int LongestLine
)
{
    /// <summary>Reads one header field; never throws on what it holds.</summary>
    public static ListUnsubscribeField Read(Header header)
    {
        var raw = Encoding.Latin1.GetString(header.RawValue);
        var longest = (header.Field + ":" + raw).Split('\n').Max(line => line.TrimEnd('\r').Length);
        var encoded = EncodedWord().IsMatch(raw);
        // An encoded field may be folded between two words of one address, so it is decoded whole and only then looked at.
        var text = encoded ? Rfc2047.DecodeText(header.RawValue) : raw;
        var addresses = new List<string>();
        var folded = false;
        foreach (Match match in Bracket().Matches(text))
        {
            folded |= match.Groups[1].Value.Trim().Any(c => c is '\r' or '\n');
            Add(addresses, match.Groups[1].Value);
        }
        var bracketed = addresses.Count > 0;
        if (!bracketed)
            foreach (var part in Separator().Split(text))
            {
                folded |= part.Trim().Any(c => c is '\r' or '\n');
                Add(addresses, part.Trim().Trim('<', '>'));
            }
        return new(addresses, bracketed, folded, encoded, longest);
    }

    static void Add(List<string> addresses, string text)
    {
        var clean = WhiteSpace().Replace(text, "");
        if (clean.Length > 0)
            addresses.Add(clean);
    }

    [GeneratedRegex(@"=\?[^?\s]+\?[bBqQ]\?[^?]*\?=")]
    private static partial Regex EncodedWord();

    [GeneratedRegex(@"<([^<>]*)>")]
    private static partial Regex Bracket();

    // Without brackets a comma ends an address only if a scheme follows: URLs hold commas too.
    [GeneratedRegex(@",\s*(?=(?:https?|mailto):)", RegexOptions.IgnoreCase)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
