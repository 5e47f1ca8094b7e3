using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;
using MaySend.Screening.Tests.Files;
using MaySend.Screening.Weeks;

namespace MaySend.Screening.Tests.Weeks;

/// <summary>One mailing on several Fridays: person by person the answers of as many screenings.</summary>
public sealed class WeeksTests : IDisposable
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly DateOnly First = new(2026, 3, 13);

    readonly AudienceBench bench = new();

    public void Dispose() => bench.Dispose();

    [Fact]
    public void Each_person_falls_out_on_the_Friday_on_which_what_they_rest_on_ends()
    {
        FourPeople();
        var (summary, people) = Run(sent: false);
        Row(people, "anna@example.com").ShouldBe("PP----------", "her assessment is due for review on the third Friday");
        Row(people, "nora@example.com").ShouldBe("PPPPP-------", "her order is a year old on the sixth Friday");
        Row(people, "carl@example.com").ShouldBe("PPPPPPPPPPPP", "he said yes");
        Row(people, "dora@example.com").ShouldBe("RRRRRRRRRRRR", "she asked to stop");
        summary.Weeks.Select(week => week.Permitted).ShouldBe([3, 3, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1]);
        var third = summary.Weeks[2].Changes.ShouldHaveSingleItem();
        (third.From, third.To, third.People, third.Addresses[0]).ShouldBe(("permitted", "not-shown", 1, "anna@example.com"));
        third.Says.ShouldContain("Your weighing of interests was due for review (UK GDPR");
        third.IsByLaw.ShouldBeFalse();
        var sixth = summary.Weeks[5].Changes.ShouldHaveSingleItem();
        (sixth.Addresses[0], sixth.Says.Contains("reg 13(11)(d)", StringComparison.Ordinal)).ShouldBe(("nora@example.com", true));
        summary.Weeks.Where((_, number) => number is not (2 or 5)).ShouldAllBe(week => week.Changes.Count == 0);
    }

    [Fact]
    public void A_mailing_that_goes_out_every_week_keeps_the_Irish_year_alive()
    {
        FourPeople();
        Row(Run(sent: true).People, "nora@example.com").ShouldBe("PPPPPPPPPPPP");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Twelve_Fridays_are_twelve_screenings_with_what_was_sent_recorded_in_between(bool sent)
    {
        FourPeople();
        bench.Write(
            "assessments.yaml",
            File.ReadAllText(Path.Combine(bench.Folder, "assessments.yaml"))
                .Replace("covers_children: no", "covers_children: no, messages_in_30_days: 2", StringComparison.Ordinal)
        );
        bench.Write("sends.csv", "address,id,when,sender,channel,marketing,template\n");
        var (_, people) = Run(sent);
        Row(people, "nora@example.com").Contains('-', StringComparison.Ordinal).ShouldBeTrue("the cap keeps somebody back");
        var one = new List<string>();
        for (var week = 0; week < 12; week++)
        {
            var day = First.AddDays(7 * week).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            bench.Plan($"day: {day}");
            var rows = bench.Screen().Rows;
            one.Add(string.Join(' ', rows.Select(row => $"{row.Person.Address} {row.Verdict.Word()}")));
            if (sent)
                File.AppendAllLines(
                    Path.Combine(bench.Folder, "sends.csv"),
                    rows.Where(row => row.Verdict == Verdict.Permitted)
                        .Select(row => $"{row.Person.Address},m-{week},{day}T12:00+00:00,lantern-ltd,email,yes,newsletter")
                );
        }
        Enumerable
            .Range(0, 12)
            .Select(week => string.Join(' ', people.Select(person => $"{person.Address} {person.Verdicts[week].Word()}")))
            .ShouldBe(one);
    }

    [Fact]
    public void Whoever_changes_because_a_law_begins_is_told_so_and_the_law_is_named()
    {
        // Charities may rely on their own soft opt-in from 5 Feb 2026 on; nothing else changes that week.
        var story = Path.Combine(AudienceBench.Root, "samples", "stories", "uk-charity");
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(story, problems));
        var campaign = CampaignFile.Read(Path.Combine(story, "campaigns", "friday.yaml"), controller, problems)!;
        problems.ThrowIfAny();
        var plan = WeekPlan.For(campaign, First, new(2026, 1, 30), 2, supposesSent: false);
        var summary = new WeeksRun(new Decider(AudienceBench.Law), campaign, plan, First).OfFiles(
            controller,
            AudienceFiles.InFolder(story, null),
            null,
            cancellation: Stop
        );
        summary.Weeks[1].Law.Select(change => change.Cite).ShouldContain(cite => cite.Contains("22(3A)", StringComparison.Ordinal));
        summary.Weeks[0].Law.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("2026-03-05", "2026-03-10", "the campaign's own day has not come yet")]
    [InlineData("2026-03-10", "2026-03-10", "the campaign goes out today")]
    [InlineData("2026-03-11", "2026-03-13", "its day has passed: the next Friday")]
    [InlineData("2026-03-13", "2026-03-13", "today is a Friday")]
    public void The_first_day_is_the_campaigns_own_or_the_next_Friday(string today, string first, string why)
    {
        var plan = WeekPlan.For(Campaign(), Day(today), null, 3, supposesSent: false);
        plan.Days.ShouldBe([Day(first), Day(first).AddDays(7), Day(first).AddDays(14)], why);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(54)]
    [InlineData(-3)]
    public void Weeks_that_cannot_be_looked_at_are_refused(int weeks) =>
        Should
            .Throw<BadInputException>(() => WeekPlan.For(Campaign(), First, null, weeks, false))
            .Message.ShouldContain("is not an allowed number of weeks");

    [Fact]
    public void Without_a_register_of_refusals_nobody_is_permitted_on_any_day_and_the_note_says_so()
    {
        bench.Delete("refusals.csv");
        var (summary, _) = Run(sent: false);
        summary.Weeks.ShouldAllBe(week => week.Permitted == 0);
        summary.Notes.ShouldContain(note => note.StartsWith("no register of refusals", StringComparison.Ordinal));
    }

    [Fact]
    public void A_bad_row_or_a_stop_leaves_no_file()
    {
        var output = Path.Combine(bench.Folder, "out");
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Should.Throw<OperationCanceledException>(() => Run(sent: false, output, stop.Token));
        Directory.GetFiles(output).ShouldBeEmpty();
        bench.Write("people.csv", "address,country\nno address,gb\n");
        Should.Throw<BadInputException>(() => Run(sent: false, output));
        Directory.GetFiles(output).ShouldBeEmpty();
    }

    [Fact]
    public void The_files_hold_every_person_on_every_day_and_the_picture_holds_no_address()
    {
        FourPeople();
        var output = Path.Combine(bench.Folder, "out");
        Run(sent: false, output);
        var lines = File.ReadAllLines(Path.Combine(output, WeekFiles.People));
        lines.Length.ShouldBe(5);
        lines[0].ShouldStartWith("address,2026-03-13,2026-03-20,");
        lines.Single(line => line.StartsWith("nora@", StringComparison.Ordinal)).ShouldContain("2026-04-17 not-shown: ");
        var picture = File.ReadAllText(Path.Combine(output, WeekFiles.Picture));
        picture.ShouldContain("\"permitted\":[3,3,2,2,2,1,");
        picture.ShouldContain("was due for review");
        picture.ShouldNotContain("@example.com");
    }

    /// <summary>A customer in Britain whose assessment lapses, one in Ireland, one who said yes, one who asked to stop.</summary>
    void FourPeople()
    {
        bench.Write(
            "people.csv",
            "address,country,subscriber,address_kind,personal_data,business_capacity\n"
                + string.Concat(
                    new[] { "anna,gb", "nora,ie", "carl,gb", "dora,gb" }.Select(person =>
                        $"{person.Replace(",", "@example.com,", StringComparison.Ordinal)},individual,named,yes,no\n"
                    )
                )
        );
        bench.Write(
            "orders.csv",
            "address,id,when,obtained_by,from,context,point,products,refused\n"
                + "anna@example.com,o 1,2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no\n"
                + "nora@example.com,o 2,2025-04-16T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no\n"
                + "dora@example.com,o 3,2025-06-02T10:00:00+01:00,lantern-ltd,recipient,sale,checkout,C1,no\n"
        );
        var consents = File.ReadAllLines(Path.Combine(AudienceBench.Root, "samples", "stories", "uk-shopify", "consents.csv"));
        bench.Write(
            "consents.csv",
            $"{consents[0]}\n"
                + consents[1]
                    .Replace(consents[1].Split(',')[0], "carl@example.com", StringComparison.Ordinal)
                    .Replace("2026-09-10", "2026-02-10", StringComparison.Ordinal)
                    .Replace("offers news", "homeware", StringComparison.Ordinal)
                + "\n"
        );
        bench.Write("refusals.csv", "address,id,when,senders,channels\ndora@example.com,r 1,2026-01-02T10:00:00+00:00,all,all\n");
        string Assessment(string id, string country, string due) =>
            $"  {id}: {{sender: lantern-ltd, purpose_test: passed, necessity_test: passed, balancing_test: passed, channels: [email], "
            + "audiences: [customers], families: all, "
            + $"countries: [{country}], covers_profiling: no, covers_children: no, signed: {{by: data protection officer, on: 2025-01-05,"
            + $" reason: expected}}, review_due: {due}}}\n";
        bench.Write(
            "assessments.yaml",
            $"assessments:\n{Assessment("LIA-1", "gb", "2026-03-27")}{Assessment("LIA-2", "ie", "2027-01-05")}"
        );
    }

    (WeeksSummary Summary, List<PersonWeeks> People) Run(bool sent, string? output = null, CancellationToken? stop = null)
    {
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        var campaign = CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
        problems.ThrowIfAny();
        var plan = WeekPlan.For(campaign, First, First, 12, sent);
        var decider = new Decider(AudienceBench.Law);
        var summary = new WeeksRun(decider, campaign, plan, First).OfFiles(
            controller,
            AudienceFiles.InFolder(bench.Folder, null),
            output,
            cancellation: stop ?? Stop
        );
        using var audience = Audience.Open(AudienceFiles.InFolder(bench.Folder, null), problems)!;
        var people = new List<PersonWeeks>();
        new WeeksScreener(decider, audience.BorneOut(controller), campaign, plan, First).Screen(
            audience.People(),
            people.Add,
            cancellation: stop ?? Stop
        );
        return (summary, people);
    }

    Campaign Campaign()
    {
        var problems = new Problems();
        var controller = new ControllerRecord(SenderFolder.Read(bench.Folder, problems));
        return CampaignFile.Read(Path.Combine(bench.Folder, "campaign.yaml"), controller, problems)!;
    }

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Row(List<PersonWeeks> people, string address) =>
        string.Concat(
            people
                .Single(person => person.Address == address)
                .Verdicts.Select(verdict =>
                    verdict switch
                    {
                        Verdict.Permitted => 'P',
                        Verdict.Refused => 'R',
                        _ => '-',
                    }
                )
        );
}
