namespace MaySend.Acceptance;

/// <summary>
/// One call list of 35 countries, screened by the program for a Tuesday at eleven, a Saturday and a public holiday: each person under the
/// law of their own country.
/// </summary>
public sealed class CallsTests
{
    static readonly string Sample = Path.Combine(Maysend.Root, "samples", "calls");

    /// <summary>Countries whose law knows days and hours for calls.</summary>
    static readonly string[] WithHours = ["es", "fr", "no"];

    [Fact]
    public async Task On_a_Tuesday_at_eleven_whoever_consented_may_be_called_nearly_everywhere()
    {
        var rows = await ScreenAsync("tuesday");
        rows.Count.ShouldBe(70);
        rows.Select(row => row.Country).Distinct().Count().ShouldBe(35);
        var called = rows.Where(row => row is { Who: "agreed", Verdict: "permitted" }).Select(row => row.Country).ToList();
        foreach (var country in (string[])[.. WithHours, "de", "gb", "it"])
            called.ShouldContain(country);
        foreach (var row in rows.Where(row => row.Verdict != "permitted"))
            row.Says.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("saturday", "call.on-weekday", "")]
    // In Finland the consumer authority reads the law so that holidays are kept free of calls.
    [InlineData("holiday", "call.not-on-a-public-holiday", "fi")]
    public async Task On_other_days_those_are_left_out_whose_law_knows_them_and_nobody_else(string campaign, string why, string besides)
    {
        var (before, after) = (await ScreenAsync("tuesday"), await ScreenAsync(campaign));
        var lost = after
            .Where(row => row.Verdict != "permitted" && before.Single(same => same.Address == row.Address).Verdict == "permitted")
            .ToList();
        lost.ShouldNotBeEmpty();
        // In France a consent to calls opens other times, so that the answer to a customer names the consent that is not there.
        lost.ShouldAllBe(row =>
            row.Reason.EndsWith(why, StringComparison.Ordinal)
            || row.Reason.StartsWith("fr/consommation/d-223-9/", StringComparison.Ordinal)
        );
        lost.Select(row => row.Country).Distinct().Order().ShouldBe(WithHours.Append(besides).Where(country => country.Length > 0).Order());
        lost.Where(row => row.Country == "fi").ShouldAllBe(row => row.Says.Contains("That day is a public holiday"));
    }

    [Fact]
    public async Task Whoever_only_bought_is_called_where_the_law_lets_customers_be_called()
    {
        var rows = await ScreenAsync("tuesday");
        var bought = rows.Where(row => row is { Who: "buyer", Verdict: "permitted" }).Select(row => row.Country).ToList();
        bought.ShouldContain("no");
        bought.ShouldContain("gb");
        // A publisher may go on calling its customers in the Netherlands; nobody may in Germany, Austria or Poland.
        bought.ShouldContain("nl");
        bought.ShouldNotContain("de");
        bought.ShouldNotContain("at");
        bought.ShouldNotContain("pl");
    }

