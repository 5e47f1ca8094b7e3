using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MaySend.Mail.Messages;

/// <summary>A paragraph of a message as its reader sees it.</summary>
/// <param name="Text">Its words.</param>
/// <param name="Links">The links in it, in order.</param>
/// <param name="Element">What encloses it in HTML; null in plain text.</param>
sealed record MessageBlock(string Text, IReadOnlyList<WrittenLink> Links, IElement? Element);

/// <summary>A link, button or written-out address.</summary>
/// <param name="Href">Where it leads, as written.</param>
/// <param name="Text">What it shows, with the texts of its images.</param>
/// <param name="At">Where it begins in its block.</param>
/// <param name="Element">The element; null in plain text.</param>
sealed record WrittenLink(string Href, string Text, int At, IElement? Element)
{
    /// <summary>It shows an image, with or without a text for it.</summary>
    public bool ShowsImage { get; init; }

    /// <summary>An attribute or style of its own or above it hides it outright.</summary>
    public bool Hidden { get; init; }
}

/// <summary>Reads an HTML part into paragraphs and links, and finds the images that only report.</summary>
sealed partial class HtmlBody
{
    static readonly HtmlParser Parser = new();

    readonly List<MessageBlock> blocks = [];
    readonly List<WrittenLink> links = [];
    readonly StringBuilder text = new();

    public IReadOnlyList<MessageBlock> Blocks => blocks;

    public List<string> Pixels { get; } = [];

    public IHtmlDocument Document { get; }

    HtmlBody(IHtmlDocument document) => Document = document;

    public static HtmlBody Read(string html)
    {
        var body = new HtmlBody(Parser.ParseDocument(HtmlDepth.Limited(html)));
        if (body.Document.Body is { } root)
            body.Walk(root);
        body.Break(body.Document.Body);
        return body;
    }

    /// <summary>What the styles on the elements themselves keep from a reader's eyes.</summary>
    /// <param name="Gone">It is not there, nor anything in it.</param>
    /// <param name="Small">
    /// Its letters have no size, until an element inside gives them one: layouts close the gaps between cells so.
    /// </param>
    /// <param name="Unseen">It leaves its room empty, until an element inside says otherwise.</param>
    readonly record struct Cover(bool Gone, bool Small, bool Unseen)
    {
        public bool Hides => Gone || Small || Unseen;

        public Cover Over(IElement element)
        {
            var gone = Gone || element.HasAttribute("hidden");
            if (element.GetAttribute("style") is not { } style)
                return this with { Gone = gone };
            var size = FontSize().Matches(style).LastOrDefault()?.Groups[1].Value.Trim() ?? "1em";
            var seen = Visibility().Matches(style).LastOrDefault()?.Groups[1].Value;
            return new(
                gone || HiddenStyle().IsMatch(style),
                Nothing().IsMatch(size) || (Small && OfTheSizeAround().IsMatch(size)),
                seen is null ? Unseen : !seen.Equals("visible", StringComparison.OrdinalIgnoreCase)
            );
        }
    }

    void Walk(IElement root)
    {
        var nodes = new Stack<(INode Node, Cover Cover, bool Closing)>();
        nodes.Push((root, new Cover().Over(root), false));
        while (nodes.TryPop(out var next))
        {
            if (next.Closing)
            {
                Break((IElement)next.Node);
                continue;
            }
            if (next.Node is IText data)
            {
                if (!next.Cover.Hides)
                    text.Append(HtmlSpaces.Collapse(data.Data));
                continue;
            }
            if (
                next.Node is not IElement element
                || element.LocalName is "script" or "style" or "template" or "title" or "noscript" or "head"
            )
                continue;
            var cover = next.Cover.Over(element);
            On(element, cover.Hides);
            if (HtmlSpaces.IsBlock(element.LocalName))
            {
                Break(element.ParentElement);
                nodes.Push((element, cover, true));
            }
            for (var child = element.LastChild; child is not null; child = child.PreviousSibling)
                nodes.Push((child, cover, false));
        }
    }

