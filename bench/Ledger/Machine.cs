using System.Globalization;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace MaySend.Bench.Ledger;

/// <summary>What the figures were taken on.</summary>
static class Machine
{
    public static void Print()
    {
        // Tables are kept in pages: what stands in one cell stays in one line, whatever the terminal.
        Spectre.Console.AnsiConsole.Profile.Width = 140;
        var model = File.Exists("/proc/cpuinfo")
            ? File.ReadLines("/proc/cpuinfo")
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
                ?.Split(':')[^1]
                .Trim()
            : null;
        using var connection = new SqliteConnection("Data Source=:memory:");
        connection.Open();
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"{Environment.ProcessorCount} x {model ?? "unknown processor"}, {RuntimeInformation.OSDescription}, "
                    + $"{RuntimeInformation.FrameworkDescription}, "
            ) + $"SQLite {connection.ServerVersion}, Npgsql {typeof(Npgsql.NpgsqlConnection).Assembly.GetName().Version}"
        );
        if (File.Exists("/proc/loadavg"))
            Console.WriteLine($"load before: {File.ReadAllText("/proc/loadavg").Trim()}");
    }
}
