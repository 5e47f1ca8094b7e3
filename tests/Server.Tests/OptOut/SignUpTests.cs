using System.Net;
using System.Text.RegularExpressions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.Outbox;
using MaySend.Records.SignUps;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests.OptOut;

/// <summary>Coming back: a page that is served, and a confirmation from the address. Nothing else lifts anything.</summary>
public sealed class SignUpTests : IDisposable
{
    readonly Mailroom mailroom = new();

    public void Dispose() => mailroom.Dispose();

    static FormUrlEncodedContent Wish(string address, params string[] topics) =>
        new([new("address", address), new("yes", "1"), .. topics.Select(topic => KeyValuePair.Create("topic", topic))]);

    static async Task<HttpStatusCode> AskAsync(Running server, string address, params string[] topics) =>
        (await server.Public.PostAsync("/s/news", Wish(address, topics))).StatusCode;

    static async Task StopAsync(Running server) => await server.Public.PostAsync($"{await server.LinkAsync()}/everything", null);

    [Fact]
    public async Task Whoever_stopped_everything_comes_back_by_one_page_and_one_confirmation()
    {
        await using var server = await mailroom.StartAsync();
        await StopAsync(server);
        (await server.VerdictAsync()).ShouldBe("refused");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        (await AskAsync(server, Running.Anna)).ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("refused", "nothing is lifted before the confirmation");
        server.Clock.Advance(TimeSpan.FromMinutes(5));
        var page = await server.Public.PostAsync(await mailroom.LinkAsync(Running.Anna), null);
        page.StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync()).ShouldBe("permitted");
        var act = (await server.EntriesAsync()).OfType<ConsentAnswered>().ShouldHaveSingleItem();
        (act.ServedHere, act.To, act.Channels).ShouldBe((true, NameSet.Of(Shop.Name), NameSet.Of("email")));
        // What was read is archived, and the page after it has the way out again.
        var form = (await server.Store.ControllerAsync()).Points.Single(point => point.Id == act.Wording);
        form.Wording.ShouldContain("Yes, I would like news and offers from Lantern Ltd by email.");
        form.Wording.ShouldContain("stop it at any time");
        var out_ = Regex.Match(await page.Content.ReadAsStringAsync(), "href=\"(/o/[A-Za-z0-9_-]{70})").Groups[1].Value;
        await server.Public.PostAsync(out_, null);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task The_confirmation_lifts_what_it_names_and_nothing_else()
    {
        await using var server = await mailroom.StartAsync("", "homeware", "garden");
        await StopAsync(server);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await AskAsync(server, Running.Anna, "garden", "homeware and everything else");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.Public.PostAsync(await mailroom.LinkAsync(Running.Anna), null);
        (await server.EntriesAsync()).OfType<ConsentAnswered>().Single().Topics.ShouldBe(NameSet.Of("garden"));
        (await server.VerdictAsync()).ShouldBe("refused");
        (
            await server.PutAsync("/v1/campaigns/garden", Shop.Spring.Replace("spring-2026", "garden").Replace("homeware", "garden"))
        ).Status.ShouldBe(201);
        (await server.VerdictAsync(campaign: "garden")).ShouldBe("permitted");
    }

    [Fact]
    public async Task After_an_erasure_it_begins_anew_and_the_suppression_stands_for_the_rest()
    {
        await using var server = await mailroom.StartAsync();
        var anna = Address.Email(Running.Anna).Required();
        await server.Store.EraseAsync(anna, Actor.Runner("officer"), "asked");
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        (await AskAsync(server, Running.Anna)).ShouldBe(HttpStatusCode.OK);
        (await server.Store.FindAsync(anna)).State.ShouldBe(DossierState.Suppressed);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.Public.PostAsync(await mailroom.LinkAsync(Running.Anna), null);
        var dossier = await server.Store.FindAsync(anna);
        (dossier.State, dossier.Entries.Length, dossier.Suppressions.Length).ShouldBe((DossierState.Known, 1, 1));
        await server.Store.RecordAsync(anna, Shop.InBritain, Actor.Runner("shop"));
        (await server.VerdictAsync()).ShouldBe("permitted");
        (
            await server.PutAsync("/v1/campaigns/texts", Shop.Spring.Replace("spring-2026", "texts").Replace("\"email\"", "\"sms\""))
        ).Status.ShouldBe(201);
        (await server.VerdictAsync(campaign: "texts")).ShouldBe("refused");
    }

