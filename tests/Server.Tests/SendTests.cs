using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Server.Tests;

/// <summary>A verdict is for a day and never looks at a clock; whether something may go out now stands beside it.</summary>
public class SendTests
{
    [Fact]
    public async Task A_campaign_whose_day_has_passed_is_still_permitted_for_it_and_no_longer_sent()
    {
        await using var server = await Running.StartAsync();
        (await NowAsync(server)).ShouldBe(("permitted", true, ""));
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(1));
        (await NowAsync(server)).ShouldBe(("permitted", false, "its-day-has-passed"));
        var line = (await DecisionBatchTests.BatchAsync(server, """{"address":"anna@example.com"}""")).ShouldHaveSingleItem();
        (line.GetProperty("verdict").GetString(), line.GetProperty("send").GetBoolean()).ShouldBe(("permitted", false));
        var (_, full) = await server.PostAsync(
            "/v1/decisions?explain=full",
            """{"address": "anna@example.com", "campaign": "spring-2026"}"""
        );
        full.GetProperty("explanation").GetProperty("now").GetProperty("send").GetBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task A_day_ends_and_begins_in_the_zone_of_the_law_that_asks()
    {
        await using var server = await Running.StartAsync();
        var summer = Shop
            .Spring.Replace("spring-2026", "summer", StringComparison.Ordinal)
            .Replace("2026-03-10", "2026-07-02", StringComparison.Ordinal);
        (await server.PutAsync("/v1/campaigns/summer", summer)).Status.ShouldBe(201);
        // In London it is 2 July from 23:00 UTC of the day before.
        server.Clock.AdjustTime(new DateTimeOffset(2026, 7, 1, 22, 59, 0, TimeSpan.Zero));
        (await NowAsync(server, "summer")).ShouldBe(("permitted", false, "before-its-day"));
        server.Clock.AdjustTime(new DateTimeOffset(2026, 7, 1, 23, 0, 0, TimeSpan.Zero));
        (await NowAsync(server, "summer")).ShouldBe(("permitted", true, ""));
        server.Clock.AdjustTime(new DateTimeOffset(2026, 7, 2, 23, 0, 0, TimeSpan.Zero));
        (await NowAsync(server, "summer")).ShouldBe(("permitted", false, "its-day-has-passed"));
    }

