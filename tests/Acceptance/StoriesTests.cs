namespace MaySend.Acceptance;

/// <summary>
/// Five small senders of whom everything is on record that an answered interview leaves (samples/stories), screened by the program.
/// </summary>
public sealed class StoriesTests
{
    static readonly string Stories = Path.Combine(Maysend.Root, "samples", "stories");

    [Theory]
    [InlineData("uk-shopify", 14, 12, 4)]
    [InlineData("de-woo", 13, 13, 4)]
    [InlineData("uk-charity", 14, 13, 3)]
    [InlineData("b2b-uk-ie", 18, 10, 2)]
    [InlineData("fr-newsletter", 19, 8, 3)]
    public async Task Whoever_the_law_allows_is_permitted_and_nobody_else(string story, int permitted, int notShown, int refused) =>
        (await ScreenAsync(Path.Combine(Stories, story))).ShouldBe((permitted, notShown, refused));

    [Theory]
    [InlineData("says: refusals-complete, answer: yes", "says: refusals-complete", 0)]
    [InlineData("says: offers-to-children, answer: no", "says: offers-to-children", 0)]
    [InlineData("says: marketing-only-through-templates, answer: yes", "says: marketing-only-through-templates", 10)]
    [InlineData(
        "says: marketing-only-through-templates, answer: yes, since: 2020-01-01",
        "says: marketing-only-through-templates, answer: yes, since: 2026-12-01",
        10
    )]
    [InlineData("says: sends-complete, answer: yes, since: 2024-01-01", "says: sends-complete, answer: yes, since: 2026-11-20", 10)]
    [InlineData(
        "says: refusals-complete, answer: yes, channels: [email], since: 2020-01-01",
        "says: refusals-complete, answer: no, channels: [email], since: 2020-01-01",
        0
    )]
    public async Task Without_one_of_its_statements_the_shop_loses_those_who_rest_on_it(string from, string to, int permitted)
    {
        using var copy = new Folder();
        Directory.CreateDirectory(Path.Combine(copy.FullName, "campaigns"));
        var shop = Path.Combine(Stories, "uk-shopify");
        foreach (var file in Directory.EnumerateFiles(shop, "*", SearchOption.AllDirectories))
        {
            var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
            if (file.EndsWith("sender.yaml", StringComparison.Ordinal))
                text.ShouldContain(from);
            copy.Write(Path.GetRelativePath(shop, file), text.Replace(from, to, StringComparison.Ordinal));
        }
        (await ScreenAsync(copy.FullName)).Permitted.ShouldBe(permitted);
    }

    static async Task<(int Permitted, int NotShown, int Refused)> ScreenAsync(string folder)
    {
        using var output = new Folder();
        var ended = await Maysend.RunAsync("screen", "--in", folder, "--campaign", "friday", "--out", output.FullName);
        ended.Status.ShouldBe(0, ended.Said);
        return (People("permitted.csv"), People("not-shown.csv"), People("refused.csv"));

        int People(string file) => File.ReadLines(Path.Combine(output.FullName, file)).Count() - 1;
    }
}
