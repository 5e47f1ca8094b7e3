using System.Globalization;
using System.Text.RegularExpressions;
using AngleSharp.Css;
using AngleSharp.Css.Dom;
using AngleSharp.Dom;

namespace MaySend.Mail.Messages;

/// <summary>What is known on the way from the page to the letters of a link, or to its picture.</summary>
/// <param name="styles">The rules of all style sheets.</param>
/// <param name="isPicture">A picture stands at the end of the way: it has neither letters nor their colour.</param>
sealed partial class ReaderView(IStyleCollection styles, bool isPicture)
{
    /// <summary>Letters smaller than this cannot be read, in CSS pixels.</summary>
    const double SmallestLetters = 4;

    /// <summary>Letters that differ less than this from what is behind them cannot be read (a contrast ratio after WCAG 2.2, 1 is
    /// none).</summary>
    const double LeastContrast = 1.2;

    (double R, double G, double B) behind = (255, 255, 255);
    (double R, double G, double B)? letters;
    bool pictured;
    bool invisible;
    double size = 16;
    ICssStyleDeclaration? above;

    /// <summary>Whether what stands at the end of the way can be noticed.</summary>
    public bool Reads =>
        !invisible
        && (isPicture || (size >= SmallestLetters && (pictured || letters is not { } color || Contrast(color, behind) >= LeastContrast)));

    /// <summary>False if this element shows nothing of what it holds.</summary>
    public bool Through(IElement element)
    {
        // Asking for each property by its name costs more than going once through those that are set.
        above = above is null ? styles.ComputeDeclarations(element) : styles.ComputeDeclarationsWithParent(element, above);
        var style = above.ToLookup(property => property.Name, property => property.Value);
        string Of(string name) => style[name].FirstOrDefault() ?? "";
        if (
            element.HasAttribute("hidden")
            || Of("display") == "none"
            || Of("content-visibility") == "hidden"
            || Unknown().IsMatch(element.GetAttribute("style") ?? "")
        )
            return false;
        // What stands inside may say that it is to be seen all the same.
        if (Of("visibility") is { Length: > 0 } visibility)
            invisible = visibility is "hidden" or "collapse";
        if (Share(Of("opacity")) is < 0.1 || Share(Faded().Match(Of("filter")).Groups[1].Value) is < 0.1)
            return false;
        if (Share(Of("scale").Split(' ')[0]) is < 0.1)
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
            Of("position") is "absolute" or "fixed" or "relative"
            && (IsAway(Of("left")) || IsAway(Of("top")) || IsAway(Of("right")) || IsAway(Of("bottom")))
        )
            return false;
        if (IsAway(Of("text-indent")) || IsAway(Of("margin-left")) || IsAway(Of("margin-top")))
            return false;
        if (Share(Of("text-indent")) is <= -0.9 && Of("text-indent").EndsWith('%'))
            return false;
        if (IsTransformedAway(Of("transform")) || Clipped().IsMatch(Of("clip")) || Clipped().IsMatch(Of("clip-path")))
            return false;
        var image = Of("background-image");
        if (image.Length > 0 && image != "none" && !NoPicture().IsMatch(image))
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

    static bool IsAway(string length) => Pixels(length) is <= -99;

    static (double R, double G, double B, double Alpha)? Color(string text)
    {
        var match = Rgba().Match(text);
        if (!match.Success)
            return null;
        double At(int group) => double.Parse(match.Groups[group].ValueSpan, NumberStyles.Float, CultureInfo.InvariantCulture);
        return (At(1), At(2), At(3), match.Groups[4].Success ? At(4) : 1);
    }

    /// <summary>A number, or a percentage of one.</summary>
    static double? Share(string text) =>
        double.TryParse(text.AsSpan().TrimEnd('%'), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? text.EndsWith('%')
                ? number / 100
                : number
            : null;

    // Made nothing of, or moved off the page.
    static bool IsTransformedAway(string transform) =>
        Scaled().Matches(transform).Any(match => match.Groups[1].Value.Split(',').Any(factor => Share(factor.Trim()) is > -0.1 and < 0.1))
        || Moved().Matches(transform).Any(match => match.Groups[1].Value.Split(',').Any(way => Pixels(way.Trim()) is <= -999 or >= 4999));

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

    [GeneratedRegex(@"scale(?:X|Y|3d)?\(([^)]*)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Scaled();

    [GeneratedRegex(@"translate(?:X|Y|3d)?\(([^)]*)\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Moved();

    [GeneratedRegex(@"opacity\(\s*([\d.]+%?)\s*\)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Faded();

    [GeneratedRegex(@"^url\(\s*(?:""\s*""|'\s*')?\s*\)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoPicture();

    [GeneratedRegex(
        @"rect\(\s*[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?[\s,]+[01](?:px)?\s*\)"
            + @"|inset\(\s*(?:[5-9]\d|100)%|circle\(\s*0|polygon\(\s*(?:0(?:px|%)?[\s,]*)+\)"
    )]
    private static partial Regex Clipped();

    // What only some programs know, and the library of styles does not.
    [GeneratedRegex(
        @"(?<![-\w])(?:mso-hide\s*:\s*all|zoom\s*:\s*(?:0?\.0\d*|0%?|[0-9]%)\s*(?:[;!]|$)|-webkit-text-fill-color\s*:\s*transparent)",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex Unknown();
}
