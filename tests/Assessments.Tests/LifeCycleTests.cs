using CsCheck;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;

namespace MaySend.Assessments.Tests;

public class LifeCycleTests
{
    static readonly DateOnly Today = new(2026, 2, 9);
    static readonly string[] People = ["writer", "second person", "director"];
    static readonly Finding InTheWay = new("missing", "title", "it has no title", "say so", Blocks: true);

    static LifeOutcome Answer(AssessmentDocument document, LifeCommand command) => LifeCycle.Answer(document, command, Today);

    static AssessmentDocument InReview => Sample.Draft.After(new LifeCommand.Submit("writer", Sample.Day, "ready", []));

    static AssessmentDocument Approved => InReview.After(new LifeCommand.Approve("second person", Sample.Day, "agreed"));

    [Fact]
    public void Draft_in_review_signed_is_the_only_way_to_a_signature()
    {
        Answer(Sample.Draft, new LifeCommand.Sign("director", Today, "good", [])).Refusal.ShouldNotBeNull();
        Answer(InReview, new LifeCommand.Sign("director", Today, "good", [])).Refusal!.ShouldContain("second person");
        Approved.After(new LifeCommand.Sign("director", Today, "good", [])).Life.State.ShouldBe(AssessmentState.Signed);
    }

    [Theory]
    [InlineData("writer")]
    [InlineData(" Writer ")]
    [InlineData("privacy lead")]
    public void Who_wrote_or_handed_it_in_cannot_review_it(string by) =>
        Answer(InReview, new LifeCommand.Approve(by, Today, "agreed")).Refusal!.ShouldContain("second person");

    [Theory]
    [InlineData("writer")]
    [InlineData("privacy lead")]
    public void Who_wrote_or_handed_it_in_cannot_sign_it(string by) =>
        Answer(Approved, new LifeCommand.Sign(by, Today, "good", [])).Refusal!.ShouldContain("somebody else must sign it");

    [Fact]
    public void Who_changed_a_draft_is_one_of_its_writers_and_nothing_but_a_draft_is_changed()
    {
        var edited = Sample.Draft.After(new LifeCommand.Edit("second person", Sample.Day, "other words"));
        edited.Life.State.ShouldBe(AssessmentState.Draft);
        var handedIn = edited.After(new LifeCommand.Submit("writer", Sample.Day, "ready", []));
        Answer(handedIn, new LifeCommand.Approve("second person", Today, "agreed")).Refusal!.ShouldContain("second person must review it");
        Answer(handedIn, new LifeCommand.Edit("writer", Today, "other words")).Refusal!.ShouldContain("only a draft");
        Sample.Parse(DocumentWriter.Write(handedIn)).Document.Life.Writers.ShouldContain("second person");
    }

    [Fact]
    public void A_change_after_review_needs_a_new_review()
    {
        var changed = Approved with { Content = Approved.Content with { Title = "something else" } };
        Answer(changed, new LifeCommand.Sign("director", Today, "good", [])).Refusal!.ShouldContain("changed after it was approved");
        var changedBefore = InReview with { Content = InReview.Content with { Title = "something else" } };
        Answer(changedBefore, new LifeCommand.Approve("second person", Today, "agreed"))
            .Refusal!.ShouldContain("changed after it was handed in");
    }

    [Fact]
    public void What_the_check_finds_in_the_way_stops_handing_in_and_signing()
    {
        Answer(Sample.Draft, new LifeCommand.Submit("writer", Today, "ready", [InTheWay])).Refusal!.ShouldContain("1 thing");
        Answer(Approved, new LifeCommand.Sign("director", Today, "good", [InTheWay])).Refusal!.ShouldContain("1 thing");
        Answer(Approved, new LifeCommand.Sign("director", Today, "good", [InTheWay with { Blocks = false }])).Event.ShouldNotBeNull();
    }

    [Fact]
    public void Nothing_is_dated_ahead_or_before_what_happened_last_or_without_name_and_reason()
    {
        Answer(Sample.Draft, new LifeCommand.Submit("writer", Today.AddDays(1), "ready", [])).Refusal!.ShouldContain("in the future");
        Answer(InReview, new LifeCommand.Return("second person", Sample.Day.AddDays(-1), "no"))
            .Refusal!.ShouldContain("before the last thing");
        Answer(Sample.Draft, new LifeCommand.Withdraw(" ", Today, "why")).Refusal!.ShouldContain("name the person");
        Answer(Sample.Draft, new LifeCommand.Withdraw("writer", Today, "")).Refusal!.ShouldContain("no reason");
    }

    [Fact]
    public void A_signed_version_lapses_when_its_review_is_due()
    {
        Sample.Signed.StateOn(new DateOnly(2027, 2, 2)).ShouldBe(AssessmentState.Signed);
        Sample.Signed.StateOn(new DateOnly(2027, 2, 3)).ShouldBe(AssessmentState.Lapsed);
        Sample.Signed.StateOn(new DateOnly(2026, 2, 5)).ShouldBe(AssessmentState.InReview);
    }

    [Fact]
    public void No_path_changes_a_signed_version_or_leads_back_from_it()
    {
        var step = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 2].Select(index => People[index]), Gen.Bool);
        step.Array[1, 12]
            .Sample(steps =>
            {
                var document = Sample.Draft;
                string? signedWords = null;
                var hasEnded = false;
                foreach (var (kind, by, edits) in steps)
                {
                    // Somebody edits the file at any time, also after the signature.
                    var asked = edits
                        ? document with
                        {
                            Content = document.Content with { Title = document.Content.Title + "." },
                        }
                        : document;
                    var outcome = Answer(asked, Command(kind, by));
                    if (outcome.Event is not { } happened)
                        continue;
                    hasEnded.ShouldBeFalse();
                    var after = asked.After(happened);
                    if (signedWords is not null)
                        happened.Kind.ShouldBeOneOf(LifeEventKind.Superseded, LifeEventKind.Withdrawn, LifeEventKind.Lapsed);
                    if (happened.Kind == LifeEventKind.Signed)
                    {
                        after.Life.Approved!.Content.ShouldBe(ContentDigest.Of(after));
                        after.Life.Writers.ShouldNotContain(after.Life.Approved.By);
                        signedWords = happened.Content;
                    }
                    hasEnded = after.Life.Ended is not null;
                    (AssessmentEntries.Of(after).Signature is null).ShouldBe(signedWords is null);
                    document = signedWords is null || happened.Kind == LifeEventKind.Signed ? after : document.After(happened);
                    if (signedWords is not null)
                        ContentDigest.Of(document).ShouldBe(signedWords);
                }
            });
    }

    static LifeCommand Command(int kind, string by) =>
        kind switch
        {
            0 => new LifeCommand.Submit(by, Today, "why", []),
            1 => new LifeCommand.Approve(by, Today, "why"),
            2 => new LifeCommand.Return(by, Today, "why"),
            3 => new LifeCommand.Sign(by, Today, "why", []),
            4 => new LifeCommand.Supersede(by, Today, "why"),
            5 => new LifeCommand.Withdraw(by, Today, "why"),
            _ => new LifeCommand.Lapse(by, Today, "why", "breach"),
        };

    [Fact]
    public void The_next_version_is_a_draft_and_leaves_the_signed_one_alone()
    {
        var next = Sample.Signed.NextVersion("privacy lead", Today, "a new channel");
        next.VersionId.ShouldBe("LIA-10.v2");
        next.Life.State.ShouldBe(AssessmentState.Draft);
        Sample.Signed.Life.State.ShouldBe(AssessmentState.Signed);
    }
}
