using System.Collections.Concurrent;
using MaySend.Evidence.Entries;
using MaySend.Gate.Tests.Running;
using MaySend.Reading;
using MaySend.Records.Inbound;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Gate.Tests.Inbound;

/// <summary>A mailbox that is watched (IDLE, RFC 2177), and one that is signed in to by a token (RFC 7628), on a real Dovecot.</summary>
public sealed class MailboxWatchTests
{
    const string Question = "From: Anna <anna@example.com>\r\nTo: offers@shop.example\r\nSubject: Hours\r\n\r\nWhen do you open?\r\n";

    static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    static Task NothingAsync(MailboxMail mail) => Task.CompletedTask;

    [Fact]
    public async Task What_arrives_is_read_when_the_server_says_so_and_nobody_looks_again_and_again()
    {
        await using var dovecot = await Dovecot.StartAsync();
        await dovecot.ArrivesAsync("1.host", Question);
        var (readings, isWanted) = (new ConcurrentQueue<int>(), true);
        // It stands still: whatever is read after the first time is read on the server's word.
        var clock = new FakeTimeProvider(Now);
        using var stop = new CancellationTokenSource();
        var watch = new MailboxReader(dovecot.Mailbox(moveTo: "Read"), clock).WatchAsync(
            NothingAsync,
            readings.Enqueue,
            () => isWanted,
            TimeSpan.FromHours(1),
            stop.Token
        );
        await Wait.UntilAsync(() => readings.Sum() == 1, () => dovecot.Log);
        await dovecot.ArrivesAsync("2.host", Question);
        await Wait.UntilAsync(() => readings.Sum() == 2, () => dovecot.Log);
        dovecot.Flags(".Read").Count.ShouldBe(2);

        var before = readings.Count;
        // Time goes on, and it is looked for all the same: not every server says all that arrives.
        await Wait.UntilAsync(() =>
        {
            clock.Advance(TimeSpan.FromHours(1));
            return readings.Count > before;
        });
        isWanted = false;
        await dovecot.ArrivesAsync("3.host", Question);
        await watch.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System);
        readings.Sum().ShouldBe(2, "what arrives for whoever comes next is left to them");
    }

    [Fact]
    public async Task A_server_that_says_nothing_of_what_arrives_is_read_once_and_its_caller_comes_again()
    {
        await using var dovecot = await Dovecot.StartAsync(capabilities: "IMAP4rev1 UIDPLUS MOVE");
        await dovecot.ArrivesAsync("1.host", Question);
        var readings = new ConcurrentQueue<int>();
        await new MailboxReader(dovecot.Mailbox(), TimeProvider.System).WatchAsync(
            NothingAsync,
            readings.Enqueue,
            () => true,
            TimeSpan.FromHours(1),
            CancellationToken.None
        );
        readings.ShouldBe([1]);
    }

    [Fact]
    public async Task A_server_that_goes_away_while_it_is_watched_is_named()
    {
        await using var dovecot = await Dovecot.StartAsync();
        var readings = new ConcurrentQueue<int>();
        var watch = new MailboxReader(dovecot.Mailbox(), TimeProvider.System).WatchAsync(
            NothingAsync,
            readings.Enqueue,
            () => true,
            TimeSpan.FromHours(1),
            CancellationToken.None
        );
        await Wait.UntilAsync(() => !readings.IsEmpty, () => dovecot.Log);
        await dovecot.StopAsync();
        await Should.ThrowAsync<MailboxUnavailableException>(() => watch.WaitAsync(TimeSpan.FromMinutes(1), TimeProvider.System));
    }

    [Theory]
    [InlineData("oauthbearer")]
    [InlineData("xoauth2")]
    public async Task A_token_signs_in_in_the_place_of_a_password_as_long_as_it_is_good(string mechanism)
    {
        await using var dovecot = await Dovecot.StartAsync(mechanism);
        await dovecot.ArrivesAsync("1.host", Question);
        async Task<int> ReadAsync(string user, TimeSpan expiresIn) =>
            await new MailboxReader(
                dovecot.Mailbox(tokenFile: await dovecot.TokenFileAsync(user, Now + expiresIn)),
                TimeProvider.System
            ).ReadAsync(NothingAsync, isMarking: true, CancellationToken.None);

        (await ReadAsync(Dovecot.User, TimeSpan.FromHours(1))).ShouldBe(1, dovecot.Log);
        foreach (var (user, expiresIn) in new[] { (Dovecot.User, -1), ("somebody@shop.example", 1) })
            (await Should.ThrowAsync<MailboxUnavailableException>(() => ReadAsync(user, TimeSpan.FromHours(expiresIn)))).Message.ShouldBe(
                "127.0.0.1 does not let answers@shop.example sign in: the token has expired, or belongs to somebody else"
            );
    }

    [Fact]
    public async Task A_server_that_takes_no_token_is_told_none()
    {
        await using var dovecot = await Dovecot.StartAsync(mechanisms: "");
        var mailbox = dovecot.Mailbox(tokenFile: await dovecot.TokenFileAsync(Dovecot.User, Now.AddHours(1)));
        (
            await Should.ThrowAsync<MailboxUnavailableException>(() =>
                new MailboxReader(mailbox, TimeProvider.System).ReadAsync(NothingAsync, isMarking: false, CancellationToken.None)
            )
        ).Message.ShouldBe("127.0.0.1 takes no OAuth token (OAUTHBEARER, XOAUTH2)");
    }

    [Theory]
    [InlineData(null, null, "name the file with the mailbox's password or OAuth token")]
    [InlineData("password", "token", "the mailbox has both a password and a token")]
    [InlineData(null, "nowhere/token", "there is no file nowhere/token with the mailbox's OAuth token")]
    public void A_mailbox_is_signed_in_to_by_one_of_the_two(string? password, string? token, string fault)
    {
        var problems = new Problems();
        ReturnMailbox.Read("imaps://a@mail.example.com", new(password, token), null, new Place("inbound.json"), problems);
        problems.List.ShouldHaveSingleItem().Text.ShouldBe(fault);
    }
}
