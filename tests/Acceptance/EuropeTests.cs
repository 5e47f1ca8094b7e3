namespace MaySend.Acceptance;

/// <summary>
/// One list with the same four people in 32 countries, screened by the program: each under the law of their own country, as it was known on
/// a day.
/// </summary>
public sealed class EuropeTests
{
    const string Before = "2025-11-01",
        After = "2025-12-01";

    static readonly string Sample = Path.Combine(Maysend.Root, "samples", "europe");

    /// <summary>
    /// Countries in which the reading of C-654/23 turns the send key for a free account that leads to a paid one, and which the sample's
    /// assessment covers.
    /// </summary>
    static readonly string[] Assessed = ["be", "de", "ie", "nl"];

    [Fact]
    public async Task One_run_judges_everybody_under_the_law_of_their_own_country_and_says_why()
    {
        var rows = await ScreenAsync(Sample, After);
        rows.Count.ShouldBe(128);
        rows.Values.Select(row => row.Country).Distinct().Count().ShouldBe(32);
        foreach (var row in rows.Values.Where(row => row.Verdict != "permitted"))
        {
            row.Says.ShouldNotBeEmpty();
            row.Reason.Split('/')[0].ShouldBeOneOf([row.Country, "eu", "house"]);
        }
    }

    [Fact]
    public async Task Whoever_asked_to_stop_is_refused_in_every_country()
    {
        var rows = await ScreenAsync(Sample, After);
        rows.Where(row => row.Key.StartsWith("stopped.", StringComparison.Ordinal)).ShouldAllBe(row => row.Value.Verdict == "refused");
        rows.Count(row => row.Value.Verdict == "refused").ShouldBe(32);
    }

    [Fact]
    public async Task No_customer_is_written_to_where_the_law_has_no_exception_for_customers()
    {
        var rows = await ScreenAsync(Sample, After);
        foreach (var country in new[] { "pl", "hu", "bg" })
            rows[$"buyer.{country}"].Verdict.ShouldBe("not-shown", country);
        rows["reader-confirmed.pl"].Verdict.ShouldBe("permitted");
    }

    [Fact]
    public async Task With_both_keys_asked_for_the_judgment_of_November_2025_helps_only_where_there_is_a_basis_as_well() =>
        Flips(await ScreenAsync(Sample, Before), await ScreenAsync(Sample, After))
            // In Germany a court had read a free account with a paid tier so since 2018: nobody there waited for this judgment.
            .ShouldBe(Assessed.Except(["de"]).Select(country => $"reader.{country}"));

    [Fact]
    public async Task With_the_switch_off_the_judgment_carries_both_keys_wherever_the_exception_is_met()
    {
        using var copy = Copy("two-keys: on", "two-keys: off");
        var flips = Flips(await ScreenAsync(copy.FullName, Before), await ScreenAsync(copy.FullName, After));
        flips.ShouldContain("reader.ro");
        flips.ShouldContain("buyer.dk");
        // The United Kingdom and Switzerland are not bound by the court; Poland has no exception that could be met.
        flips.ShouldNotContain(address =>
            address.EndsWith(".gb", StringComparison.Ordinal)
            || address.EndsWith(".ch", StringComparison.Ordinal)
            || address.EndsWith(".pl", StringComparison.Ordinal)
        );
        flips.ShouldNotContain(address => address.StartsWith("stopped.", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_switch_changes_nothing_about_what_was_known_before_and_only_ever_refuses_more()
    {
        using var copy = Copy("two-keys: on", "two-keys: off");
        Flips(await ScreenAsync(Sample, Before), await ScreenAsync(copy.FullName, Before)).ShouldBeEmpty();
        var (strict, law) = (await ScreenAsync(Sample, After), await ScreenAsync(copy.FullName, After));
        Flips(law, strict).ShouldBeEmpty();
        foreach (var address in Flips(strict, law))
            Assessed.ShouldNotContain(address[^2..]);
    }

    /// <summary>Who may be mailed in the second and could not in the first, in order.</summary>
    static List<string> Flips(Dictionary<string, Row> first, Dictionary<string, Row> second) =>
        [
            .. second
                .Where(row => row.Value.Verdict == "permitted" && first[row.Key].Verdict != "permitted")
                .Select(row => row.Key)
                .Order(StringComparer.Ordinal),
        ];

    static Folder Copy(string from, string to)
    {
        var folder = new Folder();
        Directory.CreateDirectory(Path.Combine(folder.FullName, "campaigns"));
        foreach (var file in Directory.EnumerateFiles(Sample, "*", SearchOption.AllDirectories))
            folder.Write(Path.GetRelativePath(Sample, file), File.ReadAllText(file).Replace(from, to, StringComparison.Ordinal));
        return folder;
    }

    static async Task<Dictionary<string, Row>> ScreenAsync(string sample, string knownAt)
    {
        using var output = new Folder();
        var ended = await Maysend.RunAsync(
            "screen",
            "--in",
            sample,
            "--campaign",
            "december-2025",
            "--known-at",
            knownAt,
            "--out",
            output.FullName
        );
        ended.Status.ShouldBe(0, ended.Said);
        return Directory
            .EnumerateFiles(output.FullName, "*.csv")
            .SelectMany(File.ReadLines)
            .Where(line => line.Contains("@example.com", StringComparison.Ordinal))
            .Select(line => line.Split(',', 12))
            .ToDictionary(
                cells => cells[0].Replace("@example.com", "", StringComparison.Ordinal),
                cells => new Row(cells[1], cells[7], cells[9], cells[10], cells[11])
            );
    }

    sealed record Row(string Country, string Verdict, string Process, string Reason, string Says);
}
