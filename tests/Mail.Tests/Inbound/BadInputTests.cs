using System.Text;
using CsCheck;
using MaySend.Mail.Inbound;

namespace MaySend.Mail.Tests.Inbound;

public class BadInputTests
{
    static readonly WebhookPlatform[] Unsigned =
    [
        WebhookPlatform.Postmark,
        WebhookPlatform.Mailjet,
        WebhookPlatform.Brevo,
        WebhookPlatform.SparkPost,
        WebhookPlatform.Mailchimp,
        WebhookPlatform.Listmonk,
    ];

    static readonly Gen<WebhookPlatform> Platforms = Gen.Int[0, Unsigned.Length - 1].Select(i => Unsigned[i]);

    [Fact]
    public void No_text_makes_a_reader_throw() =>
        Gen.Select(Platforms, Gen.String)
            .Sample((platform, text) => Hook.PlainText(platform, text).Signals.All(signal => signal.Place.Length > 0));

    [Fact]
    public void No_change_of_one_octet_makes_a_reader_throw()
    {
        var fixtures = Fixture
            .Files("webhooks")
            .Where(file => file.EndsWith(".json", StringComparison.Ordinal))
            .Select(Fixture.Bytes)
            .ToArray();
        Gen.Select(Platforms, Gen.Int[0, fixtures.Length - 1], Gen.Int[0, int.MaxValue], Gen.Byte)
            .Sample(
                (platform, file, at, octet) =>
                {
                    var body = (byte[])fixtures[file].Clone();
                    body[at % body.Length] = octet;
                    return Hook.Read(new(platform), body).Problems.All(problem => problem.Place.Length > 0 && problem.Remedy.Length > 0);
                },
                iter: 1500
            );
    }

    [Fact]
    public void Half_a_surrogate_pair_is_a_problem_and_no_exception() =>
        Hook.PlainText(WebhookPlatform.Mailjet, """{"event":"unsub","time":1,"email":"\ud800@example.com"}""")
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("$");

    [Fact]
    public void A_body_that_is_no_JSON_is_refused_with_line_and_octet()
    {
        var problem = Hook.PlainText(WebhookPlatform.Postmark, "{\n  \"RecordType\": oops }").Problems.ShouldHaveSingleItem();
        problem.Place.ShouldStartWith("body line 2");
    }

    [Fact]
    public void A_body_beyond_the_limit_is_refused_unread() =>
        Hook.Read(new(WebhookPlatform.Postmark), new byte[WebhookRequest.LargestBody + 1])
            .Problems.ShouldHaveSingleItem()
            .Place.ShouldBe("body");

    [Fact]
    public void Deep_nesting_is_refused() =>
        Hook.PlainText(WebhookPlatform.Postmark, new string('[', 100) + new string(']', 100)).Authenticity.ShouldBe(Authenticity.Refused);

    [Theory]
    [InlineData(WebhookPlatform.Postmark, """{"RecordType":"SubscriptionChange","Recipient":"anna@example.com"}""", "$.SuppressSending")]
    [InlineData(WebhookPlatform.Postmark, """{"RecordType":"SpamComplaint","ID":1}""", "$")]
    [InlineData(WebhookPlatform.Mailjet, """[{"event":"unsub","time":1,"email":"a@example.com"},{"event":"unsub"}]""", "$[1]")]
    [InlineData(WebhookPlatform.SparkPost, """[{"x":1}]""", "$[0]")]
    [InlineData(WebhookPlatform.Brevo, """{"email":"anna@example.com"}""", "$.event")]
    [InlineData(WebhookPlatform.Mailchimp, "fired_at=x", "type")]
    [InlineData(WebhookPlatform.Listmonk, """{"email":"anna@example.com","type":"odd"}""", "$.type")]
    [InlineData(WebhookPlatform.Listmonk, "7", "$")]
    public void A_lost_act_is_reported_with_its_place(WebhookPlatform platform, string body, string place) =>
        Hook.PlainText(platform, body).Problems.ShouldHaveSingleItem().Place.ShouldBe(place);
}
