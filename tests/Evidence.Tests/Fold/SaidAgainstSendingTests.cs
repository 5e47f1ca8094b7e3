using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>
/// What is said against sending is heard whoever says it: rows, forms and templates that nobody signed, and signed ones that contradict
/// each other.
/// </summary>
public class SaidAgainstSendingTests
{
    static readonly DateOnly Asked = new(2026, 9, 14);
    static readonly DateOnly Bought = new(2026, 6, 3);
    static readonly Signature Signed = new("officer", new DateOnly(2026, 5, 20), "screenshots kept");
    static readonly Campaign Campaign = new("september", "quill-ltd", "email", Asked) { Template = "letter" };

    static readonly CollectionPointVersion Till = new("till@1", "till")
    {
        From = new DateOnly(2026, 5, 1),
        Shown = new Shown { RefusalOffered = true, ConsentAsked = true },
        Wording = "May we write?",
        Signature = Signed,
    };

    static readonly TemplateVersion Letter = new("letter@1", "letter")
    {
        Sender = "quill-ltd",
        From = new DateOnly(2026, 1, 1),
        RefusalOffered = true,
        RefusalSimple = true,
        RefusalFree = true,
        Signature = Signed,
    };

    static readonly DetailsCollected Sale = new(When.Of(Bought), "sale 1") { Point = "till" };

    [Fact]
    public void That_marketing_was_ruled_out_or_the_details_taken_on_consent_stands_whoever_says_it()
    {
        var promise = new Shown { ToldNoMarketing = true, BasisClaimed = "consent" };
        var promised = (Collection.ToldNoMarketing.Of("yes"), Collection.BasisClaimed.Of("consent"));
        var row = Sale with
        {
            Shown = new Shown
            {
                NoticeGiven = true,
                ToldNoMarketing = false,
                BasisClaimed = "contract",
            },
        };
        Told([Till with { Shown = promise }], row).ShouldBe(promised, "the form says it, the row speaks of something else");
        Told([Till, Till with { Id = "till@2", Shown = promise, Signature = null }], row).ShouldBe(promised, "an unsigned form says it");
        Told([Till], (DetailsCollected)(Sale with { Shown = promise }).Counting(Actors.Rights.Record, isFromFile: false))
            .ShouldBe(promised);
        Told([Till], row).ShouldBe((Collection.ToldNoMarketing.Of("no"), Collection.BasisClaimed.Of("contract")));
        return;

        static (FactValue, FactValue) Told(ControllerEntry[] record, DetailsCollected row)
        {
            var sheet = new FactFinder(new ControllerRecord(record), Campaign, LegalDays.AsWritten).Find([row], null).Collections[0];
            return (sheet[Collection.ToldNoMarketing], sheet[Collection.BasisClaimed]);
        }
    }

    [Fact]
    public void Two_rows_of_one_day_show_what_restricts_most_in_whichever_order_they_stand()
    {
        var plain = Sale with
        {
            Shown = new Shown { RefusalOffered = true, BasisClaimed = "contract" },
        };
        var promise = plain with
        {
            Id = "sale 2",
            Shown = new Shown
            {
                RefusalOffered = true,
                ToldNoMarketing = true,
                BasisClaimed = "consent",
            },
        };
        foreach (var rows in new[] { new[] { plain, promise }, [promise, plain] })
            new FactFinder(new([]), Campaign, LegalDays.AsWritten)
                .Find(rows, null)
                .Collections.ShouldAllBe(sheet =>
                    sheet[Collection.ToldNoMarketing] == Collection.ToldNoMarketing.Of("yes")
                    && sheet[Collection.BasisClaimed] == Collection.BasisClaimed.Of("consent")
                );
    }

    [Fact]
    public void Two_signed_versions_of_one_day_show_nothing_together_and_what_either_says_against_sending_is_heard()
    {
        var none = Till with
        {
            Shown = new Shown { RefusalOffered = false, ToldNoMarketing = true },
        };
        var row = Sale with
        {
            Shown = new Shown { RefusalOffered = true, Lawful = true },
        };
        Offered(new([none, none with { Id = "till@2" }]), row).IsRecorded.ShouldBeFalse();
        Offered(new([none, none with { Id = "till@2" }]), Sale).ShouldBe(Collection.RefusalOffered.Of("no"));
        Offered(new([Till, Till with { Id = "till@2" }]), Sale).IsRecorded.ShouldBeFalse();
        Offered(new([Till, Till with { Id = "till@2" }]), row).ShouldBe(Collection.RefusalOffered.Of("yes"));
        var both = new ControllerRecord([Till, none with { Id = "till@2" }]).PointOn("till", Bought, Asked)!;
        (both.Id, both.Signature, both.Wording, both.Shown.ToldNoMarketing).ShouldBe(("till@1 and till@2", null, "", true));
    }