    [Fact]
    public async Task Each_person_gets_the_windows_of_their_own_law_and_a_day_until_which_the_answer_holds()
    {
        using var output = new Folder();
        await Maysend.RunAsync("screen", "--in", Sample, "--campaign", "tuesday", "--out", output.FullName);
        var times = File.ReadAllLines(Path.Combine(output.FullName, "call-times.csv"));
        times[0].ShouldBe("address,verdict,may_be_called,good_until,look_ups");
        times.Length.ShouldBe(71);
        Row("+4755502").ShouldContain(",Mon-Fri 9-21; not on public holidays,2026-11-30");
        Row("+34").ShouldContain(",Mon-Fri 9-21; not on public holidays,");
        Row("+49").ShouldContain(",any time,");
        var report = await File.ReadAllTextAsync(Path.Combine(output.FullName, "report.html"), TestContext.Current.CancellationToken);
        report.ShouldContain("<h1>tuesday: who may be called</h1>");
        report[..report.IndexOf("<script>", StringComparison.Ordinal)].ShouldNotContain("mailed");
        string Row(string prefix) => times.First(line => line.StartsWith(prefix, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Answers_and_dry_runs_about_calls_speak_of_calling()
    {
        var weeks = await Maysend.RunAsync("fridays", "--in", Sample, "--campaign", "tuesday", "--weeks", "2");
        weeks.Said.ShouldContain("may be called");
        weeks.Said.ShouldNotContain("mailed");
        var number = File.ReadLines(Path.Combine(Sample, "people.csv")).First(line => line.Contains(",de,", StringComparison.Ordinal));
        var ended = await Maysend.RunAsync("ask", number.Split(',')[0], "--in", Sample, "--campaign", "tuesday");
        ended.Said.ShouldStartWith("PERMITTED - may be called");
    }

    [Fact]
    public async Task A_script_says_what_the_law_of_the_country_asks_a_caller_to_do_and_to_say()
    {
        var french = (await Maysend.RunAsync("law", "script", "--country", "France", "--on", "2026-11-24")).Said;
        french.ShouldContain("Call between these hours by the person's clock: 10-13, 14-20");
        french.ShouldContain("at most 4 times in 30 days");
        french.ShouldContain("who you are, and on whose behalf you call");
        french.ShouldContain("do not call that person for 60 days");
        var german = (await Maysend.RunAsync("law", "script", "--country", "de", "--on", "2026-11-24")).Said;
        german.ShouldContain("Show your number");
        german.ShouldNotContain("by the person's clock");
    }

    [Fact]
    public async Task The_answer_of_a_registers_keeper_becomes_look_ups_and_a_stranger_in_it_stops_everything()
    {
        using var folder = new Folder();
        folder.Write("asked.csv", "number\n+441632960001\n+44 1632 960002\n");
        folder.Write("found.csv", "number\n+441632960002\n");
        folder.Write("strange.csv", "number\n+441632960009\n");
        (await ChecksAsync("found.csv")).Said.ShouldContain("2 looked up in gb/tps on 2026-11-20, 1 found");
        var made = await File.ReadAllTextAsync(Path.Combine(folder.FullName, "checks.csv"), TestContext.Current.CancellationToken);
        made.ShouldContain("+441632960001,gb/tps 2026-11-20,2026-11-20,gb/tps,no");
        made.ShouldContain("+441632960002,gb/tps 2026-11-20,2026-11-20,gb/tps,yes");
        File.Delete(Path.Combine(folder.FullName, "checks.csv"));
        var refused = await ChecksAsync("strange.csv");
        refused.Status.ShouldNotBe(0);
        refused.Said.ShouldContain("is not in the list that was looked up");
        File.Exists(Path.Combine(folder.FullName, "checks.csv")).ShouldBeFalse();

        Task<Ended> ChecksAsync(string found) =>
            Maysend.RunAsync(
                "checks",
                "--register",
                "gb/tps",
                "--on",
                "2026-11-20",
                "--column",
                "number",
                "--asked",
                Path.Combine(folder.FullName, "asked.csv"),
                "--found",
                Path.Combine(folder.FullName, found),
                "--out",
                Path.Combine(folder.FullName, "checks.csv")
            );
    }

    [Fact]
    public async Task An_answer_about_a_name_of_a_channel_says_what_that_is_in_law()
    {
        using var folder = new Folder();
        folder.Write("facts.yaml", "message: {day: 2026-11-24, channel: rcs, purpose: direct-marketing}\nrecipient: {countries: [gb]}\n");
        var ended = await Maysend.RunAsync("ask", "--facts", Path.Combine(folder.FullName, "facts.yaml"));
        ended.Said.ShouldContain("rcs is direct-message in law, because it is stored until the recipient collects it");
    }

    static async Task<List<Row>> ScreenAsync(string campaign)
    {
        using var output = new Folder();
        var ended = await Maysend.RunAsync("screen", "--in", Sample, "--campaign", campaign, "--out", output.FullName);
        ended.Status.ShouldBe(0, ended.Said);
        return
        [
            .. new[] { "permitted", "not-shown", "refused" }
                .SelectMany(name => File.ReadLines(Path.Combine(output.FullName, $"{name}.csv")).Skip(1))
                .Select(line => line.Split(',', 13))
                .Select(cells => new Row(cells[0], cells[1], cells[7].Split(' ')[0], cells[8], cells[11], cells[12])),
        ];
    }

    sealed record Row(string Address, string Country, string Who, string Verdict, string Reason, string Says);
}
