using System.Buffers;
using System.Globalization;
using System.Text;

namespace MaySend.Evidence.Ledger.Identity;

public sealed partial record Address
{
    const int GreatestLocalPart = 64;
    const int GreatestDomain = 253;

    // UseStd3AsciiRules refuses what no host name may hold; AllowUnassigned false refuses what two IDNA versions may read differently.
    static readonly IdnMapping Idn = new() { UseStd3AsciiRules = true, AllowUnassigned = false };
    static readonly SearchValues<char> NotInAnAtom = SearchValues.Create("()<>[]:;@\\,\" \t\r\n");

    static bool IsWellFormed(string text)
    {
        var rest = text.AsSpan();
        while (!rest.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(rest, out _, out var used) != OperationStatus.Done)
                return false;
            rest = rest[used..];
        }

        return true;
    }

    /// <summary>Two addresses that look alike must not be two contacts, nor two lines one.</summary>
    static bool IsInvisible(char c) =>
        char.GetUnicodeCategory(c)
            is UnicodeCategory.Control
                or UnicodeCategory.Format
                or UnicodeCategory.LineSeparator
                or UnicodeCategory.ParagraphSeparator;

    static bool IsDashOrSpace(char c) => char.GetUnicodeCategory(c) is UnicodeCategory.SpaceSeparator or UnicodeCategory.DashPunctuation;

    static string? LocalPartFault(string local)
    {
        if (local is "" or "*")
            return "it names every address of a domain, not one; `maysend domains refuse` stops a whole domain";
        if (Encoding.UTF8.GetByteCount(local) > GreatestLocalPart)
            return "the part before the @ is longer than 64 bytes";
        if (local[0] == '"')
            return IsQuoted(local) ? null : "the quotes before the @ are not closed";
        if (local.AsSpan().IndexOfAny(NotInAnAtom) >= 0 || local.Any(char.IsWhiteSpace))
            return "the part before the @ holds a character that must be quoted";
        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)
            ? "a dot before the @ stands at an end or beside another"
            : null;
    }

    static bool IsQuoted(string local)
    {
        if (local.Length < 3 || local[^1] != '"')
            return false;
        for (var i = 1; i < local.Length - 1; i++)
        {
            if (local[i] == '"' || (local[i] == '\\' && ++i == local.Length - 1))
                return false;
        }

        return true;
    }

    static string? DomainALabel(string text, out string domain)
    {
        domain = "";
        if (text.Length == 0)
            return "nothing stands after the @";
        if (text[0] == '[')
            return "a numeric host in brackets is not an address for marketing";
        try
        {
            // Lower case first: without ICU the mapping encodes an upper-case letter as another name.
            domain = Idn.GetAscii(text.ToLowerInvariant()).ToLowerInvariant();
        }
        catch (ArgumentException)
        {
            return "the domain is not a valid name";
        }

        if (domain.Length > GreatestDomain)
            return "the domain is longer than 253 bytes";
        var labels = domain.Split('.');
        if (labels.Length < 2 || labels.Any(label => label.Length is 0 or > 63))
            return labels.Length < 2 ? "the domain has no dot" : "the domain is not a valid name";
        return labels[^1].All(char.IsAsciiDigit) ? "the domain ends in a number" : null;
    }
}
