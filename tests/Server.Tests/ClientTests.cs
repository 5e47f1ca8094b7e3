using System.Net;
using System.Text;
using MaySend.Client;
using MaySend.Gate.Tests.Running;
using MaySend.Samples;

namespace MaySend.Server.Tests;

/// <summary>The client library against a running server, and against whatever else may answer.</summary>
public class ClientTests
{
    static MaySendClient Of(Running server, string? key = null) => new(server.Url, key ?? server.Key);

    [Fact]
    public async Task A_program_of_twenty_lines_mails_whom_it_may_and_each_copy_has_its_own_way_out()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("carl@example.com");
        using var maysend = Of(server);
        await maysend.RefuseAsync("carl@example.com", new() { How = "phone" }, "call 7");
        await using var sink = new Sink();
        using var mail = new MailKit.Net.Smtp.SmtpClient();
        await mail.ConnectAsync("127.0.0.1", sink.Port);
        (await FridaysMail.SendAsync(maysend, mail, ["anna@example.com", "carl@example.com", "ben@example.com"], "spring-2026")).ShouldBe(
            1
        );
        var message = sink.Messages.ShouldHaveSingleItem();
        message.To.ShouldContain("anna@example.com");
        message.Fields("List-Unsubscribe-Post").ShouldBe(["List-Unsubscribe=One-Click"]);
        var url = message.Fields("List-Unsubscribe").ShouldHaveSingleItem().Trim('<', '>');
        MimeKit.MimeMessage.Load(new MemoryStream(message.Octets)).TextBody!.ShouldContain(url);
        using var oneClick = new StringContent("List-Unsubscribe=One-Click", Encoding.ASCII, "application/x-www-form-urlencoded");
        (await server.Public.PostAsync(url, oneClick)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await maysend.AskAsync("anna@example.com", "spring-2026")).ShouldSatisfyAllConditions(
            answer => answer.Send.ShouldBeFalse(),
            answer => answer.Verdict.ShouldBe("refused"),
            answer => answer.Failure.ShouldBeNull()
        );
    }

    [Fact]
    public async Task A_program_of_twenty_lines_in_TypeScript_does_the_same_with_types_made_from_the_description()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("carl@example.com");
        await using var sink = new Sink();
        var (sent, said) = await TypeScript.RunAsync(server, sink, ["carl@example.com", "anna@example.com", "no address"]);
        sent.ShouldBe(0, said);
        sink.Messages.Select(message => message.To.Trim('<', '>')).ShouldBe(["carl@example.com", "anna@example.com"]);
        sink.Messages.ToArray()[1].Fields("List-Unsubscribe-Post").ShouldBe(["List-Unsubscribe=One-Click"]);
        said.Trim().Split('\n')[2].ShouldStartWith("no address: no, ");
        (await server.PostAsync("/v1/refusals", """{"address": "carl@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        (sent, said) = await TypeScript.RunAsync(server, sink, ["carl@example.com"]);
        (sent, said.Trim()).ShouldBe((0, "carl@example.com: no, gb/pecr/refusal#holds"));
        sink.Messages.Count.ShouldBe(2);
        // Where nobody answers, nobody is mailed.
        (sent, said) = await TypeScript.RunAsync(server, sink, ["anna@example.com"], url: "http://127.0.0.1:1");
        (sent, sink.Messages.Count).ShouldBe((0, 2));
        said.ShouldStartWith("anna@example.com: no, ");
        File.ReadLines(Path.Combine(Running.Root, "samples", "client", "fridays-mail.ts")).Count().ShouldBeLessThanOrEqualTo(20);
    }

    [Fact]
    public async Task A_long_list_is_answered_in_its_order_and_what_is_no_address_is_a_no()
    {
        await using var server = await Running.StartAsync();
        using var maysend = Of(server);
        var list = Enumerable
            .Range(0, 1300)
            .Select(i =>
                i % 500 == 7 ? "anna@example.com"
                : i % 500 == 8 ? "no address\n"
                : $"p{i}@example.com"
            )
            .ToList();
        var answers = await maysend.AskManyAsync(list, "spring-2026").ToListAsync();
        answers.Select(answer => answer.Address).ShouldBe(list);
        answers.Where(answer => answer.Send).Select(answer => answer.Address).ShouldBe(Enumerable.Repeat("anna@example.com", 3));
        answers.Where(answer => answer.Send).ShouldAllBe(answer => answer.DecisionId != null);
        answers.Where(answer => answer.Failure is not null).Select(answer => answer.Address).Distinct().ShouldBe(["no address\n"]);
    }

    [Fact]
    public async Task Whatever_fails_is_a_no_and_what_was_not_recorded_is_said()
    {
        await using var server = await Running.StartAsync();
        using var stranger = Of(server, "ms_0000000000000000_nothing");
        var unknown = await stranger.AskAsync("anna@example.com", "spring-2026");
        (unknown.Send, unknown.Reason).ShouldBe((false, MaySendAnswer.NoAnswer));
        unknown.Failure!.ShouldContain("401");
        (await Should.ThrowAsync<MaySendException>(() => stranger.RefuseAsync("anna@example.com"))).Status.ShouldBe(401);
        using var maysend = Of(server);
        (await maysend.AskAsync("anna@example.com", "no-such-campaign")).Send.ShouldBeFalse();
        (await Should.ThrowAsync<MaySendException>(() => maysend.LinkAsync("nobody@example.com", "lantern-ltd"))).Status.ShouldBe(404);
        (await Should.ThrowAsync<MaySendException>(() => maysend.RecordAsync("anna@example.com", """{"kind": "sale"}"""))).Status.ShouldBe(
            400
        );
        using var nowhere = new MaySendClient(new Uri("http://127.0.0.1:1"), "ms_key");
        (await nowhere.AskAsync("anna@example.com", "spring-2026")).Failure.ShouldNotBeNull();
        (await nowhere.AskManyAsync(["a@example.com", "b@example.com"], "spring-2026").ToListAsync())
            .Count(answer => !answer.Send)
            .ShouldBe(2);
        (await Should.ThrowAsync<MaySendException>(() => nowhere.RefuseAsync("anna@example.com"))).Status.ShouldBeNull();
    }

    [Theory]
    [InlineData(200, """{"send": true}""")]
    [InlineData(200, """{"send": true, "verdict": "refused"}""")]
    [InlineData(200, """{"send": "true", "verdict": "permitted"}""")]
    [InlineData(503, """{"send": true, "verdict": "permitted"}""")]
    [InlineData(302, """{"send": true, "verdict": "permitted"}""")]
    [InlineData(200, "<html>permitted</html>")]
    [InlineData(200, "")]
    public async Task Only_an_answer_that_is_one_lets_a_message_out(int status, string body)
    {
        using var other = new Fixed((HttpStatusCode)status, body);
        using var maysend = new MaySendClient(new Uri("http://other.example"), "ms_key", handler: other);
        (await maysend.AskAsync("anna@example.com", "spring-2026")).Send.ShouldBeFalse();
        (await maysend.AskManyAsync(["anna@example.com"], "spring-2026").ToListAsync()).ShouldHaveSingleItem().Send.ShouldBeFalse();
    }

    [Fact]
    public async Task A_caller_who_gives_up_is_told_so()
    {
        using var maysend = new MaySendClient(new Uri("http://other.example"), "ms_key", handler: new Fixed(HttpStatusCode.OK, "{}"));
        using var given = new CancellationTokenSource();
        await given.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => maysend.AskAsync("anna@example.com", "spring-2026", given.Token));
    }

    sealed class Fixed(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return Task.FromResult(
                new HttpResponseMessage(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") }
            );
        }
    }
}
