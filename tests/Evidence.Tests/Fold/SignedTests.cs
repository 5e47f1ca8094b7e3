using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>What nobody who may sign has signed counts only against sending, and neither replaces nor outdates what is signed.</summary>
public class SignedTests
{
    static readonly DateOnly Asked = new(2026, 5, 4);
    static readonly DateOnly Bought = new(2026, 2, 2);
    static readonly Signature Signed = new("officer", new DateOnly(2026, 1, 5), "screenshots kept");
    static readonly Campaign Campaign = new("may", "quill-ltd", "email", Asked) { Template = "letter" };

    static readonly CollectionPointVersion Till = new("till@1", "till")
    {
        From = new DateOnly(2026, 1, 1),
        Shown = new Shown { RefusalOffered = true, ConsentAsked = true },
        Wording = "May we write?",
        Signature = Signed,
    };

    static readonly TemplateVersion Letter = new("letter@1", "letter")
    {
        Sender = "quill-ltd",
        From = new DateOnly(2025, 1, 1),
        Until = new DateOnly(2026, 3, 1),
        RefusalOffered = true,
        RefusalSimple = true,
        RefusalFree = true,
        Signature = Signed,
    };

    static readonly StatementSigned Only = new("only", "quill-ltd", StatementKind.MarketingOnlyThroughTemplates)
    {
        Answer = true,
        Since = new DateOnly(2025, 1, 1),
        Signature = Signed,
    };

    static readonly DetailsCollected Sale = new(When.Of(Bought), "sale 1") { Point = "till" };

    [Fact]
    public void A_form_that_nobody_signed_is_silent_about_what_favours_sending_and_heard_about_what_does_not()
    {
        var form = Till with
        {
            Signature = null,
            Shown = new Shown
            {
                RefusalOffered = true,
                RefusalSimple = false,
                ConsentAsked = true,
            },
        };
        var shown = new ControllerRecord([form]).PointOn("till", Bought, Asked)!;
        (shown.Shown.RefusalOffered, shown.Shown.RefusalSimple, shown.Shown.ConsentAsked).ShouldBe((null, false, true));
        shown.Wording.ShouldBeEmpty();
    }

    [Fact]
    public void A_form_signed_later_vouches_for_the_time_before_but_only_for_who_asks_after()
    {
        var record = new ControllerRecord([Till with { Signature = Signed with { On = Asked } }]);
        record.PointOn("till", Bought, Asked)!.Shown.RefusalOffered.ShouldBe(true);
        record.PointOn("till", Bought, Asked.AddDays(-1))!.Shown.RefusalOffered.ShouldBeNull();
    }

    [Fact]
    public void Who_may_not_sign_neither_replaces_nor_outdates_a_signed_form_and_can_contradict_it()
    {
        var sameName = Till with
        {
            Signature = null,
            Shown = new Shown { RefusalOffered = true, ConsentAsked = false },
        };
        var newer = sameName with { Id = "till@2", From = new DateOnly(2026, 1, 20) };
        foreach (var other in new[] { sameName, newer })
            Ask(Clerk(other)).ShouldBe((true, true));
        Ask(Clerk(newer with { Shown = new Shown { RefusalOffered = false } })).ShouldBe((null, true));
        return;

        static OnRecord Clerk(ControllerEntry entry) => new(entry, BySigner: false);
        static (bool?, bool?) Ask(OnRecord next) =>
            ControllerRecord.Of([new(Till, BySigner: true), next]).PointOn("till", Bought, Asked) is { Shown: var shown }
                ? (shown.RefusalOffered, shown.ConsentAsked)
                : default;
    }

    [Fact]
    public void A_row_that_disagrees_with_the_signed_form_shows_nothing_whichever_of_the_two_says_no()
    {
        var record = new ControllerRecord([Till]);
        var yes = Sale with
        {
            Shown = new Shown { RefusalOffered = true, ConsentAsked = false },
        };
        Offered(record, yes).ShouldBe(Collection.RefusalOffered.Of("yes"));
        Offered(record, Sale with { Shown = new Shown { RefusalOffered = false } }).IsRecorded.ShouldBeFalse();
        var refusing = new ControllerRecord([Till with { Shown = new Shown { RefusalOffered = false } }]);
        Offered(refusing, yes).IsRecorded.ShouldBeFalse();
        Offered(refusing, Sale).ShouldBe(Collection.RefusalOffered.Of("no"));
    }

