using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Decisions.Tests;

/// <summary>An organisation that asks to be left alone is: every address of its domain, until two people end it.</summary>
public class DomainRuleTests
{
    static readonly DomainRefused Firm = new("firm.example") { On = new DateOnly(2026, 1, 5), How = "letter" };

    static Verdict Decide(string address, params ControllerEntry[] rules)
    {
        var record = new ControllerRecord([.. Shop.Entries, .. rules]);
        ContactEntry[] entries =
        [
            Shop.InBritain,
            Shop.Order(Shop.On(2025, 5, 2)),
            Shop.DoubleOptIn(Shop.On(2026, 2, 1)) with
            {
                ServedHere = true,
            },
        ];
        return Shop
            .Decider.Decide(
                CampaignFactFinder.Find(record, Shop.Spring),
                new FactFinder(record, Shop.Spring, Shop.Decider.Days).Find(entries, address),
                Shop.Day,
                record.PolicyOn(Shop.Day)
            )
            .Verdict;
    }

    [Theory]
    [InlineData("anna@firm.example", Verdict.Refused)]
    [InlineData("Anna@FIRM.example", Verdict.Refused)]
    [InlineData("anna@north.firm.example", Verdict.Refused)]
    [InlineData("anna@otherfirm.example", Verdict.Permitted)]
    [InlineData("firm.example@shop.example", Verdict.Permitted)]
    [InlineData("+447700900123", Verdict.Permitted)]
    public void A_rule_refuses_its_domain_and_what_lies_below_it_and_no_sign_up_lifts_it(string address, Verdict verdict) =>
        Decide(address, Firm).ShouldBe(verdict);

    [Fact]
    public void Two_people_end_a_rule_and_a_later_one_counts_again()
    {
        var ended = new RequestsTakenBack("1") { Domain = "firm.example" };
        Decide("anna@firm.example", Firm, ended).ShouldBe(Verdict.Permitted);
        Decide("anna@firm.example", Firm, ended, Firm with { On = new DateOnly(2026, 2, 5) }).ShouldBe(Verdict.Refused);
    }

    [Theory]
    [InlineData("@firm.example", "firm.example")]
    [InlineData(" *@Firm.Example ", "firm.example")]
    [InlineData("*@*.firm.example", "firm.example")]
    [InlineData("*@münchen.example", "xn--mnchen-3ya.example")]
    [InlineData("anna@firm.example", null)]
    [InlineData("*@example", null)]
    [InlineData("firm.example", null)]
    public void What_names_a_whole_domain_is_read_and_is_never_taken_for_an_address(string text, string? domain)
    {
        MailDomains.Whole(text).ShouldBe(domain);
        if (domain is not null)
            Address.Read(text).Address.ShouldBeNull();
    }

    [Theory]
    [InlineData("yahoo.co.uk", true)]
    [InlineData("yahoo.co.jp", true)]
    [InlineData("co.uk", true)]
    [InlineData("com.au", true)]
    [InlineData("me.uk", true)]
    [InlineData("mail.gmail.com", true)]
    [InlineData("uk", true)]
    [InlineData("firm.co.uk", false)]
    [InlineData("firm.com", false)]
    [InlineData("mail.firm.de", false)]
    [InlineData("co.example", false)]
    [InlineData("mygmail.com", false)]
    public void Nobody_speaks_for_a_domain_of_public_mailboxes_for_one_around_it_or_for_one_under_which_everybody_registers(
        string domain,
        bool isPublic
    ) => MailDomains.IsPublic(domain).ShouldBe(isPublic);
}
