using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MaySend.Ledger.Contract.Stores;

[assembly: AssemblyFixture(typeof(PostgresCluster))]

namespace MaySend.Ledger.Contract.Stores;

/// <summary>
/// One PostgreSQL server for the whole run, on a free loopback port, in a folder of its own; root may not run it, so then the user
/// <c>postgres</c> does. Missing binaries fail every test that needs it.
/// </summary>
public sealed class PostgresCluster : IAsyncLifetime
{
    const string Binaries = "/usr/lib/postgresql/15/bin";
    string folder = "";
    int schemas;

    public string ConnectionString { get; private set; } = "";

    public string NewSchema() => $"s{Interlocked.Increment(ref schemas)}";

    public ValueTask InitializeAsync()
    {
        if (!File.Exists(Binaries + "/initdb"))
            throw new FileNotFoundException($"PostgreSQL 15 is not installed ({Binaries}); install the package postgresql");
        folder = Directory.CreateTempSubdirectory("maysend-pg-").FullName;
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        var data = Path.Combine(folder, "data");
        var port = FreePort();
        AsServer("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8");
        AsServer(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c max_connections=200",
            "-l",
            Path.Combine(folder, "log"),
            "start"
        );
        ConnectionString = $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres;Maximum Pool Size=20";
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync()
    {
        if (folder.Length == 0)
            return ValueTask.CompletedTask;
        AsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-w", "-m", "immediate", "stop");
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    void AsServer(string program, params string[] arguments)
    {
        if (Environment.UserName == "root")
            Run("runuser", ["-u", "postgres", "--", $"{Binaries}/{program}", .. arguments]);
        else
            Run($"{Binaries}/{program}", arguments);
    }

    void Run(string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
            WorkingDirectory = folder,
        };
        using var process = Process.Start(start)!;
        var quiet = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(TimeSpan.FromMinutes(1)) || process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{program} {string.Join(' ', arguments)} failed: {(process.HasExited ? process.StandardError.ReadToEnd() : "no end")}"
            );
        _ = quiet;
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