    [Theory]
    [InlineData(2026, 3, 1, true)]
    [InlineData(2026, 3, 2, false)]
    public void A_gap_of_a_day_between_two_versions_of_a_template_is_a_day_of_which_nothing_is_known(
        int year,
        int month,
        int day,
        bool isShown
    )
    {
        var next = Letter with { Id = "letter@2", From = new DateOnly(year, month, day), Until = null };
        EveryMessageOffered(new([Letter, next, Only])).IsRecorded.ShouldBe(isShown);
    }

    [Fact]
    public void A_template_that_nobody_signed_fills_no_gap_and_its_no_contradicts()
    {
        var next = Letter with { Id = "letter@2", From = new DateOnly(2026, 3, 1), Until = null };
        EveryMessageOffered(new([Letter, next with { Signature = null }, Only])).IsRecorded.ShouldBeFalse();
        var flash = new TemplateVersion("flash@1", "flash")
        {
            Sender = "quill-ltd",
            From = Bought,
            RefusalOffered = false,
        };
        EveryMessageOffered(new([Letter, next, Only, flash])).IsRecorded.ShouldBeFalse();
        EveryMessageOffered(new([Letter, next, Only, flash with { RefusalOffered = true }])).IsRecorded.ShouldBeTrue();
    }

    [Fact]
    public void A_statement_without_an_answer_states_nothing_and_of_one_day_the_stricter_stands()
    {
        Statement(Only with { Answer = null }).ShouldBeNull();
        Statement(Only, Only with { Id = "other", Answer = false }).ShouldBe(false);
        Statement(Only with { Id = "other", Answer = false }, Only).ShouldBe(false);
        var later = Signed with { On = Signed.On.AddDays(1) };
        Statement(Only with { Id = "other", Answer = false }, Only with { Signature = later }).ShouldBe(true);
        Statement(Only, Only with { Id = "other", Answer = false, Signature = null }).ShouldBeNull();
        Statement(Only with { Until = Asked }).ShouldBeNull();
        Statement(Only with { Signature = Signed with { Reason = " " } }).ShouldBeNull();
        return;

        static bool? Statement(params ControllerEntry[] entries) =>
            new ControllerRecord(entries).Statement("quill-ltd", StatementKind.MarketingOnlyThroughTemplates, Asked)?.Answer;
    }

    [Fact]
    public void What_is_said_of_a_sender_counts_from_who_may_sign_and_shows_nothing_where_the_signed_version_disagrees()
    {
        var said = new SenderDeclared("quill-ltd")
        {
            Establishment = "gb",
            StatutoryCharity = true,
            Brands = NameSet.Of("Quill"),
        };
        var clerk = ControllerRecord.Of([new(said, BySigner: false)]).Senders["quill-ltd"];
        (clerk.Establishment, clerk.StatutoryCharity).ShouldBe((null, null));
        clerk.Brands.ShouldBe(NameSet.Of("Quill"));
        new ControllerRecord([said]).Senders["quill-ltd"].StatutoryCharity.ShouldBe(true);
        var disagreed = new ControllerRecord([said with { StatutoryCharity = false, Signature = Signed }, said]).Senders["quill-ltd"];
        (disagreed.Establishment, disagreed.StatutoryCharity).ShouldBe(("gb", null));
    }

    [Fact]
    public void An_assessment_ended_on_record_is_not_revived_by_a_file_or_by_a_clerk()
    {
        var lia = new AssessmentRecorded("LIA-7") { Sender = "quill-ltd", Signature = Signed };
        var record = ControllerRecord.Of([
            new(lia, true),
            new(lia with { EndedOn = Asked }, true),
            new(lia with { Signature = null }, false),
        ]);
        record.Over(new([lia])).Assessments.ShouldHaveSingleItem().EndedOn.ShouldBe(Asked);
    }

