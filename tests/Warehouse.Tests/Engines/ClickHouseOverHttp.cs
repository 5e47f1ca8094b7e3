using System.Diagnostics;
using System.Globalization;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tests.Engines;

/// <summary>
/// ClickHouse behind its HTTP interface, on a port of this machine: the engine of npm's <c>chdb</c>, whose folder <c>CHDB_HOME</c>
/// names.
/// </summary>
sealed class ClickHouseOverHttp : IDisposable
{
    readonly Process process;

    public ClickHouseOverHttp(string home)
    {
        process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Engines", "chdb-http.js"), home])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        Port = int.Parse(process.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture);
    }

    public int Port { get; }

    public ClickHouseServer Connect() => ClickHouseServer.At($"clickhouse://127.0.0.1:{Port}/default")!;

    public void Run(string sql)
    {
        using var server = Connect();
        using (server.Send(sql)) { }
    }

    public void Dispose()
    {
        process.StandardInput.Close();
        if (!process.WaitForExit(TimeSpan.FromSeconds(10)))
            process.Kill();
        process.Dispose();
    }
}
