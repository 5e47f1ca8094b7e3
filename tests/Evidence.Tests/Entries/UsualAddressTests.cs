using CsCheck;
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
