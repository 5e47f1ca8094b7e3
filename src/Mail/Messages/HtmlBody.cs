using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using MimeKit.Text;

namespace MaySend.Mail.Messages;

/// <summary>What a reader sees in an HTML part: text, links, and the images, each with whether it is shown at all.</summary>
sealed partial class HtmlBody
{
    // Deeper nesting than any reader shows is read flat, so that a hostile part costs no more than its length.
    const int Deepest = 256;

    readonly StringBuilder text = new();
    readonly Stack<(string Name, bool Hidden)> open = new();
    (string Href, StringBuilder Text, bool Hidden)? link;

    public sealed record Link(string Href, string Text, bool Hidden);

    public List<Link> Links { get; } = [];

    public List<string> Pixels { get; } = [];

    public string Text => WhiteSpace().Replace(text.ToString(), " ");

    public static HtmlBody Read(string html)
    {
        var body = new HtmlBody();
        using var reader = new StringReader(html);
        var tokens = new HtmlTokenizer(reader) { DecodeCharacterReferences = true };
        while (tokens.ReadNextToken(out var token))
            if (token is HtmlTagToken tag)
                body.On(tag);
            else if (token is HtmlDataToken data and not HtmlScriptDataToken and not HtmlCDataToken)
                body.On(data.Data);
        body.CloseLink();
        return body;
    }

    bool Hidden => open.Count > 0 && open.Peek().Hidden;

    void On(string data)
    {
        link?.Text.Append(data);
        if (!Hidden)
            text.Append(data);
    }

    void On(HtmlTagToken tag)
    {
        var name = tag.Name.ToLowerInvariant();
        if (tag.IsEndTag)
        {
            if (name == "a")
                CloseLink();
            if (open.Any(element => element.Name == name))
                while (open.Pop().Name != name) { }
            return;
        }
        var hidden = IsHidden(tag) || name is "style" or "script" or "title" or "template" or "noscript";
        if (name == "a" && Attribute(tag, "href") is { } href)
        {
            CloseLink();
            link = (href.Trim(), new StringBuilder(), Hidden || hidden);
        }
        if (name == "img")
            OnImage(tag, hidden);
        if (name is "br" or "p" or "div" or "td" or "tr" or "li" or "h1" or "h2" or "h3")
            text.Append('\n');
        if (
            open.Count < Deepest
            && !tag.IsEmptyElement
            && name is not ("img" or "br" or "hr" or "meta" or "link" or "input" or "col" or "area" or "base" or "wbr")
        )
            open.Push((name, hidden || Hidden));
    }

    void OnImage(HtmlTagToken tag, bool hidden)
    {
        if (Attribute(tag, "alt") is { } alt)
            link?.Text.Append(' ').Append(alt);
        var source = Attribute(tag, "src") ?? "";
        if (!source.StartsWith("http", StringComparison.OrdinalIgnoreCase) && !source.StartsWith("//", StringComparison.Ordinal))
            return;
        if (
            hidden
            || Hidden
            || (Tiny(Attribute(tag, "width")) && Tiny(Attribute(tag, "height")))
            || TinyStyle().Count(Attribute(tag, "style") ?? "") >= 2
        )
            Pixels.Add(source);
    }

    void CloseLink()
    {
        if (link is { } open)
            Links.Add(new(open.Href, WhiteSpace().Replace(open.Text.ToString(), " ").Trim(), open.Hidden));
        link = null;
    }

    static bool IsHidden(HtmlTagToken tag) => Attribute(tag, "hidden") is not null || HiddenStyle().IsMatch(Attribute(tag, "style") ?? "");

    static bool Tiny(string? size) =>
        int.TryParse((size ?? "").Trim().TrimEnd('p', 'x'), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels <= 1;

    static string? Attribute(HtmlTagToken tag, string name)
    {
        var found = tag.Attributes.FirstOrDefault(a => a.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        return found is null ? null : WebUtility.HtmlDecode(found.Value ?? "");
    }

    [GeneratedRegex(
        @"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])|opacity\s*:\s*0(?![.\d])",
        RegexOptions.IgnoreCase
    )]
    private static partial Regex HiddenStyle();

    [GeneratedRegex(@"(?<![-\w])(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)", RegexOptions.IgnoreCase)]
    private static partial Regex TinyStyle();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
