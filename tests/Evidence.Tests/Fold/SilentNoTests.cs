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

    static FactValue Refused(ControllerEntry[] record, params ContactEntry[] entries) =>
        new FactFinder(new ControllerRecord(record), Campaign, LegalDays.AsWritten).Find(entries, null).Collections[0][Collection.Refused];
}
