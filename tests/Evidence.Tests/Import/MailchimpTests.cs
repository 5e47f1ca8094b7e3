using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Import.Formats;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Import;

public sealed class MailchimpTests
{
    static readonly string[] Samples =
    [
        "mailchimp/subscribed_email_audience_export_5f2c.csv",
        "mailchimp/unsubscribed_email_audience_export_5f2c.csv",
        "mailchimp/cleaned_email_audience_export_5f2c.csv",
        "mailchimp/nonsubscribed_email_audience_export_5f2c.csv",
    ];

    [Fact]
    public async Task The_state_is_read_from_the_name_of_each_file_in_the_archive()
    {
        await using var bench = await ImportBench.CreateAsync();
        var outcome = await bench.ImportAsync(bench.ZipOfSamples("audience.zip", Samples));
        outcome.Added.ShouldBe(7);
        (await bench.OnlyAsync<RefusalMade>("dora@example.com")).When.ToString().ShouldBe("2025-06-30T18:20:11+01:00");
        (await bench.OnlyAsync<AddressFailed>("finn@example.com")).IsPermanent.ShouldBeTrue();
        (await bench.EntriesAsync("finn@example.com")).OfType<RefusalMade>().ShouldBeEmpty();
        (await bench.EntriesAsync("gwen@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_link_opt_out_binds_the_account_owner_and_a_spam_report_binds_everybody()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(bench.ZipOfSamples("audience.zip", Samples));
        var byLink = await bench.OnlyAsync<RefusalMade>("dora@example.com");
        (byLink.Senders, byLink.Channels, byLink.Topics).ShouldBe((NameSet.Of("lantern-ltd"), NameSet.Of("email"), NameSet.Everything));
        var complaint = await bench.OnlyAsync<RefusalMade>("emil@example.com");
        (complaint.Senders, complaint.Kind).ShouldBe((NameSet.Everything, "objection"));
    }

    [Fact]
    public async Task The_time_of_an_import_is_never_the_time_of_a_consent()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = bench.ZipOfSamples("audience.zip", Samples);
        var plan = await bench.PlanAsync(path);
        plan.Summary.Claims.ShouldContain(claim =>
            claim.Text.Contains("CONFIRM_TIME without OPTIN_TIME", StringComparison.Ordinal) && claim.Count == 2
        );
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.EntriesAsync("ben@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_time_of_opting_in_is_a_consent_with_what_is_known_and_nothing_else()
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.ImportAsync(bench.ZipOfSamples("audience.zip", Samples));
        var twice = await bench.OnlyAsync<ConsentAnswered>("anna@example.com");
        twice.ShouldBe(
            new ConsentAnswered(twice.When, twice.Id)
            {
                Channels = NameSet.Of("email"),
                Confirmed = twice.Confirmed,
                SignedUp = true,
            }
        );
        twice.Confirmed!.Value.ToString().ShouldBe("2024-03-16T14:52:03+00:00");
        // Both times alike is a single opt-in: nobody confirmed anything.
        (await bench.OnlyAsync<ConsentAnswered>("cara@example.com")).Confirmed.ShouldBeNull();
    }

    [Fact]
    public async Task Times_without_a_zone_are_asked_about_and_not_guessed()
    {
        await using var bench = await ImportBench.CreateAsync();
        var problems = await bench.ProblemsAsync(bench.ZipOfSamples("audience.zip", Samples), new ImportOptions());
        problems[0]
            .ToString()
            .ShouldStartWith("audience.zip/cleaned_email_audience_export_5f2c.csv:2:5: OPTIN_TIME: `2021-09-09 12:00:00` has no time zone");
        problems[0].Help.ShouldNotBeNull().ShouldContain("zone");
    }

    [Fact]
    public async Task A_file_under_another_name_has_lost_its_state()
    {
        await using var bench = await ImportBench.CreateAsync();
        var text = File.ReadAllText(ImportBench.Sample(Samples[0]));
        (await bench.ProblemsAsync(bench.Write("people.csv", text))).ShouldHaveSingleItem().Text.ShouldContain("does not say the state");
        (await bench.ImportAsync(bench.Write("subscribed_segment_export_1.csv", text))).Added.ShouldBe(2);
    }

    [Fact]
    public async Task A_time_of_unsubscribing_counts_in_whatever_file_it_stands()
    {
        await using var bench = await ImportBench.CreateAsync();
        var text = File.ReadAllText(ImportBench.Sample(Samples[1]));
        await bench.ImportAsync(bench.Write("subscribed_copy.csv", text));
        await bench.OnlyAsync<RefusalMade>("dora@example.com");
    }

    [Theory]
    [InlineData(null, true)]
    [InlineData("lantern-ltd", false)]
    public async Task A_box_that_does_not_say_to_whom_its_consent_was_given_is_named_with_what_to_write(string? sender, bool isTold)
    {
        await using var bench = await ImportBench.CreateAsync();
        await bench.Store.RecordAsync(
            new CollectionPointVersion("footer@1", "footer-form")
            {
                From = new DateOnly(2020, 1, 1),
                Boxes =
                [
                    new Box("letters", BoxKind.OptIn) { TickedByDefault = false, Senders = sender is null ? null : NameSet.Of(sender) },
                ],
                Signature = new Signature("officer", new DateOnly(2020, 1, 1), "screenshot kept"),
            },
            Actor.Runner("officer")
        );
        var plan = await bench.PlanAsync(bench.ZipOfSamples("audience.zip", Samples[0]), ImportBench.London with { Point = "footer-form" });
        var told = plan.Summary.Claims.Where(claim =>
            claim.Text.StartsWith("the box `letters` of `footer-form`", StringComparison.Ordinal)
        );
        if (isTold)
            told.ShouldHaveSingleItem().Text.ShouldEndWith("write `senders: [lantern-ltd]` into that box, and sign it");
        else
            told.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_named_form_is_recorded_as_where_the_consent_was_asked()
    {
        await using var bench = await ImportBench.CreateAsync();
        var plan = await bench.PlanAsync(bench.ZipOfSamples("audience.zip", Samples[0]), ImportBench.London with { Point = "footer-form" });
        // A point says what was shown, not what the person did: without an act the consent is dated and no more.
        plan.Summary.ByGrade.Keys.ShouldBe([EvidenceGrade.Dated]);
        await plan.ApplyAsync(Actor.Runner("clerk"));
        (await bench.OnlyAsync<ConsentAnswered>("anna@example.com")).Point.ShouldBe("footer-form");
    }
}
