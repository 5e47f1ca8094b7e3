using System.Net;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Server.Tests.OptOut;

/// <summary>
/// What people see and what is on record when something else is wrong: the store, the disk, the clock, or the contact is gone.
/// </summary>
public class FaultTests
{
    [Fact]
    public async Task With_the_store_down_and_the_disk_full_nobody_is_told_that_it_was_done()
    {
        var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        await server.Store.DisposeAsync();
        server.CloseSpool();
        var click = await server.Public.PostAsync(link, new FormUrlEncodedContent([new("List-Unsubscribe", "One-Click")]));
        click.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        click.Headers.RetryAfter.ShouldNotBeNull();
        (await click.Content.ReadAsStringAsync()).ShouldStartWith("not recorded");
        foreach (var act in new[] { "stop", "everything" })
        {
            var answer = await server.Public.PostAsync($"{link}/{act}", null);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            (await answer.Content.ReadAsStringAsync()).ShouldContain("could not be saved");
        }
        await server.DisposeAsync();
    }

    [Fact]
    public async Task An_undo_that_the_store_cannot_take_says_so_and_can_be_tried_again()
    {
        var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync())!;
        await server.Store.DisposeAsync();
        var answer = await server.Public.PostAsync($"{link}/undo", new FormUrlEncodedContent([new("act", act)]));
        answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
        Pages.ActOf(await answer.Content.ReadAsStringAsync()).ShouldBe(act);
        await server.DisposeAsync();
    }

    [Fact]
    public async Task A_topic_ticked_while_the_store_is_down_is_kept_though_nobody_can_say_what_was_offered()
    {
        var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        await server.StopServerAsync();
        var down = await Running.StartAsync(server.Options.DataFolder, server.Key);
        await down.Store.DisposeAsync();
        (await down.Public.PostAsync($"{link}/choose", new FormUrlEncodedContent([new("topic", "homeware")]))).StatusCode.ShouldBe(
            HttpStatusCode.OK
        );
        (
            await down.Public.PostAsync($"{link}/choose", new FormUrlEncodedContent([new("topic", new string('x', 5000))]))
        ).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await down.StopServerAsync();
        await using var again = await Running.StartAsync(server.Options.DataFolder, server.Key);
        for (var tries = 0; tries < 200 && await again.RefusalsAsync() == 0; tries++)
            await Task.Delay(50);
        (await again.EntriesAsync()).OfType<RefusalMade>().ShouldHaveSingleItem().Topics.ShouldBe(NameSet.Of("homeware"));
        (await again.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task The_link_of_somebody_erased_shows_the_same_page_records_nothing_and_they_stay_refused()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var before = await Pages.TextAsync(server.Public, link);
        await server.Store.EraseAsync(Address.Read(Running.Anna).Required(), Actor.Runner("test"), "asked");
        (await Pages.TextAsync(server.Public, link)).ShouldBe(before);
        (await server.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await (await server.Public.PostAsync($"{link}/everything", null)).Content.ReadAsStringAsync()).ShouldContain(
            "All marketing has been stopped"
        );
        (await server.EntriesAsync()).ShouldBeEmpty();
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_clock_put_back_does_not_stretch_the_hour_in_which_a_refusal_can_be_undone()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var act = Pages.ActOf(await (await server.Public.PostAsync($"{link}/stop", null)).Content.ReadAsStringAsync())!;
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddMinutes(-61));
        (await server.Public.PostAsync($"{link}/undo", new FormUrlEncodedContent([new("act", act)]))).StatusCode.ShouldBe(
            HttpStatusCode.Conflict
        );
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task A_clock_put_back_by_years_does_not_let_an_older_consent_lift_the_refusal()
    {
        await using var server = await Running.StartAsync();
        var link = await server.LinkAsync();
        var whom = Address.Read(Running.Anna).Required();
        await server.Store.RecordAsync(
            whom,
            new ConsentAnswered(When.Of(server.Clock.GetUtcNow()), "sign-up")
            {
                To = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Act = "unticked-box",
                ServedHere = true,
            },
            Actor.Runner("test").AsSystem()
        );
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddYears(-6));
        (await server.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddYears(6));
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task Two_servers_on_one_folder_read_each_others_links_and_see_each_others_refusals_at_once()
    {
        await using var one = await Running.StartAsync();
        await using var two = await Running.StartAsync(one.Options.DataFolder, one.Key);
        var link = await one.LinkAsync();
        (await two.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.VerdictAsync()).ShouldBe("refused");
        var act = Pages.ActOf(await (await one.Public.PostAsync($"{await two.LinkAsync()}/everything", null)).Content.ReadAsStringAsync())!;
        (await two.Public.PostAsync($"{link}/undo", new FormUrlEncodedContent([new("act", act)]))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.RefusalsAsync()).ShouldBe(2);
        (await one.EntriesAsync()).OfType<RefusalRetracted>().Count().ShouldBe(1);
    }
}
