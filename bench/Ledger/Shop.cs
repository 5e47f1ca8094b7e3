using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Bench.Ledger;

/// <summary>A made-up UK shop that may mail whoever bought from it.</summary>
static class Shop
{
    public const string Name = "lantern-ltd";

    static readonly Signature Signed = new("data protection officer", new DateOnly(2023, 1, 1), "as recorded");

    static readonly Shown Checkout = new()
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
    };

    public static IReadOnlyList<ControllerEntry> Record { get; } =
    [
        new SenderDeclared(Name)
        {
            Name = "Lantern Ltd",
            Establishment = "gb",
            StatutoryCharity = false,
            Signature = Signed,
        },
        new CollectionPointVersion("checkout@1", "checkout")
        {
            From = new DateOnly(2022, 1, 1),
            Shown = Checkout,
            Wording = "Tick if you want no offers by email",
            Signature = Signed,
        },
        new TemplateVersion("newsletter@1", "newsletter")
        {
            Sender = Name,
            From = new DateOnly(2022, 1, 1),
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
        new ProductMapSigned("map-1", [new("tea-green-100", "tea", "kitchen"), new("pot-cast-iron", "pots", "kitchen")], Signed),
        new StatementSigned("children", Name, StatementKind.OffersToChildren) { Answer = false, Signature = Signed },
        new StatementSigned("refusals", Name, StatementKind.RefusalsComplete)
        {
            Answer = true,
            Channels = NameSet.Of("email"),
            Since = new DateOnly(2022, 1, 1),
            Signature = Signed,
        },
        new StatementSigned("templates", Name, StatementKind.MarketingOnlyThroughTemplates)
        {
            Answer = true,
            Since = new DateOnly(2022, 1, 1),
            Signature = Signed,
        },
        new StatementSigned("sends", Name, StatementKind.SendsComplete)
        {
            Answer = true,
            Since = new DateOnly(2022, 1, 1),
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
            Signature = Signed,
            ReviewDue = new DateOnly(2027, 1, 5),
        },
    ];

    public static Campaign Campaign { get; } =
        new("spring-2026", Name, "email", new DateOnly(2026, 3, 10))
        {
            Template = "newsletter",
            Topics = ["kitchen"],
            Families = ["tea"],
            ThirdPartyContent = false,
            SolePurposeCharitable = false,
            Profiling = false,
            SpecialCategoryTargeting = false,
        };

    public static LawBook Law()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (Directory.Exists(Path.Combine(folder.FullName, "law", "gb")))
                return LawReader.Read(Path.Combine(folder.FullName, "law"));
        throw new DirectoryNotFoundException("no law/ folder above the program");
    }
}
