using System.Reflection;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;

namespace MaySend.Decisions.Tests;

/// <summary>A made-up UK shop with everything on record that a soft opt-in and legitimate interests ask for, and the real law.</summary>
static class Shop
{
    public const string Name = "lantern-ltd";
    public static readonly DateOnly Day = new(2026, 3, 10);

    static readonly Lazy<Decider> RealLaw = new(() => new Decider(LawReader.Read(Path.Combine(Root, "law"))));

    public static string Root =>
        typeof(Shop).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public static Decider Decider => RealLaw.Value;

    public static readonly Signature Signed = new("data protection officer", new DateOnly(2025, 1, 5), "as recorded");

    public static readonly Shown Box = new()
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

    /// <summary>A box that asks for consent to news by email as it should be asked for.</summary>
    public static readonly Box News = new("news", BoxKind.OptIn)
    {
        TickedByDefault = false,
        Channels = NameSet.Of("email"),
        Topics = NameSet.Of("homeware"),
        Wording = "[ ] News",
        Informed = true,
        SeparateRequest = true,
        ToldOfWithdrawal = true,
        ConditionOfService = false,
        Ongoing = true,
    };

    public static readonly AssessmentRecorded Assessment = new("LIA-1")
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
    };

    public static IReadOnlyList<ControllerEntry> Entries { get; } =
    [
        new SenderDeclared(Name)
        {
            Name = "Lantern Ltd",
            Establishment = "gb",
            StatutoryCharity = false,
            Topics = NameSet.Of("homeware", "account"),
            Signature = Signed,
        },
        new SenderDeclared("another-ltd")
        {
            Name = "Another Ltd",
            Topics = NameSet.Of("homeware"),
            Signature = Signed,
        },
        new CollectionPointVersion("checkout@1", "checkout")
        {
            From = new DateOnly(2025, 3, 1),
            Shown = Box,
            Wording = "Tick if you want no offers by email",
            Signature = Signed,
        },
        new CollectionPointVersion("sign-up@1", "sign-up")
        {
            From = new DateOnly(2025, 1, 1),
            Shown = new Shown
            {
                RefusalOffered = true,
                ConsentAsked = true,
                NoticeGiven = true,
                RightToObjectShown = true,
                Lawful = true,
            },
            Wording = "Send me offers by email",
            Signature = Signed,
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
        new ProductMapSigned(
            "map-1",
            [new("C1", "candles", "homeware"), new("M1", "mugs", "homeware"), new("T1", "tents", "camping")],
            Signed
        ),
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
        Assessment,
    ];

    public static readonly Campaign Spring = new("spring-2026", Name, "email", Day)
    {
        Template = "newsletter",
        Topics = ["homeware"],
        Families = ["candles"],
        ThirdPartyContent = false,
        SolePurposeCharitable = false,
        Profiling = false,
        SpecialCategoryTargeting = false,
    };

    public static When On(int year, int month, int day, int hour = 12) =>
        When.Of(new DateTimeOffset(year, month, day, hour, 0, 0, TimeSpan.Zero));

    public static DetailsStated InBritain =>
        new(When.Of(DateOnly.MinValue), "person") { Countries = NameSet.Of("gb"), Subscriber = "individual" };

    public static DetailsCollected Order(When when, string id = "order 1", bool? refused = false) =>
        new(when, id)
        {
            ObtainedBy = Name,
            From = "recipient",
            Context = "sale",
            Point = "checkout",
            Products = ["C1"],
            Refused = refused,
        };

    public static ConsentAnswered DoubleOptIn(When when, string id = "sign-up 1") =>
        new(when, id)
        {
            To = NameSet.Of(Name),
            Channels = NameSet.Of("email"),
            Topics = NameSet.Of("homeware"),
            Act = "unticked-box",
            ConditionOfService = false,
            Informed = true,
            SeparateRequest = true,
            ToldOfWithdrawal = true,
            Wording = "Send me offers by email",
            Point = "sign-up",
            ObtainedThrough = "sender",
            Confirmed = when.At is { } at ? When.Of(at.AddMinutes(5)) : When.Of(when.Day.AddDays(1)),
            CarriesName = true,
            PurposeEnded = false,
            Age = 40,
        };

    public static RefusalMade OptOut(When when, string id = "opt-out 1") =>
        new(when, id)
        {
            Senders = NameSet.Of(Name),
            Channels = NameSet.Of("email"),
            How = "link",
        };

    /// <summary>Decides about a person of whom this is on record.</summary>
    public static Decision Decide(
        IEnumerable<ContactEntry> entries,
        Campaign? campaign = null,
        IEnumerable<ControllerEntry>? controller = null
    )
    {
        var record = new ControllerRecord(controller ?? Entries);
        var asked = campaign ?? Spring;
        return Decider.Decide(
            CampaignFactFinder.Find(record, asked),
            new FactFinder(record, asked, Decider.Days).Find([.. entries], null),
            asked.Day,
            record.PolicyOn(asked.Day)
        );
    }

    public static Decision Decide(params ContactEntry[] entries) => Decide(entries.AsEnumerable());
}