    [Fact]
    public async Task A_scanner_that_follows_every_link_and_submits_no_form_changes_nothing()
    {
        await using var server = await mailroom.StartAsync();
        await StopAsync(server);
        await AskAsync(server, Running.Anna);
        var before = await server.EntriesAsync();
        var (seen, next) = (
            new HashSet<string>(),
            new Queue<string>([await mailroom.LinkAsync(Running.Anna), "/s/news", await server.LinkAsync()])
        );
        while (next.TryDequeue(out var path))
        {
            if (!seen.Add(path) || seen.Count > 200)
                continue;
            var page = await (await server.Public.GetAsync(path)).Content.ReadAsStringAsync();
            foreach (Match link in Regex.Matches(page, "(?:href|action|src)=\"([^\"]*)\""))
                if (new Uri(new Uri(server.Url, path), link.Groups[1].Value) is var found && found.Authority == server.Url.Authority)
                    next.Enqueue(found.PathAndQuery);
        }
        seen.Count.ShouldBeGreaterThan(30);
        (await server.EntriesAsync()).Count.ShouldBe(before.Count);
        (await server.VerdictAsync()).ShouldBe("refused");
        mailroom.Mails.Count.ShouldBe(1);
    }

    /// <summary>More of them by hand: FORGED_STRANGERS=1248 makes ten thousand sign-ups.</summary>
    static int Strangers => int.TryParse(Environment.GetEnvironmentVariable("FORGED_STRANGERS"), out var many) ? many : 48;

    [Fact]
    public async Task Forged_sign_ups_change_no_verdict_send_no_second_mail_and_leave_nothing_on_record()
    {
        await using var server = await mailroom.StartAsync(", \"perHour\": 100000, \"perSourcePerHour\": 100000");
        await StopAsync(server);
        await server.Store.EraseAsync(Address.Email("gone@example.com").Required(), Actor.Runner("officer"), "asked");
        var (entries, contacts) = ((await server.EntriesAsync()).Count, await server.Store.Ledger.CountContactsAsync());
        var chain = await server.Store.Ledger.PositionAsync(MaySend.Evidence.Partition.Controller);
        string[] people = [Running.Anna, "gone@example.com", .. Enumerable.Range(0, Strangers).Select(number => $"p{number}@example.com")];
        var answers = new HashSet<string>();
        for (var round = 0; round < 8; round++)
            foreach (var address in people)
                answers.Add(
                    Pages.WithoutNonce(await (await server.Public.PostAsync("/s/news", Wish(address))).Content.ReadAsStringAsync())
                );
        answers.Count.ShouldBe(1, "known, refused, erased and unknown addresses are answered alike, the first time and the eighth");
        foreach (var address in people)
            (await mailroom.ToAsync(address)).Count.ShouldBe(1, address);
        mailroom.Mails.Count.ShouldBe(people.Length);
        (await server.VerdictAsync()).ShouldBe("refused");
        ((await server.EntriesAsync()).Count, await server.Store.Ledger.CountContactsAsync()).ShouldBe((entries, contacts));
        (await server.Store.Ledger.PositionAsync(MaySend.Evidence.Partition.Controller)).ShouldBe(chain);
        foreach (var file in Directory.EnumerateFiles(server.Options.DataFolder, "mail-limits*"))
            (await Running.ReadWhileHeldAsync(file)).ShouldNotContain("example.com");
    }

