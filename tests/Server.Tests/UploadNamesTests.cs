using MaySend.Records.Screenings;

namespace MaySend.Server.Tests;

public sealed class UploadNamesTests
{
    [Theory]
    [InlineData("unsubscribed_members_export.csv")]
    [InlineData("Abgemeldet 2026.csv")]
    [InlineData("cleaned.csv.gz")]
    public void A_list_whose_name_says_who_stopped_is_asked_about_and_not_screened(string name)
    {
        var mistakes = new List<UploadNames.Mistake>();
        UploadNames.Of([name], mistakes).ShouldBe([""]);
        mistakes.ShouldHaveSingleItem().Says.ShouldContain("in its name");
    }

    [Fact]
    public void A_list_of_any_other_name_and_a_file_of_bounces_are_taken()
    {
        var mistakes = new List<UploadNames.Mistake>();
        UploadNames.Of(["spring list.csv"], mistakes).ShouldBe(["people.csv"]);
        UploadNames.Of(["people.csv", "Bounces.csv"], mistakes).ShouldBe(["people.csv", "bounces.csv"]);
        mistakes.ShouldBeEmpty();
    }
}
