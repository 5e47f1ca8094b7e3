using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Gate.Tests.Running;

/// <summary>A made-up UK shop with everything on record that a soft opt-in and legitimate interests ask for.</summary>
static class Shop
{
    public const string Name = "lantern-ltd";

    /// <summary>The day of the spring campaign, and of every test.</summary>
    public static readonly DateOnly Day = new(2026, 3, 10);

    static readonly Signature Signed = new("data protection officer", new DateOnly(2025, 1, 5), "as recorded");

    public static Campaign Spring { get; } =
        new("spring-2026", Name, "email", Day)
        {
            Template = "newsletter",
            Topics = ["homeware"],
            Families = ["candles"],
            ThirdPartyContent = false,
            SolePurposeCharitable = false,
            Profiling = false,
            SpecialCategoryTargeting = false,
        };

    /// <summary>Everything about the sender.</summary>
    /// <param name="cap">Messages in 30 days that its assessment allows; null where it names no number.</param>
    public static IReadOnlyList<ControllerEntry> Entries(int? cap = null) =>
        [
            new SenderDeclared(Name)
            {
                Name = "Lantern Ltd",
                Establishment = "gb",
                StatutoryCharity = false,
                Topics = NameSet.Of("homeware", "garden"),
                Signature = Signed,
            },
            new CollectionPointVersion("checkout@1", "checkout")
            {
                From = new DateOnly(2025, 3, 1),
                Wording = "Tick if you want no offers by email",
                Signature = Signed,
                Shown = new Shown
                {
                    RefusalOffered = true,
                    RefusalSimple = true,
                    RefusalFree = true,
                    ConsentAsked = false,
                    NoticeNamedMarketing = true,
                    NoticeNamedInterest = true,
                    NoticeGiven = true,
                    RightToObjectShown = true,
                    Lawful = true,
                },
            },
            new TemplateVersion("newsletter@1", "newsletter")
            {
                Sender = Name,
                From = new DateOnly(2024, 1, 1),
                RefusalOffered = true,
                RefusalSimple = true,
                RefusalFree = true,
                SenderIdentified = true,
                StopAddressValid = true,
                CommercialNatureClear = true,
                StatesRightToObject = true,
                CarriesPrivacyNotice = true,
                Tracking = "none",
                Signature = Signed,
            },
            new ProductMapSigned("map-1", [new("C1", "candles", "homeware"), new("M1", "mugs", "homeware")], Signed),
            new StatementSigned("children", Name, StatementKind.OffersToChildren) { Answer = false, Signature = Signed },
            new StatementSigned("refusals", Name, StatementKind.RefusalsComplete)
            {
                Answer = true,
                Channels = NameSet.Of("email"),
                Since = new DateOnly(2025, 1, 1),
                Signature = Signed,
            },
            new StatementSigned("templates", Name, StatementKind.MarketingOnlyThroughTemplates)
            {
                Answer = true,
                Since = new DateOnly(2024, 1, 1),
                Signature = Signed,
            },
            new StatementSigned("sends", Name, StatementKind.SendsComplete)
            {
                Answer = true,
                Since = new DateOnly(2024, 1, 1),
                Signature = Signed,
            },
            new AssessmentRecorded("LIA-1")
            {
                Sender = Name,
                PurposeTest = true,
                NecessityTest = true,
                BalancingTest = true,
                Channels = NameSet.Of("email"),
                Audiences = NameSet.Of("customers"),
                Families = NameSet.Everything,
                Countries = NameSet.Everything,
                CoversProfiling = false,
                CoversChildren = false,
                MessagesIn30Days = cap,
                Signature = Signed,
                ReviewDue = new DateOnly(2027, 1, 5),
            },
        ];

    public static DetailsStated InBritain =>
        new(When.Of(new DateOnly(2025, 5, 2)), "person") { Countries = NameSet.Of("gb"), Subscriber = "individual" };

    public static DetailsCollected Order =>
        new(When.Of(new DateTimeOffset(2025, 5, 2, 12, 0, 0, TimeSpan.Zero)), "order 10442")
        {
            ObtainedBy = Name,
            From = "recipient",
            Context = "sale",
            Point = "checkout",
            Products = ["C1"],
            Refused = false,
        };
}
