using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using DuckDB.NET.Data;

namespace MaySend.Bench.Decisions;

/// <summary>What the figures were taken on.</summary>
static class Machine
{
    public static string Describe(string duckDb, int contacts, int threads, int seed)
    {
        const string cpus = "/proc/cpuinfo";
        var model = File.Exists(cpus)
            ? File.ReadLines(cpus).FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim()
            : null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{model ?? "unknown processor"}, {Environment.ProcessorCount} cores, 512-bit vectors "
                + $"{(Vector512.IsHardwareAccelerated ? "yes" : "no")}, {RuntimeInformation.FrameworkDescription}, DuckDB "
                + $"{duckDb}; {contacts:N0} contacts, {threads} threads, seed {seed}"
        );
    }

    public static void Run(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    public static string Ask(this DuckDBConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
}