    void On(IElement element, bool hidden)
    {
        switch (element.LocalName)
        {
            case "br":
                text.Append('\n');
                break;
            case "a" or "area" when element.GetAttribute("href") is { } href:
                Add(element, href, hidden);
                break;
            case "button" when Form(element) is { } action:
                Add(element, action, hidden);
                break;
            case "input"
                when element.GetAttribute("type")?.ToLowerInvariant() is "submit" or "image" or "button" && Form(element) is { } action:
                Add(element, action, hidden);
                break;
            case "img":
                OnImage(element, hidden);
                break;
        }
    }

    static string? Form(IElement button) => button.GetAttribute("formaction") ?? button.Closest("form")?.GetAttribute("action");

    void Add(IElement element, string href, bool hidden)
    {
        var images = element.Descendants<IHtmlImageElement>().ToList();
        var shown = new StringBuilder(element.TextContent);
        foreach (var source in images.Prepend<IElement>(element))
        foreach (var name in new[] { "alt", "title", "aria-label", "value" })
            if (source.GetAttribute(name) is { Length: > 0 } said)
                shown.Append(' ').Append(said);
        links.Add(
            new(href.Trim(), WhiteSpace().Replace(shown.ToString(), " ").Trim(), text.Length, element)
            {
                Hidden = hidden,
                ShowsImage = element.LocalName is "input" or "area" || images.Exists(image => !IsTiny(image)),
            }
        );
    }

    void OnImage(IElement image, bool hidden)
    {
        var source = image.GetAttribute("src") ?? "";
        var far = source.StartsWith("http", StringComparison.OrdinalIgnoreCase) || source.StartsWith("//", StringComparison.Ordinal);
        if (far && (hidden || IsTiny(image)))
            Pixels.Add(source);
    }

    void Break(IElement? element)
    {
        if (links.Count > 0 || text.Length > 0)
        {
            var said = text.ToString();
            // An address that is written out is one, though nobody made it a link: mail programs do.
            foreach (Match written in WrittenOut().Matches(said))
                if (!links.Exists(link => link.Text.Contains(written.Value, StringComparison.Ordinal)))
                    links.Add(new(written.Value.TrimEnd('.', ',', ')', '>', ']'), "", written.Index, null));
            if (links.Count > 0 || !string.IsNullOrWhiteSpace(said))
                blocks.Add(new(said, [.. links], element));
        }
        text.Clear();
        links.Clear();
    }

    /// <summary>Whether an image is too small to be seen, or its own style hides it.</summary>
    public static bool IsTiny(IElement image) =>
        new Cover().Over(image).Hides
        || (Tiny(image.GetAttribute("width")) && Tiny(image.GetAttribute("height")))
        || TinyStyle().Count(image.GetAttribute("style") ?? "") >= 2;

    static bool Tiny(string? size) =>
        int.TryParse((size ?? "").Trim().TrimEnd('p', 'x'), NumberStyles.None, CultureInfo.InvariantCulture, out var pixels) && pixels <= 1;

    [GeneratedRegex(@"(?<![-\w])(?:display\s*:\s*none|opacity\s*:\s*0(?![.\d]))", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex HiddenStyle();

    [GeneratedRegex(@"(?<![-\w])font-size\s*:\s*([^;!]+)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex FontSize();

    [GeneratedRegex(@"^0(?![.\d])", RegexOptions.CultureInvariant)]
    private static partial Regex Nothing();

    [GeneratedRegex(@"(?<!r)em$|%$|^(?:inherit|smaller|larger)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex OfTheSizeAround();

    [GeneratedRegex(@"(?<![-\w])visibility\s*:\s*(hidden|collapse|visible)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Visibility();

    [GeneratedRegex(@"(?<![-\w])(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)", RegexOptions.IgnoreCase)]
    private static partial Regex TinyStyle();

    [GeneratedRegex(@"https?://[^\s<>""']+", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex WrittenOut();

    [GeneratedRegex(@"\s+")]
    private static partial Regex WhiteSpace();
}
