using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Law.Tests;

/// <summary>What single tests of facts say where something is not recorded, and at the edge.</summary>
public class LeafTruthTests
{
    static readonly FactValue Lantern = FactValue.OfName("lantern-ltd");

    [Fact]
    public void Two_names_of_which_one_is_not_recorded_are_neither_the_same_nor_not()
    {
        LeafTests.Same(Lantern, Lantern).ShouldBe(Truth.Satisfied);
        LeafTests.Same(Lantern, FactValue.OfName("another-ltd")).ShouldBe(Truth.NotSatisfied);
        LeafTests.Same(Lantern, FactValue.NotRecorded).ShouldBe(Truth.NotEvidenced);
        LeafTests.Same(FactValue.NotRecorded, Lantern).ShouldBe(Truth.NotEvidenced);
        LeafTests.Same(FactValue.NotRecorded, FactValue.NotRecorded).ShouldBe(Truth.NotEvidenced);
    }

    [Theory]
    [InlineData(Comparison.Less, true, false, false)]
    [InlineData(Comparison.AtMost, true, true, false)]
    [InlineData(Comparison.AtLeast, false, true, true)]
    [InlineData(Comparison.More, false, false, true)]
    public void A_comparison_holds_below_at_or_above_the_number(Comparison how, bool below, bool at, bool above)
    {
        LeafTests.Holds(4, how, 5).ShouldBe(below);
        LeafTests.Holds(5, how, 5).ShouldBe(at);
        LeafTests.Holds(6, how, 5).ShouldBe(above);
    }
}
