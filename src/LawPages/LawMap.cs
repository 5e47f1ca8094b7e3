using MaySend.Law;

namespace MaySend.LawPages;

/// <summary>What a map of the law is coloured by.</summary>
public enum MapColouring
{
    /// <summary>How sure the law on file is.</summary>
    Confidence,

    /// <summary>How wide the exception for customers is.</summary>
    Exception,
}

/// <summary>The law of all countries as a picture.</summary>
public static class LawMap
{
    static readonly (string Word, MapLegend Legend)[] Confidences =
    [
        ("high", new("#7fb69b", "high confidence")),
        ("medium", new("#f0c96b", "medium")),
        ("low", new("#e08a72", "low: not relied on by default")),
    ];

    static readonly (string Word, MapLegend Legend)[] Widths =
    [
        ("wide", new("#7fb69b", "wider than a sale")),
        ("indirect", new("#b5d6a7", "sale, or account with a paid tier")),
        ("sale", new("#f0c96b", "sale only")),
        ("none", new("#e08a72", "no exception")),
    ];

    /// <summary>Draws the table of countries as a map.</summary>
    public static string Svg(CountryTable table, MapColouring colouring)
    {
        var legend = colouring == MapColouring.Confidence ? Confidences : Widths;
        var rows = table.Rows.Where(row => EuropeMap.Countries.Contains(row.Id)).ToList();
        var words = rows.ToDictionary(row => row.Id, row => colouring == MapColouring.Confidence ? row.Confidence : row.Width);
        var title =
            colouring == MapColouring.Confidence
                ? "How sure the law on file is, by country"
                : "How wide the exception for customers is, by country";
        return EuropeMap.Svg(
            words.ToDictionary(pair => pair.Key, pair => legend.First(entry => entry.Word == pair.Value).Legend.Fill),
            title,
            rows.ToDictionary(row => row.Id, row => $"{row.Name}: {legend.First(entry => entry.Word == words[row.Id]).Legend.Label}"),
            rows.ToDictionary(row => row.Id, row => row.Id.ToUpperInvariant()),
            [.. legend.Select(entry => entry.Legend)]
        );
    }
}
