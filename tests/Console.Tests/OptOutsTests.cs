using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Console.Tests;

/// <summary>After which mailing people asked to stop.</summary>
public sealed class OptOutsTests
{
    static readonly DateTimeOffset Noon = new(2026, 6, 9, 12, 0, 0, TimeSpan.Zero);

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_request_to_stop_counts_for_the_last_message_before_it_and_for_none_that_is_older_than_a_month()
    {
        await using var own = await OwnConsole.StartAsync();
        // Two were sent the spring mailing; one of them got another message before she asked, and he asked twice.
        await SentAsync(own, "anna", Noon, "m1", campaign: "spring");
        await SentAsync(own, "anna", Noon.AddDays(2), "m2", template: "newsletter");
        await StoppedAsync(own, "anna", Noon.AddDays(3), "r1");
        await SentAsync(own, "bert", Noon, "m1", campaign: "spring");
        await StoppedAsync(own, "bert", Noon.AddHours(1), "r1");
        await StoppedAsync(own, "bert", Noon.AddHours(2), "r2");
        // Too long ago, before any message, and taken back at once.
        await SentAsync(own, "cleo", Noon, "m1", campaign: "spring");
        await StoppedAsync(own, "cleo", Noon.AddDays(31), "r1");
        await StoppedAsync(own, "dora", Noon, "r1");
        await SentAsync(own, "eric", Noon, "m1", campaign: "spring");
        await StoppedAsync(own, "eric", Noon.AddHours(1), "r1");
        await RecordAsync(own, "eric", new RefusalRetracted(When.Of(Noon.AddHours(1).AddMinutes(5)), "back", "r1"));
        // What is no marketing is no mailing.
        await RecordAsync(own, "dora", new MessageSent(When.Of(Noon), "receipt", "shop", "email", IsMarketing: false));

        using var marketer = await own.SignInAsync(Role.Marketer);
        (await marketer.Http.GetStringAsync("/console/lists/opt-outs-by-campaign.csv", Stop)).ShouldBe(
            """
            Campaign,Last message,Sent to,Opt-outs next,"Share, %"
            no message in the 30 days before,,0,2,
            newsletter,2026-06-11,1,1,100
            spring,2026-06-09,4,1,25

            """,
            StringCompareShould.IgnoreLineEndings
        );
        var page = await CountedPageAsync(marketer);
        page.ShouldContain("template, no campaign named");
        page.ShouldContain("25 %");
        page.ShouldNotContain("anna");
        (await marketer.Http.GetStringAsync("/console/campaigns", Stop)).ShouldContain("/console/campaigns/opt-outs");
    }

    [Fact]
    public async Task Where_nothing_was_sent_the_page_says_what_to_do_first()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        (await CountedPageAsync(marketer)).ShouldContain("Import what was sent");
    }

    /// <summary>Where counting takes long, the page says so at once, and its script asks until it is done.</summary>
    static async Task<string> CountedPageAsync(Visitor marketer)
    {
        for (var i = 0; i < 100; i++)
        {
            var page = await marketer.Http.GetStringAsync("/console/campaigns/opt-outs", Stop);
            if (!page.Contains("data-progress", StringComparison.Ordinal))
                return page;
            page.ShouldContain("so far");
            var progress = await marketer.Http.GetStringAsync("/console/campaigns/opt-outs/progress", Stop);
            progress.ShouldContain("isOver");
            await Task.Delay(100, Stop);
        }
        throw new TimeoutException("the requests to stop are not counted after ten seconds");
    }

    static async Task SentAsync(OwnConsole own, string name, DateTimeOffset at, string id, string? campaign = null, string? template = null)
    {
        if (campaign is not null)
            await RecordAsync(own, name, new SendIntended(When.Of(at), id, "shop", "email") { Campaign = campaign });
        await RecordAsync(own, name, new MessageSent(When.Of(at), id, "shop", "email", IsMarketing: true) { Template = template });
    }

    static Task StoppedAsync(OwnConsole own, string name, DateTimeOffset at, string id) =>
        RecordAsync(own, name, new RefusalMade(When.Of(at), id) { How = "link" });

    static async Task RecordAsync(OwnConsole own, string name, ContactEntry entry)
    {
        var by = Actor.Runner("set-up");
        await own.Store.RecordAsync(Address.Read($"{name}@example.com").Required(), entry, by.AsSystem(), cancellation: Stop);
    }
}
