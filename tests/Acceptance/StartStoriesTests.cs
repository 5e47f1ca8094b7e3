namespace MaySend.Acceptance;

/// <summary>
/// Five small senders begin with nothing but their exports (samples/stories/*/exports). A marketer answers, somebody else signs, and the
/// lists are those of the folder in which everything is on record already: person by person.
/// </summary>
public sealed class StartStoriesTests : IDisposable
{
    static readonly string Stories = Path.Combine(Maysend.Root, "samples", "stories");
    readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("uk-shopify", "Europe/London")]
    [InlineData("de-woo", "Europe/Berlin")]
    [InlineData("uk-charity", "Europe/London")]
    [InlineData("b2b-uk-ie", "Europe/London")]
    [InlineData("fr-newsletter", "Europe/Paris")]
    public async Task Exports_answers_and_signatures_lead_to_the_lists_of_a_sender_with_everything_on_record(string story, string zone)
    {
        var (from, shop) = (Path.Combine(Stories, story), Path.Combine(folder.FullName, "shop"));
        await RunAsync([
            "start",
            .. Exports(from),
            "--in",
            shop,
            "--zone",
            zone,
            "--by",
            "Mia",
            "--answers",
            Answers(from, "answers.yaml"),
        ]);
        await RunAsync("start", "sign", "--in", shop, "--by", "Sam", "--answers", Answers(from, "signing.yaml"));
        File.Copy(Path.Combine(from, "assessments.yaml"), Path.Combine(shop, "assessments.yaml"));

        (await VerdictsAsync(shop, "first")).ShouldBe(await VerdictsAsync(from, "friday"), "each of thirty people");
    }

    [Theory]
    [InlineData("  file:donors.csv: {happened: donation, when: Donation date, given_by: recipient}\n", 5)]
    [InlineData(", given_by: recipient", 4)]
    public async Task Nobody_gave_anything_because_a_list_is_called_so_and_nobody_gave_their_address_because_nobody_says_otherwise(
        string said,
        int permitted
    )
    {
        var (from, shop) = (Path.Combine(Stories, "uk-charity"), Path.Combine(folder.FullName, "shop"));
        var answers = await File.ReadAllTextAsync(Path.Combine(from, "answers.yaml"), TestContext.Current.CancellationToken);
        answers.ShouldContain(said);
        var fewer = folder.Write("fewer.yaml", answers.Replace(said, "", StringComparison.Ordinal));

        await RunAsync(["start", .. Exports(from), "--in", shop, "--zone", "Europe/London", "--by", "Mia", "--answers", fewer]);
        await RunAsync("start", "sign", "--in", shop, "--by", "Sam", "--answers", Answers(from, "signing.yaml"));
        File.Copy(Path.Combine(from, "assessments.yaml"), Path.Combine(shop, "assessments.yaml"));

        (await VerdictsAsync(shop, "first"))
            .Count(person => person.EndsWith(" permitted", StringComparison.Ordinal))
            .ShouldBe(permitted, "four said yes; a volunteer stands in another list");
    }

    [Fact]
    public async Task What_is_said_of_a_list_and_cannot_be_so_is_named_all_at_once_and_nothing_is_written()
    {
        var list = folder.Write("payers.csv", "Email,Date\nanna@example.org,2026-03-01\n");
        var answers = folder.Write("answers.yaml", "answers:\n  file:payers.csv: {happened: bought, given_by: friends, when: Datum}\n");

        var ended = await Maysend.RunAsync("start", list, "--in", Path.Combine(folder.FullName, "shop"), "--answers", answers);

        ended.Status.ShouldBe(65, ended.Said);
        ended.Said.ShouldContain("`happened: bought` is unknown");
        ended.Said.ShouldContain("`given_by: friends` is unknown");
        ended.Said.ShouldContain("there is no column `Datum` for `when`");
        Directory.Exists(Path.Combine(folder.FullName, "shop")).ShouldBeFalse();
    }

    static IEnumerable<string> Exports(string story) =>
        Directory.EnumerateFiles(Path.Combine(story, "exports")).Order(StringComparer.Ordinal);

    static string Answers(string story, string name) => Path.Combine(story, name);

    static async Task<string> RunAsync(params string[] arguments)
    {
        var ended = await Maysend.RunAsync(arguments);
        ended.Status.ShouldBe(0, ended.Said);
        return ended.Said;
    }

    /// <summary>
    /// Everybody with the list on which they are: by what stands before the @, or for a mailbox such as info@ by its firm, which is all
    /// that both have in common.
    /// </summary>
    static async Task<IReadOnlyList<string>> VerdictsAsync(string shop, string campaign)
    {
        using var output = new Folder();
        await RunAsync("screen", "--in", shop, "--campaign", campaign, "--out", output.FullName);
        return
        [
            .. new[] { "permitted", "not-shown", "refused" }
                .SelectMany(list =>
                    File.ReadLines(Path.Combine(output.FullName, $"{list}.csv"))
                        .Skip(1)
                        .Select(row => $"{NameOf(row.Split(',')[0])} {list}")
                )
                .Order(StringComparer.Ordinal),
        ];
    }

    static string NameOf(string address) =>
        address.Split('@') is var parts && parts[0].Any(char.IsAsciiDigit) ? parts[0] : parts[1].Replace("firm-", "").Split('.')[0];
}
