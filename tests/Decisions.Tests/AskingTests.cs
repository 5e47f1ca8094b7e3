using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Stores;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Decisions.Tests;

/// <summary>The one story of an answer, asked of a store: whom, which campaign, on which day, with which evidence.</summary>
public sealed class AskingTests : IAsyncLifetime
{
    static readonly Address Anna = Address.Read("anna@example.com").Required();
    static readonly Address Stranger = Address.Read("stranger@example.com").Required();
    static readonly Actor Dpo = Actor.Runner("dpo");
    static readonly DateTimeOffset Before = new(2026, 3, 9, 9, 0, 0, TimeSpan.Zero);
    static readonly DateTimeOffset Noon = new(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("maysend-test-");
    readonly FakeTimeProvider clock = new(Before);
    EvidenceStore store = null!;

    public async ValueTask InitializeAsync()
    {
        store = await EvidenceStores.CreateAsync(folder.FullName, clock: clock);
        await store.RecordChangesAsync([.. Shop.Entries], Dpo);
        await RecordAsync(Anna, Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2)));
    }

    public async ValueTask DisposeAsync()
    {
        await store.DisposeAsync();
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task What_may_be_sent_goes_out_on_its_day_and_the_code_says_why_it_may_or_what_it_waits_for()
    {
        var early = await AskAsync(Shop.Spring);
        early.Verdict.ShouldBe(Verdict.Permitted);
        early.Send.ShouldBeFalse();
        early.Code.ShouldBe(Sending.BeforeItsDay);
        clock.SetUtcNow(Noon);
        var today = await AskAsync(Shop.Spring);
        today.Send.ShouldBeTrue();
        today.Code.ShouldBe(today.Decision.Reason.Code);
        today.Inline.ShouldBe(InlineCampaign.No);
        var explained = today.Explain(new Explainer(Shop.Decider), "anna@example.com", "as recorded");
        explained.Decision.ShouldBe(today.Id.ToString());
        explained.Now.ShouldNotBeNull().Send.ShouldBeTrue();
    }

    [Fact]
    public async Task The_code_of_a_refusal_says_why_it_is_refused_and_not_that_its_day_has_not_come()
    {
        await RecordAsync(Anna, Shop.OptOut(Shop.On(2026, 3, 1)));
        var answer = await AskAsync(Shop.Spring);
        answer.Verdict.ShouldBe(Verdict.Refused);
        answer.Sending.Reasons.ShouldContain(Sending.BeforeItsDay);
        answer.Code.ShouldBe(answer.Decision.Reason.Code);
    }

    [Fact]
    public async Task A_decision_about_a_stranger_puts_nothing_about_them_on_record()
    {
        (await AskAsync(Shop.Spring)).CanBeLogged.ShouldBeTrue();
        (await AskAsync(Shop.Spring, address: Stranger)).CanBeLogged.ShouldBeFalse();
    }

    [Fact]
    public async Task What_was_known_before_is_a_what_if_by_which_nothing_goes_out()
    {
        clock.SetUtcNow(Before.AddHours(1));
        await RecordAsync(Anna, Shop.OptOut(Shop.On(2026, 3, 1)));
        clock.SetUtcNow(Noon);
        var past = await AskAsync(new Asked(Shop.Spring) { AsKnown = AsKnown.At(Before) });
        past.Verdict.ShouldBe(Verdict.Permitted, "the request was recorded an hour later");
        past.Send.ShouldBeFalse();
        past.Code.ShouldBe(Sending.WhatIf);
        (await AskAsync(Shop.Spring)).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public async Task What_the_controller_had_on_record_counts_as_it_stood_then()
    {
        clock.SetUtcNow(Before.AddHours(1));
        await store.RecordChangesAsync([Shop.Assessment with { EndedOn = new DateOnly(2026, 3, 9) }], Dpo);
        clock.SetUtcNow(Noon);
        (await AskAsync(Shop.Spring)).Verdict.ShouldNotBe(Verdict.Permitted);
        (await AskAsync(new Asked(Shop.Spring) { AsKnown = AsKnown.At(Before) })).Verdict.ShouldBe(Verdict.Permitted);
        (await AskAsync(new Asked(Shop.Spring) { AsKnown = AsKnown.At(Before.AddYears(-1)) })).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public async Task What_is_recorded_counts_from_the_next_question_on()
    {
        clock.SetUtcNow(Noon);
        var asking = new Asking(store, Shop.Decider);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Send.ShouldBeTrue();
        await store.RecordChangesAsync([Shop.Assessment with { EndedOn = new DateOnly(2026, 3, 9) }], Dpo);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Send.ShouldBeFalse();
        await store.RecordChangesAsync([Shop.Assessment with { Id = "LIA-2" }], Dpo);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Send.ShouldBeTrue();
        await RecordAsync(Anna, Shop.OptOut(Shop.On(2026, 3, 1)));
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Verdict.ShouldBe(Verdict.Refused);
    }

    [Fact]
    public async Task More_campaigns_than_are_kept_ready_are_each_answered_for_itself()
    {
        clock.SetUtcNow(Noon);
        var asking = new Asking(store, Shop.Decider);
        for (var number = 0; number < 502; number++)
        {
            var isOwn = number % 2 == 0;
            var campaign = Shop.Spring with { Id = $"campaign {number}", ThirdPartyContent = !isOwn };
            (await asking.AskAsync(Anna, new Asked(campaign))).Send.ShouldBe(isOwn, campaign.Id);
        }
    }

    [Fact]
    public async Task A_day_that_is_not_the_campaigns_is_a_what_if_and_so_is_the_law_as_known_on_another_day()
    {
        clock.SetUtcNow(Noon);
        Reasons(await AskAsync(new Asked(Shop.Spring) { Day = Shop.Day })).ShouldBeEmpty();
        Reasons(await AskAsync(new Asked(Shop.Spring) { Day = Shop.Day, KnownAt = Shop.Day })).ShouldBeEmpty();
        Reasons(await AskAsync(new Asked(Shop.Spring) { Day = Shop.Day.AddDays(1) })).ShouldContain(Sending.WhatIf);
        var known = await AskAsync(new Asked(Shop.Spring) { KnownAt = Shop.Day.AddDays(-1) });
        Reasons(known).ShouldBe([Sending.WhatIf]);
        known.Decision.Formula.KnownAt.ShouldBe(Shop.Day.AddDays(-1));
    }

    [Fact]
    public async Task Of_a_campaign_of_several_days_it_is_the_day_where_the_person_is_unless_another_is_asked_about()
    {
        var tenth = new DateOnly(2026, 7, 10);
        var days = Shop.Spring with { Day = tenth.AddDays(-3), Until = tenth.AddDays(3) };
        (await AskAsync(days)).Decision.Formula.Day.ShouldBe(tenth.AddDays(-3), "the first day is the nearest");
        // A quarter past eleven in the evening of the ninth of July, as the servers count, is the tenth in London.
        clock.SetUtcNow(new DateTimeOffset(2026, 7, 9, 23, 15, 0, TimeSpan.Zero));
        var answer = await AskAsync(days);
        answer.Decision.Formula.Day.ShouldBe(tenth);
        answer.Id.Day.ShouldBe(tenth);
        Reasons(answer).ShouldBeEmpty();
        var ninth = await AskAsync(new Asked(days) { Day = tenth.AddDays(-1) });
        ninth.Decision.Formula.Day.ShouldBe(tenth.AddDays(-1));
        Reasons(ninth).ShouldBe([Sending.ItsDayHasPassed]);
        var known = await AskAsync(new Asked(days) { KnownAt = tenth.AddDays(-30) });
        known.Decision.Formula.Day.ShouldBe(tenth);
        known.Decision.Formula.KnownAt.ShouldBe(tenth.AddDays(-30));
        clock.SetUtcNow(Noon.AddDays(200));
        (await AskAsync(days)).Decision.Formula.Day.ShouldBe(tenth.AddDays(3), "the last day is the nearest");
    }

    [Fact]
    public async Task What_stands_in_the_way_of_everything_stops_a_message_that_is_permitted()
    {
        clock.SetUtcNow(Noon);
        var answer = await AskAsync(new Asked(Shop.Spring), hindrance: Sending.OptOutsNotTaken);
        answer.Verdict.ShouldBe(Verdict.Permitted);
        answer.Send.ShouldBeFalse();
        answer.Code.ShouldBe(Sending.OptOutsNotTaken);
        new Asking(store, Shop.Decider, () => Sending.StoreDamaged)
            .NowOf((_, at, hindrance) => (at, hindrance))
            .ShouldBe((Noon, Sending.StoreDamaged));
    }

    [Fact]
    public async Task Files_beside_the_store_say_what_it_does_not_and_never_outrank_it()
    {
        clock.SetUtcNow(Noon);
        var asked = new Asked(Shop.Spring) { FromFiles = [Shop.OptOut(Shop.On(2026, 3, 1), "row 2")], FilesDigest = "files" };
        (await AskAsync(asked)).Verdict.ShouldBe(Verdict.Refused);
        var files = new ControllerRecord([Shop.Assessment with { EndedOn = new DateOnly(2026, 1, 1) }]);
        (await AskAsync(new Asked(Shop.Spring) { ControllerFiles = files })).Verdict.ShouldBe(Verdict.Permitted, "the record stands");
        var more = new ControllerRecord([Shop.Assessment with { Id = "LIA-2" }]);
        await store.RecordChangesAsync([Shop.Assessment with { EndedOn = new DateOnly(2026, 3, 9) }], Dpo);
        var asking = new Asking(store, Shop.Decider);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Verdict.ShouldNotBe(Verdict.Permitted);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring) { ControllerFiles = more })).Verdict.ShouldBe(Verdict.Permitted);
        (await asking.AskAsync(Anna, new Asked(Shop.Spring))).Verdict.ShouldNotBe(Verdict.Permitted, "what files say is not kept");
        var others = new ControllerRecord([
            new TemplateVersion("newsletter@1", "newsletter")
            {
                Sender = "another-ltd",
                RefusalOffered = true,
                Signature = Shop.Signed,
            },
        ]);
        await Should.ThrowAsync<BadInputException>(async () =>
            await asking.AskAsync(Anna, new Asked(Shop.Spring) { ControllerFiles = others })
        );
    }

    [Fact]
    public async Task A_campaign_described_with_the_question_that_no_record_knows_is_a_what_if()
    {
        clock.SetUtcNow(Noon);
        var answer = await AskAsync(new Asked(Shop.Spring) { IsInline = true });
        answer.Inline.ShouldBe(InlineCampaign.WhatIf);
        Reasons(answer).ShouldBe([Sending.WhatIf]);
    }

    [Fact]
    public async Task What_is_described_with_the_question_counts_where_neither_key_is_better_for_it()
    {
        clock.SetUtcNow(Noon);
        (await InlineAsync(Shop.Spring, Shop.Spring)).ShouldBe((InlineCampaign.Counted, Verdict.Permitted, true));
        (await InlineAsync(Others, Shop.Spring)).Inline.ShouldBe(InlineCampaign.Counted);
        (await InlineAsync(Others, Shop.Spring)).Verdict.ShouldNotBe(Verdict.Permitted);
        (await InlineAsync(Shop.Spring, Others)).Inline.ShouldBe(InlineCampaign.NotCounted);
        (await InlineAsync(Shop.Spring, Others)).Verdict.ShouldNotBe(Verdict.Permitted);
    }

    [Fact]
    public async Task One_key_that_is_better_is_enough_for_what_is_described_not_to_count()
    {
        clock.SetUtcNow(Noon);
        // The send key alone is better without the goods of others, the process key alone without profiling.
        var unassessed = Shop.Spring with
        {
            Profiling = true,
        };
        var (send, process) = (await KeysAsync(unassessed), await KeysAsync(Others));
        send.ShouldBe((Truth.Satisfied, Truth.NotEvidenced), "the assessment covers no profiling");
        (await KeysAsync(Shop.Spring)).ShouldBe((Truth.Satisfied, Truth.Satisfied));
        (await InlineAsync(Shop.Spring, unassessed)).Inline.ShouldBe(InlineCampaign.NotCounted);
        (await InlineAsync(unassessed, Shop.Spring)).Inline.ShouldBe(InlineCampaign.Counted);
        process.Send.ShouldNotBe(Truth.Satisfied);
        // Better for one key and worse for the other does not count either.
        (await InlineAsync(unassessed, Others)).Inline.ShouldBe(InlineCampaign.NotCounted);
    }

    [Fact]
    public async Task Days_described_with_the_question_must_be_those_on_record_as_well()
    {
        clock.SetUtcNow(Noon);
        var earlier = Shop.Spring with { Day = Shop.Day.AddDays(-1) };
        var moved = await AskAsync(new Asked(Shop.Spring) { IsInline = true, OnRecord = earlier });
        moved.Inline.ShouldBe(InlineCampaign.Counted);
        moved.Verdict.ShouldBe(Verdict.Permitted);
        moved.Send.ShouldBeFalse("it is not the day of the campaign on record");
        var back = await AskAsync(new Asked(earlier) { IsInline = true, OnRecord = Shop.Spring });
        back.Send.ShouldBeFalse("it is not the day that the question names");
        Reasons(moved).ShouldBe([Sending.ItsDayHasPassed]);
        var hindered = await AskAsync(new Asked(Shop.Spring) { IsInline = true, OnRecord = Shop.Spring }, hindrance: Sending.StoreDamaged);
        Reasons(hindered).ShouldBe([Sending.StoreDamaged]);
    }

    static Campaign Others => Shop.Spring with { ThirdPartyContent = true };

    static IReadOnlyList<string> Reasons(Answer answer) => [.. answer.Sending.Reasons];

    async Task<(InlineCampaign Inline, Verdict Verdict, bool Send)> InlineAsync(Campaign described, Campaign onRecord)
    {
        var answer = await AskAsync(new Asked(described) { IsInline = true, OnRecord = onRecord });
        answer.Campaign.ShouldBe(answer.Inline == InlineCampaign.NotCounted ? onRecord : described);
        return (answer.Inline, answer.Verdict, answer.Send);
    }

    async Task<(Truth Send, Truth Process)> KeysAsync(Campaign campaign)
    {
        var decision = (await AskAsync(campaign)).Decision;
        return (decision.Send.Truth, decision.Process.Truth);
    }

    Task<Answer> AskAsync(Campaign campaign, Address? address = null) => AskAsync(new Asked(campaign), address);

    async Task<Answer> AskAsync(Asked asked, Address? address = null, string? hindrance = null) =>
        await new Asking(store, Shop.Decider, () => hindrance).AskAsync(address ?? Anna, asked);

    async Task RecordAsync(Address address, params ContactEntry[] entries) =>
        await store.RecordAsync([.. entries.Select(entry => new NewEntry(address, entry, Dpo))]);
}
