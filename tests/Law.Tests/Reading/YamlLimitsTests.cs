using System.Text;
using MaySend.Reading;

namespace MaySend.Law.Tests.Reading;

/// <summary>Texts made to exhaust the reader: each ends in a problem with its place, and the process lives.</summary>
public class YamlLimitsTests
{
    const int Levels = 20_000;

    public static TheoryData<string, string> Deep() =>
        new()
        {
            { "brackets", new string('[', 100_000) },
            { "braces", string.Concat(Enumerable.Repeat("{a: ", Levels)) },
            { "brackets that are closed", new string('[', Levels) + new string(']', Levels) },
            { "dashes", string.Concat(Enumerable.Repeat("- ", Levels)) + "a" },
            { "keys that are maps", string.Concat(Enumerable.Repeat("? ", Levels)) + "a" },
            { "keys that are lists", string.Concat(Enumerable.Repeat("? - ", Levels)) + "a" },
            { "indented maps", Indented(2_000) },
            { "a mixture", string.Concat(Enumerable.Repeat("[{a: ", Levels)) },
        };

    [Theory]
    [MemberData(nameof(Deep))]
    public void Nesting_without_end_is_a_problem_with_its_place(string what, string text)
    {
        var problems = new Problems();
        YamlTree.Read(new StringReader(text), "deep.yaml", problems).ShouldBeNull(what);
        var problem = problems.List.ShouldHaveSingleItem();
        problem.Text.ShouldContain("64 deep", customMessage: what);
        problem.Place.Line.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Sixty_four_levels_are_read_and_sixty_five_are_not()
    {
        YamlTree.Read(new StringReader(new string('[', 64) + new string(']', 64)), "f.yaml", new Problems()).ShouldNotBeNull();
        YamlTree.Read(new StringReader(new string('[', 65) + new string(']', 65)), "f.yaml", new Problems()).ShouldBeNull();
    }

    [Fact]
    public void A_bomb_of_aliases_unfolds_to_nothing()
    {
        var bomb = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 200; i++)
            bomb.Append('a').Append(i).Append(": &a").Append(i).Append(" [*a").Append(i - 1).Append(", *a").Append(i - 1).Append("]\n");
        var problems = new Problems();
        YamlTree.Read(new StringReader(bomb.ToString()), "bomb.yaml", problems).ShouldBeNull();
        problems.Count.ShouldBe(101);
        problems.List[^1].Text.ShouldContain("100 faults like these");
    }

    [Fact]
    public void A_text_longer_than_any_file_is_left_unread()
    {
        var problems = new Problems();
        var limits = YamlLimits.Default with { Characters = 1_000 };
        YamlTree.Read(new StringReader("a: " + new string('x', 1_000)), "long.yaml", problems, limits).ShouldBeNull();
        problems.List.ShouldHaveSingleItem().Text.ShouldContain("longer than");
    }

    [Fact]
    public void A_map_of_more_keys_than_any_file_has_ends_where_the_limit_is()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 300_000; i++)
            text.Append('k').Append(i).Append(":\n");
        var problems = new Problems();
        YamlTree.Read(new StringReader(text.ToString()), "wide.yaml", problems).ShouldBeNull();
        var problem = problems.List.ShouldHaveSingleItem();
        problem.Text.ShouldContain("more than 500,000 values");
        problem.Place.Line.ShouldBeInRange(250_000, 250_002);
    }

    [Fact]
    public void Of_a_hundred_thousand_unknown_keys_the_first_hundred_are_named()
    {
        var text = new StringBuilder();
        for (var i = 0; i < 100_000; i++)
            text.Append('k').Append(i).Append(": 1\n");
        var problems = new Problems();
        var map = MapReader.Open(YamlTree.Read(new StringReader(text.ToString()), "wide.yaml", problems), problems);
        map.OptionalText("known");
        map.Done();
        problems.Count.ShouldBe(101);
        problems.List[^1].Text.ShouldBe("and 99900 more unknown keys");
    }

    /// <summary>
    /// Whatever bytes come, the reader answers with a tree or with problems; the seed of a failure is printed by its text.
    /// </summary>
    [Fact]
    public void No_text_makes_the_reader_throw()
    {
        const string Signs = "[]{}:,-?&*!|>'\"%@`#\n\t \\abc019~\u0000\uFEFF\u2028é\uD83D";
        var chance = new Random(20261128);
        for (var round = 0; round < 20_000; round++)
        {
            var text = new string([.. Enumerable.Range(0, chance.Next(1, 60)).Select(_ => Signs[chance.Next(Signs.Length)])]);
            var problems = new Problems();
            var read = YamlTree.Read(new StringReader(text), "chance.yaml", problems);
            (read is not null || !problems.IsEmpty).ShouldBeTrue($"neither read nor refused: {text}");
        }
    }

    static string Indented(int levels)
    {
        var text = new StringBuilder();
        for (var i = 0; i < levels; i++)
            text.Append(' ', i).Append("a:\n");
        return text.ToString();
    }
}
