using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>
/// A no that was said where there is no box to tick stands in the register of refusals, if anywhere: what its silence shows, and what it
/// does not.
/// </summary>
public class SilentNoTests
{
    static readonly DateOnly Bought = new(2026, 2, 2);
    static readonly Campaign Campaign = new("may", "quill-ltd", "email", new DateOnly(2026, 5, 4));
    static readonly Signature Signed = new("officer", new DateOnly(2026, 1, 5), "asked at the till");
    static readonly DetailsCollected Sale = new(When.Of(Bought), "sale 1") { Point = "till" };

    static readonly CollectionPointVersion Till = new("till@1", "till")
    {
        From = new DateOnly(2026, 1, 1),
        Shown = new Shown { RefusalOffered = true, RefusalsInRegister = true },
        Signature = Signed,
    };

    static readonly StatementSigned Complete = new("all", "quill-ltd", StatementKind.RefusalsComplete)
    {
        Answer = true,
        Channels = NameSet.Of("email"),
        Since = new DateOnly(2026, 1, 1),
        Signature = Signed,
    };

    [Fact]
    public void A_register_that_is_vouched_for_from_that_day_shows_who_did_not_say_no() =>
        Refused([Till, Complete], Sale).ShouldBe(Collection.Refused.Of("no"));

    [Fact]
    public void A_form_that_says_nothing_of_where_a_no_goes_or_that_nobody_signed_leaves_it_open()
    {
        Refused([Till with { Shown = new Shown { RefusalOffered = true } }, Complete], Sale).IsRecorded.ShouldBeFalse();
        Refused([Till with { Signature = null }, Complete], Sale).IsRecorded.ShouldBeFalse();
        Refused([Till with { Shown = new Shown { RefusalsInRegister = true } }, Complete], Sale).IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void A_register_that_nobody_vouches_for_or_only_from_a_later_day_leaves_it_open()
    {
        Refused([Till], Sale).IsRecorded.ShouldBeFalse();
        Refused([Till, Complete with { Since = Bought.AddDays(1) }], Sale).IsRecorded.ShouldBeFalse();
        Refused([Till, Complete with { Channels = NameSet.Of("sms") }], Sale).IsRecorded.ShouldBeFalse();
        Refused([Till, Complete with { Answer = false }], Sale).IsRecorded.ShouldBeFalse();
    }

    [Fact]
    public void Whoever_ever_asked_to_stop_is_not_told_by_silence_what_they_said_then()
    {
        var stop = new RefusalMade(When.Of(Bought.AddDays(20)), "stop 1");
        Refused([Till, Complete], Sale, stop).IsRecorded.ShouldBeFalse();
        Refused([Till, Complete], Sale with { Refused = true }).ShouldBe(Collection.Refused.Of("yes"));
    }

    [Fact]
    public void A_register_of_which_nobody_says_since_when_it_is_complete_vouches_from_the_day_it_was_signed()
    {
        var undated = Complete with { Since = default };
        Refused([Till, undated], Sale).ShouldBe(Collection.Refused.Of("no"));
        var later = undated with { Signature = Signed with { On = Bought.AddDays(20) } };
        Refused([Till, later], Sale).IsRecorded.ShouldBeFalse();
        Open(undated).ShouldBeFalse();
        Open(later).ShouldBeTrue("somebody may have asked to stop before the register began");
        Withdrawn(undated).ShouldBe(Consent.Withdrawn.Of("no"));
        Withdrawn(later).IsRecorded.ShouldBeFalse();
        return;

        static bool Open(StatementSigned complete) => !Find([Till, complete], Sale).Refusals.IsEmpty;
        static FactValue Withdrawn(StatementSigned complete) =>
            Find([complete], new ConsentAnswered(When.Of(Bought), "yes 1")).Consents[0][Consent.Withdrawn];
    }

    static RecipientFacts Find(ControllerEntry[] record, params ContactEntry[] entries) =>
        new FactFinder(new ControllerRecord(record), Campaign, LegalDays.AsWritten).Find(entries, null);

    static FactValue Refused(ControllerEntry[] record, params ContactEntry[] entries) =>
        new FactFinder(new ControllerRecord(record), Campaign, LegalDays.AsWritten).Find(entries, null).Collections[0][Collection.Refused];
}
