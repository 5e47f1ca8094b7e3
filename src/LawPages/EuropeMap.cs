using System.Globalization;
using System.Xml.Linq;

namespace MaySend.LawPages;

/// <summary>One colour of a map and what it means.</summary>
public sealed record MapLegend(string Fill, string Label);

/// <summary>
/// A map of the countries with law on file, coloured by the caller. The outlines are Natural Earth's (public domain; see Maps/SOURCE.md).
/// The picture is one SVG element that stands alone as a file and can be put into a page; it needs no script and no style sheet, and reads
/// aloud as an image with its title.
/// </summary>
public static class EuropeMap
{
    const string Resource = "MaySend.LawPages.Maps.europe.svg";
    const int Width = 640,
        Height = 620,
        LegendHeight = 40;
    static readonly XNamespace Svg2000 = "http://www.w3.org/2000/svg";
    static readonly Lazy<XElement> Outlines = new(Read);

    /// <summary>The codes of the countries on the map: ISO 3166, lower case.</summary>
    public static IReadOnlyList<string> Countries => [.. Outlines.Value.Elements().Select(Id).Where(id => id.Length == 2)];

    /// <summary>Draws the map.</summary>
    /// <param name="fillByCountry">A CSS colour for each code; a country without one is grey. Codes that are not on the map are passed
    /// over.</param>
    /// <param name="title">What the map shows, for people who cannot see it.</param>
    /// <param name="tipByCountry">What is said of a country when it is pointed at: "Germany: 1,204 may be called".</param>
    /// <param name="textByCountry">A few characters to write on a country: its code or a count.</param>
    /// <param name="legend">Colours and their meaning, written below the map from left to right.</param>
    public static string Svg(
        IReadOnlyDictionary<string, string> fillByCountry,
        string title,
        IReadOnlyDictionary<string, string>? tipByCountry = null,
        IReadOnlyDictionary<string, string>? textByCountry = null,
        IReadOnlyList<MapLegend>? legend = null
    )
    {
        var height = legend is null or [] ? Height : Height + LegendHeight;
        var svg = new XElement(
            Svg2000 + "svg",
            new XAttribute("viewBox", $"0 0 {Width} {height}"),
            new XAttribute("role", "img"),
            new XAttribute("font-family", "system-ui, sans-serif"),
            new XElement(Svg2000 + "title", title)
        );
        foreach (var outline in Outlines.Value.Elements())
            svg.Add(Country(outline, fillByCountry, tipByCountry));
        foreach (var outline in Outlines.Value.Elements())
            if (textByCountry?.GetValueOrDefault(Id(outline)) is { Length: > 0 } text)
                svg.Add(Label(outline, text));
        foreach (var element in Legend(legend ?? []))
            svg.Add(element);
        return svg.ToString(SaveOptions.None) + "\n";
    }

    static XElement Country(XElement outline, IReadOnlyDictionary<string, string> fills, IReadOnlyDictionary<string, string>? tips)
    {
        var id = Id(outline);
        var fill = id.Length == 2 ? fills.GetValueOrDefault(id, "#d5d8dc") : "#eceff1";
        var country = new XElement(
            Svg2000 + "path",
            new XAttribute("fill", fill),
            new XAttribute("stroke", "#ffffff"),
            new XAttribute("d", outline.Attribute("d")!.Value)
        );
        if (tips?.GetValueOrDefault(id) is { } tip)
            country.Add(new XElement(Svg2000 + "title", tip));
        return country;
    }

    /// <summary>A text on a country; beside it where the country is too small to carry one.</summary>
    static XElement Label(XElement outline, string text)
    {
        var isSmall = outline.Attribute("data-small") is not null;
        return new XElement(
            Svg2000 + "text",
            new XAttribute("x", Number(outline, "data-x") + (isSmall ? 7 : 0)),
            new XAttribute("y", Number(outline, "data-y") + 3),
            new XAttribute("font-size", isSmall ? 7 : 10),
            new XAttribute("text-anchor", isSmall ? "start" : "middle"),
            new XAttribute("fill", "#17202a"),
            text
        );
    }

    static IEnumerable<XElement> Legend(IReadOnlyList<MapLegend> legend)
    {
        var x = 12;
        foreach (var (fill, label) in legend)
        {
            yield return new XElement(
                Svg2000 + "rect",
                new XAttribute("x", x),
                new XAttribute("y", Height + 14),
                new XAttribute("width", 14),
                new XAttribute("height", 14),
                new XAttribute("fill", fill)
            );
            yield return new XElement(
                Svg2000 + "text",
                new XAttribute("x", x + 20),
                new XAttribute("y", Height + 25),
                new XAttribute("font-size", 12),
                new XAttribute("fill", "#566573"),
                label
            );
            x += 36 + Math.Max(54, label.Length * 13 / 2);
        }
    }

    static string Id(XElement outline) => outline.Attribute("id")!.Value;

    static int Number(XElement outline, string attribute) => int.Parse(outline.Attribute(attribute)!.Value, CultureInfo.InvariantCulture);

    static XElement Read()
    {
        using var stream = typeof(EuropeMap).Assembly.GetManifestResourceStream(Resource)!;
        return XElement.Load(stream);
    }
}
