using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MaySend.Evidence.Entries;
using MaySend.Gate.Hosting;
using MaySend.Gate.Tests.Running;
using MimeKit;

namespace MaySend.Gate.Tests.Sessions;

/// <summary>Programs that send to one person at a time, with MailKit as the program.</summary>
public sealed class SubmissionTests
{
    const string Password = "correct horse battery";
    const string Door = "  - {protocol: smtp, listen: \"127.0.0.1:{port}\"}";

    static readonly string Hash = GateHost.HashOf(Password);

    static string Credential(string rest) => $"  app: {{class: marketing, login: app, password: \"{Hash}\", {rest}}}";

    [Fact]
    public async Task A_program_that_signs_in_is_answered_for_its_recipient()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026"));
        using var client = await SignedInAsync(gate);
        (await client.SendAsync(Mail(RunningGate.Anna))).ShouldStartWith("2.0.0 ok ref=");
        var refused = await Should.ThrowAsync<SmtpCommandException>(() => client.SendAsync(Mail(RunningGate.Carla)));
        ((int)refused.StatusCode).ShouldBe(550);
        refused.Message.ShouldContain("verdict=refused reason=");
        gate.Hop.Only.To.ShouldBe(RunningGate.Anna);
    }

    [Fact]
    public async Task Nobody_sends_without_signing_in_and_nobody_signs_in_with_a_wrong_password()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026"));
        using var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", gate.Port, SecureSocketOptions.None);
        (await Should.ThrowAsync<ServiceNotAuthenticatedException>(() => client.SendAsync(Mail(RunningGate.Anna)))).ShouldNotBeNull();
        foreach (var (login, password) in new[] { ("app", "wrong horse battery"), ("nobody", Password) })
            await Should.ThrowAsync<AuthenticationException>(() => client.AuthenticateAsync(login, password));
        gate.Hop.Messages.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_recipient_is_asked_for_in_another_transaction()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026"));
        await using var client = await Conversation.OpenAsync(gate.Port);
        await client.ReplyAsync();
        await client.SayAsync("EHLO c.example");
        var plain = Convert.ToBase64String(System.Text.Encoding.UTF8.GetBytes($"\0app\0{Password}"));
        (await client.SayAsync($"AUTH PLAIN {plain}"))!.ShouldStartWith("235");
        await client.SayAsync("MAIL FROM:<a@lantern.example>");
        (await client.SayAsync($"RCPT TO:<{RunningGate.Anna}>"))!.ShouldStartWith("250");
        (await client.SayAsync($"RCPT TO:<{RunningGate.Ben}>"))!.ShouldStartWith("452 4.5.3");
    }

    [Fact]
    public async Task A_campaign_of_listmonk_goes_on_where_refusals_are_dropped_and_recorded()
    {
        await using var gate = await RunningGate.StartAsync(
            Door,
            Credential("campaign_from: header, header: X-Listmonk-Campaign, campaigns: {8f0e6f0e-11aa: spring-2026}, when_refused: drop")
        );
        using var client = await SignedInAsync(gate);
        foreach (var to in new[] { RunningGate.Anna, RunningGate.Carla, RunningGate.Ben })
        {
            var mail = Mail(to);
            mail.Headers.Add("X-Listmonk-Campaign", "8f0e6f0e-11aa");
            mail.Headers.Add("X-Listmonk-Subscriber", "0b1c-22");
            mail.Headers.Add("List-Unsubscribe", "<https://listmonk.example/subscription/8f0e/0b1c>");
            mail.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
            (await client.SendAsync(mail)).ShouldStartWith(to == RunningGate.Carla ? "2.0.0 not sent on: verdict=refused" : "2.0.0 ok");
        }
        gate.Hop.Messages.Select(message => message.To).ShouldBe([RunningGate.Anna, RunningGate.Ben]);
        gate.Hop.Messages.ShouldAllBe(message => message.Fields("List-Unsubscribe")[0].StartsWith("<https://stop.lantern.example/o/"));
        var decided = (await gate.EntriesAsync(RunningGate.Carla)).OfType<DecisionMade>().ShouldHaveSingleItem();
        (decided.Verdict, decided.Campaign).ShouldBe(("refused", "spring-2026"));
    }

    [Fact]
    public async Task A_fault_is_never_dropped_but_tried_again()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: nowhere, when_refused: drop"));
        using var client = await SignedInAsync(gate);
        var fault = await Should.ThrowAsync<SmtpCommandException>(() => client.SendAsync(Mail(RunningGate.Anna)));
        ((int)fault.StatusCode).ShouldBe(451);
    }

    [Fact]
    public async Task What_is_held_goes_out_once_it_may_and_not_before()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026, when_refused: hold"));
        using var client = await SignedInAsync(gate);
        (await client.SendAsync(Mail(RunningGate.Dan))).ShouldStartWith("2.0.0 not sent on: verdict=not-shown");
        var held = GateHost.Held(gate.Folder, gate.Clock).List().ShouldHaveSingleItem();
        (held.Recipient, held.Credential, held.Verdict).ShouldBe((RunningGate.Dan, "app", "not-shown"));
        (await gate.ReleaseAsync(held.Id))!.Value.Went.ShouldBeFalse();
        await RunningGate.AddCustomerAsync(gate.Store, RunningGate.Dan);
        (await gate.ReleaseAsync(held.Id))!.Value.Reply.ShouldStartWith("250 2.0.0 ok");
        gate.Hop.Only.To.ShouldBe(RunningGate.Dan);
        gate.Hop.Only.Fields("List-Unsubscribe").Count.ShouldBe(1);
        GateHost.Held(gate.Folder, gate.Clock).List().ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_held_for_a_month_is_gone()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026, when_refused: hold"));
        using var client = await SignedInAsync(gate);
        await client.SendAsync(Mail(RunningGate.Dan));
        gate.Clock.Advance(TimeSpan.FromDays(31));
        GateHost.Held(gate.Folder, gate.Clock).List().ShouldBeEmpty();
        Directory.EnumerateFiles(Path.Combine(gate.Folder, "gate-held")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_was_held_for_somebody_goes_with_them()
    {
        await using var gate = await RunningGate.StartAsync(Door, Credential("campaign: spring-2026, when_refused: hold"));
        using var client = await SignedInAsync(gate);
        await client.SendAsync(Mail(RunningGate.Dan));
        await client.SendAsync(Mail(RunningGate.Carla));
        await gate.EraseAsync(RunningGate.Dan);
        gate.Clock.Advance(TimeSpan.FromHours(1));
        await Wait.UntilAsync(() => GateHost.Held(gate.Folder, gate.Clock).List() is [{ Recipient: RunningGate.Carla }]);
    }

    [Fact]
    public async Task A_password_crosses_the_network_under_TLS_only()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var made = new CertificateRequest("CN=gate.example", key, HashAlgorithmName.SHA256).CreateSelfSigned(
            DateTimeOffset.UnixEpoch,
            DateTimeOffset.UnixEpoch.AddYears(200)
        );
        var file = Path.GetTempFileName();
        await File.WriteAllTextAsync(file, made.ExportCertificatePem() + "\n" + key.ExportPkcs8PrivateKeyPem());
        await using var gate = await RunningGate.StartAsync(
            $"  - {{protocol: smtp, listen: \"0.0.0.0:{{port}}\", certificate: {file}}}",
            Credential("campaign: spring-2026")
        );
        File.Delete(file);
        await using (var clear = await Conversation.OpenAsync(gate.Port))
        {
            await clear.ReplyAsync();
            await clear.SayAsync("EHLO c.example");
            (await clear.SayAsync("AUTH PLAIN AGEAYgBj"))!.ShouldStartWith("538 5.7.11");
        }
        await using (var early = await Conversation.OpenAsync(gate.Port))
        {
            await early.ReplyAsync();
            await early.SayAsync("EHLO c.example");
            await early.SendAsync("STARTTLS\r\nMAIL FROM:<a@lantern.example>\r\n");
            (await early.ReplyAsync())!.ShouldStartWith("503");
        }
        using var client = new SmtpClient
        {
            ServerCertificateValidationCallback = (_, shown, _, _) => shown?.GetCertHashString() == made.GetCertHashString(),
        };
        await client.ConnectAsync("127.0.0.1", gate.Port, SecureSocketOptions.StartTls);
        await client.AuthenticateAsync("app", Password);
        (await client.SendAsync(Mail(RunningGate.Anna))).ShouldStartWith("2.0.0 ok");
    }

    static async Task<SmtpClient> SignedInAsync(RunningGate gate)
    {
        var client = new SmtpClient();
        await client.ConnectAsync("127.0.0.1", gate.Port, SecureSocketOptions.None);
        await client.AuthenticateAsync("app", Password);
        return client;
    }

    static MimeMessage Mail(string to)
    {
        var mail = new MimeMessage
        {
            Subject = "Candles",
            Body = new TextPart("plain") { Text = "hello" },
        };
        mail.From.Add(new MailboxAddress("Lantern", "news@lantern.example"));
        mail.To.Add(new MailboxAddress("", to));
        return mail;
    }
}