    [Fact]
    public void One_mail_in_a_day_and_five_in_all_until_the_holder_confirms_whichever_process_counts()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));
        var options = new RecordsOptions { DataFolder = Directory.CreateTempSubdirectory("maysend-limits-").FullName };
        using var one = new MailLimits(options, clock);
        using var other = new MailLimits(options, clock);
        var anna = Address.Email(Running.Anna).Required();
        var sent = 0;
        for (var day = 0; day < 8; day++)
        {
            sent += one.TryTake("kind", anna) ? 1 : 0;
            clock.Advance(TimeSpan.FromHours(23));
            other.TryTake("kind", Address.Email("Anna@Example.com").Required()).ShouldBeFalse();
            clock.Advance(TimeSpan.FromHours(2));
        }
        sent.ShouldBe(5);
        other.TryTake("another kind", anna).ShouldBeTrue();
        other.Confirmed("kind", anna);
        one.TryTake("kind", anna).ShouldBeTrue();
        // A clock that was put back does not open the way again.
        clock.AdjustTime(clock.GetUtcNow().AddHours(-3));
        one.TryTake("kind", anna).ShouldBeFalse();
        one.GiveBack("kind", anna);
        other.TryTake("kind", anna).ShouldBeTrue();
        one.Never("kind", anna);
        clock.Advance(TimeSpan.FromDays(900));
        using var later = new MailLimits(options, clock);
        later.TryTake("kind", anna).ShouldBeFalse();
    }

    [Fact]
    public async Task This_was_not_me_stops_the_mails_and_everything_else_and_an_unknown_address_becomes_no_contact()
    {
        await using var server = await mailroom.StartAsync();
        var contacts = await server.Store.Ledger.CountContactsAsync();
        foreach (var address in new[] { Running.Anna, "stranger@example.com" })
        {
            await AskAsync(server, address);
            (await server.Public.PostAsync($"{await mailroom.LinkAsync(address)}/never", null)).StatusCode.ShouldBe(HttpStatusCode.OK);
            (await server.VerdictAsync(address)).ShouldBe("refused");
            using var yearsLater = new MailLimits(
                new RecordsOptions { DataFolder = server.Options.DataFolder },
                new FakeTimeProvider(server.Clock.GetUtcNow().AddYears(3))
            );
            yearsLater.TryTake(SignUpRegister.MailKind, Address.Email(address).Required()).ShouldBeFalse();
        }
        (await server.Store.Ledger.CountContactsAsync()).ShouldBe(contacts);
        // The older mail confirms nothing any more: who said never said it later.
        await server.Public.PostAsync(await mailroom.LinkAsync(Running.Anna), null);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task An_older_mail_does_not_bring_back_whoever_stopped_everything_since()
    {
        await using var server = await mailroom.StartAsync();
        await AskAsync(server, Running.Anna);
        var link = await mailroom.LinkAsync(Running.Anna);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.Public.PostAsync(link, null);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await StopAsync(server);
        server.Clock.Advance(TimeSpan.FromMinutes(1));
        await server.Public.PostAsync(link, null);
        (await server.VerdictAsync()).ShouldBe("refused");
        (await server.EntriesAsync()).OfType<ConsentAnswered>().Count().ShouldBe(1);
    }

    [Fact]
    public async Task A_link_ends_after_seven_days_with_its_page_and_with_its_words()
    {
        await using var server = await mailroom.StartAsync();
        await AskAsync(server, "a@example.com");
        var link = await mailroom.LinkAsync("a@example.com");
        var keys = server.Part<OptOutKeys>();
        var wish = SignUpWish.Read(await keys.ReadNoteAsync(NotePurpose.SignUp, link.Split('/')[^1]))!;
        string Aged(TimeSpan age) => $"/s/confirm/{keys.Seal(NotePurpose.SignUp, (wish with { At = wish.At - age }).ToWords())}";
        (await server.Public.GetAsync(Aged(TimeSpan.FromDays(7)))).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await server.Public.PostAsync(Aged(TimeSpan.FromDays(7.01)), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Public.PostAsync(Aged(-TimeSpan.FromDays(7.01)), null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var elsewhere = keys.Seal(NotePurpose.WhatIsHeld, wish.ToWords());
        (await server.Public.PostAsync($"/s/confirm/{elsewhere}", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await AskAsync(server, "b@example.com");
        var reworded = await mailroom.LinkAsync("b@example.com");
        await Mailroom.OpenAsync(server, "news", "garden");
        (await server.Public.PostAsync(reworded, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Public.PostAsync(reworded[..^1] + (reworded[^1] == 'A' ? 'B' : 'A'), null)).StatusCode.ShouldBe(
            HttpStatusCode.NotFound
        );
        await AskAsync(server, "c@example.com", "garden");
        var closed = await mailroom.LinkAsync("c@example.com");
        await new SignUpPages(server.Store, new(server.Store)).CloseAsync("news", Actor.Runner("officer"));
        (await server.Public.PostAsync(closed, null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Public.GetAsync("/s/news")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await server.Store.Ledger.CountContactsAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task What_is_not_ticked_or_no_address_is_told_and_sends_nothing()
    {
        await using var server = await mailroom.StartAsync();
        foreach (
            var form in new KeyValuePair<string, string>[][]
            {
                [],
                [new("address", Running.Anna)],
                [new("address", "anna"), new("yes", "1")],
                [new("address", "+447700900002"), new("yes", "1")],
                [new("address", "anna@example.com\nbcc: all@example.com"), new("yes", "1")],
            }
        )
            (await server.Public.PostAsync("/s/news", new FormUrlEncodedContent(form))).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        await Task.Delay(200);
        mailroom.Mails.ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_many_from_one_place_are_turned_away_whoever_they_name()
    {
        await using var server = await mailroom.StartAsync(", \"perSourcePerHour\": 3");
        for (var number = 0; number < 3; number++)
            (await AskAsync(server, $"p{number}@example.com")).ShouldBe(HttpStatusCode.OK);
        (await AskAsync(server, "p9@example.com")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await AskAsync(server, Running.Anna)).ShouldBe(HttpStatusCode.TooManyRequests);
        // The way out has no limit.
        await StopAsync(server);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    [Fact]
    public async Task The_link_in_the_mail_is_ours_whatever_host_the_caller_names_and_the_call_proves_itself()
    {
        await using var server = await mailroom.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/s/news?lang=de") { Content = Wish(Running.Anna) };
        request.Headers.Host = "evil.example";
        (await server.Public.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
        var mail = (await mailroom.ToAsync(Running.Anna)).ShouldHaveSingleItem();
        new Uri(mail.GetProperty("link").GetString()!).Authority.ShouldBe(server.Url.Authority);
        mail.GetProperty("text").GetString()!.ShouldContain(mail.GetProperty("link").GetString()!);
        (mail.GetProperty("language").GetString(), mail.GetProperty("senderName").GetString()).ShouldBe(("de", "Lantern Ltd"));
        mailroom.Calls.ShouldAllBe(call => Mailroom.IsProof(call.Body, call.Proof));
    }

    [Fact]
    public async Task The_form_can_stand_on_another_site_and_asks_in_the_same_words()
    {
        await using var server = await mailroom.StartAsync();
        var form = await server.Public.GetStringAsync("/s/news/form?lang=en");
        form.ShouldContain("Yes, I would like news and offers from Lantern Ltd by email.");
        form.ShouldContain($"action=\"{server.Url}s/news?lang=en\"");
        form.ShouldNotContain("<script");
        form.ShouldNotContain("checked");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/s/news") { Content = Wish(Running.Anna) };
        request.Headers.Add("Origin", "https://shop.example");
        (await server.Public.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Without_somebody_who_sends_the_mail_no_page_takes_a_sign_up()
    {
        await using var server = await Running.StartAsync();
        await Mailroom.OpenAsync(server, "news");
        (await server.Public.GetAsync("/s/news")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await AskAsync(server, Running.Anna)).ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_mail_that_could_not_be_handed_over_does_not_use_up_the_day()
    {
        await using var server = await mailroom.StartAsync();
        mailroom.Answer = 500;
        await AskAsync(server, Running.Anna);
        for (var tries = 0; tries < 8; tries++)
        {
            await Task.Delay(100);
            server.Clock.Advance(TimeSpan.FromSeconds(10));
        }
        mailroom.Answer = 204;
        await AskAsync(server, Running.Anna);
        (await mailroom.ToAsync(Running.Anna)).Count.ShouldBe(1);
    }
}
