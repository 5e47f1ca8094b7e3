using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>What ticked boxes ask to stop where the form's version is not plain, and who may say that they ask nothing.</summary>
public class TickedBoxesTests
{
    static readonly Signature Signed = new("officer", new DateOnly(2025, 1, 5), "screenshots kept");
    static readonly Box Quiet = new("quiet", BoxKind.OptOut) { TickedByDefault = false, Channels = NameSet.Of("email") };
    static readonly Box Club = new("club", BoxKind.OptIn) { TickedByDefault = false };

    static readonly CollectionPointVersion Desk = new("desk@1", "desk")
    {
        From = new DateOnly(2025, 1, 1),
        Boxes = [Quiet],
        Signature = Signed,
    };

    static readonly CollectionPointVersion Next = Desk with { Id = "desk@2", From = new DateOnly(2025, 11, 1) };

    static DetailsCollected Ticked(string box, bool isTicked = true, string? point = "desk") =>
        new(When.Of(new DateOnly(2025, 12, 1)), "visit 1")
        {
            ObtainedBy = "quill-ltd",
            Point = point,
            Boxes = ImmutableSortedDictionary<string, bool>.Empty.Add(box, isTicked),
        };

    static (int Requests, int Held) Stops(DetailsCollected visit, params OnRecord[] record)
    {
        var stops = TickedBoxes.Stops(visit, ControllerRecord.Of(record));
        return (stops.Requests.Length, stops.NotUnderstood.Length);
    }

    static OnRecord By(ControllerEntry entry, bool signer = true) => new(entry, signer);

    [Fact]
    public void A_tick_is_a_request_in_the_boxs_words_and_comes_from_the_file_of_its_row()
    {
        var visit = Ticked("quiet") with { FromFile = "abc" };
        var request = TickedBoxes.Stops(visit, new ControllerRecord([Desk])).Requests.ShouldHaveSingleItem();
        (request.Senders, request.Channels, request.Topics).ShouldBe((NameSet.Of("quill-ltd"), NameSet.Of("email"), null));
        (request.When, request.FromFile).ShouldBe((visit.When, "abc"));
    }

    [Fact]
    public void Two_signed_versions_of_one_day_stop_what_either_says_and_the_same_only_once()
    {
        Stops(Ticked("quiet"), By(Desk), By(Next)).ShouldBe((1, 0));
        var texts = Next with { Boxes = [Quiet with { Channels = NameSet.Of("sms") }] };
        Stops(Ticked("quiet"), By(Desk), By(texts)).ShouldBe((2, 0));
        Stops(Ticked("quiet"), By(Desk), By(Next with { Boxes = [Club with { Id = "quiet" }] })).ShouldBe((1, 0));
    }

    [Fact]
    public void A_version_that_has_ended_or_is_signed_later_still_says_what_the_tick_was()
    {
        Stops(Ticked("quiet"), By(Desk with { Until = Next.From })).ShouldBe((1, 0));
        Stops(Ticked("quiet"), By(Desk with { Boxes = [Club] }), By(Next with { Signature = Signed with { On = new(2026, 8, 1) } }))
            .ShouldBe((1, 0));
    }

    [Fact]
    public void A_form_that_nobody_signed_can_say_that_a_tick_stops_something_and_not_that_it_stops_nothing_more()
    {
        var unsigned = Next with { Signature = null };
        Stops(Ticked("quiet"), By(Desk with { Boxes = [Club] }), By(unsigned, signer: false)).ShouldBe((1, 1));
        Stops(Ticked("club"), By(unsigned with { Boxes = [Club] }, signer: false)).ShouldBe((0, 1));
        Stops(Ticked("club"), By(Desk with { Boxes = [Club] }), By(unsigned with { Boxes = [Club with { Kind = BoxKind.OptOut }] }, false))
            .ShouldBe((0, 0), "the signed version in force says that it is a yes");
    }

