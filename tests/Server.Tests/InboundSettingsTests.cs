using System.Net.Http.Headers;
using System.Text.Json;
using MaySend.Records.Inbound;

namespace MaySend.Server.Tests;

/// <summary>
/// <c>inbound.json</c> changed over the API: what each call did is read back from the next webhook, from the file and from the record.
/// </summary>
public sealed class InboundSettingsTests
{
    const string At = "/v1/inbound-settings";
    const string Secret = "a-secret-for-tests";
    const string Mailgun =
        """{"id": "mailgun", "secret": "a-secret-for-tests", "sender": "lantern-ltd", "topics": {"list-7": "homeware"}}""";

    static string FileOf(Running server) => Path.Combine(server.Options.DataFolder, "inbound.json");

    static async Task<(int Status, JsonElement Body)> DeleteAsync(Running server, string path, HttpClient? client = null) =>
        await Running.ReadAsync(await (client ?? server.Client).DeleteAsync(path));

    static IReadOnlyList<string> Fields(JsonElement problem) =>
        [.. problem.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("field").GetString()!)];

    static IReadOnlyList<string> Texts(JsonElement list) => [.. list.EnumerateArray().Select(one => one.ToString())];

    [Fact]
    public async Task A_platform_that_an_administrator_sets_is_heard_by_the_next_call_and_its_secret_is_shown_to_nobody()
    {
        await using var server = await Running.StartAsync();
        (await PlatformCall.SendAsync(server, "mailgun", PlatformCall.Stops["mailgun"])).Status.ShouldBe(404);
        var (status, made) = await server.PutAsync($"{At}/mailgun", Mailgun);
        status.ShouldBe(201, made.ToString());
        made.GetProperty("outcome").GetString().ShouldBe("changed");
        var (_, taken) = await PlatformCall.SendAsync(server, "mailgun", PlatformCall.Stops["mailgun"]);
        taken.GetProperty("recorded").GetInt32().ShouldBe(1, taken.ToString());
        (await server.VerdictAsync()).ShouldBe("refused");

        // Another secret, and from the next call on the old one proves nothing.
        var (again, other) = await server.PutAsync($"{At}/mailgun", Mailgun.Replace(Secret, "another one", StringComparison.Ordinal));
        again.ShouldBe(200, other.ToString());
        other.GetProperty("changes")[0].GetProperty("after").GetString().ShouldBe("another");
        (await PlatformCall.SendAsync(server, "mailgun", PlatformCall.Stops["mailgun"])).Status.ShouldBe(401);
        // Left out it stays, and the same once more changes nothing.
        var kept = """{"id": "mailgun", "sender": "lantern-ltd"}""";
        (await server.PutAsync($"{At}/mailgun", kept)).Body.GetProperty("outcome").GetString().ShouldBe("changed");
        (await server.PutAsync($"{At}/mailgun", kept)).Body.GetProperty("outcome").GetString().ShouldBe("same");
        (await File.ReadAllTextAsync(FileOf(server))).ShouldContain("another one");

        var shown = (await server.GetAsync($"{At}/mailgun")).Body;
        (shown.GetProperty("hasSecret").GetBoolean(), shown.GetProperty("sender").GetString()).ShouldBe((true, "lantern-ltd"));
        shown.TryGetProperty("topics", out _).ShouldBeFalse();
        var (_, removed) = await DeleteAsync(server, $"{At}/mailgun");
        Texts(removed.GetProperty("lost")).ShouldHaveSingleItem().ShouldContain("no longer listens to mailgun");
        (await PlatformCall.SendAsync(server, "mailgun", PlatformCall.Stops["mailgun"])).Status.ShouldBe(404);
        (await server.GetAsync($"{At}/mailgun")).Status.ShouldBe(404);
        (await DeleteAsync(server, $"{At}/mailgun")).Status.ShouldBe(404);

        var said = (await server.RecordsAsync()).InboundChanges;
        said.Select(one => one.Id).ShouldBe(["mailgun", "mailgun", "mailgun", "mailgun"]);
        said.ShouldAllBe(one => one.By.Contains("(key ", StringComparison.Ordinal));
        var (_, first) = await server.GetAsync($"{At}/changes?limit=3");
        var (_, second) = await server.GetAsync($"{At}/changes?limit=3&after={first.GetProperty("next").GetString()}");
        (first.GetProperty("items").GetArrayLength(), second.GetProperty("items").GetArrayLength()).ShouldBe((3, 1));
        Texts(second.GetProperty("items")[0].GetProperty("changes")).ShouldContain("“list-7” there: none → homeware");
        foreach (var answer in new[] { made, other, shown, removed, first, second, (await server.GetAsync(At)).Body })
        foreach (var secret in new[] { Secret, "another one" })
            answer.ToString().ShouldNotContain(secret);
    }

    [Fact]
    public async Task Only_an_administrators_key_changes_anything_and_who_may_not_read_sees_nothing()
    {
        await using var server = await Running.StartAsync(inbound: PlatformCall.Hooks);
        var before = await File.ReadAllTextAsync(FileOf(server));
        foreach (var (scope, reads) in new[] { ("decide", 403), ("record", 403), ("campaign", 403), ("read", 200) })
        {
            using var client = server.With(await KeyTests.IssueAsync(server, scope));
            ((int)(await client.GetAsync(At)).StatusCode).ShouldBe(reads, scope);
            ((int)(await client.PutAsync($"{At}/mailgun", Running.Json(Mailgun))).StatusCode).ShouldBe(403, scope);
            (await DeleteAsync(server, $"{At}/mailgun", client)).Status.ShouldBe(403, scope);
            (await server.PostAsync($"{At}/restore", "{}", client)).Status.ShouldBe(403, scope);
        }
        (await DeleteAsync(server, $"{At}/mailgun", server.Public)).Status.ShouldBe(401);
        ((int)(await server.Public.GetAsync(At)).StatusCode).ShouldBe(401);
        (await File.ReadAllTextAsync(FileOf(server))).ShouldBe(before);
        (await server.RecordsAsync()).InboundChanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_that_is_wrong_is_said_at_once_at_its_member_and_nothing_is_written()
    {
        await using var server = await Running.StartAsync();
        var (status, body) = await server.PutAsync(
            $"{At}/brevo",
            """
            {"id": "brevo", "secret": " ", "sender": "nobody-ltd", "zone": "Nowhere/City", "domain": "u.shop.example", "password": "p",
             "topics": {"7": ""}}
            """
        );
        status.ShouldBe(400, body.ToString());
        Fields(body).ShouldBe(["secret", "domain", "password", "topics", "zone", "sender"], ignoreOrder: true);

        (status, body) = await server.PutAsync(
            $"{At}/mail",
            """
            {"id": "mail", "secret": "s", "domain": "no domain", "sealers": ["no domain either"], "imap": "http://mail.example.com",
             "password": "p", "token": "t"}
            """
        );
        status.ShouldBe(400, body.ToString());
        Fields(body).ShouldBe(["secret", "domain", "sealers", "imap", "token"], ignoreOrder: true);

        // A file of this machine is never named from outside: its content could be sent to a server of the caller's choice.
        (_, body) = await server.PutAsync(
            $"{At}/mail",
            """{"id": "mail", "imap": "imaps://a@mail.example.com", "passwordFile": "/etc/shadow", "maildir": "/var/mail/other"}"""
        );
        Fields(body).ShouldBe(["passwordFile", "maildir"], ignoreOrder: true);
        (_, body) = await server.PutAsync($"{At}/mail", """{"id": "mail", "moveTo": "Read", "password": "p"}""");
        Fields(body).ShouldBe(["moveTo", "password"], ignoreOrder: true);
        Fields((await server.PutAsync($"{At}/brevo", Mailgun)).Body).ShouldBe(["id"]);
        (await server.PutAsync($"{At}/nosuch", """{"id": "nosuch", "secret": "s"}""")).Status.ShouldBe(404);
        File.Exists(FileOf(server)).ShouldBeFalse();
        (await server.RecordsAsync()).InboundChanges.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_mailboxs_password_lies_in_a_file_of_its_own_and_is_sent_to_no_other_server()
    {
        await using var server = await Running.StartAsync(inbound: """{"mail": {"maildir": null, "server": "mx.shop.example"}}""");
        static string Mail(string host, string more = "") =>
            $$"""{"id": "mail", "imap": "imaps://answers%40shop.example@{{host}}/INBOX", "domain": "u.shop.example"{{more}}}""";

        var (status, body) = await server.PutAsync($"{At}/mail", Mail("127.0.0.1:1"));
        status.ShouldBe(400);
        Fields(body).ShouldBe(["password"]);
        (status, body) = await server.PutAsync($"{At}/mail", Mail("127.0.0.1:1", """, "password": "battery staple" """));
        status.ShouldBe(200, body.ToString());
        Texts(body.GetProperty("lost")).ShouldHaveSingleItem().ShouldContain("mx.shop.example");
        var mailbox = server.Part<InboundHooks>().Current.Mail.Mailbox!;
        (await File.ReadAllTextAsync(mailbox.PasswordFile!)).ShouldBe("battery staple");
        (await File.ReadAllTextAsync(FileOf(server))).ShouldNotContain("battery");
        var shown = (await server.GetAsync($"{At}/mail")).Body;
        shown.GetProperty("imap").GetString().ShouldBe("imaps://answers%40shop.example@127.0.0.1:1/INBOX");
        (shown.GetProperty("hasSecret").GetBoolean(), shown.GetProperty("signsInWith").GetString()).ShouldBe((true, "password"));
        shown.ToString().ShouldNotContain("battery");
        shown.ToString().ShouldNotContain(Path.GetFileName(mailbox.PasswordFile!));

        (status, body) = await server.PutAsync($"{At}/mail", Mail("mail.attacker.example"));
        (status, Fields(body).Single()).ShouldBe((400, "password"));
        server.Part<InboundHooks>().Current.Mail.Mailbox!.Host.ShouldBe("127.0.0.1");
        // Without the mailbox its password goes too; the rest stays.
        (await server.PutAsync($"{At}/mail", """{"id": "mail", "domain": "u.shop.example"}""")).Status.ShouldBe(200);
        File.Exists(mailbox.PasswordFile).ShouldBeFalse();
        (await server.GetAsync($"{At}/mail")).Body.GetProperty("domain").GetString().ShouldBe("u.shop.example");
    }

    [Fact]
    public async Task Who_has_not_seen_the_file_as_it_is_changes_nothing_and_a_preview_never_does()
    {
        const string ByHand = """{"twilio": {"secret": "by hand"}, "postmark": {"secret": "p"}}""";
        await using var server = await Running.StartAsync(inbound: """{"postmark": {"secret": "p"}}""");
        using var seen = await server.Client.GetAsync($"{At}/postmark");
        var tag = seen.Headers.ETag!;
        async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? json, EntityTagHeaderValue? match)
        {
            using var request = new HttpRequestMessage(method, path) { Content = json is null ? null : Running.Json(json) };
            if (match is not null)
                (method == HttpMethod.Get ? request.Headers.IfNoneMatch : request.Headers.IfMatch).Add(match);
            return await server.Client.SendAsync(request);
        }

        ((int)(await SendAsync(HttpMethod.Get, At, null, tag)).StatusCode).ShouldBe(304);
        await File.WriteAllTextAsync(FileOf(server), ByHand);
        ((int)(await SendAsync(HttpMethod.Get, At, null, tag)).StatusCode).ShouldBe(200);
        ((int)(await SendAsync(HttpMethod.Put, $"{At}/mailgun", Mailgun, tag)).StatusCode).ShouldBe(412);
        ((int)(await SendAsync(HttpMethod.Delete, $"{At}/postmark", null, tag)).StatusCode).ShouldBe(412);
        var made = new EntityTagHeaderValue("\"made-up\"");
        ((int)(await SendAsync(HttpMethod.Put, $"{At}/mailgun", Mailgun, made)).StatusCode).ShouldBe(412);
        ((int)(await SendAsync(HttpMethod.Put, $"{At}/mailgun", Mailgun, EntityTagHeaderValue.Any)).StatusCode).ShouldBe(412, "new");

        var (_, preview) = await server.PutAsync($"{At}/postmark?preview=true", """{"id": "postmark", "sender": "lantern-ltd"}""");
        preview.GetProperty("outcome").GetString().ShouldBe("preview");
        Texts(preview.GetProperty("lost")).ShouldHaveSingleItem().ShouldContain("stops marketing of lantern-ltd only");
        (await DeleteAsync(server, $"{At}/postmark?preview=true")).Body.GetProperty("outcome").GetString().ShouldBe("preview");
        (await DeleteAsync(server, $"{At}/postmark?preview=yes")).Status.ShouldBe(400);
        (await File.ReadAllTextAsync(FileOf(server))).ShouldBe(ByHand);
        (await server.RecordsAsync()).InboundChanges.ShouldBeEmpty();

        tag = (await server.Client.GetAsync(At)).Headers.ETag!;
        using var put = await SendAsync(HttpMethod.Put, $"{At}/mailgun", Mailgun, tag);
        ((int)put.StatusCode).ShouldBe(201);
        ((int)(await SendAsync(HttpMethod.Delete, $"{At}/mailgun", null, put.Headers.ETag)).StatusCode).ShouldBe(200);
        server.Part<InboundHooks>().Current.Hooks["twilio"].Source.Secret.ShouldBe("by hand", "what was changed by hand stays");
    }

    [Fact]
    public async Task A_broken_file_is_left_alone_until_the_settings_in_use_are_put_back()
    {
        await using var server = await Running.StartAsync(inbound: """{"postmark": {"secret": "a-secret-for-tests"}}""");
        (await server.PostAsync($"{At}/restore", "{}")).Status.ShouldBe(409);
        const string Broken = """{"postmark": {"secret": "half""";
        await File.WriteAllTextAsync(FileOf(server), Broken);
        var (_, listed) = await server.GetAsync(At);
        Texts(listed.GetProperty("faults")).ShouldHaveSingleItem().ShouldNotContain("half");
        listed.GetProperty("sources").GetArrayLength().ShouldBe(0);
        (await server.PutAsync($"{At}/mailgun", Mailgun)).Status.ShouldBe(409);
        (await DeleteAsync(server, $"{At}/postmark")).Status.ShouldBe(409);
        (await File.ReadAllTextAsync(FileOf(server))).ShouldBe(Broken);
        var (status, restored) = await server.PostAsync($"{At}/restore", "{}");
        status.ShouldBe(200, restored.ToString());
        (await File.ReadAllTextAsync(FileOf(server) + ".broken")).ShouldBe(Broken);
        (await server.GetAsync(At)).Body.GetProperty("faults").GetArrayLength().ShouldBe(0);
        (await PlatformCall.SendAsync(server, "postmark", PlatformCall.Stops["postmark"])).Status.ShouldBe(200);
        (await server.RecordsAsync()).InboundChanges.ShouldHaveSingleItem().Id.ShouldBe("inbound.json");
    }
}
