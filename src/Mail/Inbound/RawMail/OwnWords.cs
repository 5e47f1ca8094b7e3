using System.Text;
using System.Text.RegularExpressions;
using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>What the writer of a mail wrote themselves: the text before anything quoted or forwarded, and before the signature.</summary>
static partial class OwnWords
{
    /// <summary>A text is read up to here, in characters.</summary>
    const int Longest = 256 * 1024;

    public static string Of(MimeMessage message)
    {
        var text =
            message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part is { IsPlain: true, IsAttachment: false }) is { } plain
                ? plain.Text
            : message.BodyParts.OfType<TextPart>().FirstOrDefault(part => part is { IsHtml: true, IsAttachment: false }) is { } html
                ? HtmlText.Of(Limited(html.Text), withQuotes: false)
            : "";
        var lines = Limited(text).ReplaceLineEndings("\n").Split('\n');
        var own = new StringBuilder();
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].TrimEnd();
            if (line is "--" or "-- " || Separator().IsMatch(line) || IsHeaderBlock(lines, i) || IsAttribution(lines, i))
                break;
            if (!line.TrimStart().StartsWith('>'))
                own.Append(line).Append('\n');
        }
        return own.ToString().Trim();
    }

    static string Limited(string? text) =>
        text is null ? ""
        : text.Length > Longest ? text[..Longest]
        : text;

    // "On Tue, 3 Mar 2026 Lantern wrote:", in any language: a line, or two, that ends with a colon and is followed by a quotation.
    static bool IsAttribution(string[] lines, int at)
    {
        for (var last = at; last < Math.Min(at + 3, lines.Length); last++)
        {
            var line = lines[last].TrimEnd();
            if (line.Length == 0)
                return false;
            if (!line.EndsWith(':') && !line.EndsWith('：'))
                continue;
            var next = last + 1;
            while (next < lines.Length && string.IsNullOrWhiteSpace(lines[next]))
                next++;
            return (next < lines.Length && lines[next].TrimStart().StartsWith('>'))
                || (Digits().IsMatch(line) && line.Contains('@', StringComparison.Ordinal));
        }
        return false;
    }

    // Outlook's way: "From: ...", "Sent: ...", "To: ...", "Subject: ..." in the writer's language, three such lines or more in a row.
    static bool IsHeaderBlock(string[] lines, int at)
    {
        var fields = 0;
        for (var i = at; i < lines.Length && fields < 3 && Field().IsMatch(lines[i]); i++)
            fields++;
        return fields >= 3;
    }

    [GeneratedRegex(@"^\s*(?:[-_=*]{2,}\s*\w[^\n]{2,60}[-_=*]{2,}|_{10,})\s*$", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"^\s{0,4}\*?[\p{L}\u2019' ]{2,20}\*?\s?[:：]\*?\s+\S", RegexOptions.CultureInvariant)]
    private static partial Regex Field();

    [GeneratedRegex(@"\d", RegexOptions.CultureInvariant)]
    private static partial Regex Digits();
}
