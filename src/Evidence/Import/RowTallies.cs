using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Import.Formats;

namespace MaySend.Evidence.Import;

/// <summary>Counts what many rows have in common and keeps the first few of them.</summary>
sealed class RowTallies
{
    const int Examples = 5;
    readonly Dictionary<string, (long Count, List<string> Examples)> tallies = [];

    /// <summary>Counts a row.</summary>
    public void Add(string text, ReadRow row)
    {
        var (count, examples) = tallies.GetValueOrDefault(text, (0, []));
        if (examples.Count < Examples)
            examples.Add(string.Create(CultureInfo.InvariantCulture, $"{row.Table}:{row.Row}"));
        tallies[text] = (count + 1, examples);
    }

    /// <summary>What was counted, most first.</summary>
    public ImmutableArray<ImportTally> Result() =>
        [
            .. tallies
                .OrderByDescending(pair => pair.Value.Count)
                .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                .Select(pair => new ImportTally(pair.Key, pair.Value.Count, [.. pair.Value.Examples])),
        ];
}
