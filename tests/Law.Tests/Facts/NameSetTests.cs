using MaySend.Law.Facts;

namespace MaySend.Law.Tests.Facts;

public class NameSetTests
{
    static readonly NameSet Candles = NameSet.Of("candles");
    static readonly NameSet Both = NameSet.Of("candles", "soap");
    static readonly NameSet CandlesAndMore = NameSet.Of(["candles"], isComplete: false);
    static readonly NameSet Unknown = NameSet.Of([], isComplete: false);
    static readonly NameSet None = NameSet.Of();

    [Fact]
    public void A_set_covers_what_it_holds_and_not_what_it_lacks()
    {
        Both.Covers(Candles).ShouldBe(Truth.Satisfied);
        Candles.Covers(Both).ShouldBe(Truth.NotSatisfied);
        NameSet.Everything.Covers(Both).ShouldBe(Truth.Satisfied);
        NameSet.Everything.Covers(NameSet.Everything).ShouldBe(Truth.Satisfied);
        Both.Covers(NameSet.Everything).ShouldBe(Truth.NotSatisfied);
    }

    [Fact]
    public void Empty_on_either_side_shows_nothing()
    {
        None.Covers(Candles).ShouldBe(Truth.NotEvidenced);
        Candles.Covers(None).ShouldBe(Truth.NotEvidenced);
        NameSet.Everything.Covers(None).ShouldBe(Truth.NotEvidenced);
        None.IsEmpty.ShouldBeTrue();
        Unknown.IsEmpty.ShouldBeFalse();
    }

    [Fact]
    public void What_may_be_missing_counts_against_neither_answer()
    {
        CandlesAndMore.Covers(Candles).ShouldBe(Truth.Satisfied);
        CandlesAndMore.Covers(Both).ShouldBe(Truth.NotEvidenced);
        CandlesAndMore.Covers(NameSet.Everything).ShouldBe(Truth.NotEvidenced);
        Both.Covers(CandlesAndMore).ShouldBe(Truth.NotEvidenced);
        NameSet.Of("soap").Covers(CandlesAndMore).ShouldBe(Truth.NotSatisfied);
        NameSet.Everything.Covers(CandlesAndMore).ShouldBe(Truth.Satisfied);
    }

    [Fact]
    public void Sets_are_equal_by_content_and_written_in_order()
    {
        NameSet.Of("soap", "candles", "soap").ShouldBe(Both);
        NameSet.Of("soap", "candles").GetHashCode().ShouldBe(Both.GetHashCode());
        Candles.ShouldNotBe(CandlesAndMore);
        (Both.ToString(), CandlesAndMore.ToString(), NameSet.Everything.ToString()).ShouldBe(("candles soap", "candles ...", "all"));
        (NameSet.Everything.Has("anything"), Candles.Has("Candles")).ShouldBe((true, false));
    }

    [Fact]
    public void A_union_holds_what_either_set_holds_and_may_miss_what_either_may_miss()
    {
        Candles.Union(NameSet.Of("soap")).ShouldBe(Both);
        Candles.Union(Both).ShouldBeSameAs(Both);
        Both.Union(Candles).ShouldBeSameAs(Both);
        None.Union(Candles).ShouldBeSameAs(Candles);
        Candles.Union(None).ShouldBeSameAs(Candles);
        CandlesAndMore.Union(Both).ShouldBe(NameSet.Of(["candles", "soap"], isComplete: false));
        Candles.Union(Unknown).IsComplete.ShouldBeFalse();
        Candles.Union(NameSet.Everything).ShouldBe(NameSet.Everything);
    }
}
