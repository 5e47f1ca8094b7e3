using System.Text.RegularExpressions;
using MimeKit;

namespace MaySend.Mail.Messages;

/// <summary>What the readable parts of a message show, gathered over its alternatives.</summary>
sealed partial class BodyCheck
{
    /// <summary>A part is read up to here; a longer one is read in part, which can only miss an opt-out, never invent one.</summary>
    const int LongestPart = 4 * 1024 * 1024;

    public bool OptOutVisible { get; private set; }

    public bool OptOutHidden { get; private set; }

    public bool MailAddress { get; private set; }

    public bool PostalAddress { get; private set; }

    public List<(string Place, string Source)> Pixels { get; } = [];

    public static BodyCheck Of(MimeMessage message, string? optOutLink)
    {
        var check = new BodyCheck();
        var iterator = new MimeIterator(message);
        while (iterator.MoveNext())
            if (iterator.Current is TextPart { IsAttachment: false } part)
                check.Read(part, $"body {iterator.PathSpecifier} {part.ContentType.MimeType}", optOutLink);
        return check;
    }

    void Read(TextPart part, string place, string? optOutLink)
    {
        var text = part.Text ?? "";
        text = text.Length > LongestPart ? text[..LongestPart] : text;
        if (!part.IsHtml)
        {
            OptOutVisible |= IsOfferedIn(text) || (optOutLink is not null && text.Contains(optOutLink, StringComparison.Ordinal));
            ReadAddresses(text);
            return;
        }
        var html = HtmlBody.Read(text);
        foreach (var link in html.Links.Where(link => IsOptOut(link, optOutLink)))
        {
            OptOutVisible |= !link.Hidden;
            OptOutHidden |= link.Hidden;
        }
        OptOutVisible |= IsOfferedIn(html.Text);
        MailAddress |= html.Links.Exists(link => !link.Hidden && link.Href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase));
        Pixels.AddRange(html.Pixels.Select(source => (place, source)));
        ReadAddresses(html.Text);
    }

    static bool IsOptOut(HtmlBody.Link link, string? optOutLink) =>
        link.Href == optOutLink
        || ((IsWeb(link.Href) || IsMail(link.Href)) && (OptOutWords.AreIn(link.Text) || OptOutWords.AreIn(link.Href)));

    static bool IsWeb(string href) => href.StartsWith("http", StringComparison.OrdinalIgnoreCase);

    static bool IsMail(string href) => href.StartsWith("mailto:", StringComparison.OrdinalIgnoreCase);

    void ReadAddresses(string text)
    {
        MailAddress |= Address().IsMatch(text);
        PostalAddress |= Postal().IsMatch(text);
    }

    // In plain text the words and the way to act on them stand within a few lines of each other.
    static bool IsOfferedIn(string text)
    {
        foreach (Match way in WayOut().Matches(text))
        {
            var from = Math.Max(0, way.Index - 250);
            if (OptOutWords.AreIn(text[from..Math.Min(text.Length, way.Index + way.Length + 150)]))
                return true;
        }
        return false;
    }

    // Bounded in length wherever a repetition could start at every letter of a long text.
    [GeneratedRegex(
        """
            https?://\S+ | (?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+
            | \b(?:reply(?:ing)?|antworten?|r[ée]pond(?:ez|re)|rispond(?:i|ere|ete)|respond(?:a|er)|beantwoord)\b
            """,
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex WayOut();

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(
        """
            \bP\.?\s?O\.?\s?Box\s+\d+ | \b[A-Z]{1,2}\d[A-Z\d]?\s+\d[A-Z]{2}\b | \b\d{4}\s?[A-Z]{2}\s+\p{Lu}\p{L}+
            | (?:^|[,|·\n])[^\S\n]*(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d\s)\d{4,5}\s+\p{Lu}\p{L}{2,}
            | \b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b | \bEircode\b | \b[A-Z]\d{2}\s[A-Z\d]{4}\b
            | \b\d+\s+(?:\p{Lu}\p{L}+\s+){1,3}(?:Street|St\.?|Road|Rd\.?|Avenue|Ave\.?|Lane|Square|Drive|Boulevard|Blvd\.?)\b
            """,
        RegexOptions.IgnorePatternWhitespace | RegexOptions.CultureInvariant
    )]
    private static partial Regex Postal();
}
