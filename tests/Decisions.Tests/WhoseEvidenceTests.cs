using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Whose notice it was, what somebody became to this sender, and who is a company: what others say is none.</summary>
public class WhoseEvidenceTests
{
    static readonly CollectionPointVersion Bare = new("bare@1", "bare")
    {
        From = new DateOnly(2025, 1, 1),
        Shown = Shop.Box with { NoticeGiven = null, RightToObjectShown = null },
        Signature = Shop.Signed,
    };

    /// <summary>The shop whose own message carries no notice and no right to object.</summary>
    static readonly IReadOnlyList<ControllerEntry> Silent =
    [
        .. Shop.Entries.Select(entry =>
            entry is TemplateVersion template ? template with { CarriesPrivacyNotice = false, StatesRightToObject = false } : entry
        ),
        Bare,
    ];

    static readonly DetailsCollected Ours = Shop.Order(Shop.On(2025, 5, 2)) with { Point = "bare" };
    static readonly DetailsCollected Theirs = Shop.Order(Shop.On(2025, 9, 1), "order 9") with { ObtainedBy = "another-ltd" };

    static FactSheet Recipient(params ContactEntry[] entries) =>
        new Evidence.Fold.FactFinder(new Evidence.Fold.ControllerRecord(Silent), Shop.Spring, Shop.Decider.Days)
            .Find([Shop.InBritain, .. entries], null)
            .Recipient;

    [Fact]
    public void A_notice_that_another_company_gave_is_not_ours()
    {
        Recipient(Ours, Theirs)[Law.Facts.Recipient.NoticeGiven].IsRecorded.ShouldBeFalse();
        Recipient(Ours, Theirs)[Law.Facts.Recipient.RightToObjectShown].IsRecorded.ShouldBeFalse();
        var ours = Recipient(Ours with { Point = "checkout" }, Theirs);
        ours[Law.Facts.Recipient.NoticeGiven].ShouldBe(Law.Facts.Recipient.NoticeGiven.Of("yes"));
        ours[Law.Facts.Recipient.RightToObjectShown].ShouldBe(Law.Facts.Recipient.RightToObjectShown.Of("yes"));
    }

    [Fact]
    public void Nor_is_that_of_a_form_that_asked_for_consent_to_somebody_else_s_messages()
    {
        var consent = Shop.DoubleOptIn(Shop.On(2025, 6, 1));
        Recipient(Ours, consent)[Law.Facts.Recipient.NoticeGiven].ShouldBe(Law.Facts.Recipient.NoticeGiven.Of("yes"));
        Recipient(Ours, consent with { To = NameSet.Of("another-ltd") })[Law.Facts.Recipient.NoticeGiven].IsRecorded.ShouldBeFalse();
    }

    /// <summary>A name that nobody knows may be ours: such a message counts against sending, and never for it.</summary>
    [Theory]
    [InlineData(Shop.Name, true)]
    [InlineData("LANTERN LTD", true)]
    [InlineData("another-ltd", false)]
    [InlineData("Lantern Lighting", false)]
    [InlineData("", false)]
    public void A_message_keeps_a_permission_alive_and_tells_a_right_only_where_it_is_surely_ours(string sender, bool speaksForUs)
    {
        var consent = Shop.DoubleOptIn(Shop.On(2025, 6, 1));
        var sent = new MessageSent(Shop.On(2025, 11, 3), "m1", sender, "email", IsMarketing: true) { Template = "newsletter" };
        // The template is as the shop has it: it carries the right to object.
        var facts = new Evidence.Fold.FactFinder(
            new Evidence.Fold.ControllerRecord([.. Shop.Entries, Bare]),
            Shop.Spring,
            Shop.Decider.Days
        ).Find([Shop.InBritain, Ours, consent, sent], null);
        var (touched, untouched) = (sent.When.Day, Ours.When.Day);
        facts.Collections[0][Law.Facts.Collection.LastTouch].Day.ShouldBe(speaksForUs ? touched : untouched);
        facts.Consents[0][Law.Facts.Consent.LastUsed].Day.ShouldBe(speaksForUs ? touched : consent.When.Day);
        Told([Shop.InBritain, Ours, sent]).ShouldBe(speaksForUs);

        static bool Told(IReadOnlyList<ContactEntry> entries) =>
            new Evidence.Fold.FactFinder(new Evidence.Fold.ControllerRecord([.. Shop.Entries, Bare]), Shop.Spring, Shop.Decider.Days)
                .Find(entries, null)
                .Recipient[Law.Facts.Recipient.RightToObjectShown]
                .Equals(Law.Facts.Recipient.RightToObjectShown.Of("yes"));
    }

    [Theory]
    [InlineData("sale", "recipient", null, "customers")]
    [InlineData("sale", "recipient", "customers", "customers")]
    [InlineData("quote", "recipient", null, "prospects")]
    [InlineData("quote", "recipient", "prospects", "prospects")]
    [InlineData("quote", "recipient", "customers", null)]
    [InlineData("trial", "recipient", "customers", null)]
    [InlineData("newsletter", "recipient", "customers", null)]
    [InlineData("other-enquiry", "recipient", "business-contacts", "business-contacts")]
    [InlineData("job", "recipient", "members", "members")]
    [InlineData(null, "recipient", "customers", "customers")]
    [InlineData("sale", "third-party", null, "others")]
    [InlineData("sale", "third-party", "customers", null)]
    [InlineData("other", "public-source", "business-contacts", "business-contacts")]
    [InlineData("sale", null, "customers", "customers")]
    [InlineData("sale", null, null, null)]
    public void What_a_row_says_somebody_became_counts_where_the_event_does_not_say_it(
        string? context,
        string? from,
        string? stated,
        string? audience
    )
    {
        var entry = Ours with { Context = context, From = from, Audience = stated };
        var fact = new Evidence.Fold.FactFinder(new Evidence.Fold.ControllerRecord(Silent), Shop.Spring, Shop.Decider.Days)
            .Find([entry], null)
            .Collections[0][Collection.Audience];
        fact.ShouldBe(audience is null ? FactValue.NotRecorded : Collection.Audience.Of(audience));
    }

    [Theory]
    [InlineData("01234567", true)]
    [InlineData("SC123456", true)]
    [InlineData("FN 12345a", true)]
    [InlineData("HRB 1", true)]
    [InlineData("NA-123456", true)]
    [InlineData("CHE-100.155.212", true)]
    [InlineData("No. 4021", true)]
    [InlineData("n/a", false)]
    [InlineData("N/A", false)]
    [InlineData("-", false)]
    [InlineData("?", false)]
    [InlineData("0", false)]
    [InlineData("00000000", false)]
    [InlineData("NULL", false)]
    [InlineData("unknown", false)]
    [InlineData("sole trader", false)]
    [InlineData("not registered (2024)", false)]
    [InlineData(" ", false)]
    [InlineData(null, false)]
    public void A_company_is_shown_by_its_number_in_a_register_and_by_nothing_else_in_that_cell(string? number, bool isOne)
    {
        var company = Shop.InBritain with { Subscriber = "corporate", RegisterNumber = number };
        var subscriber = new Evidence.Fold.FactFinder(new Evidence.Fold.ControllerRecord(Silent), Shop.Spring, Shop.Decider.Days)
            .Find([company], null)
            .Recipient[Law.Facts.Recipient.Subscriber];
        subscriber.IsRecorded.ShouldBe(isOne);
    }
}
