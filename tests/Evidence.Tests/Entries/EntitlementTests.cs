using System.Collections.Immutable;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Tests.Entries;

/// <summary>The table of who may make what count, held against every kind of entry and every set of rights.</summary>
public class EntitlementTests
{
    static readonly When Day = When.Of(new DateOnly(2026, 3, 1));
    static readonly Signature Signed = new("officer", new DateOnly(2026, 1, 5), "looked at it");

    static readonly ImmutableArray<ContactEntry> OfContacts =
    [
        new DetailsStated(Day, "1"),
        new DetailsCollected(Day, "1"),
        new ConsentAnswered(Day, "1"),
        new RefusalMade(Day, "1"),
        new RefusalRetracted(Day, "1", "2"),
        new MessageSent(Day, "1", "shop", "email", true),
        new SendIntended(Day, "1", "shop", "email"),
        new SendAbandoned(Day, "1", "2", "next-hop"),
        new NoticeServed(Day, "1", true, true),
        new MessageRequested(Day, "1", "spring"),
        new RegisterChecked(Day, "1", "register", false),
        new ContractEnded(Day, "1", "2"),
        new AddressFailed(Day, "1", true),
        new AddressLinked(Day, "1", "other"),
        new FactJudged(Day, "1", "recipient.minor", "no", "officer", "asked"),
        new JudgementWithdrawn(Day, "1", "2", "officer", "wrong"),
        new MessageWaiting(Day, "1"),
        new MessageSettled(Day, "1", "2", "nothing"),
        new RightsExercised(Day, "1", "access", ""),
        new DecisionMade(Day, "1"),
    ];

    static readonly ImmutableArray<ControllerEntry> OfTheController =
    [
        new SenderDeclared("shop"),
        new CollectionPointVersion("1", "checkout"),
        new TemplateVersion("1", "newsletter"),
        new ProductMapSigned("1", []),
        new StatementSigned("1", "shop", StatementKind.RefusalsComplete),
        new AssessmentRecorded("1"),
        new PolicySet("1", ImmutableDictionary<string, bool>.Empty),
        new FileImported("1"),
        new DomainRefused("firm.example"),
        new TakeBackProposed("1"),
        new RequestsTakenBack("1"),
        new CampaignRegistered("1", new Campaign("spring", "shop", "email", new DateOnly(2026, 3, 1))),
        new AudienceScreened("1"),
        new StoreRestored("1"),
    ];

    [Fact]
    public void The_table_holds_every_kind_of_entry_once() =>
        Entitlements.Table.Select(row => row.Kind).ShouldBe([.. EntryKinds.OfContacts, .. EntryKinds.OfTheController], ignoreOrder: true);

    [Fact]
    public void Every_kind_is_written_with_the_right_that_the_table_names_and_with_no_other()
    {
        OfContacts.Select(EntryKinds.Of).ShouldBe(EntryKinds.OfContacts, ignoreOrder: true);
        OfTheController.Select(EntryKinds.Of).ShouldBe(EntryKinds.OfTheController, ignoreOrder: true);
        foreach (var row in Entitlements.Table)
        {
            void Check(Rights rights)
            {
                var actor = new Actor("somebody", rights);
                foreach (var entry in OfContacts.Where(entry => EntryKinds.Of(entry) == row.Kind))
                    Entitlements.Check(actor, entry, row.Kind);
                foreach (var entry in OfTheController.Where(entry => EntryKinds.Of(entry) == row.Kind))
                    Entitlements.Check(actor, entry, row.Kind);
            }
            Check(row.Write);
            var everythingElse = (Rights.Record | Rights.Campaign | Rights.Sign | Rights.System) & ~row.Write;
            Should.Throw<NotEntitledException>(() => Check(everythingElse), row.Kind).Needed.ShouldBe(row.Write);
        }
    }

    [Fact]
    public void A_signature_is_taken_only_from_somebody_who_may_sign_and_only_whole()
    {
        ImmutableArray<ControllerEntry> signed =
        [
            new SenderDeclared("shop") { Signature = Signed },
            new CollectionPointVersion("1", "checkout") { Signature = Signed },
            new TemplateVersion("1", "newsletter") { Signature = Signed },
            new ProductMapSigned("1", [], Signed),
            new StatementSigned("1", "shop", StatementKind.SendsComplete) { Signature = Signed },
            new AssessmentRecorded("1") { Signature = Signed },
            new PolicySet("1", ImmutableDictionary<string, bool>.Empty, Signed),
        ];
        foreach (var entry in signed)
        {
            var kind = EntryKinds.Of(entry);
            Entitlements.Check(Actor.Runner("officer"), entry, kind);
            Should
                .Throw<NotEntitledException>(() => Entitlements.Check(new Actor("clerk", Rights.Record | Rights.Campaign), entry, kind))
                .Needed.ShouldBe(Rights.Sign);
        }
        foreach (var half in new[] { Signed with { By = " " }, Signed with { Reason = "" } })
            Should.Throw<NotEntitledException>(() =>
                Entitlements.Check(Actor.Runner("officer"), new TemplateVersion("1", "newsletter") { Signature = half }, "template-version")
            );
    }

    [Fact]
    public void What_a_message_is_for_is_a_judgement_and_not_a_marketers_to_make()
    {
        var marketer = new Actor("marketer", Rights.Record | Rights.Campaign);
        var campaign = new Campaign("reset", "shop", "email", new DateOnly(2026, 3, 1));
        Entitlements.Check(marketer, new CampaignRegistered("1", campaign), "campaign-registered");
        foreach (
            var claimed in new[]
            {
                campaign with
                {
                    Purpose = "service",
                },
                campaign with
                {
                    NeededFor = ["contract"],
                },
                campaign with
                {
                    SentOrInstigated = false,
                },
                campaign with
                {
                    Judged = Signed,
                },
            }
        )
            Should.Throw<NotEntitledException>(() =>
                Entitlements.Check(marketer, new CampaignRegistered("1", claimed), "campaign-registered")
            );
    }

    [Fact]
    public void A_judgement_needs_somebody_and_a_reason_and_an_act_served_here_is_the_systems_to_say()
    {
        var officer = Actor.Runner("officer");
        Should.Throw<NotEntitledException>(() =>
            Entitlements.Check(officer, new FactJudged(Day, "1", "recipient.minor", "no", "", "asked"), "fact-judged")
        );
        Should.Throw<NotEntitledException>(() =>
            Entitlements.Check(officer, new JudgementWithdrawn(Day, "1", "2", "officer", " "), "judgement-withdrawn")
        );
        Should.Throw<NotEntitledException>(() =>
            Entitlements.Check(officer, new ConsentAnswered(Day, "1") { ServedHere = true }, "consent-answered")
        );
    }
}
