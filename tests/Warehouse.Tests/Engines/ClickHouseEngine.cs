using System.Diagnostics;
using System.Text.Json;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tests.Engines;

/// <summary>
/// ClickHouse within a process of Node (npm <c>chdb</c>, half a gigabyte, so not installed by ./test): the folder with its
/// <c>node_modules</c> is named by <c>CHDB_HOME</c>.
/// </summary>
public sealed class ClickHouseEngine : IEngine
{
    readonly Process process;

    public ClickHouseEngine(string home)
    {
        process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Engines", "chdb.js"), home])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Run("CREATE DATABASE IF NOT EXISTS w");
    }

    public static string? Home => Environment.GetEnvironmentVariable("CHDB_HOME");

    public Dialect Dialect { get; } = Dialect.Find("clickhouse")!;

    public string Prefix => "w.";

    public void Run(string sql) => Ask(sql);

    public IReadOnlyList<object?[]> Ask(string sql)
    {
        foreach (var first in Dialect.Settings(sql.Length))
            process.StandardInput.WriteLine(JsonSerializer.Serialize(first));
        process.StandardInput.WriteLine(JsonSerializer.Serialize(sql));
        process.StandardInput.Flush();
        foreach (var _ in Dialect.Settings(sql.Length))
            process.StandardOutput.ReadLine();
        var answer = process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("ClickHouse is gone");
        using var json = JsonDocument.Parse(answer);
        if (json.RootElement.TryGetProperty("error", out var error))
            throw new InvalidOperationException(error.GetString());
        return [.. json.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.EnumerateArray().Select(Cell).ToArray())];
    }

    /// <summary>Numbers of 64 bits come as texts.</summary>
    static object? Cell(JsonElement cell) =>
        cell.ValueKind switch
        {
            JsonValueKind.Null => null,
            JsonValueKind.Number => cell.GetInt64(),
            _ => long.TryParse(cell.GetString(), out var number) ? number : cell.GetString(),
        };

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill();
        process.Dispose();
    }
}
