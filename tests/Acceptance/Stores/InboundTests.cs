using System.Text.RegularExpressions;
using MaySend.Gate.Tests.Running;

namespace MaySend.Acceptance.Stores;

/// <summary>A mailbox of answers, read from the command line as it fills.</summary>
public sealed partial class InboundTests
{
    static int mails;

    static string Mail(string to, string words) =>
        $"From: Anna <anna@example.com>\r\nTo: {to}\r\nSubject: Re: Spring\r\n"
        + $"Message-ID: <{Interlocked.Increment(ref mails)}@example.com>\r\n\r\n{words}\r\n";

    static void Arrives(Shell shell, string name, string mail)
    {
        shell.Write($"answers/tmp/{name}", mail);
        File.Move(shell[$"answers/tmp/{name}"], shell[$"answers/new/{name}"]);
    }

    [Fact]
    public async Task A_mail_to_the_address_of_an_issued_link_is_fetched_from_a_watched_maildir_and_refuses_the_next_message()
    {
        using var shell = await Shell.WithShopAsync();
        foreach (var part in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(shell[$"answers/{part}"]);
        shell.Write("store/inbound.json", """{"mail": {"domain": "u.shop.example"}}""");
        await using var server = await Served.StartAsync(shell);
        (await server.VerdictAsync("anna@example.com")).ShouldBe("permitted");
        var mailbox = Mailto().Match(await server.HeadersAsync("anna@example.com")).Groups[1].Value;
        mailbox.ShouldEndWith("@u.shop.example");

        using var watching = shell.Start("inbound answers --data store --watch");
        Arrives(shell, "1.host", Mail(mailbox, ""));
        Arrives(shell, "2.host", Mail("offers@shop.example", "When do you open on Saturday?"));
        for (var tries = 0; tries < 240 && Directory.GetFiles(shell["answers/cur"]).Length < 2; tries++)
            await Task.Delay(250);
        Directory.GetFiles(shell["answers/cur"]).Select(Path.GetFileName).Order().ShouldBe(["1.host:2,S", "2.host:2,S"]);
        Directory.GetFiles(shell["answers/new"]).ShouldBeEmpty();
        (await server.VerdictAsync("anna@example.com")).ShouldBe("refused");
        watching.Kill();
    }

    [Fact]
    public async Task Without_a_store_the_command_only_says_what_it_reads_and_watching_needs_one()
    {
        using var shell = new Shell();
        shell.Write("answers/new/1.host", Mail("offers@shop.example", "Please stop sending me offers"));
        foreach (var part in new[] { "cur", "tmp" })
            Directory.CreateDirectory(shell[$"answers/{part}"]);
        var read = await shell.RunAsync("inbound answers");
        read.Status.ShouldBe(0, read.Said);
        read.Said.ShouldContain("unsubscribe anna@example.com -> hold-for-a-person (proof: none)");
        File.Exists(shell["answers/new/1.host"]).ShouldBeTrue();
        (await shell.RunAsync("inbound answers --watch")).Said.ShouldContain("needs --data");
        var missing = await shell.RunAsync("inbound nowhere elsewhere");
        missing.Said.ShouldContain("nowhere");
        missing.Said.ShouldContain("elsewhere");
    }

    [Fact]
    public async Task A_mailbox_is_looked_at_without_a_store_and_read_by_the_server_that_its_settings_name()
    {
        await using var dovecot = await Dovecot.StartAsync();
        using var shell = await Shell.WithShopAsync();
        await dovecot.ArrivesAsync("1.host", Mail("offers@shop.example", "Please stop sending me offers"));
        var options = $"--imap {dovecot.Url} --password-file {dovecot.PasswordFile}";
        var looked = await shell.RunAsync($"inbound {options}");
        looked.Status.ShouldBe(0, looked.Said);
        looked.Said.ShouldContain("answers@shop.example at 127.0.0.1 1: unsubscribe anna@example.com -> hold-for-a-person");
        dovecot.Flags().ShouldBe([""]);
        using var secure = shell.Start(
            $"inbound --imap {dovecot.SecureUrl} --password-file {dovecot.PasswordFile}",
            new Dictionary<string, string> { ["SSL_CERT_FILE"] = dovecot.CertificateFile }
        );
        (await secure.StandardOutput.ReadToEndAsync()).ShouldContain("answers@shop.example at localhost 1: unsubscribe");
        (await shell.RunAsync("inbound")).Said.ShouldContain("--imap");
        (await shell.RunAsync("inbound answers --move-to Read")).Said.ShouldContain("need --imap");

        shell.Write(
            "store/inbound.json",
            $$"""{"mail": {"imap": "{{dovecot.Url}}", "passwordFile": "{{dovecot.PasswordFile}}", "moveTo": "Read"} }"""
        );
        await using (var server = await Served.StartAsync(shell))
        {
            await Wait.UntilAsync(() => dovecot.Flags(".Read").Count == 1, () => server.Said);
            (await server.VerdictAsync("anna@example.com")).ShouldBe("not-shown", "it waits for a person");
        }
        await dovecot.StopAsync();
        var away = await shell.RunAsync($"inbound {options} --data store");
        away.Status.ShouldBe(75, away.Said);
        away.Said.ShouldContain("cannot be reached");
    }

    [GeneratedRegex("<mailto:([^>]+)>")]
    private static partial Regex Mailto();
}
