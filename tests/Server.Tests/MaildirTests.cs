using System.Text.Json;
using MaySend.Evidence.Entries;

namespace MaySend.Server.Tests;

/// <summary>A maildir that <c>inbound.json</c> names, read by the server itself.</summary>
public sealed class MaildirTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-maildir-").FullName;

    string Settings => $$"""{"mail": {"domain": "u.shop.example", "maildir": {{JsonSerializer.Serialize(folder)}} } }""";

    public void Dispose() => Directory.Delete(folder, recursive: true);

    void Make()
    {
        foreach (var part in new[] { "new", "cur", "tmp" })
            Directory.CreateDirectory(Path.Combine(folder, part));
    }

    void Arrives(string name, string to)
    {
        var written = Path.Combine(folder, "tmp", name);
        File.WriteAllText(
            written,
            $"From: Somebody <another@example.net>\r\nTo: <{to}>\r\nSubject: unsubscribe\r\nMessage-ID: <{name}@example.net>\r\n\r\n\r\n"
        );
        File.Move(written, Path.Combine(folder, "new", name));
    }

    string[] Names(string part) => [.. Directory.GetFiles(Path.Combine(folder, part)).Select(file => Path.GetFileName(file)).Order()];

    static async Task<string> MailtoAsync(Running server)
    {
        var (status, link) = await server.PostAsync("/v1/opt-out-links", """{"address": "anna@example.com", "sender": "lantern-ltd"}""");
        status.ShouldBe(201, link.ToString());
        return link.GetProperty("headers").GetProperty("List-Unsubscribe").GetString()!.Split("<mailto:")[1].TrimEnd('>');
    }

    static async Task<JsonElement?> MailboxAsync(Running server) =>
        (await server.GetAsync("/v1/inbox/summary")).Body.TryGetProperty("mailbox", out var mailbox) ? mailbox : null;

    /// <summary>Lets the server's time go on until something is so.</summary>
    static async Task UntilAsync(Running server, Func<Task<bool>> isSo, TimeSpan? step = null)
    {
        for (var tries = 0; !await isSo(); tries++)
        {
            tries.ShouldBeLessThan(3000);
            server.Clock.Advance(step ?? TimeSpan.FromSeconds(1));
            await Task.Delay(TimeSpan.FromMilliseconds(20));
        }
    }

    [Fact]
    public async Task A_mail_put_into_it_is_an_opt_out_of_the_next_decision()
    {
        Make();
        await using var server = await Running.StartAsync(inbound: Settings);
        (await server.VerdictAsync()).ShouldBe("permitted");
        Arrives("1.host", await MailtoAsync(server));
        await UntilAsync(server, () => Task.FromResult(Names("cur").Length == 1));
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem();
        Names("new").ShouldBeEmpty();
        Names("cur").ShouldBe(["1.host:2,S"]);
        await UntilAsync(server, async () => (await MailboxAsync(server))?.GetProperty("read").GetInt64() == 1);
        (await MailboxAsync(server))!.Value.TryGetProperty("fault", out _).ShouldBeFalse();
        var (_, ready) = await server.GetAsync("/health/ready");
        ready.GetProperty("mailboxIsRead").GetBoolean().ShouldBeTrue();
        // What the API says of mail keeps it, and taking all of it away says what is lost.
        (await server.GetAsync("/v1/inbound-settings/mail"))
            .Body.GetProperty("maildir")
            .GetString()
            .ShouldBe(folder);
        (await server.PutAsync("/v1/inbound-settings/mail", """{"id": "mail", "domain": "v.shop.example"}""")).Status.ShouldBe(200);
        (await server.GetAsync("/v1/inbound-settings/mail")).Body.GetProperty("maildir").GetString().ShouldBe(folder);
        (await Running.ReadAsync(await server.Client.DeleteAsync("/v1/inbound-settings/mail")))
            .Body.GetProperty("lost")[0]
            .GetString()!
            .ShouldContain(folder);
        await UntilAsync(server, async () => await MailboxAsync(server) is null);
    }

    [Fact]
    public async Task One_that_is_not_there_stops_nothing_is_told_and_is_read_once_it_is_there()
    {
        await using var server = await Running.StartAsync(inbound: Settings);
        await UntilAsync(server, async () => (await MailboxAsync(server))?.TryGetProperty("fault", out _) == true);
        (await MailboxAsync(server))!.Value.GetProperty("fault").GetString()!.ShouldContain($"{folder} is not a maildir");
        var (status, ready) = await server.GetAsync("/health/ready");
        status.ShouldBe(200);
        ready.GetProperty("mailboxIsRead").GetBoolean().ShouldBeFalse();
        ready.ToString().ShouldNotContain(folder);
        Make();
        Arrives("1.host", await MailtoAsync(server));
        await UntilAsync(server, async () => await server.VerdictAsync() == "refused", TimeSpan.FromSeconds(10));
        await UntilAsync(server, async () => (await MailboxAsync(server))?.TryGetProperty("fault", out _) == false);
    }

    [Fact]
    public async Task A_mail_that_cannot_be_read_is_named_and_keeps_no_other_from_being_read()
    {
        Make();
        // A link to nowhere stands for a file that the server may not open: whoever runs tests as root may open any.
        File.CreateSymbolicLink(Path.Combine(folder, "new", "0.host"), Path.Combine(folder, "loop"));
        File.CreateSymbolicLink(Path.Combine(folder, "loop"), Path.Combine(folder, "loop"));
        await using var server = await Running.StartAsync(inbound: Settings);
        Arrives("1.host", await MailtoAsync(server));
        await UntilAsync(server, async () => await server.VerdictAsync() == "refused", TimeSpan.FromSeconds(10));
        await UntilAsync(server, () => Task.FromResult(Names("cur").Length == 1));
        await UntilAsync(server, async () => (await MailboxAsync(server))?.TryGetProperty("fault", out _) == true);
        (await MailboxAsync(server))!.Value.GetProperty("fault").GetString()!.ShouldContain("0.host");
    }

    [Theory]
    [InlineData("""{"mail": {"maildir": " "}}""", "`maildir` is blank")]
    [InlineData("""{"mail": {"maildir": "answers", "imap": "imaps://a@mail.example.com", "passwordFile": "p"}}""", "both a mailbox and")]
    [InlineData("""{"mailgun": {"secret": "s", "maildir": "answers"}}""", "belong under `mail`")]
    public async Task One_that_is_named_wrongly_keeps_the_server_from_starting(string settings, string fault) =>
        (await Should.ThrowAsync<Reading.BadInputException>(() => Running.StartAsync(inbound: settings))).ToString().ShouldContain(fault);
}