    [Fact]
    public void What_nobody_signed_never_shows_that_consent_was_not_withheld()
    {
        var silent = Till with { Shown = new Shown { RefusalOffered = true } };
        var asking = silent with
        {
            Id = "till@2",
            Shown = new Shown { ConsentAsked = true },
            Signature = null,
        };
        var boxed = asking with { Shown = new Shown(), Boxes = [new Box("club", BoxKind.OptIn) { TickedByDefault = false }] };
        var ticked = Sale with { ConsentTicked = true };
        var byClerk = (DetailsCollected)(ticked with { Shown = asking.Shown }).Counting(Actors.Rights.Record, isFromFile: false);
        Withheld([silent, asking], ticked).IsRecorded.ShouldBeFalse();
        Withheld([silent, boxed], ticked).IsRecorded.ShouldBeFalse();
        Withheld([boxed], ticked with { Shown = new Shown { ConsentAsked = true } })
            .ShouldBe(Collection.ConsentAskedNotGiven.Of("no"), "the row of a signer says it by itself");
        Withheld([boxed], Sale with { Shown = new Shown { ConsentAsked = false } })
            .IsRecorded.ShouldBeFalse("the form contradicts the row");
        Withheld([silent], byClerk).IsRecorded.ShouldBeFalse();
        Withheld([Till], ticked).ShouldBe(Collection.ConsentAskedNotGiven.Of("no"), "a signed form says that consent was asked for");
        foreach (var record in new ControllerEntry[][] { [silent, asking], [silent, boxed], [Till] })
            Withheld(record, ticked with { ConsentTicked = false }).ShouldBe(Collection.ConsentAskedNotGiven.Of("yes"));
        return;

        static FactValue Withheld(ControllerEntry[] record, DetailsCollected row) =>
            new FactFinder(new ControllerRecord(record), Campaign, LegalDays.AsWritten).Find([row], null).Collections[0][
                Collection.ConsentAskedNotGiven
            ];
    }

    [Fact]
    public void A_template_that_nobody_signed_is_heard_where_its_way_to_stop_is_dead_narrow_or_elsewhere_and_lacks_a_label()
    {
        var whole = Letter with { RefusalWorks = true, RefusalScope = "everything", Labels = NameSet.Of("advert") };
        Carries([whole]).ShouldBe((true, "everything", null, true));
        Carries([whole, Said(whole)]).ShouldBe((true, "everything", null, true), "it says the same");
        Carries([whole, Said(whole) with { RefusalWorks = false }]).ShouldBe((false, "everything", null, true));
        Carries([whole with { RefusalWorks = null }, Said(whole) with { RefusalWorks = false }])
            .ShouldBe((false, "everything", null, true));
        Carries([whole, Said(whole) with { RefusalScope = "one-list", RefusalMedium = "another" }])
            .ShouldBe((true, "one-list", "another", true));
        Carries([whole, Said(whole) with { Labels = NameSet.Of("offer") }]).ShouldBe((true, "everything", null, false));
        Carries([Said(whole)]).ShouldBe((null, null, null, false), "it shows nothing by itself");
        return;

        static TemplateVersion Said(TemplateVersion like) => like with { Id = "letter@x", Signature = null };
        static (bool?, string?, string?, bool) Carries(ControllerEntry[] record) =>
            new ControllerRecord(record).TemplateOn("letter", Asked, Asked) is { } version
                ? (version.RefusalWorks, version.RefusalScope, version.RefusalMedium, version.Labels?.Has("advert") ?? false)
                : default;
    }

    static FactValue Offered(ControllerRecord record, DetailsCollected row) =>
        new FactFinder(record, Campaign, LegalDays.AsWritten).Find([row], null).Collections[0][Collection.RefusalOffered];
}
