using System.Net;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;

namespace MaySend.Console.Tests;

public sealed class RecordingTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Address Anna = Address.Read("anna@example.com").Required();

    [Fact]
    public async Task An_opt_out_by_phone_shows_what_it_stops_before_it_is_on_record()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        KeyValuePair<string, string>[] fields =
        [
            new("key", "00000000000000c1"),
            new("address", "anna@example.com"),
            new("channels", "email"),
            new("topics", "offers"),
            new("how", "phone"),
        ];
        var shown = await PostAsync(marketer, "opt-out", [.. fields, new("then", "look")]);
        shown.ShouldContain("Once recorded, this stops");
        shown.ShouldContain("every sender on record");
        (await own.Store.StandingAsync(Anna, Stop)).ShouldBeEmpty("it was only shown");
        for (var times = 0; times < 2; times++)
            (await PostAsync(marketer, "opt-out", [.. fields, new("then", "record")])).ShouldContain("On record: anna@example.com");
        var refusal = (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem();
        (refusal.Senders!.IsEverything, refusal.Channels!.Names.Single(), refusal.Topics!.Names.Single(), refusal.How).ShouldBe(
            (true, "email", "offers", "phone")
        );
    }

    [Fact]
    public async Task A_consent_by_letter_is_recorded_and_lifts_no_opt_out()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        await PostAsync(
            marketer,
            "opt-out",
            new("key", "0000000000000001"),
            new("address", "anna@example.com"),
            new("how", "letter"),
            new("then", "record")
        );
        var said = await PostAsync(
            marketer,
            "consent",
            new("key", "0000000000000002"),
            new("address", "anna@example.com"),
            new("to", "shop"),
            new("channels", "email"),
            new("more-topics", "offers"),
            new("act", "written-statement"),
            new("then", "record")
        );
        said.ShouldContain("an opt-out of anna@example.com stays in force");
        (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem();
        var consent = (await own.Store.FindAsync(Anna, cancellation: Stop))
            .Entries.Select(one => one.Entry)
            .OfType<ConsentAnswered>()
            .Single();
        (consent.To!.Names.Single(), consent.ServedHere, consent.Act).ShouldBe(("shop", false, "written-statement"));
    }

    [Fact]
    public async Task What_is_missing_or_wrong_is_said_at_once_and_nothing_is_recorded()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var said = await PostAsync(marketer, "consent", new("address", "anna"), new("day", "2999-01-01"), new("then", "record"));
        foreach (var problem in new[] { "email address", "is in the future", "Choose to whom", "Choose the channels" })
            said.ShouldContain(problem);
        (
            await PostAsync(marketer, "details", new("address", "anna@example.com"), new("subscriber", "corporate"), new("then", "record"))
        ).ShouldContain("number in a register");
        (await own.Store.FindAsync(Anna, cancellation: Stop)).Entries.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_telephone_line_is_corrected_with_what_rules_on_calls_ask_for()
    {
        await using var own = await StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await PostAsync(
            officer,
            "details",
            new("address", "+441632960001"),
            new("countries", "gb"),
            new("directory", "starred"),
            new("client", "no"),
            new("then", "record")
        );
        var stated = (await own.Store.FindAsync(Address.Read("+441632960001").Required(), cancellation: Stop))
            .Entries.Select(one => one.Entry)
            .OfType<DetailsStated>()
            .Single();
        (stated.Directory, stated.ExistingClient, stated.Countries!.Names.Single()).ShouldBe(("starred", false, "gb"));
    }

    [Fact]
    public async Task A_persons_page_says_for_each_campaign_of_calls_when_they_may_be_called_and_when_look_ups_expire()
    {
        var number = Address.Read("+34600000001").Required();
        await using var own = await StartAsync();
        await own.Store.RecordAsync(
            [
                new CampaignRegistered("spring-calls", new Campaign("spring-calls", "shop", "live-call", new DateOnly(2099, 6, 2))),
                new CampaignRegistered("spring-mail", new Campaign("spring-mail", "shop", "email", new DateOnly(2099, 6, 2))),
            ],
            Actor.Runner("set-up"),
            Stop
        );
        ContactEntry[] entries =
        [
            new DetailsStated(When.Of(new DateOnly(2026, 1, 2)), "stated")
            {
                Countries = NameSet.Of("gb"),
                Directory = "starred",
                Region = "es-ct",
            },
            new RegisterChecked(When.Of(new DateOnly(2026, 1, 5)), "checked", "gb/tps", Listed: false),
            new RefusalMade(When.Of(new DateOnly(2026, 1, 3)), "no") { Channels = NameSet.Of("live-call"), How = "phone" },
        ];
        foreach (var entry in entries)
            await own.Store.RecordAsync(number, entry, Actor.Runner("set-up"), cancellation: Stop);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        var page = $"/console/people/{(await own.Store.FindAsync(number, cancellation: Stop)).Contact}";
        var said = WebUtility.HtmlDecode(await officer.Http.GetStringAsync(page, Stop));
        said.ShouldContain("In the directory: starred");
        said.ShouldContain("Region: es-ct");
        said.ShouldContain("Asked for no more calls on 3 Jan 2026 (phone)");
        said.ShouldContain("gb/tps, 5 Jan 2026: not listed; expires on 2 Feb 2026");
        said.ShouldContain("spring-calls");
        said.ShouldNotContain("spring-mail", customMessage: "a mailing is no campaign of calls");
        said.ShouldContain("not known", customMessage: "nobody vouches that every call is on record");
    }

    [Fact]
    public async Task A_hold_is_placed_and_lifted_on_the_persons_page_and_stops_an_erasure_meanwhile()
    {
        await using var own = await StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await PostAsync(
            officer,
            "opt-out",
            new("key", "0000000000000001"),
            new("address", "anna@example.com"),
            new("how", "phone"),
            new("then", "record")
        );
        var page = $"/console/people/{(await own.Store.FindAsync(Anna, cancellation: Stop)).Contact}";
        await officer.PostAsync(page, "hold", new KeyValuePair<string, string>("Form.Hold", "claim 14"));
        var hold = (await own.Store.HoldsAsync(Anna, Stop)).ShouldHaveSingleItem();
        hold.Reason.ShouldContain("claim 14");
        var held = await officer.PostAsync(page, "erase", new("Form.Confirm", "anna@example.com"), new("Form.Reason", "letter"));
        (await held.Content.ReadAsStringAsync(Stop)).ShouldContain("Nothing was erased");
        await officer.PostAsync(page, $"lift-{hold.Number}");
        (await own.Store.HoldsAsync(Anna, Stop)).ShouldBeEmpty();
        // A reason that no page would show whole erases nobody.
        var wordy = await officer.PostAsync(
            page,
            "erase",
            new("Form.Confirm", "anna@example.com"),
            new("Form.Reason", new string('r', 301))
        );
        (await wordy.Content.ReadAsStringAsync(Stop)).ShouldContain("Give the reason in up to 300 characters. Nothing was erased.");
        (await own.Store.FindAsync(Anna, cancellation: Stop)).Entries.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task An_opt_out_dated_before_the_person_came_back_is_said_to_stop_nothing_before_and_after_it_is_recorded()
    {
        await using var own = await StartAsync();
        await CameBackAsync(own, NameSet.Everything);
        using var marketer = await own.SignInAsync(Role.Marketer);
        KeyValuePair<string, string>[] fields =
        [
            new("key", "00000000000000a1"),
            new("address", "anna@example.com"),
            new("day", "2025-06-01"),
            new("channels", "email"),
            new("how", "phone"),
        ];
        var shown = await PostAsync(marketer, "opt-out", [.. fields, new("then", "look")]);
        shown.ShouldContain("Recorded like this, it stops nothing");
        shown.ShouldContain("10 Feb 2026");
        shown.ShouldNotContain("Once recorded, this stops");
        var recorded = await PostAsync(marketer, "opt-out", [.. fields, new("then", "record")]);
        recorded.ShouldContain("On record, but it stops nothing");
        recorded.ShouldNotContain("gets none of this");
        (await own.Store.StandingAsync(Anna, Stop)).ShouldBeEmpty();
        // On the right day it holds, and nothing else is said.
        fields[0] = new("key", "00000000000000a2");
        fields[2] = new("day", "2026-03-01");
        (await PostAsync(marketer, "opt-out", [.. fields, new("then", "record")])).ShouldContain(
            "On record: anna@example.com gets none of this from the next decision on, at any"
        );
        (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task An_opt_out_of_which_the_person_freed_a_part_afterwards_says_which_part_stays_open()
    {
        await using var own = await StartAsync();
        await CameBackAsync(own, NameSet.Of("news"));
        using var marketer = await own.SignInAsync(Role.Marketer);
        var recorded = await PostAsync(
            marketer,
            "opt-out",
            new("address", "anna@example.com"),
            new("day", "2025-06-01"),
            new("how", "phone"),
            new("then", "record")
        );
        recorded.ShouldContain("except what they chose on a page of yours afterwards (10 Feb 2026)");
        (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task What_was_sent_before_and_what_is_about_somebody_erased_is_said_and_not_reported_as_recorded()
    {
        await using var own = await StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        KeyValuePair<string, string>[] yes =
        [
            new("key", "00000000000000b1"),
            new("address", "anna@example.com"),
            new("to", "shop"),
            new("channels", "email"),
            new("act", "written-statement"),
        ];
        (await PostAsync(officer, "consent", yes)).ShouldNotContain("nothing was added");
        (await PostAsync(officer, "consent", yes)).ShouldContain("It was recorded before; nothing was added.");
        var other = await PostAsync(officer, "consent", [.. yes, new("channels", "sms")]);
        other.ShouldContain("This page was sent before, with other words");
        (await own.Store.FindAsync(Anna, cancellation: Stop)).Entries.Count(one => one.Entry is ConsentAnswered).ShouldBe(1);
        var key = other.Split("name=\"key\" value=\"")[1][..16];
        key.ShouldNotBe("00000000000000b1");

        await own.Store.EraseAsync(Anna, Actor.Runner("set-up"), "asked by letter", cancellation: Stop);
        yes[0] = new("key", "00000000000000b2");
        (await PostAsync(officer, "consent", yes)).ShouldContain("Nothing was recorded: anna@example.com was erased.");
        (await PostAsync(officer, "opt-out", new("address", "anna@example.com"), new("how", "phone"), new("then", "record"))).ShouldContain(
            "There is nothing to record: anna@example.com was erased."
        );
    }

    [Fact]
    public async Task The_word_all_among_topics_of_a_consent_is_a_mistake_and_no_topic_left_out()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        foreach (var typed in new[] { "All", "news, all" })
            (
                await PostAsync(
                    marketer,
                    "consent",
                    new("address", "anna@example.com"),
                    new("to", "shop"),
                    new("channels", "email"),
                    new("topics", "offers"),
                    new("more-topics", typed)
                )
            ).ShouldContain("`all`");
        (await own.Store.FindAsync(Anna, cancellation: Stop)).Entries.ShouldBeEmpty();
    }

    /// <summary>Anna came back on a page served here, on 10 February 2026.</summary>
    static async Task CameBackAsync(OwnConsole own, NameSet topics) =>
        await own.Store.RecordAsync(
            Anna,
            new ConsentAnswered(When.Of(new DateOnly(2026, 2, 10)), "page 1")
            {
                To = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = topics,
                Act = "unticked-box",
                ServedHere = true,
            },
            Actor.Runner("set-up").AsSystem(),
            cancellation: Stop
        );

    static async Task<OwnConsole> StartAsync()
    {
        var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop")
            {
                Name = "Shop Ltd",
                Establishment = "gb",
                Topics = NameSet.Of("offers", "news"),
            },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        return own;
    }

    static async Task<string> PostAsync(Visitor visitor, string what, params KeyValuePair<string, string>[] fields) =>
        WebUtility.HtmlDecode(
            await (await visitor.PostAsync($"/console/record?what={what}", "record", fields)).Content.ReadAsStringAsync(Stop)
        );
}
