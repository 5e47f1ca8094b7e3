using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>What all parts of the tables share while they are read.</summary>
/// <param name="map">The product map in force for the campaign; null where none is asked.</param>
sealed class TableDraft(ProductMap? map)
{
    /// <summary>The list.</summary>
    public ListedAddresses People { get; } = new();

    /// <summary>What rows say.</summary>
    public Sayings Sayings { get; } = new();

    /// <summary>The goods they are about.</summary>
    public ProductLists Products { get; } = new(map);

    /// <summary>
    /// A number for the columns of a file: rows of two kinds, or of two files of a kind with different columns, say two things, however
    /// alike their cells are.
    /// </summary>
    /// <param name="kind">The kind of file.</param>
    /// <param name="columns">Those of its columns that this file has.</param>
    public int NumberOf(CompanionFile kind, IEnumerable<string> columns)
    {
        lock (layouts)
        {
            var layout = $"{kind.Name}: {string.Join(' ', columns)}";
            if (!layouts.TryGetValue(layout, out var number))
                layouts[layout] = number = layouts.Count;
            return number;
        }
    }

    readonly Dictionary<string, int> layouts = new(StringComparer.Ordinal);
}
