using MaySend.Mail.Messages;
using static MaySend.Mail.Messages.MailFindingCode;

namespace MaySend.Mail.Tests.Messages;

public class ListUnsubscribeCheckTests
{
    const string Post = "List-Unsubscribe-Post: List-Unsubscribe=One-Click\n";

    static ListUnsubscribeCheck Check(string fields, string? recipient = null) =>
        ListUnsubscribeCheck.Of(Fixture.Parse("From: shop@example.com\n" + fields + "\nHello\n").Headers, recipient);

    static IEnumerable<MailFindingCode> Codes(string fields, string? recipient = null) =>
        Check(fields, recipient).Findings.Select(f => f.Code);

    [Fact]
    public void Both_orders_of_https_and_mailto_are_good()
    {
        Check("List-Unsubscribe: <https://u.example/x>, <mailto:x@u.example>\n" + Post).OneClick.ShouldBeTrue();
        Check("List-Unsubscribe: <mailto:x@u.example>,\n <https://u.example/x>\n" + Post).OneClick.ShouldBeTrue();
    }

    [Fact]
    public void A_fold_inside_an_address_is_mended_and_reported()
    {
        var check = Check("List-Unsubscribe: <https://u.example/aaa\n bbb>, <mailto:x@u.example>\n" + Post);
        check.Https.ShouldBe("https://u.example/aaabbb");
        check.OneClick.ShouldBeFalse();
        check.Findings.Select(f => f.Code).ShouldBe([FoldedInsideAddress]);
    }

    [Fact]
    public void A_fold_between_brackets_and_comma_is_no_fault() =>
        Codes("List-Unsubscribe: \n <https://u.example/x>\n ,\n <mailto:x@u.example>\n" + Post).ShouldBeEmpty();

    [Fact]
    public void Addresses_without_brackets_are_read_and_reported()
    {
        var check = Check("List-Unsubscribe: https://u.example/a,b, mailto:x@u.example\n" + Post);
        check.Https.ShouldBe("https://u.example/a,b");
        check.Mailto.ShouldBe("mailto:x@u.example");
        check.OneClick.ShouldBeFalse();
        check.Findings.Select(f => f.Code).ShouldBe([NoAngleBrackets]);
    }

    [Fact]
    public void Encoded_words_are_decoded_and_reported()
    {
        var check = Check(
            "List-Unsubscribe: =?us-ascii?Q?=3Chttps=3A=2F=2Fu=2Eexample=2Fx=3E=2C_?=\n =?us-ascii?Q?=3Cmailto=3Ax=40u=2Eexample=3E?=\n"
                + Post
        );
        check.Https.ShouldBe("https://u.example/x");
        check.Mailto.ShouldBe("mailto:x@u.example");
        check.OneClick.ShouldBeFalse();
        check.Findings.Select(f => f.Code).ShouldBe([EncodedWord]);
    }

    [Fact]
    public void Plain_http_is_no_one_click()
    {
        var check = Check("List-Unsubscribe: <http://u.example/x>\n" + Post);
        check.OneClick.ShouldBeFalse();
        check.Findings.Select(f => f.Code).ShouldBe([PlainHttp, NoHttps, NoMailto, PostWithoutHttps], ignoreOrder: true);
    }

    [Theory]
    [InlineData("ListUnsubscribe=One-Click")]
    [InlineData("List-Unsubscribe=One-click")]
    [InlineData("List-Unsubscribe: One-Click")]
    public void A_misspelt_post_field_is_no_one_click(string value)
    {
        var check = Check($"List-Unsubscribe: <https://u.example/x>, <mailto:x@u.example>\nList-Unsubscribe-Post: {value}\n");
        check.OneClick.ShouldBeFalse();
        check.Findings.Select(f => f.Code).ShouldBe([PostMisspelt]);
    }

    [Fact]
    public void Post_without_any_https_address_is_a_fault() =>
        Codes("List-Unsubscribe: <mailto:x@u.example>\n" + Post).ShouldBe([NoHttps, PostWithoutHttps], ignoreOrder: true);

    [Fact]
    public void A_web_page_alone_is_not_one_click() =>
        Codes("List-Unsubscribe: <https://u.example/x>, <mailto:x@u.example>\n").ShouldBe([PostMissing]);

    [Fact]
    public void No_field_at_all_is_a_fault() => Codes("").ShouldBe([ListUnsubscribeMissing]);

