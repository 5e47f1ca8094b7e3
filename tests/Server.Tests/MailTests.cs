using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Server.Tests;

/// <summary>Whole mails as bodies: what came back, and what is about to go.</summary>
public class MailTests
{
    static int mails;

    const string Settings = """{"mail": {"server": "mx.shop.example", "sender": "lantern-ltd", "domain": "u.shop.example"}}""";

    static string Reply(string words, string proved = "") =>
        $"{proved}From: Anna <anna@example.com>\r\nTo: offers@shop.example\r\nSubject: Re: Spring\r\n"
        + $"Message-ID: <{Interlocked.Increment(ref mails)}@example.com>\r\n"
        + $"Date: Tue, 10 Mar 2026 08:00:00 +0000\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n{words}\r\n";

    static string OptOut(string to) =>
        $"From: Somebody <another@example.net>\r\nTo: <{to}>\r\nSubject: unsubscribe\r\n"
        + $"Message-ID: <{Interlocked.Increment(ref mails)}@example.net>\r\n\r\n\r\n";

    static async Task<(int Status, JsonElement Body)> SendAsync(Running server, string path, string mail, HttpClient? client = null)
    {
        using var content = new StringContent(mail, Encoding.UTF8);
        content.Headers.ContentType = new MediaTypeHeaderValue("message/rfc822");
        // A body that is too long is turned away before it is sent.
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = content, Headers = { ExpectContinue = true } };
        return await Running.ReadAsync(await (client ?? server.Client).SendAsync(request));
    }

    static async Task<string> MailboxAsync(Running server, string? topic = null)
    {
        var asked = topic is null
            ? """{"address": "anna@example.com", "sender": "lantern-ltd"}"""
            : $$"""{"address": "anna@example.com", "sender": "lantern-ltd", "topic": "{{topic}}"}""";
        var (status, body) = await server.PostAsync("/v1/opt-out-links", asked);
        status.ShouldBe(201, body.ToString());
        var field = body.GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!;
        field.ShouldStartWith("<http");
        return field.Split("<mailto:")[1].TrimEnd('>');
    }

    [Fact]
    public async Task A_mail_to_the_address_in_the_header_stops_what_that_message_was_about_whoever_sends_it()
    {
        await using var server = await Running.StartAsync(inbound: Settings);
        var mailbox = await MailboxAsync(server, topic: "homeware");
        mailbox.Split('@')[0].Length.ShouldBeLessThanOrEqualTo(64, "RFC 5321 4.5.3.1.1");
        var mail = OptOut(mailbox);
        var (status, body) = await SendAsync(server, "/v1/inbound/mail", mail);
        status.ShouldBe(200, body.ToString());
        body.GetProperty("recorded").GetInt32().ShouldBe(1, body.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");
        var refusal = (await server.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem();
        refusal.Topics.ShouldBe(NameSet.Of("homeware"));
        refusal.Channels.ShouldBe(NameSet.Of("email"));
        (await SendAsync(server, "/v1/inbound/mail", mail)).Body.GetProperty("repeated").GetInt32().ShouldBe(1);
        (await server.RefusalsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task A_mailbox_that_we_did_not_make_stops_nobody()
    {
        await using var server = await Running.StartAsync(inbound: Settings);
        var mailbox = await MailboxAsync(server);
        var other = (mailbox[0] == 'a' ? 'b' : 'a') + mailbox[1..];
        var (_, body) = await SendAsync(server, "/v1/inbound/mail", OptOut(other));
        body.GetProperty("recorded").GetInt32().ShouldBe(0, body.ToString());
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task Words_stop_at_once_where_our_own_mail_server_vouches_for_their_sender_and_wait_for_a_person_where_it_does_not()
    {
        const string Words = "Please stop sending me these offers.";
        await using var server = await Running.StartAsync(inbound: Settings);
        var (_, waiting) = await SendAsync(server, "/v1/inbound/mail", Reply(Words));
        waiting.GetProperty("forAPerson").GetInt32().ShouldBe(1, waiting.ToString());
        (await server.VerdictAsync()).ShouldBe("not-shown");
        (await server.RefusalsAsync()).ShouldBe(0);

        await using var other = await Running.StartAsync(inbound: Settings);
        foreach (var forger in new[] { "mx.attacker.example", "mx.shop.example.attacker.example" })
            await SendAsync(other, "/v1/inbound/mail", Reply(Words, Vouched(forger)));
        (await other.RefusalsAsync()).ShouldBe(0);
        var (_, body) = await SendAsync(other, "/v1/inbound/mail", Reply(Words, Vouched("mx.shop.example")));
        body.GetProperty("recorded").GetInt32().ShouldBe(1, body.ToString());
        (await other.VerdictAsync()).ShouldBe("refused");
    }

    /// <summary>A DNS with one key in it.</summary>
    sealed class OneKey(string name, string record) : MaySend.Mail.Inbound.RawMail.ITextRecords
    {
        public IReadOnlyList<string> Of(string asked) => asked == name ? [record] : [];
    }

    [Fact]
    public async Task Words_stop_at_once_where_the_writers_own_domain_signed_them_and_only_with_the_key_that_the_DNS_gives()
    {
        using var key = System.Security.Cryptography.RSA.Create(2048);
        using var pem = new MemoryStream(Encoding.ASCII.GetBytes(key.ExportPkcs8PrivateKeyPem()));
        var mail = MimeKit.MimeMessage.Load(new MemoryStream(Encoding.ASCII.GetBytes(Reply("Please stop sending me these offers."))));
        new MimeKit.Cryptography.DkimSigner(pem, "example.com", "s1").Sign(mail, [MimeKit.HeaderId.From, MimeKit.HeaderId.Subject]);
        using var written = new MemoryStream();
        await mail.WriteToAsync(written);
        var signed = Encoding.ASCII.GetString(written.ToArray()).ReplaceLineEndings("\r\n");
        var dns = new OneKey("s1._domainkey.example.com", $"v=DKIM1; p={Convert.ToBase64String(key.ExportSubjectPublicKeyInfo())}");

        await using var server = await Running.StartAsync(inbound: Settings, with: options => options with { Dns = dns });
        var (_, body) = await SendAsync(server, "/v1/inbound/mail", signed.Replace("Please stop", "Do stop", StringComparison.Ordinal));
        body.GetProperty("forAPerson").GetInt32().ShouldBe(1, body.ToString());
        (await server.RefusalsAsync()).ShouldBe(0);
        (_, body) = await SendAsync(
            server,
            "/v1/inbound/mail",
            signed.Replace("Message-ID: <", "Message-ID: <x", StringComparison.Ordinal)
        );
        body.GetProperty("recorded").GetInt32().ShouldBe(1, body.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    static string Vouched(string server) => $"Authentication-Results: {server}; dmarc=pass header.from=example.com\r\n";

    [Fact]
    public async Task A_mail_that_nobody_can_read_is_kept_for_a_person()
    {
        await using var server = await Running.StartAsync(inbound: Settings);
        var (status, body) = await SendAsync(server, "/v1/inbound/mail", new string('x', 11 * 1024 * 1024));
        // Longer than is taken at all: the caller keeps it.
        status.ShouldBe(413, body.ToString());
        (await SendAsync(server, "/v1/inbound/mail", "")).Body.GetProperty("forAPerson").GetInt32().ShouldBe(1);
        (await server.GetAsync("/v1/inbox")).Body.GetProperty("items").GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_only_ask_may_not_hand_in_mails()
    {
        await using var server = await Running.StartAsync(inbound: Settings);
        using var asking = server.With(await KeyTests.IssueAsync(server, "decide"));
        (await SendAsync(server, "/v1/inbound/mail", Reply("stop"), asking)).Status.ShouldBe(403);
        (await SendAsync(server, "/v1/inbound/mail", Reply("stop"), server.Public)).Status.ShouldBe(401);
    }

    [Fact]
    public async Task The_settings_are_read_again_when_they_change_and_a_mistake_leaves_the_last_good_ones_open()
    {
        await using var server = await Running.StartAsync(
            inbound: """{"postmark": {"secret": "a-secret-for-tests", "sender": "lantern-ltd"}}"""
        );
        (await server.GetAsync("/v1/inbound/brevo")).Status.ShouldBe(404);
        await ChangeAsync(server, """{"postmark": {"secret": "a-secret-for-tests"}, "brevo": {"secret": "a-secret-for-tests"}}""");
        (await server.GetAsync("/v1/inbound/brevo")).Status.ShouldBe(200);
        await ChangeAsync(server, """{"postmark": {"secret": "a-secret-for-tests", "sender": "nobody-ltd"}}""");
        var (status, body) = await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"]);
        status.ShouldBe(200, body.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.GetAsync("/v1/inbox/summary")).Body.GetProperty("wrongInSettings")[0].GetString()!.ShouldContain("nobody-ltd");
        File.Delete(Path.Combine(server.Options.DataFolder, "inbound.json"));
        (await server.GetAsync("/v1/inbound/brevo")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_mailbox_of_answers_that_is_away_is_told_where_whoever_watches_looks_and_stops_nothing()
    {
        using var closed = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0);
        closed.Start();
        var port = ((System.Net.IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        var password = Path.GetTempFileName();
        await using var server = await Running.StartAsync(
            inbound: $$"""{"mail": {"imap": "imap://answers@127.0.0.1:{{port}}/INBOX", "passwordFile": "{{password}}"} }"""
        );
        JsonElement mailbox = default;
        while (!(mailbox.ValueKind == JsonValueKind.Object && mailbox.TryGetProperty("fault", out _)))
            mailbox = (await server.GetAsync("/v1/inbox/summary")).Body.GetProperty("mailbox");
        mailbox.GetProperty("fault").GetString()!.ShouldContain($"127.0.0.1:{port} cannot be reached");
        mailbox.GetProperty("read").GetInt64().ShouldBe(0);
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddSeconds(90));
        var (status, ready) = await server.GetAsync("/health/ready");
        status.ShouldBe(200, "opt-outs by link are taken all the same");
        ready.GetProperty("mailboxIsRead").GetBoolean().ShouldBeFalse();
        ready.GetProperty("mailboxAgeSeconds").GetInt64().ShouldBe(90);
        ready.ToString().ShouldNotContain("127.0.0.1", Case.Insensitive, "anybody may ask whether the server is ready");
        File.Delete(password);
    }

    // The time of a file is all that tells that it changed; two writes within one tick would be one.
    static async Task ChangeAsync(Running server, string settings)
    {
        var file = Path.Combine(server.Options.DataFolder, "inbound.json");
        var before = File.GetLastWriteTimeUtc(file);
        await File.WriteAllTextAsync(file, settings);
        File.SetLastWriteTimeUtc(file, before.AddSeconds(1));
    }

    [Theory]
    [InlineData("en", "Please stop texting me")]
    [InlineData("de", "Bitte keine SMS mehr")]
    [InlineData("fr", "Arrêtez de m'envoyer des SMS")]
    [InlineData("es", "No me envíen más mensajes")]
    [InlineData("pl", "Proszę przestać wysyłać SMS")]
    public async Task A_signed_reply_in_words_of_five_languages_keeps_the_next_message_from_going(string language, string words)
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        var call = $"MessageSid=SM{language}&Body={Uri.EscapeDataString(words)}&From=%2B15005550006&To=%2B15005550001&AccountSid=AC1";
        var (status, body) = await PlatformCall.SendAsync(server, "twilio", call);
        status.ShouldBe(200, body.ToString());
        (body.GetProperty("recorded").GetInt32() + body.GetProperty("forAPerson").GetInt32()).ShouldBe(1, $"{language}: {body}");
    }

    [Fact]
    public async Task A_message_is_checked_before_it_goes_and_the_page_shows_each_finding()
    {
        const string Message =
            "From: Lantern <offers@shop.example>\r\nTo: anna@example.com\r\nSubject: Spring <b>\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Candles!</p>"
            + "<p style=\"font-size:0\"><a href=\"https://shop.example/unsubscribe\">unsubscribe</a></p>";
        await using var server = await Running.StartAsync();
        var (status, check) = await SendAsync(server, "/v1/messages/check", Message);
        status.ShouldBe(200, check.ToString());
        check.GetProperty("refusalOffered").GetBoolean().ShouldBeFalse();
        check
            .GetProperty("findings")
            .EnumerateArray()
            .Select(one => one.GetProperty("code").GetString())
            .ShouldContain("opt-out-link-hidden");
        using var content = new StringContent(Message, Encoding.UTF8, new MediaTypeHeaderValue("message/rfc822"));
        var page = await (await server.Client.PostAsync("/v1/messages/check?as=html", content)).Content.ReadAsStringAsync();
        page.ShouldContain("the reader cannot see it");
        page.ShouldNotContain("Spring <b>");
        (await SendAsync(server, "/v1/messages/check?as=pdf", Message)).Status.ShouldBe(400);
        (await server.EntriesAsync("anna@example.com")).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task With_a_campaign_the_check_fills_the_facts_of_its_template_and_names_what_the_record_overstates()
    {
        const string Message =
            "From: Lantern <offers@shop.example>\r\nTo: anna@example.com\r\nSubject: Spring\r\nMIME-Version: 1.0\r\n"
            + "Content-Type: text/html; charset=utf-8\r\n\r\n<p>Candles!</p><img src=\"https://t.example/o.gif?m=1\" width=1 height=1>";
        await using var server = await Running.StartAsync();
        var before = (await server.EntriesAsync()).Count;
        var (status, check) = await SendAsync(server, "/v1/messages/check?campaign=spring-2026", Message);
        status.ShouldBe(200, check.ToString());
        check.GetProperty("refusalOffered").GetBoolean().ShouldBeFalse();
        var template = check.GetProperty("template");
        template.GetProperty("template").GetString().ShouldBe("newsletter");
        template.GetProperty("isSigned").GetBoolean().ShouldBeTrue();
        template.GetProperty("isOverstated").GetBoolean().ShouldBeTrue();
        JsonElement Fact(string name) =>
            template.GetProperty("facts").EnumerateArray().Single(fact => fact.GetProperty("name").GetString() == name);
        string? Shown(string name) => Fact(name).TryGetProperty("shown", out var shown) ? shown.GetString() : null;
        (Shown("refusalOffered"), Fact("refusalOffered").GetProperty("isOverstated").GetBoolean()).ShouldBe(("no", true));
        (Shown("tracking"), Fact("tracking").GetProperty("isOverstated").GetBoolean()).ShouldBe(("opens", true));
        Shown("senderIdentified").ShouldBe("yes");
        Shown("statesRightToObject").ShouldBeNull("no message can show it");
        (await server.EntriesAsync()).Count.ShouldBe(before, "looking records nothing");

        var (missing, said) = await SendAsync(server, "/v1/messages/check?campaign=nowhere", Message);
        missing.ShouldBe(400);
        said.ToString().ShouldContain("nowhere");
        var (plain, without) = await SendAsync(server, "/v1/messages/check", Message);
        plain.ShouldBe(200);
        without.TryGetProperty("template", out _).ShouldBeFalse();
    }
}
