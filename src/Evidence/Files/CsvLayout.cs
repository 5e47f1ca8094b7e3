using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Files;

/// <summary>
/// How a foreign file says what our columns mean: names, constants, words, dates and countries. What it does not name is read as it stands.
/// </summary>
public sealed record CsvLayout
{
    /// <summary>Nothing differs.</summary>
    public static readonly CsvLayout Plain = new();

    /// <summary>Our column, and the name it has in the file.</summary>
    public ImmutableDictionary<string, string> Columns { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// What holds for every row, for columns that the file does not have. A blank cell of a column that it has stays blank.
    /// </summary>
    public ImmutableDictionary<string, string> Constants { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>By our column: the file's words and ours.</summary>
    public ImmutableDictionary<string, ImmutableDictionary<string, string>> Values { get; init; } =
        ImmutableDictionary.Create<string, ImmutableDictionary<string, string>>(StringComparer.OrdinalIgnoreCase);

    /// <summary>How dates are written, in .NET's format letters; tried before ISO 8601.</summary>
    public ImmutableArray<string> Dates { get; init; } = [];

    /// <summary>Spellings of countries, and the code or name each stands for.</summary>
    public ImmutableDictionary<string, string> Countries { get; init; } =
        ImmutableDictionary.Create<string, string>(StringComparer.OrdinalIgnoreCase);

    /// <summary>Cells may start with an apostrophe that only keeps spreadsheets from reading them as numbers.</summary>
    public bool HasGuardingApostrophes { get; init; }

    /// <summary>The zone of times without one, where the format always writes them so; what the user chose comes first.</summary>
    public TimeZoneInfo? Zone { get; init; }

    /// <summary>What a column of ours is called in the file.</summary>
    public string NameInFile(string column) => Columns.GetValueOrDefault(column, column);

    internal string Said(string column, string cell, bool isInFile)
    {
        if (ReferenceEquals(this, Plain))
            return cell;
        if (!isInFile)
            return Constants.GetValueOrDefault(column, "");
        var text = HasGuardingApostrophes && cell.StartsWith('\'') ? cell[1..].Trim() : cell;
        return Values.TryGetValue(column, out var words) && words.TryGetValue(text, out var word) ? word : text;
    }

    internal bool TryDate(string text, TimeZoneInfo? zone, out When when, out bool lacksZone)
    {
        (when, lacksZone) = (default, false);
        foreach (var format in Dates)
        {
            if (!format.Contains('H', StringComparison.Ordinal) && !format.Contains('h', StringComparison.Ordinal))
            {
                if (!DateOnly.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
                    continue;
                when = When.Of(day);
                return true;
            }
            if (format.Contains('z', StringComparison.Ordinal) || format.Contains('K', StringComparison.Ordinal))
            {
                if (!DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at))
                    continue;
                when = When.Of(at);
                return true;
            }
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
                continue;
            lacksZone = zone is null;
            if (zone is not null)
                when = When.Of(new DateTimeOffset(clock, zone.GetUtcOffset(clock)));
            return !lacksZone;
        }
        return false;
    }
}
