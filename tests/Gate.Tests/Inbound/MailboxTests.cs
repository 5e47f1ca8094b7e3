using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Gate.Tests.Running;
using MaySend.Reading;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;

namespace MaySend.Gate.Tests.Inbound;

/// <summary>A mailbox read by IMAP, on a real Dovecot.</summary>
public sealed class MailboxTests
{
    static int mails;

    static string Mail(string to, string words) =>
        $"From: Anna <anna@example.com>\r\nTo: {to}\r\nSubject: Re: Spring\r\n"
        + $"Message-ID: <{Interlocked.Increment(ref mails)}@example.com>\r\n\r\n{words}\r\n";

    [Fact]
    public async Task What_is_on_record_is_marked_and_read_once_also_where_somebody_had_opened_it_before()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        var mailbox = await MailtoAsync(gate, RunningGate.Anna);
        await dovecot.ArrivesAsync("1.host", Mail("offers@shop.example", "When do you open on Saturday?"));
        await dovecot.ArrivesAsync("2.host", Mail(mailbox, ""), isSeen: true);
        (await ReadAsync(gate, dovecot.Mailbox())).ShouldBe(2);
        (await gate.EntriesAsync(RunningGate.Anna)).OfType<RefusalMade>().ShouldHaveSingleItem();
        var reply = (await Conversation.LmtpAsync(gate.Port, RunningGate.Message, RunningGate.Anna)).ShouldHaveSingleItem();
        reply.ShouldStartWith("550 5.7.1 not permitted: verdict=refused");

        dovecot.Flags().ShouldAllBe(flags => flags.Contains('S'));
        await dovecot.ArrivesAsync("3.host", Mail("offers@shop.example", "And on Sunday?"));
        (await ReadAsync(gate, dovecot.Mailbox())).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_on_record_is_moved_where_a_folder_is_named()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        await dovecot.ArrivesAsync("1.host", Mail(await MailtoAsync(gate, RunningGate.Ben), ""));
        (await ReadAsync(gate, dovecot.Mailbox(moveTo: "Read"))).ShouldBe(1);
        dovecot.Flags().ShouldBeEmpty();
        dovecot.Flags(".Read").ShouldHaveSingleItem();
        (await gate.EntriesAsync(RunningGate.Ben)).OfType<RefusalMade>().ShouldHaveSingleItem();
        var missing = await Should.ThrowAsync<MailboxUnavailableException>(() => ReadAsync(gate, dovecot.Mailbox(moveTo: "Nowhere")));
        missing.Message.ShouldContain("`Nowhere`");
    }

    [Fact]
    public async Task What_could_not_be_put_on_record_stays_unread_and_is_read_again()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        await dovecot.ArrivesAsync("1.host", Mail(await MailtoAsync(gate, RunningGate.Anna), ""));
        await dovecot.ArrivesAsync("2.host", Mail("offers@shop.example", "Hello"));
        var reader = new MailboxReader(dovecot.Mailbox(), gate.Clock);
        await Should.ThrowAsync<LedgerUnavailableException>(() =>
            reader.ReadAsync(
                _ => throw new LedgerUnavailableException(UnavailableBecause.Unreachable, "away"),
                isMarking: true,
                CancellationToken.None
            )
        );
        // Looking marks nothing either.
        (await reader.ReadAsync(_ => Task.CompletedTask, isMarking: false, CancellationToken.None)).ShouldBe(2);
        (await ReadAsync(gate, dovecot.Mailbox())).ShouldBe(2);
        (await gate.EntriesAsync(RunningGate.Anna)).OfType<RefusalMade>().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task A_mailbox_that_refuses_or_is_away_or_cannot_be_trusted_is_named_and_loses_nothing()
    {
        await using var gate = await RunningGate.StartAsync();
        await using var dovecot = await Dovecot.StartAsync();
        await dovecot.ArrivesAsync("1.host", Mail(await MailtoAsync(gate, RunningGate.Anna), ""));
        async Task<string> FaultAsync(ReturnMailbox mailbox) =>
            (await Should.ThrowAsync<MailboxUnavailableException>(() => ReadAsync(gate, mailbox))).Message;

        var wrong = Path.Combine(gate.Folder, "wrong");
        await File.WriteAllTextAsync(wrong, "battery staple");
        (await FaultAsync(dovecot.Mailbox(passwordFile: wrong))).ShouldContain("the login or the password is wrong");
        (await FaultAsync(dovecot.Mailbox(url: dovecot.SecureUrl))).ShouldContain("could not prove with its certificate");
        (await FaultAsync(dovecot.Mailbox(url: dovecot.Url.Replace("INBOX", "Elsewhere")))).ShouldContain("no folder `Elsewhere`");
        var mailbox = dovecot.Mailbox();
        await dovecot.StopAsync();
        (await FaultAsync(mailbox)).ShouldContain($"127.0.0.1:{dovecot.Port} cannot be reached");
        dovecot.Flags().ShouldBe([""]);
    }

    [Theory]
    [InlineData("imaps://answers@mail.example.com", null)]
    [InlineData("imap://answers@mail.example.com/INBOX/Answers", null)]
    [InlineData("imaps://answers:secret@mail.example.com", "holds a password")]
    [InlineData("imaps://mail.example.com", "names no user to sign in")]
    [InlineData("pop3://answers@mail.example.com", "is not an IMAP address")]
    [InlineData("answers@mail.example.com", "is not an IMAP address")]
    [InlineData("imaps://answers@mail.example.com/INBOX;UIDVALIDITY=1?x", "says more than the folder")]
    public void The_address_of_a_mailbox_is_read_strictly_and_never_repeats_a_password(string url, string? fault)
    {
        var password = Path.GetTempFileName();
        var problems = new Problems();
        ReturnMailbox.Read(url, new(password, null), null, new Place("inbound.json"), problems);
        problems.List.Select(problem => problem.Text).ShouldBe(fault is null ? [] : [$"the address of the mailbox {fault}"]);
        problems.List.ShouldAllBe(problem => !problem.ToString().Contains("secret"));
        File.Delete(password);
    }

    static Task<int> ReadAsync(RunningGate gate, ReturnMailbox mailbox) => new Answers(gate).ReadAsync(mailbox);

    static async Task<string> MailtoAsync(RunningGate gate, string address)
    {
        var contact = (await gate.Store.Ledger.RecogniseAsync(Address.Read(address).Address!)).Contact!.Value;
        var stamp = gate.Service<OptOutStamp>();
        var link = await stamp.IssueAsync(contact, Shop.Name, "email", null, null, Shop.Spring.Id, Actor.Runner("test"));
        return $"{await stamp.MailboxAsync(link)}@u.lantern.example";
    }
}
