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

    /// <summary>A number for a kind of file: rows of two kinds say two things, however alike their cells are.</summary>
    public static int NumberOf(CompanionFile kind) => kind == CompanionFiles.People ? 0 : 1 + CompanionFiles.All.ToList().IndexOf(kind);
}
