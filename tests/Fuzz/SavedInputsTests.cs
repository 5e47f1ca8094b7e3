using MaySend.Fuzz.Targets;

namespace MaySend.Fuzz;

/// <summary>What is saved of every reader and every door, and some damage of it: counted, never timed.</summary>
public sealed class SavedInputsTests
{
    public static IEnumerable<TheoryDataRow<string>> Names => Doors.All.Select(target => new TheoryDataRow<string>(target.Name));

    [Theory]
    [MemberData(nameof(Names))]
    public void No_reader_and_no_door_falls_over_anything_that_comes_in(string name)
    {
        var target = Doors.All.Single(each => each.Name == name);
        var hunt = new Hunt(target);
        hunt.Begin([.. target.Seeds(), .. Corpus.Of(target)]);
        hunt.Go(target.InTests, seed: 11, () => true);
        hunt.Tried.ShouldBeGreaterThan(target.InTests);
        hunt.Found.Values.Select(find => $"{find.Kind}: {Convert.ToBase64String(find.Input)}\n{find.What}").ShouldBeEmpty();
    }

    [Fact]
    public void A_reader_that_falls_over_is_found_out()
    {
        var target = new Target(
            "weak",
            "falls over a bracket",
            () => ["seed"u8.ToArray()],
            octets => _ = octets.Contains((byte)'[') ? throw new FormatException() : 0
        );
        var hunt = new Hunt(target);
        hunt.Begin(target.Seeds());
        hunt.Go(2_000, seed: 1, () => true);
        hunt.Found.Keys.ShouldHaveSingleItem().ShouldStartWith(nameof(FormatException));
    }
}
