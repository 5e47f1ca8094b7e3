using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>
/// Which reading of a file an import is. The first is known by the file's digest, each later one by its own: read in another way, or once
/// more after two people took the reading before back, a file asks anew, and taking one reading back leaves the others.
/// </summary>
/// <param name="Number">From 0, in the order in which they were recorded.</param>
readonly record struct FileReading(int Number)
{
    /// <summary>The reading that an import of a file would be: the one on record that reads it in the same way and counts, or a new
    /// one.</summary>
    public static async ValueTask<FileReading> OfAsync(EvidenceStore store, ImportSource source, CancellationToken cancellation)
    {
        var choices = source.Choices();
        var earlier = (await new TakingBack(store).AllAsync(cancellation)).Where(one => one.Import.FileDigest == source.Digest).ToList();
        var same = earlier.FindIndex(one =>
            one.Taken is null && one.Import.Format == source.Format.Name && AreSame(one.Import.Choices, choices)
        );
        return new(same < 0 ? earlier.Count : same);
    }

    /// <summary>The digest that entries of a table name as their source.</summary>
    public string DigestOf(string table) =>
        Number == 0
            ? table
            : Convert.ToHexStringLower(
                SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{table} reading {Number + 1}")))
            );

    /// <summary>What follows the file in the name of the import.</summary>
    public string Suffix => Number == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" reading {Number + 1}");

    /// <summary>The digests by which the entries of an import are known.</summary>
    public static ImmutableArray<string> DigestsOf(FileImported import) =>
        import.Tables.IsEmpty ? [import.FileDigest] : [.. import.Tables.Values.Distinct(StringComparer.Ordinal)];

    static bool AreSame(ImmutableDictionary<string, string> one, ImmutableDictionary<string, string> other) =>
        one.Count == other.Count && one.All(pair => other.TryGetValue(pair.Key, out var value) && value == pair.Value);
}
