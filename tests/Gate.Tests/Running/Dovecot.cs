using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
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
    const string TokenKey = "what signs the tokens of this test";

    readonly string folder;
    readonly Process process;

    Dovecot(string folder, Process process, int port, int securePort) =>
        (this.folder, this.process, Port, SecurePort) = (folder, process, port, securePort);

    public int Port { get; }

    public int SecurePort { get; }

    /// <summary>The mailbox as a maildir: what is put into its <c>new</c> has arrived.</summary>
    public string Maildir => Path.Combine(folder, "mail");

    public string PasswordFile => Path.Combine(folder, "password");

    /// <summary>An OAuth access token (a JWT, RFC 7519) as a provider of identities would give it, in a file of its own.</summary>
    /// <param name="user">Who it is for.</param>
    /// <param name="expires">When it expires: the server knows no clock but the machine's.</param>
    public async Task<string> TokenFileAsync(string user, DateTimeOffset expires)
    {
        static string Text(ReadOnlySpan<byte> octets) => System.Buffers.Text.Base64Url.EncodeToString(octets);
        var (head, said) = (
            new { alg = "HS256", typ = "JWT" },
            new
            {
                sub = "4711",
                email = user,
                exp = expires.ToUnixTimeSeconds(),
            }
        );
        var token = $"{Text(JsonSerializer.SerializeToUtf8Bytes(head))}.{Text(JsonSerializer.SerializeToUtf8Bytes(said))}";
        var signature = HMACSHA256.HashData(Encoding.UTF8.GetBytes(TokenKey), Encoding.UTF8.GetBytes(token));
        var file = Path.Combine(folder, $"token-{RandomNumberGenerator.GetHexString(8)}");
        await File.WriteAllTextAsync(file, $"{token}.{Text(signature)}\n");
        return file;
    }

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

    /// <summary>Starts one.</summary>
    /// <param name="mechanisms">How it takes OAuth tokens; the password is always taken.</param>
    /// <param name="capabilities">What it says it can do; blank for everything.</param>
    public static async Task<Dovecot> StartAsync(string mechanisms = "oauthbearer xoauth2", string capabilities = "")
    {
        if (!File.Exists("/usr/sbin/dovecot"))
            throw new FileNotFoundException("Dovecot is not installed; install the package dovecot-imapd");
        var folder = Directory.CreateTempSubdirectory("maysend-imap-").FullName;
        Directory.CreateDirectory($"{folder}/keys/default/HS256");
        await File.WriteAllTextAsync($"{folder}/keys/default/HS256/default", Convert.ToBase64String(Encoding.UTF8.GetBytes(TokenKey)));
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
            $"{folder}/oauth2.conf",
            $"introspection_mode = local\nlocal_validation_key_dict = fs:posix:prefix={folder}/keys/\nusername_attribute = email\n"
        );
        await File.WriteAllTextAsync(
            $"{folder}/dovecot.conf",
            $$"""
            base_dir = {{folder}}/run
            state_dir = {{folder}}/state
            log_path = {{folder}}/log
            protocols = imap
            listen = 127.0.0.1
            disable_plaintext_auth = no
            auth_mechanisms = plain {{mechanisms}}
            auth_failure_delay = 0 secs
            imap_capability = {{capabilities}}
            ssl = yes
            ssl_cert = <{{folder}}/cert.pem
            ssl_key = <{{folder}}/key.pem
            mail_location = maildir:{{folder}}/mail
            first_valid_uid = 1
            mail_uid = mail
            mail_gid = mail
            passdb {
              driver = oauth2
              mechanisms = oauthbearer xoauth2
              args = {{folder}}/oauth2.conf
            }
            passdb {
              driver = passwd-file
              mechanisms = plain
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
    public ReturnMailbox Mailbox(string? moveTo = null, string? url = null, string? passwordFile = null, string? tokenFile = null)
    {
        var problems = new Problems();
        var secrets = new MailboxSecrets(tokenFile is null ? passwordFile ?? PasswordFile : null, tokenFile);
        var mailbox = ReturnMailbox.Read(url ?? Url, secrets, moveTo, new Place("--imap"), problems);
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
