using MaySend.Reading;

namespace MaySend.Law.Tests.Reading;

public class YamlTreeTests
{
    [Theory]
    [InlineData("a: 1\nb: 2\na: 3", "f.yaml:3:1: duplicate key `a`")]
    [InlineData("a: &x 1", "f.yaml:1:4: an anchor")]
    [InlineData("a: !!int 1", "f.yaml:1:4: a tag")]
    [InlineData("a: 1\n---\nb: 2", "f.yaml:2:1: a second document")]
    [InlineData("", "f.yaml: the file is empty")]
    [InlineData("? [a, b]\n: 1", "f.yaml:1:3: a key that is not text")]
    public void What_would_hide_something_is_a_problem_with_its_place(string text, string problem)
    {
        var problems = new Problems();
        YamlTree.Read(new StringReader(text), "f.yaml", problems);
        problems.List.Select(found => $"{found.Place}: {found.Text}").ShouldBe([problem]);
    }

    [Fact]
    public void An_alias_is_a_problem_beside_its_anchor()
    {
        var problems = new Problems();
        YamlTree.Read(new StringReader("a: &x 1\nb: *x"), "f.yaml", problems);
        problems
            .List.Select(found => found.ToString())
            .ShouldBe([
                "f.yaml:1:4: an anchor\n  help: write the value out: every file must read on its own",
                "f.yaml:2:4: an alias\n  help: write the value out: every file must read on its own",
            ]);
    }

    [Fact]
    public void What_is_no_yaml_is_said_with_its_place()
    {
        var problems = new Problems();
        YamlTree.Read(new StringReader("a: [1, 2\nb: 3"), "f.yaml", problems).ShouldBeNull();
        var problem = problems.List.ShouldHaveSingleItem();
        problem.Text.ShouldStartWith("not YAML");
        problem.Place.Line.ShouldBeInRange(1, 2);
    }

    [Fact]
    public void A_file_that_cannot_be_read_is_a_problem_and_no_exception()
    {
        var problems = new Problems();
        YamlTree.ReadFile("/nowhere/at/all.yaml", "all.yaml", problems).ShouldBeNull();
        problems.List.ShouldHaveSingleItem().Text.ShouldStartWith("file not found");
        Should.Throw<BadInputException>(problems.ThrowIfAny).Problems.Count.ShouldBe(1);
    }

    [Fact]
    public void Texts_lists_and_maps_keep_their_order_and_places()
    {
        var map = YamlTree.Read(new StringReader("b: [x, {y: z}]\na:"), "f.yaml", new Problems()).ShouldBeOfType<YamlMap>();
        map.Entries.Select(entry => entry.Key.Text).ShouldBe(["b", "a"]);
        var list = map.Entries[0].Value.ShouldBeOfType<YamlList>();
        list.Items[1].ShouldBeOfType<YamlMap>().Place.ToString().ShouldBe("f.yaml:1:8");
        map.Entries[1].Value.ShouldBeOfType<YamlText>().Text.ShouldBe("");
    }
}
