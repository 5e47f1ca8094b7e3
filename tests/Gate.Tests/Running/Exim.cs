using System.Diagnostics;
using System.Net.Sockets;

namespace MaySend.Gate.Tests.Running;

/// <summary>
/// Debian's Exim as a mail server of its own: queue, configuration and log in a folder of this test. Router and transport are those of
/// docs/operating.md, with ports of this run.
/// </summary>
sealed class Exim : IAsyncDisposable
{
    readonly string folder;
    readonly Process process;

    Exim(string folder, Process process, int port) => (this.folder, this.process, Port) = (folder, process, port);

    /// <summary>Where marketing is handed in.</summary>
    public int Port { get; }

    /// <summary>What its log says; it holds addresses and replies.</summary>
    public string Log => File.Exists(Path.Combine(folder, "mainlog")) ? File.ReadAllText(Path.Combine(folder, "mainlog")) : "";

    /// <summary>How many messages wait in its queue.</summary>
    public int Queued =>
        Directory.Exists(Path.Combine(folder, "spool", "input"))
            ? Directory.EnumerateFiles(Path.Combine(folder, "spool", "input"), "*-H", SearchOption.AllDirectories).Count()
            : 0;

    /// <summary>Starts one.</summary>
    /// <param name="program">Where it is, see <see cref="ProgramAsync"/>.</param>
    /// <param name="gatePort">The gate's LMTP door.</param>
    /// <param name="backPort">Where the gate hands permitted mail back.</param>
    /// <param name="onwards">The port to which everything that leaves goes.</param>
    public static async Task<Exim> StartAsync(string program, int gatePort, int backPort, int onwards)
    {
        if (Environment.UserName != "root")
            throw new InvalidOperationException("only root can start Exim: run the tests as root");
        var folder = Directory.CreateTempSubdirectory("maysend-exim-").FullName;
        var port = RunningGate.FreePort();
        string Here(string text) =>
            text.Replace("10025", $"{port}", StringComparison.Ordinal)
                .Replace("10026", $"{backPort}", StringComparison.Ordinal)
                .Replace("2526", $"{gatePort}", StringComparison.Ordinal);
        // The folder is Exim's own user's, and the configuration root's, or Exim does not read it.
        await RunAsync("chown", "mail:mail", folder);
        await RunAsync("chmod", "755", folder);
        await File.WriteAllTextAsync(
            Path.Combine(folder, "exim.conf"),
            $"""
            exim_path = {program}
            exim_user = mail
            exim_group = mail
            never_users =
            keep_environment =
            spool_directory = {folder}/spool
            log_file_path = {folder}/%slog
            pid_file_path = {folder}/pid
            primary_hostname = mta.lantern.example
            disable_ipv6 = true
            local_interfaces = 127.0.0.1
            daemon_smtp_ports = {port} : {backPort}
            rfc1413_query_timeout = 0s
            tls_advertise_hosts =
            acl_smtp_rcpt = all
            begin acl
            all:
              accept
            begin routers
            {Here(Guide.Block("The router comes before"))}
            onwards:
              driver = manualroute
              transport = onwards
              route_list = * 127.0.0.1
              self = send
            begin transports
            {Here(Guide.Block("and the transport:"))}
            onwards:
              driver = smtp
              port = {onwards}
              allow_localhost
              hosts_try_fastopen =
            begin retry
            * * F,1h,1s

            """
        );
        var process = Process.Start(
            new ProcessStartInfo(program, ["-bdf", "-q1s", "-C", Path.Combine(folder, "exim.conf")]) { RedirectStandardError = true }
        )!;
        var said = process.StandardError.ReadToEndAsync();
        var exim = new Exim(folder, process, port);
        await Wait.UntilAsync(() => process.HasExited || IsUp(port), () => exim.Log);
        return process.HasExited ? throw new InvalidOperationException($"Exim did not start: {await said}") : exim;
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
            await RunAsync("kill", $"{process.Id}");
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>Where Exim is, or why it cannot be had.</summary>
    public static async Task<(string? Program, string Why)> ProgramAsync()
    {
        var start = new ProcessStartInfo("bash", [Path.Combine(RunningGate.Root, "eng", "exim.sh")])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var (said, faults) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? ((await said).Trim(), "") : (null, await faults);
    }

    static bool IsUp(int port)
    {
        using var client = new TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {said}");
    }
}
