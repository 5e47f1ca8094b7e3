using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Tests.Reading;

public class DigestTests
{
    [Fact]
    public void Two_contents_that_agree_in_the_first_48_bits_are_two()
    {
        var one = Digest.FromHash([1, 2, 3, 4, 5, 6, .. new byte[26]]);
        var other = Digest.FromHash([1, 2, 3, 4, 5, 6, .. new byte[25], 1]);
        one.Short.ShouldBe(other.Short);
        one.ShouldNotBe(other);
        one.ToString().ShouldNotBe(other.ToString());
        one.IsNamedBy(other.ToString()).ShouldBeFalse();
        new Dictionary<Digest, string> { [one] = "one", [other] = "other" }[other]
            .ShouldBe("other");
    }

    [Fact]
    public void A_digest_is_written_and_read_in_64_digits()
    {
        // The first example of FIPS 180-4.
        var digest = Digest.Of("abc");
        digest.ToString().ShouldBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        Digest.TryParse(digest.ToString(), out var read).ShouldBeTrue();
        read.ShouldBe(digest);
        System.Text.Json.JsonSerializer.Serialize(digest).ShouldBe($"\"{digest}\"");
    }

    [Theory]
    [InlineData("")]
    [InlineData("ba7816bf8f01")]
    [InlineData("BA7816BF8F01CFEA414140DE5DAE2223B00361A396177A9CB410FF61F20015AD")]
    [InlineData("ga7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")]
    public void Nothing_else_is_read_as_one(string text) => Digest.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void What_older_records_name_by_twelve_digits_is_recognised()
    {
        var digest = Digest.Of("abc");
        digest.IsNamedBy("ba7816bf8f01").ShouldBeTrue();
        digest.IsNamedBy("ba7816bf8f0").ShouldBeFalse();
        digest.IsNamedBy(null).ShouldBeFalse();
    }

    [Fact]
    public void Every_policy_has_its_own_digest_at_full_length()
    {
        var all = HousePolicy.Switches.Select(one => HousePolicy.None.With(one.Name, true).Digest).ToList();
        all.Distinct().Count().ShouldBe(all.Count);
        all.ShouldAllBe(digest => digest.ToString().Length == 64);
    }
}
