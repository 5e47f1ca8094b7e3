using System.Buffers;
using System.Diagnostics.CodeAnalysis;
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

    static readonly SearchValues<char> UsualLocalPart = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-_+");
    static readonly SearchValues<char> UsualDomain = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    /// <summary>
    /// True for what nearly every address looks like, which needs no change and no further look: lower-case ASCII letters, digits and a few
    /// signs. False says nothing: the whole rules are asked.
    /// </summary>
    internal static bool IsUsual([NotNullWhen(true)] string? text)
    {
        if (text is not { Length: >= 5 and <= GreatestDomain } || text.IndexOf('@', StringComparison.Ordinal) is not (> 0 and var at))
            return false;
        var local = text.AsSpan(0, at);
        var domain = text.AsSpan(at + 1);
        if (
            local.Length > GreatestLocalPart
            || local.ContainsAnyExcept(UsualLocalPart)
            || domain.ContainsAnyExcept(UsualDomain)
            || local[0] == '.'
            || local[^1] == '.'
            || local.Contains("..", StringComparison.Ordinal)
            // Names that stand for others (RFC 5891, 4.2.3.1) are the mapping's to judge.
            || domain.Contains("--", StringComparison.Ordinal)
        )
            return false;
        var labels = 0;
        foreach (var range in domain.Split('.'))
        {
            var label = domain[range];
            if (label.Length is 0 or > 63 || label[0] == '-' || label[^1] == '-')
                return false;
            labels++;
        }
        return labels > 1 && domain[^1] is >= 'a' and <= 'z';
    }

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
            return "it names every address at a domain, not one address; `maysend domains refuse` stops a whole domain";
        if (Encoding.UTF8.GetByteCount(local) > GreatestLocalPart)
            return "the part before the @ is longer than 64 bytes";
        if (local[0] == '"')
            return IsQuoted(local) ? null : "the quotes before the @ are not closed";
        if (local.AsSpan().IndexOfAny(NotInAnAtom) >= 0 || local.Any(char.IsWhiteSpace))
            return "the part before the @ holds a character that must be quoted";
        return local[0] == '.' || local[^1] == '.' || local.Contains("..", StringComparison.Ordinal)
            ? "the part before the @ begins or ends with a dot, or has two dots in a row"
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

    static string? DomainALabel(string text, bool isRecorded, out string domain)
    {
        domain = "";
        if (text.Length == 0)
            return "there is nothing after the @";
        if (text[0] == '[')
            return "a numeric host in brackets is not an address for marketing";
        try
        {
            // The vowel am is two characters in a registered name (UTS 46), whatever a keyboard makes of it.
            if (!isRecorded)
                text = text.Replace("\u0E33", "\u0E4D\u0E32").Replace("\u0EB3", "\u0ECD\u0EB2");
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
