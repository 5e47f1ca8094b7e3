using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp;
using AngleSharp.Css;
using AngleSharp.Css.Dom;
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
    /// <summary>Letters smaller than this cannot be read, in CSS pixels.</summary>
    const double SmallestLetters = 4;

    /// <summary>Letters that differ less than this from what is behind them cannot be read (a contrast ratio after WCAG 2.2, 1 is
    /// none).</summary>
    const double LeastContrast = 1.2;

    static readonly (string Attribute, string Property)[] Presentational = [("bgcolor", "background-color"), ("color", "color")];

    /// <summary>Deeper nesting than any mail has; what is above is not looked at.</summary>
    const int Deepest = 64;

    static readonly DefaultRenderDevice Screen = new()
    {
        DeviceWidth = 1024,
        DeviceHeight = 768,
        ViewPortWidth = 1024,
        ViewPortHeight = 768,
    };

    static readonly IConfiguration Css = Configuration.Default.WithCss().WithRenderDevice(Screen);

    /// <summary>Whether it is shown so that it can be noticed.</summary>
    public static bool IsSeen(MessageLink link)
    {
        if (link.Hidden)
            return false;
        if (link.Element is not { } element)
            return true;
        // Nothing to click on: no letter and no image.
        if (link.Text.Length == 0 && !link.ShowsImage)
            return false;
        if (element.LocalName is "a" && !link.ShowsImage && string.IsNullOrWhiteSpace(element.TextContent))
            return false;
        return IsSeen(element);
    }

    /// <summary>Whether the text of an element is shown so that it can be noticed.</summary>
    public static bool IsSeen(IElement element)
    {
        var chain = Chain(element);
        var sheets = element.Owner?.Descendants<IHtmlStyleElement>().Select(sheet => sheet.TextContent).ToList() ?? [];
        if (
            sheets.Count == 0
            && !chain.Exists(link => link.HasAttribute("style") || link.HasAttribute("bgcolor") || link.HasAttribute("color"))
        )
            return true;
        return IsSeen(chain, sheets);
    }

    static List<IElement> Chain(IElement element)
    {
        // What colours or shrinks the letters may stand on an only child: <a><font color=white>Unsubscribe</font></a>.
        var innermost = element;
        for (
            var step = 0;
            step < 8
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

    static bool IsSeen(List<IElement> chain, List<string> sheets)
    {
        var parser = BrowsingContext.New(Css).GetService<IHtmlParser>()!;
        using var copy = parser.ParseDocument("<head></head><body></body>");
        foreach (var sheet in sheets)
        {
            var style = copy.CreateElement("style");
            style.TextContent = sheet;
            copy.Head!.AppendChild(style);
        }
        IElement at = copy.DocumentElement;
        // Asked for once: it sorts the rules of all sheets.
        var seen = new Seen(copy.DefaultView!.GetStyleCollection(Screen));
        foreach (var original in chain)
        {
            var twin =
                original.LocalName == "html" ? copy.DocumentElement
                : original.LocalName == "body" ? copy.Body!
                : at.AppendChild(copy.CreateElement(original.LocalName)) as IElement ?? at;
            foreach (var attribute in original.Attributes)
                if (attribute.Name is "style" or "class" or "id" or "hidden")
                    twin.SetAttribute(attribute.Name, attribute.Value);
            // What HTML says about colour is weaker than any style sheet, and here there is no other that speaks of it.
            foreach (var (attribute, property) in Presentational)
                if (original.GetAttribute(attribute)?.Trim() is { Length: > 0 } color && !color.Contains(';', StringComparison.Ordinal))
                    twin.SetAttribute("style", $"{property}:{(Hex().IsMatch(color) ? "#" + color : color)};{twin.GetAttribute("style")}");
            at = twin;
            if (!seen.Through(twin))
                return false;
        }
        return seen.Reads;
    }

    /// <summary>What is known on the way from the page to the letters.</summary>
    sealed class Seen(IStyleCollection styles)
    {
        (double R, double G, double B) behind = (255, 255, 255);
        (double R, double G, double B)? letters;
        bool pictured;
        double size = 16;
        ICssStyleDeclaration? above;

        public bool Reads => size >= SmallestLetters && (pictured || letters is not { } color || Contrast(color, behind) >= LeastContrast);

        /// <summary>False if this element shows nothing of what it holds.</summary>
        public bool Through(IElement element)
        {
            // Asking for each property by its name costs more than going once through those that are set.
            above = above is null ? styles.ComputeDeclarations(element) : styles.ComputeDeclarationsWithParent(element, above);
            var style = above.ToLookup(property => property.Name, property => property.Value);
            string Of(string name) => style[name].FirstOrDefault() ?? "";
            if (element.HasAttribute("hidden") || Of("display") == "none" || Of("visibility") is "hidden" or "collapse")
                return false;
            if (Number(Of("opacity")) is < 0.1)
                return false;
            if (Pixels(Of("font-size")) is { } letters)
                size = letters;
            if (Of("overflow") is "hidden" or "clip" || Of("overflow-y") is "hidden" or "clip")
                if (
                    Pixels(Of("max-height")) is <= 1
                    || Pixels(Of("height")) is <= 1
                    || Pixels(Of("max-width")) is <= 1
                    || Pixels(Of("width")) is <= 1
                )
                    return false;
            if (
                Of("position") is "absolute" or "fixed"
                && (IsAway(Of("left")) || IsAway(Of("top")) || IsAway(Of("right")) || IsAway(Of("bottom")))
            )
                return false;
            if (IsAway(Of("text-indent")) || IsAway(Of("margin-left")) || IsAway(Of("margin-top")))
                return false;
            if (Scaled().IsMatch(Of("transform")) || Clipped().IsMatch(Of("clip")) || Clipped().IsMatch(Of("clip-path")))
                return false;
            var image = Of("background-image");
            if (image.Length > 0 && image != "none")
                pictured = true;
            else if (Color(Of("background-color")) is { Alpha: > 0.5 } back)
                (behind, pictured) = ((back.R, back.G, back.B), false);
            if (Color(Of("color")) is { } fore)
            {
                if (fore.Alpha < 0.1)
                    return false;
                this.letters = (fore.R, fore.G, fore.B);
            }
            return true;
        }
    }

    static bool IsAway(string length) => Pixels(length) is <= -99;

    static (double R, double G, double B, double Alpha)? Color(string text)
    {
        var match = Rgba().Match(text);
        if (!match.Success)
            return null;
        double At(int group) => double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        return (At(1), At(2), At(3), match.Groups[4].Success ? At(4) : 1);
    }

    static double? Number(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    static double? Pixels(string length)
    {
        var match = Length().Match(length);
        if (!match.Success)
            return null;
        var number = double.Parse(match.Groups[1].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "pt" => number * 4 / 3,
            "em" or "rem" => number * 16,
            "%" when number is > 0 or < 0 => null,
            _ => number,
        };
    }

    static double Contrast((double R, double G, double B) one, (double R, double G, double B) other)
    {
        var (light, dark) = (Luminance(one), Luminance(other));
        if (light < dark)
            (light, dark) = (dark, light);
        return (light + 0.05) / (dark + 0.05);
    }

    static double Luminance((double R, double G, double B) color)
    {
        static double Linear(double channel) =>
            channel / 255 <= 0.03928 ? channel / 255 / 12.92 : Math.Pow(((channel / 255) + 0.055) / 1.055, 2.4);
        return (0.2126 * Linear(color.R)) + (0.7152 * Linear(color.G)) + (0.0722 * Linear(color.B));
    }

    [GeneratedRegex(@"^rgba?\(\s*([\d.]+)\s*,\s*([\d.]+)\s*,\s*([\d.]+)\s*(?:,\s*([\d.]+)\s*)?\)$")]
    private static partial Regex Rgba();

    [GeneratedRegex(@"^(-?[\d.]+)(px|pt|em|rem|%)?$")]
    private static partial Regex Length();

    [GeneratedRegex(@"scale[XY]?\(\s*0(?:\.0\d*)?\s*[,)]")]
    private static partial Regex Scaled();

    [GeneratedRegex(
        @"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0"
    )]
    private static partial Regex Clipped();

    [GeneratedRegex(@"^[0-9a-fA-F]{3,6}$")]
    private static partial Regex Hex();
}
