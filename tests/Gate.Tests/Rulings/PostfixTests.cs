using MaySend.Gate.Tests.Running;
using MaySend.Ledger.Contract.Stores;
using Npgsql;

namespace MaySend.Gate.Tests.Rulings;

/// <summary>Behind a real Postfix, with the store on a real PostgreSQL that goes away and comes back.</summary>
public sealed class PostfixTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Of_four_recipients_two_get_the_message_with_a_link_of_their_own_and_two_are_returned_with_the_reason()
    {
        await using var gate = await StartAsync("four");
        await using var postfix = await Postfix.StartAsync(gate.Port, gate.HopPort, gate.Hop.Port);
        await SendAsync(postfix, [RunningGate.Anna, RunningGate.Ben, RunningGate.Carla, RunningGate.Dan]);
        await Wait.UntilAsync(() => gate.Hop.Messages.Count >= 3 && postfix.Queued == 0, () => postfix.Log);

        var delivered = gate.Hop.Messages.Where(message => message.From == "news@lantern.example").ToList();
        delivered.Select(message => message.To).Order().ShouldBe([RunningGate.Anna, RunningGate.Ben]);
        var links = delivered.Select(message => message.Fields("List-Unsubscribe").ShouldHaveSingleItem()).ToList();
        links.ShouldAllBe(link => link.StartsWith("<https://stop.lantern.example/o/"));
        links[0].ShouldNotBe(links[1]);

        var returned = gate.Hop.Messages.Where(message => message.From == "").ToList();
        returned.ShouldAllBe(message => message.To == "news@lantern.example");
        var said = string.Concat(returned.Select(message => message.Body)).ReplaceLineEndings(" ");
        said.ShouldContain(RunningGate.Carla);
        said.ShouldContain(RunningGate.Dan);
        said.ShouldContain("verdict=refused");
        said.ShouldContain("verdict=not-shown");
        said.ShouldContain("5.7.1");
        said.ShouldNotContain(RunningGate.Anna);
    }

    [Fact]
    public async Task While_the_store_is_away_the_mail_waits_and_once_it_is_back_it_flows()
    {
        await using var gate = await StartAsync("away");
        await using var postfix = await Postfix.StartAsync(gate.Port, gate.HopPort, gate.Hop.Port);
        await AllowAsync("away", isAllowed: false);
        await SendAsync(postfix, [RunningGate.Anna, RunningGate.Carla]);
        await Wait.UntilAsync(
            () => postfix.Log.Split("451 4.7.1 not now: verdict=undecided reason=cannot-decide-now").Length > 2,
            () => postfix.Log
        );
        gate.Hop.Messages.ShouldBeEmpty();
        postfix.Queued.ShouldBeGreaterThan(0);

        await AllowAsync("away", isAllowed: true);
        await postfix.FlushAsync();
        await Wait.UntilAsync(() => gate.Hop.Messages.Count >= 2 && postfix.Queued == 0, () => postfix.Log);
        gate.Hop.Messages.Single(message => message.From != "").To.ShouldBe(RunningGate.Anna);
        gate.Hop.Messages.Single(message => message.From == "").Body.ShouldContain(RunningGate.Carla);
    }

    [Fact]
    public async Task A_mail_to_the_address_in_a_delivered_copy_lands_in_a_maildir_that_is_read_and_the_next_message_is_returned()
    {
        await using var gate = await RunningGate.StartAsync(
            credentials: $"  news: {{class: marketing, campaign: spring-2026, opt_out_domain: {Postfix.AnswersAt}}}",
            back: RunningGate.FreePort()
        );
        await using var postfix = await Postfix.StartAsync(gate.Port, gate.HopPort, gate.Hop.Port);
        await SendAsync(postfix, [RunningGate.Anna, RunningGate.Ben]);
        await Wait.UntilAsync(() => gate.Hop.Messages.Count >= 2 && postfix.Queued == 0, () => postfix.Log);
        var field = gate.Hop.To(RunningGate.Anna).Fields("List-Unsubscribe").ShouldHaveSingleItem();
        var mailbox = field.Split("<mailto:")[1].TrimEnd('>');
        mailbox.ShouldEndWith("@" + Postfix.AnswersAt);

        // As a mail program unsubscribes: nothing but the address says what is asked for, and by whom.
        await SendAsync(
            gate.HopPort,
            $"From: somebody@elsewhere.example\r\nTo: <{mailbox}>\r\nSubject: unsubscribe\r\nMessage-ID: <o1@elsewhere.example>\r\n"
                + "\r\n\r\n",
            "somebody@elsewhere.example",
            [mailbox]
        );
        // Postfix makes the folders of a maildir one by one.
        var arrived = new DirectoryInfo(Path.Combine(postfix.Answers, "new"));
        await Wait.UntilAsync(() => Directory.Exists(arrived.FullName) && arrived.EnumerateFiles().Any(), () => postfix.Log);
        var answers = new Answers(gate);
        (await answers.ReadAsync(postfix.Answers)).ShouldBe(1);
        (await answers.ReadAsync(postfix.Answers)).ShouldBe(0, "what is on record is not read again");

        await SendAsync(postfix, [RunningGate.Anna, RunningGate.Ben], "<2@lantern.example>");
        await Wait.UntilAsync(() => gate.Hop.Messages.Count >= 4 && postfix.Queued == 0, () => postfix.Log);
        gate.Hop.Messages.Count(message => message.To == RunningGate.Anna).ShouldBe(1);
        gate.Hop.Messages.Count(message => message.To == RunningGate.Ben).ShouldBe(2);
        var returned = gate.Hop.Messages.Single(message => message.From == "").Body.ReplaceLineEndings(" ");
        returned.ShouldContain(RunningGate.Anna);
        returned.ShouldContain("verdict=refused");
    }

    async Task<RunningGate> StartAsync(string database)
    {
        await RunAsync($"create database {database}");
        var location = new NpgsqlConnectionStringBuilder(cluster.ConnectionString) { Database = database }.ConnectionString;
        return await RunningGate.StartAsync(location: location, back: RunningGate.FreePort());
    }

    static Task SendAsync(Postfix postfix, string[] to, string id = "<1@lantern.example>") =>
        SendAsync(postfix.Port, RunningGate.Message.Replace("<1@lantern.example>", id), "news@lantern.example", to);

    static async Task SendAsync(int port, string message, string from, string[] to)
    {
        using var client = new MailKit.Net.Smtp.SmtpClient();
        await client.ConnectAsync("127.0.0.1", port, MailKit.Security.SecureSocketOptions.None);
        var mail = await MimeKit.MimeMessage.LoadAsync(new MemoryStream(System.Text.Encoding.Latin1.GetBytes(message)));
        await client.SendAsync(mail, new MimeKit.MailboxAddress("", from), to.Select(address => new MimeKit.MailboxAddress("", address)));
    }

    Task AllowAsync(string database, bool isAllowed) =>
        RunAsync(
            isAllowed
                ? $"alter database {database} with allow_connections true"
                : $"alter database {database} with allow_connections false; select pg_terminate_backend(pid) from pg_stat_activity where "
                    + $"datname = '{database}'"
        );

    async Task RunAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(cluster.ConnectionString);
        await connection.OpenAsync();
#pragma warning disable CA2100 // Names of databases cannot be parameters; these are made here.
        await using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
        await command.ExecuteNonQueryAsync();
    }
}
