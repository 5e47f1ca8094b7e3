using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace MaySend.Bench.Ledger;

/// <summary>A PostgreSQL 15 of its own, in a folder of its own, on a free loopback port; default settings, fsync on.</summary>
sealed class PostgresServer : IDisposable
{
    const string Binaries = "/usr/lib/postgresql/15/bin";
    readonly string folder;

    PostgresServer(string folder, int port) =>
        (this.folder, ConnectionString) = (folder, $"Host=127.0.0.1;Port={port};Username=postgres;Database=postgres");

    public string ConnectionString { get; }

    /// <summary>Null when PostgreSQL 15 is not installed.</summary>
    public static PostgresServer? Start(string folder)
    {
        if (!File.Exists(Binaries + "/initdb"))
            return null;
        Directory.CreateDirectory(folder);
        if (Environment.UserName == "root")
            Run("chown", "postgres", folder);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        var data = Path.Combine(folder, "data");
        AsServer("initdb", "-D", data, "-A", "trust", "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8");
        AsServer(
            "pg_ctl",
            "-D",
            data,
            "-w",
            "-o",
            $"-p {port} -k {folder} -c listen_addresses=127.0.0.1",
            "-l",
            Path.Combine(folder, "log"),
            "start"
        );
        return new(folder, port);
    }

    public void Dispose() => AsServer("pg_ctl", "-D", Path.Combine(folder, "data"), "-w", "-m", "immediate", "stop");

    static void AsServer(string program, params string[] arguments)
    {
        if (Environment.UserName == "root")
            Run("runuser", ["-u", "postgres", "--", $"{Binaries}/{program}", .. arguments]);
        else
            Run($"{Binaries}/{program}", arguments);
    }

    static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { WorkingDirectory = "/tmp", RedirectStandardOutput = true }
        )!;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} ended with {process.ExitCode}");
    }
}
