using System.Text;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Parser;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace MaySend.Mail.Messages;

/// <summary>
/// Whether the reader of an HTML message can see a link: by size, colour, position, display, whether said inline or in a style sheet. The
/// computed style is asked for the link and what encloses it only, in a copy that holds nothing else, since a whole document costs a
/// hundred times as much.
/// </summary>
static partial class LinkVisibility
{
    static readonly (string Attribute, string Property)[] Presentational = [("bgcolor", "background-color"), ("color", "color")];

    /// <summary>Deeper nesting than any mail has; what is above is not looked at.</summary>
    const int Deepest = 64;

    /// <summary>Siblings beyond this many are not copied: a rule that counts further is not in any mail.</summary>
    const int MostSiblings = 300;

    static readonly Lens Wide = new(1024, 768);
    static readonly Lens Narrow = new(390, 844);

    /// <summary>A screen, and what asks for styles on it.</summary>
    sealed class Lens(int width, int height)
    {
        public DefaultRenderDevice Screen { get; } =
            new()
            {
                DeviceWidth = width,
                DeviceHeight = height,
                ViewPortWidth = width,
                ViewPortHeight = height,
            };

        public IConfiguration Css => css ??= Configuration.Default.WithCss().WithRenderDevice(Screen);

        IConfiguration? css;
    }

    /// <summary>On which screens a link, or without one a paragraph, is shown so that it can be noticed.</summary>
    public static (bool Wide, bool Narrow) IsSeen(WrittenLink? link, IElement? paragraph)
    {
        if (link is { Hidden: true })
            return (false, false);
        if ((link?.Element ?? paragraph) is not { } element)
            return (true, true);
        var pictures = element.Descendants<IHtmlImageElement>().Where(image => !HtmlBody.IsTiny(image)).ToList();
        // Nothing to click on: no letter and no image.
        if (link?.Element is { LocalName: "a" } && !element.TextContent.EnumerateRunes().Any(IsNoticed))
            return pictures
                .Select(picture => IsSeen(picture, isPicture: true))
                .Aggregate((Wide: false, Narrow: false), (one, other) => (one.Wide || other.Wide, one.Narrow || other.Narrow));
        if (link is { Element: not null, Text.Length: 0, ShowsImage: false } || (element.LocalName == "area" && IsPoint(element)))
            return (false, false);
        return IsSeen(element, isPicture: false);
    }

    // A letter or a sign; a stop or a blank that has no width is nothing that anybody sees.
    static bool IsNoticed(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.IsSymbol(rune);

    static bool IsPoint(IElement area) =>
        area.GetAttribute("coords") is { } coords && coords.Length > 0 && coords.AsSpan().IndexOfAnyExcept("0, ") < 0;

    static (bool Wide, bool Narrow) IsSeen(IElement element, bool isPicture)
    {
        var chain = Chain(element, isPicture);
        // What is folded away is shown to whoever unfolds it, and nobody looks for it there.
        if (chain.Exists(link => link is IHtmlDetailsElement { IsOpen: false }) && !chain.Exists(link => link.LocalName == "summary"))
            return (false, false);
        var sheets = element.Owner?.Descendants<IHtmlStyleElement>().Select(sheet => sheet.TextContent).ToList() ?? [];
        if (
            sheets.Count == 0
            && !chain.Exists(link => link.HasAttribute("style") || link.HasAttribute("bgcolor") || link.HasAttribute("color"))
        )
            return (true, true);
        var wide = IsSeen(chain, sheets, Wide, isPicture);
        return (
            wide,
            sheets.Exists(sheet => sheet.Contains("@media", StringComparison.OrdinalIgnoreCase))
                ? IsSeen(chain, sheets, Narrow, isPicture)
                : wide
        );
    }

    static List<IElement> Chain(IElement element, bool isPicture)
    {
        // What colours or shrinks the letters may stand on an only child: <a><font color=white>Unsubscribe</font></a>.
        var innermost = element;
        for (
            var step = 0;
            !isPicture
                && step < 8
                && innermost.ChildElementCount == 1
                && innermost.TextContent.Trim() == innermost.FirstElementChild!.TextContent.Trim()
                && innermost.TextContent.Trim().Length > 0;
            step++
        )
            innermost = innermost.FirstElementChild;
        var chain = new List<IElement>();
        for (var up = innermost; up is not null && chain.Count < Deepest; up = up.ParentElement)
            chain.Add(up);
        chain.Reverse();
        return chain;
    }

    static bool IsSeen(List<IElement> chain, List<string> sheets, Lens lens, bool isPicture)
    {
        var parser = BrowsingContext.New(lens.Css).GetService<IHtmlParser>()!;
        using var copy = parser.ParseDocument("<head></head><body></body>");
        foreach (var sheet in sheets)
        {
            var style = copy.CreateElement("style");
            style.TextContent = sheet;
            copy.Head!.AppendChild(style);
        }
        var way = Copied(chain, copy, sheets.Exists(sheet => Counts().IsMatch(sheet)));
        // Asked for once: it sorts the rules of all sheets.
        var view = new ReaderView(copy.DefaultView!.GetStyleCollection(lens.Screen), isPicture);
        return way.TrueForAll(view.Through) && view.Reads;
    }

    static List<IElement> Copied(List<IElement> chain, IDocument copy, bool withSiblings)
    {
        IElement at = copy.DocumentElement;
        var way = new List<IElement>(chain.Count);
        foreach (var original in chain)
        {
            var inBody = original.LocalName is not ("html" or "body");
            var siblings = withSiblings && inBody ? original.ParentElement?.Children : null;
            var before = siblings?.TakeWhile(sibling => sibling != original).ToList() ?? [];
            foreach (var sibling in before.Skip(before.Count - MostSiblings))
                at.AppendChild(Twin(sibling, copy));
            var twin =
                original.LocalName == "html" ? Dressed(copy.DocumentElement, original)
                : original.LocalName == "body" ? Dressed(copy.Body!, original)
                : Twin(original, copy);
            if (inBody)
                at.AppendChild(twin);
            foreach (var sibling in siblings?.Skip(before.Count + 1).Take(MostSiblings) ?? [])
                at.AppendChild(Twin(sibling, copy));
            way.Add(at = twin);
        }
        return way;
    }

    static IElement Twin(IElement original, IDocument copy) => Dressed(copy.CreateElement(original.LocalName), original);

    static IElement Dressed(IElement twin, IElement original)
    {
        foreach (var attribute in original.Attributes)
            twin.SetAttribute(attribute.Name, attribute.Value);
        // What HTML says about colour is weaker than any style sheet, and here there is no other that speaks of it.
        foreach (var (attribute, property) in Presentational)
            if (original.GetAttribute(attribute)?.Trim() is { Length: > 0 } color && !color.Contains(';', StringComparison.Ordinal))
                twin.SetAttribute("style", $"{property}:{(Hex().IsMatch(color) ? "#" + color : color)};{twin.GetAttribute("style")}");
        return twin;
    }

    // A rule that looks at what stands beside an element.
    [GeneratedRegex(@"[+~]|:(?:nth|last|first|only|not|has|is|where)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Counts();

    [GeneratedRegex(@"^[0-9a-fA-F]{3,6}$")]
    private static partial Regex Hex();
}