    [Theory]
    [InlineData("Quiet", "desk", 1, 0)]
    [InlineData(" QUIET", "desk", 1, 0)]
    [InlineData("quite", "desk", 0, 1)]
    [InlineData("quiet", "Desk 2", 0, 1)]
    [InlineData("quiet", null, 0, 1)]
    public void Letters_of_either_case_are_one_and_what_no_form_lists_is_not_understood(string box, string? point, int requests, int held)
    {
        Stops(Ticked(box, point: point), By(Desk)).ShouldBe((requests, held));
        Stops(Ticked(box, isTicked: false, point), By(Desk)).ShouldBe((0, 0), "a box that was left asks nothing");
    }

    [Fact]
    public void What_is_not_understood_is_told_beside_the_names_of_the_same_row()
    {
        var record = new ControllerRecord([new SenderDeclared("quill-ltd"), Desk]);
        RequestWidth.NotUnderstoodIn(Ticked("quiet"), record).ShouldBeEmpty();
        RequestWidth
            .NotUnderstoodIn(Ticked("quite") with { Refused = true, ObtainedBy = "quil" }, record)
            .Select(each => each.Says)
            .ShouldBe([
                "`quil` is not a sender on record, so the request to stop applies to every sender",
                "no signed version of `desk` lists the box `quite`, so whoever ticked it may have asked to stop and is not shown "
                    + "until somebody signs one that does",
            ]);
    }

    [Fact]
    public void A_box_that_came_ticked_and_was_cleared_asks_to_stop_by_whichever_version()
    {
        var preset = Desk with { Boxes = [Club with { TickedByDefault = true }], Until = Next.From };
        Stops(Ticked("club", isTicked: false), By(preset)).ShouldBe((1, 0));
        Stops(Ticked("club", isTicked: false), By(preset), By(Next with { Boxes = [Club] })).ShouldBe((0, 0), "the form then in force");
    }

    [Fact]
    public void The_one_column_of_ticks_speaks_of_the_only_box_of_any_version_and_is_a_yes_where_no_form_is_known()
    {
        var visit = Ticked("quiet") with { Boxes = null, ConsentTicked = true };
        Stops(visit, By(Desk), By(Next)).ShouldBe((1, 0));
        Stops(visit, By(Desk with { Boxes = [Club] }), By(Next with { Signature = null }, signer: false)).ShouldBe((0, 0));
        Stops(visit with { Point = "nowhere" }, By(Desk)).ShouldBe((0, 0));
    }

    [Fact]
    public void What_is_not_understood_leaves_every_bar_open_until_a_form_is_signed_or_the_person_comes_back()
    {
        Open(Ticked("quite")).ShouldBe(1);
        Open(Ticked("quite") with { When = When.Of(new DateOnly(2027, 1, 1)) }).ShouldBe(1, "whatever its day");
        Open(Ticked("quite", isTicked: false)).ShouldBe(0);
        Open(Ticked("club")).ShouldBe(0);
        var back = new ConsentAnswered(When.Of(new DateOnly(2026, 1, 3)), "page 1")
        {
            To = NameSet.Of("quill-ltd"),
            Channels = NameSet.Of("email"),
            Topics = NameSet.Everything,
            Act = "unticked-box",
        };
        Open(Ticked("quite"), back).ShouldBe(1, "not by an import");
        Open(Ticked("quite"), back with { ServedHere = true }).ShouldBe(0);
        return;

        static int Open(params ContactEntry[] entries)
        {
            var record = new ControllerRecord([Desk with { Boxes = [Quiet, Club] }]);
            var campaign = new Campaign("may", "quill-ltd", "email", new DateOnly(2026, 5, 4));
            var sheets = new FactFinder(record, campaign, LegalDays.AsWritten).Find(entries, null).Refusals;
            return sheets.Count(sheet => !sheet[Refusal.Senders].IsRecorded && sheet[Refusal.Lifted] == Refusal.Lifted.Of("no"));
        }
    }
}
