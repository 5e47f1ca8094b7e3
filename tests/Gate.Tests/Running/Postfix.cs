using System.Diagnostics;

namespace MaySend.Gate.Tests.Running;

/// <summary>
/// Debian's Postfix as a mail server of its own: queue, configuration and log in a folder of this test. The lines that lead to the gate are
/// those of docs/operating.md, with ports of this run.
/// </summary>
sealed class Postfix : IAsyncDisposable
{
    readonly string folder;

    Postfix(string folder, int port) => (this.folder, Port) = (folder, port);

    /// <summary>Where marketing is handed in.</summary>
    public int Port { get; }

    /// <summary>The domain whose mail it delivers itself, whatever stands before the at sign.</summary>
    public const string AnswersAt = "u.lantern.example";

    /// <summary>The maildir into which it delivers that mail.</summary>
    public string Answers => Path.Combine(folder, "answers", "box");

    /// <summary>Starts one.</summary>
    /// <param name="gatePort">The gate's LMTP door.</param>
    /// <param name="backPort">Where the gate hands permitted mail back.</param>
    /// <param name="onwards">The port to which everything that leaves goes.</param>
    /// <param name="sockets">The folder of the gate's sockets, in the place of its port; null for the port.</param>
    public static async Task<Postfix> StartAsync(int gatePort, int backPort, int onwards, string? sockets = null)
    {
        if (!File.Exists("/usr/sbin/postfix"))
            throw new FileNotFoundException("Postfix is not installed; install the package postfix");
        if (Environment.UserName != "root")
            throw new InvalidOperationException("only root can start Postfix: run the tests as root");
        var folder = Directory.CreateTempSubdirectory("maysend-postfix-").FullName;
        foreach (var name in new[] { "conf", "queue", "data", "answers" })
            Directory.CreateDirectory(Path.Combine(folder, name));
        await RunAsync("chmod", "755", folder);
        await RunAsync("chown", "postfix", Path.Combine(folder, "data"));
        await RunAsync("chown", "mail:mail", Path.Combine(folder, "answers"));
        var postfix = new Postfix(folder, RunningGate.FreePort());
        string Here(string text) =>
            text.Replace(":10025", $":{postfix.Port}", StringComparison.Ordinal)
                .Replace(":10026", $":{backPort}", StringComparison.Ordinal)
                .Replace(":2526", $":{gatePort}", StringComparison.Ordinal);
        var main = $"""
            compatibility_level = 3.6
            queue_directory = {folder}/queue
            data_directory = {folder}/data
            daemon_directory = /usr/lib/postfix/sbin
            command_directory = /usr/sbin
            mail_owner = postfix
            setgid_group = postdrop
            myhostname = mta.lantern.example
            mydestination =
            mynetworks = 127.0.0.0/8
            inet_interfaces = 127.0.0.1
            inet_protocols = ipv4
            alias_maps =
            maillog_file = {folder}/log
            maillog_file_prefixes = {folder}
            default_transport = smtp:[127.0.0.1]:{onwards}
            virtual_mailbox_domains = {AnswersAt}
            virtual_mailbox_base = {folder}/answers
            virtual_mailbox_maps = static:box/
            virtual_minimum_uid = 1
            virtual_uid_maps = static:8
            virtual_gid_maps = static:8
            queue_run_delay = 1s
            minimal_backoff_time = 1s
            maximal_backoff_time = 1s

            """;
        const string Services = """
            pickup unix n - n 60 1 pickup
            cleanup unix n - n - 0 cleanup
            qmgr unix n - n 1 1 qmgr
            rewrite unix - - n - - trivial-rewrite
            bounce unix - - n - 0 bounce
            defer unix - - n - 0 bounce
            trace unix - - n - 0 bounce
            flush unix n - n 1000? 0 flush
            proxymap unix - - n - - proxymap
            smtp unix - - n - - smtp
            virtual unix - n n - - virtual
            error unix - - n - - error
            retry unix - - n - - error
            anvil unix - - n - 1 anvil
            scache unix - - n - 1 scache
            postlog unix-dgram n - n - 1 postlogd

            """;
        var ways = Guide.Block("In `master.cf`");
        if (sockets is not null)
        {
            main += Guide.Block("and in `main.cf`").Replace("/run/maysend", sockets, StringComparison.Ordinal);
            ways = ways.Replace(
                "content_filter=gate:[127.0.0.1]:2526",
                Guide.Block("By sockets").Trim().Replace("/run/maysend", sockets, StringComparison.Ordinal),
                StringComparison.Ordinal
            );
        }
        await File.WriteAllTextAsync(Path.Combine(folder, "conf", "main.cf"), main + Here(Guide.Block("In `main.cf`")));
        await File.WriteAllTextAsync(Path.Combine(folder, "conf", "master.cf"), Services + Here(ways));
        await postfix.DoAsync("postfix", "start");
        return postfix;
    }

    /// <summary>What its log says; it holds addresses and replies.</summary>
    public string Log => File.Exists(Path.Combine(folder, "log")) ? File.ReadAllText(Path.Combine(folder, "log")) : "";

    /// <summary>How many messages wait in its queue.</summary>
    public int Queued =>
        new[] { "active", "deferred", "incoming" }.Sum(name =>
            Directory.Exists(Path.Combine(folder, "queue", name))
                ? Directory.EnumerateFiles(Path.Combine(folder, "queue", name), "*", SearchOption.AllDirectories).Count()
                : 0
        );

    /// <summary>Tries everything that waits at once.</summary>
    public Task FlushAsync() => DoAsync("postqueue", "-f");

    public async ValueTask DisposeAsync()
    {
        await DoAsync("postfix", "stop");
        Directory.Delete(folder, recursive: true);
    }

    Task DoAsync(string program, params string[] arguments) =>
        RunAsync($"/usr/sbin/{program}", ["-c", Path.Combine(folder, "conf"), .. arguments]);

    static async Task RunAsync(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} failed: {said}");
    }
}
