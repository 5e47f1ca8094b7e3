using MaySend.Mail.Messages;
using static MaySend.Mail.Messages.MailFindingCode;

namespace MaySend.Mail.Tests.Messages;

public class MessageCheckTests
{
    static MessageCheck Html(string html, string headers = "From: Shop <no-reply@example.com>") =>
        MessageCheck.Of(Fixture.Parse($"{headers}\nMIME-Version: 1.0\nContent-Type: text/html; charset=us-ascii\n\n{html}\n"));

    static MessageCheck Plain(string text, string headers = "From: Shop <no-reply@example.com>") =>
        MessageCheck.Of(Fixture.Parse($"{headers}\nMIME-Version: 1.0\nContent-Type: text/plain; charset=us-ascii\n\n{text}\n"));

    static IEnumerable<MailFindingCode> Codes(MessageCheck check) => check.Findings.Select(f => f.Code);

    [Fact]
    public void A_template_without_an_opt_out_offers_no_refusal()
    {
        var check = Html("<p>Spring sale! <a href='https://shop.example/sale'>Look</a></p>");
        check.RefusalOffered.ShouldBeFalse();
        Codes(check).ShouldContain(OptOutLinkMissing);
    }

    [Theory]
    [InlineData("<a href='https://u.example/o/x'>Unsubscribe</a>")]
    [InlineData("<a href='https://u.example/o/x'>Hier <b>abmelden</b></a>")]
    [InlineData("<a href='https://u.example/unsubscribe/x'><img src='https://u.example/button.png' width='90' height='30'></a>")]
    [InlineData("<a href='mailto:x@u.example'><img alt='Se d&#233;sabonner' src='https://u.example/b.png'></a>")]
    [InlineData("<p>To opt out, go to https://u.example/o/x</p>")]
    public void A_visible_opt_out_link_is_a_refusal_offered(string html) => Html(html).RefusalOffered.ShouldBeTrue();

    [Theory]
    [InlineData("<div style='display:none'><a href='https://u.example/o/x'>Unsubscribe</a></div>")]
    [InlineData("<p style='font-size:0px'>text <span><a href='https://u.example/o/x'>Unsubscribe</a></span></p>")]
    [InlineData("<a hidden href='https://u.example/o/x'>Unsubscribe</a>")]
    public void A_hidden_opt_out_link_is_no_refusal(string html)
    {
        var check = Html(html);
        check.RefusalOffered.ShouldBeFalse();
        Codes(check).ShouldContain(OptOutLinkHidden);
    }

    [Fact]
    public void The_word_alone_without_a_way_to_act_is_no_refusal()
    {
        Html("<p>You may unsubscribe whenever you like.</p>").RefusalOffered.ShouldBeFalse();
        Html("<a href='#'>Unsubscribe</a>").RefusalOffered.ShouldBeFalse();
    }

    [Fact]
    public void A_header_alone_is_not_seen_by_the_reader() =>
        Plain("Spring sale!", "From: Shop <shop@example.com>\nList-Unsubscribe: <https://u.example/x>").RefusalOffered.ShouldBeFalse();

    [Fact]
    public void The_link_of_the_header_counts_in_the_body_whatever_it_is_called() =>
        Plain("Mehr: https://u.example/x", "From: Shop <shop@example.com>\nList-Unsubscribe: <https://u.example/x>")
            .RefusalOffered.ShouldBeTrue();

    [Fact]
    public void A_plain_text_reply_instruction_is_a_refusal_offered() =>
        Plain("Sale!\n\nTo be removed from this list,\nreply with REMOVE in the subject.").RefusalOffered.ShouldBeTrue();

    [Fact]
    public void A_sender_who_shows_another_address_is_disguised()
    {
        var check = Plain("x", "From: \"ceo@bank.example\" <mailer@bulk.example>");
        check.SenderIdentified.ShouldBeFalse();
        Codes(check).ShouldContain(SenderDisguised);
        Plain("x", "From: \"Shop@Example.com\" <shop@example.com>").SenderIdentified.ShouldBeTrue();
    }

