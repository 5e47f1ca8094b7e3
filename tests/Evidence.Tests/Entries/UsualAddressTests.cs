using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Tests.Entries;

public class UsualAddressTests
{
    static readonly string[] Parts = [.. "a z 0 9 . - _ + @ A * .. -- xn-- ' é example .com".Split(' ')];

    /// <summary>A space in front makes every address one that the whole rules are asked about; what they say is the same.</summary>
    [Fact]
    public void What_is_told_from_its_letters_alone_is_what_the_whole_rules_say()
    {
        var letters = Gen.Int[0, Parts.Length - 1].Select(place => Parts[place]);
        letters.Array[0, 9].Select(parts => string.Concat(parts)).Sample(text => AsWhole(text), iter: 20_000);
    }

    [Fact]
    public void An_address_that_is_read_again_is_the_same() =>
        Gen.Int[0, Odd.Length - 1]
            .Select(place => Odd[place])
            .Array[0, 5]
            .Select(parts => $"{string.Concat(parts)}anna@example.com")
            .Sample(
                text =>
                {
                    if (Address.Email(text).Address is { } read)
                        Address.Email(read.Verbatim).Required().ShouldBe(read, text);
                },
                iter: 20_000
            );

    static readonly string[] Odd = ["'", "''", "\u2018", "\u2019", "\uFF07", " ", ".", "-", "a", "\uFF41", "\u3002", "*", "\""];

    [Theory]
    [InlineData("anna@example.com")]
    [InlineData("a.b-c_d+e@x-y.example")]
    [InlineData("-a@b.c")]
    [InlineData(".a@b.co")]
    [InlineData("a@-b.co")]
    [InlineData("a@b-.co")]
    [InlineData("a@b..co")]
    [InlineData("a@b.c0")]
    [InlineData("a@b.00")]
    [InlineData("a@xn--mnchen-3ya.de")]
    [InlineData("a@ab--cd.de")]
    [InlineData("a@b@example.com")]
    public void An_odd_address_is_no_exception(string text) => AsWhole(text);

    [Theory]
    [InlineData("İPEK@EXAMPLE.COM")]
    [InlineData("ıpek@example.com")]
    [InlineData("ipek@example.com")]
    public void Letters_that_a_list_put_into_capitals_by_Turkish_rules_has_are_the_same_mailbox(string written) =>
        Address.Email(written).Required().Matching.ShouldBe("ipek@example.com");

    [Theory]
    [InlineData("a@\uFB01rm.example", "a@firm.example")]
    [InlineData("o\uFB03ce@sta\uFB00.example", "office@staff.example")]
    [InlineData("A@\uFB01RM.example", "a@firm.example")]
    [InlineData("\uFF41@\uFF46\uFF49rm\uFF0Eexample", "a@firm.example")]
    [InlineData("a@r\u0133n.example", "a@rijn.example")]
    [InlineData("\u017Fam@example.com", "sam@example.com")]
    [InlineData("\u212Aim@example.com", "kim@example.com")]
    [InlineData("a@\u212Babo.example", "a@xn--bo-1iay.example")]
    [InlineData("\u0E19\u0E4D\u0E32@example.com", "\u0E19\u0E33@example.com")]
    public void Characters_that_people_copy_into_a_list_are_the_letters_they_stand_for(string written, string matching)
    {
        if (written.Contains('\u212B', StringComparison.Ordinal))
            Address.Email(written).Required().ShouldBe(Address.Email("a@\u00C5abo.example").Required());
        else
            Address.Email(written).Required().Matching.ShouldBe(matching);
    }

    [Theory]
    [InlineData("a\u00B2@example.com")]
    [InlineData("a@x\u00B2.example")]
    [InlineData("\u2460@example.com")]
    [InlineData("a@\u2460.example")]
    [InlineData("\U0001D41A@example.com")]
    [InlineData("a@\U0001D41A.example")]
    [InlineData("a@\u2121.example")]
    [InlineData("\uFEFB@example.com")]
    [InlineData("\uFF76@example.com")]
    [InlineData("a@\u2167.example")]
    [InlineData("a\u2011b@example.com")]
    public void Characters_that_stand_for_others_make_no_address_on_either_side(string written) =>
        Address.Email(written).Fault.ShouldNotBeNull().ShouldStartWith("a character stands for others");

    [Theory]
    [InlineData("josé@müller.example")]
    [InlineData("почта@пример.example")]
    [InlineData("山田ー々@例え.example")]
    [InlineData("한글@example.com")]
    [InlineData("ชื่อ@example.com")]
    [InlineData("नाम@example.com")]
    [InlineData("اسم@example.com")]
    [InlineData("ελένη@example.com")]
    [InlineData("straße@example.com")]
    public void Letters_of_every_script_that_stand_for_themselves_are_good(string written) => Address.Email(written).Required();

    [Fact]
    public void What_was_recorded_before_is_found_where_it_was_put()
    {
        var before = Address.Recorded(AddressKind.Email, "a@\uFB01rm.example").Required();
        before.Matching.ShouldStartWith("a@xn--");
        Address.Recorded(AddressKind.Email, "a\u00B2@example.com").Required().Matching.ShouldBe("a\u00B2@example.com");
    }

    [Fact]
    public void A_rule_for_a_domain_is_over_the_address_that_is_written_with_a_ligature()
    {
        var rules = DomainRules.Of([new OnRecord(new DomainRefused("firm.example") { On = new DateOnly(2026, 1, 5) }, BySigner: true)]);
        DomainRules.Over("a@\uFB01rm.example", rules).ShouldNotBeNull();
        MailDomains.Whole("*@\uFB01rm.example").ShouldBe("firm.example");
    }

    [Fact]
    public void Length_counts_by_the_same_measure()
    {
        foreach (var local in new[] { 1, 63, 64, 65 })
        foreach (var label in new[] { 1, 62, 63, 64 })
        foreach (var labels in new[] { 1, 2, 3, 4 })
            AsWhole($"{new string('a', local)}@{string.Join('.', Enumerable.Repeat(new string('b', label), labels))}.example");
    }

    static void AsWhole(string text)
    {
        var (quick, whole) = (Address.Email(text), Address.Email(" " + text));
        quick.Fault.ShouldBe(whole.Fault, text);
        (quick.Address?.Matching, quick.Address?.Verbatim).ShouldBe((whole.Address?.Matching, whole.Address?.Verbatim), text);
    }
}