    [Fact]
    public async Task A_campaign_of_several_days_is_asked_about_for_each_day_anew()
    {
        await using var server = await Running.StartAsync();
        var week = Shop
            .Spring.Replace("spring-2026", "week", StringComparison.Ordinal)
            .Replace("\"2026-03-10\"", "\"2026-03-10\", \"until\": \"2026-03-13\"", StringComparison.Ordinal);
        (await server.PutAsync("/v1/campaigns/week", week)).Status.ShouldBe(201);
        (await DayAsync(server, "week")).ShouldBe(("2026-03-10", true));
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(2));
        (await DayAsync(server, "week")).ShouldBe(("2026-03-12", true));
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(2));
        (await DayAsync(server, "week")).ShouldBe(("2026-03-13", false));
        var (status, body) = await server.PutAsync(
            "/v1/campaigns/week",
            week.Replace("2026-03-13", "2026-03-09", StringComparison.Ordinal)
        );
        (status, body.GetProperty("errors")[0].GetProperty("field").GetString()).ShouldBe((400, "until"));
    }

    [Fact]
    public async Task Days_replaced_in_the_question_open_no_other_day()
    {
        await using var server = await Running.StartAsync();
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(3));
        var today = Shop.Spring.Replace("2026-03-10", "2026-03-13", StringComparison.Ordinal);
        var (_, body) = await server.PostAsync("/v1/decisions", $$"""{"address": "{{Running.Anna}}", "campaign": {{today}}}""");
        body.GetProperty("send").GetBoolean().ShouldBeFalse(body.ToString());
        body.GetProperty("notSentBecause").ToString().ShouldContain("its-day-has-passed");
    }

    [Fact]
    public async Task Nothing_goes_out_while_requests_to_stop_cannot_be_taken()
    {
        await using var server = await Running.StartAsync(with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        PressureTests.RefuseOnDisk(server);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(503);
        (await NowAsync(server)).ShouldBe(("permitted", false, "opt-outs-not-taken"));
        PressureTests.TakeOnDisk(server);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
        (await NowAsync(server)).ShouldBe(("permitted", true, ""));
    }

    [Fact]
    public async Task A_hard_bounce_stands_beside_the_legal_answer_and_keeps_the_address_from_the_list()
    {
        await using var server = await Running.StartAsync();
        await server.AddCustomerAsync("gone@example.com");
        await server.Store.RecordAsync(
            Address.Read("gone@example.com").Required(),
            new AddressFailed(When.Of(new DateOnly(2026, 2, 27)), "bounce 9", IsPermanent: true) { Class = "5.1.1" },
            Actor.Runner("test")
        );
        var (_, body) = await server.PostAsync("/v1/decisions", """{"address": "gone@example.com", "campaign": "spring-2026"}""");
        (body.GetProperty("verdict").GetString(), body.GetProperty("deliverable").GetString()).ShouldBe(("permitted", "no"));
        body.GetProperty("undeliverable").GetString().ShouldBe("mail came back for good on 27 Feb 2026: 5.1.1");
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var done = await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!);
        (
            done.GetProperty("result").GetProperty("permitted").GetInt32(),
            done.GetProperty("result").GetProperty("undeliverable").GetInt32()
        ).ShouldBe((2, 1), done.ToString());
        var lists = $"/v1/screenings/{done.GetProperty("id")}";
        (await server.Client.GetStringAsync($"{lists}/permitted.csv")).ShouldNotContain("gone@example.com");
        (await server.Client.GetStringAsync($"{lists}/undeliverable.csv")).ShouldContain("gone@example.com");
    }

    [Fact]
    public async Task A_list_is_good_on_its_day_and_on_no_other()
    {
        await using var server = await Running.StartAsync();
        var (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026"}""");
        var id = asked.GetProperty("id").GetString()!;
        (await ScreeningTests.DoneAsync(server, id)).GetProperty("send").GetBoolean().ShouldBeTrue();
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(1));
        var (_, later) = await server.GetAsync($"/v1/screenings/{id}");
        later.GetProperty("send").GetBoolean().ShouldBeFalse();
        later.GetProperty("notSentBecause")[0].GetString().ShouldBe("its-day-has-passed");
        (_, asked) = await server.PostAsync("/v1/screenings", """{"campaign": "spring-2026", "day": "2026-03-11"}""");
        var whatIf = await ScreeningTests.DoneAsync(server, asked.GetProperty("id").GetString()!);
        whatIf.GetProperty("notSentBecause")[0].GetString().ShouldBe("what-if", "the 11th is no day of the campaign");
        (await server.Client.GetStringAsync($"/v1/screenings/{whatIf.GetProperty("id")}/permitted.csv")).ShouldContain(
            "what-if for 11 Mar 2026"
        );
    }

    [Fact]
    public async Task An_email_is_not_sent_to_a_telephone_number_nor_a_text_message_to_an_email_address_whatever_the_law_permits()
    {
        const string Number = "+447700900123",
            OutOfReach = "channel-does-not-reach-the-address";
        await using var server = await Running.StartAsync();
        foreach (var entry in new ContactEntry[] { Shop.InBritain, Shop.Order })
            await server.Store.RecordAsync(Address.Read(Number).Required(), entry, Actor.Runner("officer"));
        (await NowAsync(server)).ShouldBe(("permitted", true, ""));
        (await NowAsync(server, address: Number)).ShouldBe(("permitted", false, OutOfReach));
        (await NowAsync(server, address: "+44 (0)7700 900123")).ShouldBe(("permitted", false, OutOfReach));
        var line = (await DecisionBatchTests.BatchAsync(server, $$"""{"address":"{{Number}}"}""")).ShouldHaveSingleItem();
        (line.GetProperty("send").GetBoolean(), line.GetProperty("notSentBecause")[0].GetString()).ShouldBe((false, OutOfReach));
        foreach (var channel in new[] { "sms", "mms", "live-call", "automated-call", "voicemail-drop", "ai-call", "fax" })
        {
            var texts = Shop
                .Spring.Replace("spring-2026", channel, StringComparison.Ordinal)
                .Replace("\"email\"", $"\"{channel}\"", StringComparison.Ordinal);
            (await server.PutAsync($"/v1/campaigns/{channel}", texts)).Status.ShouldBe(201, channel);
            (await NowAsync(server, channel)).Because.ShouldContain(OutOfReach, customMessage: channel);
            (await NowAsync(server, channel, Number)).Because.ShouldNotContain(OutOfReach, customMessage: channel);
        }
        // The control: a letter goes to neither, and the address says nothing about where it goes.
        var letter = Shop
            .Spring.Replace("spring-2026", "letter", StringComparison.Ordinal)
            .Replace("\"email\"", "\"post\"", StringComparison.Ordinal);
        (await server.PutAsync("/v1/campaigns/letter", letter)).Status.ShouldBe(201);
        foreach (var address in new[] { Running.Anna, Number })
            (await NowAsync(server, "letter", address)).Because.ShouldNotContain(OutOfReach);
    }

    static async Task<(string Verdict, bool Send, string Because)> NowAsync(
        Running server,
        string campaign = "spring-2026",
        string address = Running.Anna
    )
    {
        var (status, body) = await server.PostAsync("/v1/decisions", JsonSerializer.Serialize(new { address, campaign }));
        status.ShouldBe(200, body.ToString());
        return (
            body.GetProperty("verdict").GetString()!,
            body.GetProperty("send").GetBoolean(),
            string.Join(' ', body.GetProperty("notSentBecause").EnumerateArray().Select(reason => reason.GetString()))
        );
    }

    static async Task<(string Day, bool Send)> DayAsync(Running server, string campaign)
    {
        var (_, body) = await server.PostAsync("/v1/decisions", JsonSerializer.Serialize(new { address = Running.Anna, campaign }));
        return (body.GetProperty("decision").GetProperty("day").GetString()!, body.GetProperty("send").GetBoolean());
    }
}
