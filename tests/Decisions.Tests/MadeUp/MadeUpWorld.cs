using System.Collections.Immutable;
using System.Reflection;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests.MadeUp;

/// <summary>
/// A sender, a campaign and a person as chance makes them: the shop of these tests, with some of what is on record left out, changed or
/// added to. Every kind of entry and every property of each comes up. The same seed makes the same, on any machine and in any release of
/// .NET.
/// </summary>
sealed class MadeUpWorld
{
    static readonly Type[] ControllerKinds = [.. Kinds(typeof(ControllerEntry)).Where(kind => kind != typeof(AudienceScreened))];
    static readonly Type[] ContactKinds = [.. Kinds(typeof(ContactEntry))];

    readonly Random random;
    readonly MadeUpValues values;

    public MadeUpWorld(int seed)
    {
        // A generator with a seed keeps to one algorithm; one without does not.
        random = new Random(seed);
        values = new MadeUpValues(random);
        Campaign = Changed(Pick(Shop.Spring, Shop.Spring, Shop.Spring with { Topics = ["homeware", "account"] }), mostly: 0);
        Controller =
        [
            .. Among([.. Shop.Entries, .. Forms], ControllerKinds).Select((entry, at) => new OnRecord(entry, random.Next(60) > 0, at + 1)),
        ];
        Entries = [.. Among(Pick(AsCustomer, AsCustomer, AsSubscriber, AsBoth, AsSignedUp, AtOneTime), ContactKinds).Select(Seen)];
        Address = Pick("anna@example.com", "anna@example.com", "ben@shop.example.org", "info@example.net");
    }

    public Campaign Campaign { get; }

    public ImmutableArray<OnRecord> Controller { get; }

    public ImmutableArray<ContactEntry> Entries { get; }

    public string Address { get; }

    static ContactEntry[] AsCustomer => [Shop.InBritain, Shop.Order(Shop.On(2025, 5, 2))];

    static ContactEntry[] AsSubscriber => [Shop.InBritain, Shop.DoubleOptIn(Shop.On(2025, 5, 2))];

    static ContactEntry[] AsBoth =>
        [
            .. AsCustomer,
            Shop.DoubleOptIn(Shop.On(2025, 9, 2)),
            Shop.Order(Shop.On(2025, 11, 2), "order 2") with
            {
                Point = "boxes",
                Refused = null,
                Boxes = ImmutableSortedDictionary<string, bool>.Empty.Add("news", true).Add("no", false),
            },
        ];

    /// <summary>A platform that knows when and at which form, and no more.</summary>
    static ContactEntry[] AsSignedUp =>
        [Shop.InBritain, new ConsentAnswered(Shop.On(2025, 9, 2), "sign-up 2") { SignedUp = true, Point = "boxes" }];

    /// <summary>Two forms of one day, of which nobody can tell which came first.</summary>
    static ContactEntry[] AtOneTime =>
        [
            Shop.InBritain,
            Shop.Order(When.Of(new DateOnly(2025, 9, 2))),
            Shop.Order(Shop.On(2025, 9, 2), "order 2") with
            {
                Point = "boxes",
                Refused = null,
                Boxes = ImmutableSortedDictionary<string, bool>.Empty.Add("news", true),
            },
        ];

    static ControllerEntry[] Forms =>
        [
            new CollectionPointVersion("boxes@1", "boxes")
            {
                From = new DateOnly(2025, 1, 1),
                Shown = Shop.Box with { ConsentAsked = null, RefusalOffered = null },
                Boxes = [Shop.News, new Box("no", BoxKind.OptOut) { TickedByDefault = false, Channels = NameSet.Of("email") }],
                Signature = Shop.Signed,
            },
            new CollectionPointVersion("boxes@2", "boxes")
            {
                From = new DateOnly(2025, 8, 1),
                Shown = Shop.Box with { ConsentAsked = true, NoticeGiven = null, Lawful = null },
                Boxes = [new Box("news", BoxKind.OptIn) { TickedByDefault = false, Channels = NameSet.Of("email", "sms") }],
                Wording = "News and no more",
                Signature = Shop.Signed,
            },
            new CollectionPointVersion("checkout@2", "checkout")
            {
                From = new DateOnly(2025, 10, 1),
                Shown = Shop.Box with { RefusalOffered = false },
                Signature = Shop.Signed,
            },
        ];

    static IEnumerable<Type> Kinds(Type family) =>
        family.GetCustomAttributes<System.Text.Json.Serialization.JsonDerivedTypeAttribute>().Select(kind => kind.DerivedType);

    /// <summary>Some left out, some changed, and some that are made up whole.</summary>
    List<T> Among<T>(IReadOnlyList<T> whole, Type[] kinds)
        where T : notnull
    {
        List<T> entries = [];
        foreach (var entry in whole)
        {
            if (random.Next(60) == 0)
                continue;
            entries.Add(random.Next(7) == 0 ? Changed(entry, mostly: 1) : entry);
            if (random.Next(16) == 0)
                entries.Add(Changed(entry, mostly: 2));
        }
        for (var more = random.Next(4); more > 0; more--)
            entries.Insert(random.Next(entries.Count + 1), (T)values.Made(kinds[random.Next(kinds.Length)], "entry")!);
        return entries;
    }

    /// <summary>The same with some of its properties set anew.</summary>
    T Changed<T>(T entry, int mostly)
        where T : notnull
    {
        var copy = (T)values.Copy(entry);
        for (var changes = mostly + random.Next(2); changes > 0; changes--)
            values.SetOne(copy);
        return copy;
    }

    ContactEntry Seen(ContactEntry entry)
    {
        if (random.Next(5) == 0)
            entry = entry with { When = When.Of(values.Time) };
        return random.Next(5) > 0
            ? entry
            : entry with
            {
                FirstSeen = random.Next(2) == 0 ? values.Time : null,
                FromFile = random.Next(3) == 0 ? values.Word("FileDigest") : null,
            };
    }

    T Pick<T>(params T[] among) => among[random.Next(among.Length)];
}
