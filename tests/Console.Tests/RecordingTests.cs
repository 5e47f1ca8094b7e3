using System.Net;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;

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
        said.ShouldContain("An opt-out of anna@example.com stands all the same");
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
        foreach (var problem in new[] { "email address", "lies in the future", "Choose to whom", "Choose the ways" })
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
    }

    static async Task<OwnConsole> StartAsync()
    {
        var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop")
            {
                Name = "Shop Ltd",
                Establishment = "gb",
                Topics = MaySend.Law.Facts.NameSet.Of("offers", "news"),
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