    [Fact]
    public void A_message_without_from_identifies_nobody() => Plain("x", "To: anna@example.com").SenderIdentified.ShouldBeFalse();

    [Fact]
    public void Several_authors_need_a_sender() => Codes(Plain("x", "From: a@example.com, b@example.com")).ShouldContain(SenderAmbiguous);

    [Fact]
    public void A_no_reply_sender_without_an_address_in_the_body_gives_no_stop_address()
    {
        var check = Plain("Spring sale!");
        check.StopAddress.ShouldBeFalse();
        Codes(check).ShouldContain(StopAddressMissing);
        Plain("Spring sale!", "From: Shop <shop@example.com>").StopAddress.ShouldBeTrue();
        Plain("Spring sale! Write to privacy@example.com").StopAddress.ShouldBeTrue();
    }

    [Theory]
    [InlineData("Example Ltd, 1 High Street, London SW1A 1AA")]
    [InlineData("Beispiel GmbH, Hauptstr. 1, 10115 Berlin")]
    [InlineData("Example Inc, PO Box 12, Springfield, IL 62701")]
    [InlineData("Voorbeeld BV, Kade 1, 1012 AB Amsterdam")]
    public void A_postal_address_is_recognised(string text)
    {
        var check = Plain(text);
        check.StopAddress.ShouldBeTrue();
        Codes(check).ShouldNotContain(PostalAddressNotFound);
    }

    [Theory]
    [InlineData("(c) 2026 Example Ltd. All rights reserved")]
    [InlineData("Spring, 2026 Collection")]
    [InlineData("More than 1000 Products")]
    public void A_year_or_a_number_is_no_postal_address(string text) => Codes(Plain(text)).ShouldContain(PostalAddressNotFound);

    [Fact]
    public void A_hostile_part_is_read_in_time_linear_in_its_length()
    {
        // What is nested that deep no mail program shows, so no offer is found there.
        Html(string.Concat(Enumerable.Repeat("<b>\n", 300_000)) + "<a href='https://u.example/x'>Unsubscribe</a>")
            .RefusalOffered.ShouldBeFalse();
        Html(string.Concat(Enumerable.Repeat("<p>\n", 30_000)) + "<a href='https://u.example/x'>Unsubscribe</a>")
            .RefusalOffered.ShouldBeTrue();
        Plain(new string('a', 2_000_000)).RefusalOffered.ShouldBeFalse();
    }

    [Theory]
    [InlineData("<img src='https://t.example/open.gif?u=1' width='1' height='1'>")]
    [InlineData("<img src='https://t.example/open.gif' style='width:1px;height:1px'>")]
    [InlineData("<img src='//t.example/open.gif' style='display:none'>")]
    public void A_tracking_pixel_is_found(string html)
    {
        var check = Html(html);
        check.Tracking.ShouldBeTrue();
        check.Findings.Single(f => f.Code == TrackingPixel).Says.ShouldContain("t.example");
    }

    [Theory]
    [InlineData("<img src='https://shop.example/logo.png' width='100' height='40'>")]
    [InlineData("<img src='cid:logo' width='1' height='1'>")]
    [InlineData("<img src='https://shop.example/rule.png' width='600' height='1'>")]
    [InlineData("<img src='https://shop.example/hero.png' style='max-width:100%;height:auto'>")]
    public void An_ordinary_image_is_no_tracking_pixel(string html) => Html(html).Tracking.ShouldBeFalse();

    [Fact]
    public void A_missing_list_id_is_noted()
    {
        Codes(Plain("x")).ShouldContain(ListIdMissing);
        Codes(Plain("x", "From: a@example.com\nList-Id: Spring <spring.example.com>")).ShouldNotContain(ListIdMissing);
    }

    [Fact]
    public void Faults_come_first()
    {
        var weights = Html("<img src='https://t.example/o.gif' width='1' height='1'>").Findings.Select(f => f.Weight).ToList();
        weights.ShouldBe(weights.OrderByDescending(w => w));
    }
}
