using System.Globalization;
using System.IO.Compression;

namespace MaySend.Bench.Screening;

/// <summary>Makes a larger audience of a sample: each person several times, under addresses of their own.</summary>
static class Grown
{
    static readonly string[] Keyed = ["people.csv", "consents.csv", "refusals.csv", "sends.csv", "checks.csv", "orders.csv.gz"];

    /// <summary>Writes the larger audience, with what its sender keeps, into a new folder.</summary>
    public static void Write(string sample, string folder, int times)
    {
        Directory.CreateDirectory(Path.Combine(folder, "campaigns"));
        foreach (var path in Directory.EnumerateFiles(sample, "*.yaml").Append(Path.Combine(sample, "product-map.csv")))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)), overwrite: true);
        foreach (var path in Directory.EnumerateFiles(Path.Combine(sample, "campaigns")))
            File.Copy(path, Path.Combine(folder, "campaigns", Path.GetFileName(path)), overwrite: true);
        foreach (var name in Keyed)
        {
            using var rows = Open(Path.Combine(sample, name));
            var header = rows.ReadLine()!;
            var all = rows.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
            using var grown = new StreamWriter(Path.Combine(folder, name.Replace(".gz", "", StringComparison.Ordinal)));
            grown.Write(header + "\n");
            for (var time = 0; time < times; time++)
                foreach (var row in all)
                {
                    var at = row.IndexOf('@', StringComparison.Ordinal);
                    grown.Write(string.Create(CultureInfo.InvariantCulture, $"{row[..at]}-{time}{row[at..].TrimEnd('\r')}\n"));
                }
        }
    }

    static StreamReader Open(string path) =>
        new(
            path.EndsWith(".gz", StringComparison.Ordinal)
                ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress)
                : File.OpenRead(path)
        );
}
