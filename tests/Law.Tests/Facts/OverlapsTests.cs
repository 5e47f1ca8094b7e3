using MaySend.Law.Facts;

namespace MaySend.Law.Tests.Facts;

public class OverlapsTests
{
    [Theory]
    [InlineData("news", "offers news", true)]
    [InlineData("news", "offers", false)]
    [InlineData("all", "offers", true)]
    [InlineData("news", "all", true)]
    [InlineData("", "offers", true)]
    [InlineData("news", "", true)]
    [InlineData("news ...", "offers", true)]
    [InlineData("news", "offers ...", true)]
    public void Sets_overlap_where_they_share_a_name_or_may(string one, string other, bool expected)
    {
        Set(one).Overlaps(Set(other)).ShouldBe(expected);
        Set(other).Overlaps(Set(one)).ShouldBe(expected);
    }

    [Fact]
    public void A_set_that_is_not_recorded_overlaps() => NameSet.Of("news").Overlaps(null).ShouldBeTrue();

    static NameSet Set(string text)
    {
        if (text == "all")
            return NameSet.Everything;
        var names = text.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return NameSet.Of(names.Where(name => name != "..."), !names.Contains("..."));
    }
}
