namespace MaySend.Law.Tests;

public class TruthTests
{
    const Truth Yes = Truth.Satisfied,
        No = Truth.NotSatisfied,
        Open = Truth.NotEvidenced;

    [Theory]
    [InlineData(Yes, Yes, Yes, Yes)]
    [InlineData(Yes, Open, Open, Yes)]
    [InlineData(Yes, No, No, Yes)]
    [InlineData(Open, Open, Open, Open)]
    [InlineData(Open, No, No, Open)]
    [InlineData(No, No, No, No)]
    public void Kleenes_tables_hold_either_way_round(Truth left, Truth right, Truth and, Truth or)
    {
        (left.And(right), right.And(left)).ShouldBe((and, and));
        (left.Or(right), right.Or(left)).ShouldBe((or, or));
        left.Negated().Or(right.Negated()).ShouldBe(and.Negated());
    }

    [Fact]
    public void What_is_forgotten_is_not_evidenced_and_stays_so_when_denied()
    {
        default(Truth).ShouldBe(Open);
        Open.Negated().ShouldBe(Open);
        Yes.Negated().ShouldBe(No);
        No.Negated().ShouldBe(Yes);
        (TruthTables.Of(true), TruthTables.Of(false)).ShouldBe((Yes, No));
    }
}