    [Theory]
    [InlineData("u.example/x")]
    [InlineData("u.example:8080/x")]
    [InlineData("x@u.example")]
    public void An_address_without_scheme_is_a_fault(string address) => Codes($"List-Unsubscribe: <{address}>\n").ShouldContain(NoScheme);

    [Fact]
    public void An_unusual_scheme_is_a_warning() => Codes("List-Unsubscribe: <ftp://u.example/x>\n").ShouldContain(UnknownScheme);

    [Theory]
    [InlineData("<https://u.example/?e=anna@example.com>")]
    [InlineData("<https://u.example/?e=anna%40example.com>")]
    [InlineData("<https://u.example/?e=ANNA%2540EXAMPLE.COM>")]
    [InlineData("<https://u.example/YW5uYUBleGFtcGxlLmNvbQ>")]
    [InlineData("<https://u.example/616e6e61406578616d706c652e636f6d>")]
    [InlineData("<https://u.example/x>, <mailto:leave-anna=example.com@u.example>")]
    [InlineData("<https://u.example/x>, <mailto:leave@u.example?subject=unsubscribe%20anna@example.com>")]
    public void The_recipients_address_in_a_link_is_a_fault(string value) =>
        Codes($"List-Unsubscribe: {value}\n", "Anna@Example.com").ShouldContain(PersonalDataInAddress);

    [Fact]
    public void A_bare_digest_of_the_address_is_no_opaque_token()
    {
        var digest = Convert.ToHexString(System.Security.Cryptography.SHA256.HashData("anna@example.com"u8)).ToLowerInvariant();
        Codes($"List-Unsubscribe: <https://u.example/{digest}>\n", "anna@example.com").ShouldContain(PersonalDataInAddress);
    }

    [Fact]
    public void Any_address_in_a_link_is_a_fault_when_the_recipient_is_not_known()
    {
        Codes("List-Unsubscribe: <https://u.example/?e=bob%40example.org>\n").ShouldContain(PersonalDataInAddress);
        Codes("List-Unsubscribe: <https://u.example/x>, <mailto:leave@u.example>\n").ShouldNotContain(PersonalDataInAddress);
    }

    [Fact]
    public void Too_long_addresses_lines_and_mailboxes_are_found()
    {
        Codes($"List-Unsubscribe: <https://u.example/{new string('x', 260)}>\n").ShouldContain(AddressTooLong);
        Codes($"List-Unsubscribe: <https://u.example/{new string('x', 1000)}>\n").ShouldContain(LineTooLong);
        Codes($"List-Unsubscribe: <mailto:{new string('x', 65)}@u.example>\n").ShouldContain(LocalPartTooLong);
        Codes($"List-Unsubscribe: <mailto:{new string('x', 64)}@u.example>\n").ShouldNotContain(LocalPartTooLong);
    }

    [Fact]
    public void A_mailto_that_needs_its_subject_is_a_warning() =>
        Codes("List-Unsubscribe: <mailto:x@u.example?subject=unsubscribe&body=please>\n").ShouldContain(MailtoReliesOnSubject);

    [Fact]
    public void Two_fields_or_two_https_addresses_are_no_one_click()
    {
        var twice = Check("List-Unsubscribe: <https://u.example/x>\nList-Unsubscribe: <https://v.example/x>\n" + Post);
        twice.OneClick.ShouldBeFalse();
        twice.Findings.Select(f => f.Code).ShouldContain(FieldRepeated);
        Codes("List-Unsubscribe: <https://u.example/x>, <https://v.example/x>\n" + Post).ShouldContain(SeveralHttps);
    }

    [Fact]
    public void A_signature_must_cover_both_fields()
    {
        const string Fields = "List-Unsubscribe: <https://u.example/x>, <mailto:x@u.example>\n" + Post;
        Check("DKIM-Signature: v=1; d=example.com; h=From:To:Subject; b=x\n" + Fields).OneClick.ShouldBeFalse();
        Check("DKIM-Signature: v=1; d=example.com; h=From:List-Unsubscribe; b=x\n" + Fields).OneClick.ShouldBeFalse();
        Check("DKIM-Signature: v=1; d=example.com; h=from : list-unsubscribe :\n list-unsubscribe-post; b=x\n" + Fields)
            .OneClick.ShouldBeTrue();
    }
}
