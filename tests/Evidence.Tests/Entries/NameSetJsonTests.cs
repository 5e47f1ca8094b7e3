using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Entries;

/// <summary>A list of names is read name by name: it is the same set as ever, and what is no list of names is none.</summary>
public class NameSetJsonTests
{
    [Theory]
    [InlineData("""[]""", new string[0])]
    [InlineData("""["gb"]""", new[] { "gb" })]
    [InlineData("""["ie", "gb", "gb"]""", new[] { "gb", "ie" })]
    [InlineData("""["\u00e9t\u00e9", ""]""", new[] { "", "été" })]
    public void A_list_is_the_set_of_its_names(string json, string[] names)
    {
        var set = JsonSerializer.Deserialize<NameSet>(json, EntryJson.Options)!;
        set.ShouldBe(NameSet.Of(names));
        (set.IsComplete, set.IsEverything).ShouldBe((true, false));
    }

    [Theory]
    [InlineData("""[null]""")]
    [InlineData("""["gb", null]""")]
    [InlineData("""["gb", 1]""")]
    [InlineData("""["gb", ["ie"]]""")]
    [InlineData("""[{"name": "gb"}]""")]
    [InlineData("""["gb" """)]
    [InlineData("""["gb",]""")]
    [InlineData("""{"names": ["gb"]}""")]
    [InlineData("""1""")]
    [InlineData("""true""")]
    [InlineData(""" "gb" """)]
    public void What_is_no_list_of_names_is_refused(string json) =>
        Should.Throw<JsonException>(() => JsonSerializer.Deserialize<NameSet>(json, EntryJson.Options));

    [Fact]
    public void The_word_all_is_every_name_and_null_is_none() =>
        (
            JsonSerializer.Deserialize<NameSet>("\"ALL\"", EntryJson.Options),
            JsonSerializer.Deserialize<NameSet>("null", EntryJson.Options)
        ).ShouldBe((NameSet.Everything, null));
}