    [Fact]
    public void A_service_message_that_advertises_contradicts_itself_and_a_blank_judgement_is_none()
    {
        var service = Campaign with { Purpose = "service", Judged = Signed, NeededFor = ["contract"] };
        Purpose(service).ShouldBe(Message.Purpose.Of("service"));
        var survey = Campaign with { Purpose = "survey", Judged = Signed };
        Purpose(survey with { RegulatedSubject = "energy" }).ShouldBe(Message.Purpose.Of("survey"), "a subject promotes nothing");
        foreach (var message in new[] { service, survey, survey with { Purpose = "consent-request" } })
        {
            Purpose(message with { Families = ["ink"] }).IsRecorded.ShouldBeFalse();
            Purpose(message with { Products = ["I-1"] }).IsRecorded.ShouldBeFalse();
            Purpose(message with { ThirdPartyContent = true }).IsRecorded.ShouldBeFalse();
            Purpose(message with { SolePurposeCharitable = true }).IsRecorded.ShouldBeFalse();
        }
        Purpose(survey with { Political = true }).IsRecorded.ShouldBeFalse();
        Purpose(Campaign with { Families = ["ink"] }).ShouldBe(Message.Purpose.Of("direct-marketing"));
        Purpose(service with { Judged = Signed with { By = "nobody", Reason = "" } }).IsRecorded.ShouldBeFalse();
        Purpose(service with { Political = true }).ShouldBe(Message.Purpose.Of("service"), "a party writes to its members about dues");
        Purpose(service with { RegulatedSubject = "energy" }).ShouldBe(Message.Purpose.Of("service"), "a bill promotes nothing");
        return;

        static FactValue Purpose(Campaign campaign) => CampaignFactFinder.Find(new([]), campaign).Message[Message.Purpose];
    }

    [Fact]
    public void That_somebody_else_sends_a_message_is_a_judgement_and_counts_signed()
    {
        Sends(Campaign).ShouldBe(Message.SentOrInstigated.Of("yes"));
        Sends(Campaign with { SentOrInstigated = false }).IsRecorded.ShouldBeFalse();
        Sends(Campaign with { SentOrInstigated = false, Judged = Signed }).ShouldBe(Message.SentOrInstigated.Of("no"));
        Sends(Campaign with { SentOrInstigated = false, Judged = Signed with { On = Asked.AddDays(1) } }).IsRecorded.ShouldBeFalse();
        return;

        static FactValue Sends(Campaign campaign) => CampaignFactFinder.Find(new([]), campaign).Message[Message.SentOrInstigated];
    }

    [Fact]
    public void A_judgement_about_one_record_and_one_about_all_are_about_the_same_thing_there()
    {
        var (ofOne, ofAll) = (Judged("j1", 1, "no", "sale 1"), Judged("j2", 5, "yes", ""));
        Refused(ofOne).ShouldBe(Collection.Refused.Of("no"));
        Refused(ofOne, ofAll).ShouldBe(Collection.Refused.Of("yes"));
        Refused(Judged("j3", 1, "no", ""), Judged("j4", 5, "yes", "sale 1")).ShouldBe(Collection.Refused.Of("yes"));
        Refused(ofOne, Judged("j5", 1, "yes", "")).IsRecorded.ShouldBeFalse("of one day nobody knows which is the later");
        Refused(ofOne, Judged("j6", 5, "yes", "sale 2")).ShouldBe(Collection.Refused.Of("no"));
        JudgedRecords.Fault(ofOne, [Sale]).ShouldBeNull();
        JudgedRecords.Fault(ofAll, []).ShouldBeNull();
        JudgedRecords.Fault(Judged("j7", 1, "no", "sale 1/news"), [Sale]).ShouldBeNull();
        JudgedRecords.Fault(Judged("j8", 1, "no", "Sale 1 "), [Sale])!.ShouldContain("on record: sale 1");
        return;

        static FactJudged Judged(string id, int day, string value, string record) =>
            new(When.Of(new DateOnly(2026, 3, day)), id, "collection.refused", value, "officer", "asked the till") { RecordId = record };
        static FactValue Refused(params ContactEntry[] judged) =>
            new FactFinder(new([]), Campaign, LegalDays.AsWritten).Find([Sale, .. judged], null).Collections[0][Collection.Refused];
    }

