using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MaySend.Evidence.Files;

namespace MaySend.Screening.Audiences;

/// <summary>
/// Deals the rows of large files out into shares by address, so that one share's companions fit in memory. A share's files live in a
/// temporary folder.
/// </summary>
sealed class Dealer(string folder, int count) : IDisposable
{
    readonly Dictionary<(int Share, string Path), StreamWriter> writers = [];
    string current = "";

    /// <summary>Where a file's rows of a share are.</summary>
    public static string PathOf(string folder, int share, string path) =>
        Path.Combine(
            folder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{share:000}-{XxHash64.HashToUInt64(MemoryMarshal.AsBytes(Path.GetFullPath(path).AsSpan())):x16}.csv"
            )
        );

    /// <summary>Puts the row where its address belongs.</summary>
    public void Deal(CsvRows csv, string address)
    {
        var share = (int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(address.AsSpan())) % (ulong)count);
        if (current != csv.File)
        {
            foreach (var open in writers.Values)
                open.Dispose();
            writers.Clear();
            current = csv.File;
        }
        if (!writers.TryGetValue((share, csv.File), out var writer))
        {
            writers[(share, csv.File)] = writer = new StreamWriter(PathOf(folder, share, csv.File), append: true) { NewLine = "\n" };
            if (writer.BaseStream.Length == 0)
                writer.WriteLine(csv.HeaderLine);
        }
        writer.WriteLine(csv.RawRow());
    }

    public void Dispose()
    {
        foreach (var writer in writers.Values)
            writer.Dispose();
        writers.Clear();
    }
}
