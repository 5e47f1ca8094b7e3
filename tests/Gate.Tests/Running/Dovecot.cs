using System.Diagnostics;
using MaySend.Reading;
using MaySend.Records.Inbound;

namespace MaySend.Gate.Tests.Running;

/// <summary>
/// Debian's Dovecot as an IMAP server of its own: mailboxes, configuration and log in a folder of this test. It speaks IMAP on one port
/// and IMAP under TLS, with a certificate that nobody trusts, on another.
/// </summary>
sealed class Dovecot : IAsyncDisposable
{
    public const string User = "answers@shop.example";
    const string Password = "correct horse battery";

    readonly string folder;
    readonly Process process;

    Dovecot(string folder, Process process, int port, int securePort) =>
        (this.folder, this.process, Port, SecurePort) = (folder, process, port, securePort);

    public int Port { get; }

    public int SecurePort { get; }

    /// <summary>The mailbox as a maildir: what is put into its <c>new</c> has arrived.</summary>
    public string Maildir => Path.Combine(folder, "mail");

    public string PasswordFile => Path.Combine(folder, "password");

    /// <summary>The certificate of the port under TLS: who trusts this file trusts the server.</summary>
    public string CertificateFile => Path.Combine(folder, "cert.pem");

    /// <summary>The same mailbox under TLS.</summary>
    public string SecureUrl => $"imaps://answers%40shop.example@localhost:{SecurePort}/INBOX";

    public string Url => $"imap://answers%40shop.example@127.0.0.1:{Port}/INBOX";

    /// <summary>Every mail that lies anywhere in the mailbox, with its flags: the letters behind <c>:2,</c>.</summary>
    public IReadOnlyList<string> Flags(string name = "") =>
        [
            .. new[] { "new", "cur" }
                .Select(part => Path.Combine(Maildir, name, part))
                .Where(Directory.Exists)
                .SelectMany(Directory.GetFiles)
                .Select(file => Path.GetFileName(file).Split(":2,") is [_, var flags] ? flags : "")
                .Order(StringComparer.Ordinal),
        ];

    public static async Task<Dovecot> StartAsync()
    {
        if (!File.Exists("/usr/sbin/dovecot"))
            throw new FileNotFoundException("Dovecot is not installed; install the package dovecot-imapd");
        var folder = Directory.CreateTempSubdirectory("maysend-imap-").FullName;
        foreach (var part in new[] { "", "/tmp", "/new", "/cur", "/.Read/tmp", "/.Read/new", "/.Read/cur" })
            Directory.CreateDirectory($"{folder}/mail{part}");
        await RunAsync(
            "openssl",
            "req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=localhost -addext subjectAltName=DNS:localhost,IP:127.0.0.1 -keyout "
                + $"{folder}/key.pem -out {folder}/cert.pem"
        );
        await File.WriteAllTextAsync($"{folder}/password", Password + "\n");
        await File.WriteAllTextAsync($"{folder}/users", $"{User}:{{PLAIN}}{Password}\n");
        await RunAsync("chown", $"-R mail:mail {folder}/mail");
        await RunAsync("chmod", $"755 {folder}");
        await RunAsync("chown", $"dovecot {folder}/users");
        var (port, securePort) = (FreePort(), FreePort());
        await File.WriteAllTextAsync(
            $"{folder}/dovecot.conf",
            $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            disable_plaintext_auth = no
            ssl = yes
            ssl_cert = <{{folder}}/cert.pem
            ssl_key = <{{folder}}/key.pem
            mail_location = maildir:{{folder}}/mail
            first_valid_uid = 1
            mail_uid = mail
            mail_gid = mail
            passdb {
              driver = passwd-file
              args = {{folder}}/users
            }
            userdb {
              driver = static
              args = uid=mail gid=mail home={{folder}}/mail
            }
            service imap-login {
              inet_listener imap {
                port = {{port}}
              }
              inet_listener imaps {
                port = {{securePort}}
                ssl = yes
              }
            }

            """
        );
        var process = Process.Start(new ProcessStartInfo("/usr/sbin/dovecot", ["-F", "-c", $"{folder}/dovecot.conf"]))!;
        var dovecot = new Dovecot(folder, process, port, securePort);
        await Wait.UntilAsync(() => IsUp(port), () => dovecot.Log);
        return dovecot;
    }

    public string Log => File.Exists($"{folder}/log") ? File.ReadAllText($"{folder}/log") : "";

    /// <summary>A mail arrives.</summary>
    public async Task ArrivesAsync(string name, string mail, bool isSeen = false)
    {
        var waiting = Path.Combine(Maildir, "tmp", name);
        await File.WriteAllTextAsync(waiting, mail);
        await RunAsync("chown", $"mail:mail {waiting}");
        File.Move(waiting, Path.Combine(Maildir, isSeen ? "cur" : "new", isSeen ? name + ":2,S" : name));
    }

    /// <summary>The mailbox as MaySend names it.</summary>
    public ReturnMailbox Mailbox(string? moveTo = null, string? url = null, string? passwordFile = null)
    {
        var problems = new Problems();
        var mailbox = ReturnMailbox.Read(url ?? Url, passwordFile ?? PasswordFile, moveTo, new Place("--imap"), problems);
        problems.ThrowIfAny();
        return mailbox!;
    }

    /// <summary>Ends the server, as a machine that is taken away.</summary>
    public async Task StopAsync()
    {
        if (!process.HasExited)
            await RunAsync("kill", $"{process.Id}");
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        process.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    static int FreePort()
    {
        using var listener = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }

    static bool IsUp(int port)
    {
        using var client = new System.Net.Sockets.TcpClient();
        try
        {
            client.Connect("127.0.0.1", port);
            return true;
        }
        catch (System.Net.Sockets.SocketException)
        {
            return false;
        }
    }

    static async Task RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        var said = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
            throw new InvalidOperationException($"{program} {arguments} failed: {said}");
    }
}