    [Fact]
    public void A_no_of_a_sender_counts_for_every_channel_where_it_names_none_and_under_every_name_of_the_sender()
    {
        var sender = new SenderDeclared("quill-ltd") { Name = "Quill Limited", Signature = Signed };
        var all = new StatementSigned("all", "quill-ltd", StatementKind.RefusalsComplete) { Answer = true, Signature = Signed };
        var no = all with { Id = "no", Answer = false, Signature = Signed with { On = Signed.On.AddDays(1) } };
        Statement(all).ShouldBe(true);
        Statement(all, no with { Channels = NameSet.None }).ShouldBe(false);
        Statement(all, no with { Channels = NameSet.Of("sms") }).ShouldBe(true);
        Statement(all with { Channels = NameSet.None }).ShouldBeNull();
        Statement(all, no with { Sender = "Quill Limited" }).ShouldBe(false);
        Statement(all with { Sender = "Quill Limited" }).ShouldBeNull();
        Statement(all, no with { Sender = "ink-ltd" }).ShouldBe(true);
        return;

        bool? Statement(params ControllerEntry[] said) =>
            new ControllerRecord([sender, .. said]).Statement("quill-ltd", StatementKind.RefusalsComplete, Asked, "email")?.Answer;
    }

    [Fact]
    public void The_later_judgement_stands_alone_and_can_be_withdrawn()
    {
        var adult = Judged("j1", new DateOnly(2026, 3, 1), "no");
        var child = Judged("j2", new DateOnly(2026, 3, 2), "yes");
        Minor(adult).ShouldBe(Recipient.Minor.Of("no"));
        Minor(child, adult).ShouldBe(Recipient.Minor.Of("yes"));
        Minor(adult, Judged("j3", new DateOnly(2026, 3, 1), "yes")).IsRecorded.ShouldBeFalse();
        Minor(adult, child, Withdrawn("j2")).IsRecorded.ShouldBeFalse();
        Minor(adult, child, Withdrawn("j1")).ShouldBe(Recipient.Minor.Of("yes"));
        Minor(adult with { Reason = "" }).IsRecorded.ShouldBeFalse();
        return;

        static FactJudged Judged(string id, DateOnly day, string value) =>
            new(When.Of(day), id, "recipient.minor", value, "officer", "spoke to the school");
        static JudgementWithdrawn Withdrawn(string id) => new(When.Of(new DateOnly(2026, 4, 1)), $"w {id}", id, "officer", "wrong person");
        static FactValue Minor(params ContactEntry[] entries) =>
            new FactFinder(new([]), Campaign, LegalDays.AsWritten).Find(entries, null).Recipient[Recipient.Minor];
    }

    [Fact]
    public void What_a_row_says_was_shown_counts_against_sending_from_anybody_and_for_it_from_who_may_sign()
    {
        var row = Sale with
        {
            Shown = new Shown { RefusalOffered = true, Lawful = false },
        };
        var byClerk = ((DetailsCollected)row.Counting(Actors.Rights.Record, isFromFile: false)).Shown!;
        (byClerk.RefusalOffered, byClerk.Lawful).ShouldBe((null, false));
        row.Counting(Actors.Rights.Record | Actors.Rights.Sign, isFromFile: false).ShouldBe(row);
    }

    static FactValue Offered(ControllerRecord record, DetailsCollected row) =>
        new FactFinder(record, Campaign, LegalDays.AsWritten).Find([row], null).Collections[0][Collection.RefusalOffered];

    static FactValue EveryMessageOffered(ControllerRecord record) =>
        new FactFinder(record, Campaign, LegalDays.AsWritten).Find([Sale], null).Recipient[Recipient.EarlierMessagesOfferedRefusal];
}
