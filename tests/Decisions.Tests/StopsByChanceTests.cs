using System.Collections.Immutable;
using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>
/// What must hold of any requests to stop among any entries about a person. A failing seed is printed; those that failed once stand as
/// cases.
/// </summary>
public class StopsByChanceTests
{
    static readonly ImmutableArray<ControllerEntry> Later =
    [
        new SenderDeclared("lantern") { Topics = NameSet.Of("homware", "offers"), Signature = Shop.Signed },
        new SenderDeclared("other-ltd") { Brands = NameSet.Of("Lantern Ltd", "Glow"), Signature = Shop.Signed },
        new SenderDeclared(Shop.Name)
        {
            Name = "Glow",
            Establishment = "gb",
            StatutoryCharity = false,
            Topics = NameSet.Of("homware", "offers"),
            Brands = NameSet.Of("lantern"),
            Signature = Shop.Signed,
        },
        new CampaignRegistered("c", Shop.Spring with { Id = "later", Topics = ["homware", "offers"] }),
        new CollectionPointVersion("boxes@1", "boxes")
        {
            From = new DateOnly(2025, 1, 1),
            Boxes = [new Box("x", BoxKind.OptOut) { Topics = NameSet.Of("homware"), Channels = NameSet.Of("sms") }],
            Signature = Shop.Signed,
        },
        new ProductMapSigned("map-2", [new("C1", "homware", "homware")], Shop.Signed),
    ];

    static readonly Gen<When> Times =
        from day in Gen.Int[0, 420]
        from hour in Gen.Int[0, 23]
        from form in Gen.Int[0, 9]
        select form switch
        {
            0 => When.Of(DateOnly.MinValue),
            < 4 => When.Of(new DateOnly(2025, 2, 20).AddDays(day)),
            _ => When.Of(new DateTimeOffset(2025, 2, 20, hour, 0, 0, TimeSpan.FromHours(1)).AddDays(day)),
        };

    static readonly Gen<NameSet?> Senders = OneOf<NameSet?>(
        null,
        NameSet.Everything,
        NameSet.Of(Shop.Name),
        NameSet.Of("another-ltd"),
        NameSet.Of("lantern"),
        NameSet.Of("another-ltd", "other-ltd"),
        NameSet.Of("ALL")
    );

    static readonly Gen<NameSet?> Topics = OneOf<NameSet?>(
        null,
        NameSet.Everything,
        NameSet.Of("homeware"),
        NameSet.Of("account"),
        NameSet.Of("homware"),
        NameSet.Of("account", "offers"),
        NameSet.None
    );

    static readonly Gen<NameSet?> Channels = OneOf<NameSet?>(null, NameSet.Of("email"), NameSet.Of("sms"), NameSet.Of("sms", "fax"));

    static readonly Gen<ContactEntry> Stops =
        from when in Times
        from id in Gen.Int[1, 3]
        from scope in Gen.Select(Senders, Channels, Topics)
        from how in OneOf("link", "import", "letter")
        from kind in Gen.Int[0, 5]
        select kind switch
        {
            0 => Shop.Order(when, $"order {id}", refused: true),
            1 => Shop.DoubleOptIn(when, $"answer {id}") with
            {
                To = scope.Item1,
                Channels = scope.Item2,
                Topics = scope.Item3,
                Withdrawn = when,
            },
            _ => (ContactEntry)
                new RefusalMade(when, $"stop {id}")
                {
                    Senders = scope.Item1,
                    Channels = scope.Item2,
                    Topics = scope.Item3,
                    How = how,
                },
        };

    static readonly Gen<ContactEntry> Acts =
        from when in Times.Where(when => when.Day > DateOnly.MinValue)
        from id in Gen.Int[1, 3]
        from scope in Gen.Select(Senders, Channels, Topics)
        from isServed in Gen.Bool
        select (ContactEntry)(
            Shop.DoubleOptIn(when, $"act {id}") with
            {
                To = scope.Item1 ?? NameSet.Of(Shop.Name),
                Channels = scope.Item2 ?? NameSet.Of("email"),
                Topics = scope.Item3 ?? NameSet.Of("homeware"),
                ServedHere = isServed,
            }
        );

    static readonly Gen<ContactEntry> Others =
        from when in Times.Where(when => when.Day > DateOnly.MinValue)
        from id in Gen.Int[1, 3]
        from kind in Gen.Int[0, 2]
        select kind switch
        {
            0 => (ContactEntry)new RefusalRetracted(when, $"undo {id}", $"stop {id}"),
            1 => Shop.Order(when, $"order {id}"),
            _ => new MessageSent(when, $"message {id}", Shop.Name, "email", IsMarketing: true) { Template = "newsletter" },
        };

    static readonly Gen<ContactEntry[]> People = Gen.Frequency((2, Stops), (3, Acts), (3, Others)).Array[0, 6];

    static readonly Gen<Campaign> Campaigns = OneOf(
        Shop.Spring,
        Shop.Spring with
        {
            Topics = ["homeware", "account"],
        },
        Shop.Spring with
        {
            Topics = [],
        }
    );

    [Fact]
    public void Adding_a_request_never_permits() =>
        Gen.Select(People, Stops, Campaigns)
            .Sample((entries, stop, campaign) => IsPermitted(entries, campaign) || !IsPermitted([.. entries, stop], campaign), iter: 3000);

    [Fact]
    public void A_request_that_names_nothing_refuses_whatever_else_is_on_record_before_it() =>
        Gen.Select(People, Campaigns)
            .Sample(
                (entries, campaign) =>
                    Decide([.. entries, new RefusalMade(Shop.On(2027, 1, 1), "the last") { How = "letter" }], campaign).Verdict
                    == Verdict.Refused,
                iter: 500
            );

    [Fact]
    public void Nothing_signed_later_narrows_a_request_on_record() =>
        Gen.Select(Stops, Campaigns, Gen.Int[1, (1 << Later.Length) - 1])
            .Sample(
                (stop, campaign, choice) =>
                {
                    var order = Shop.Order(Shop.On(2025, 3, 5));
                    var names = new ControllerRecord(Shop.Entries).Names;
                    ContactEntry[] entries = [order, RequestWidth.Settled(stop, names)];
                    var signed = Later.Where((_, i) => (choice & (1 << i)) != 0);
                    return Decide(entries, campaign).Verdict != Verdict.Refused
                        || Decide(entries, campaign, [.. Shop.Entries, .. signed]).Verdict == Verdict.Refused;
                },
                iter: 3000
            );

    [Fact]
    public void The_order_of_recording_requests_and_acts_never_matters_and_the_same_twice_changes_nothing() =>
        Gen.Select(People, Campaigns, Gen.Int[1, 1000])
            .Sample(
                (entries, campaign, seed) =>
                {
                    var random = new Random(seed);
                    var asMade = Decide(entries, campaign);
                    var shuffled = Decide([.. entries.OrderBy(_ => random.Next())], campaign);
                    var twice = Decide([.. entries, .. entries], campaign);
                    return asMade.Verdict == shuffled.Verdict && asMade.Verdict == twice.Verdict;
                },
                iter: 2000
            );

    [Fact]
    public void A_request_settled_when_recorded_and_one_settled_when_folded_decide_alike() =>
        Gen.Select(People, Campaigns)
            .Sample(
                (entries, campaign) =>
                {
                    var names = new ControllerRecord(Shop.Entries).Names;
                    ContactEntry[] recorded =
                    [
                        .. entries.Select(entry => EntryJson.ReadContact(EntryJson.Write(RequestWidth.Settled(entry, names)))),
                    ];
                    return Decide(entries, campaign).Verdict == Decide(recorded, campaign).Verdict;
                },
                iter: 2000
            );

    static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(index => values[index]);

    static bool IsPermitted(IEnumerable<ContactEntry> entries, Campaign campaign) => Decide(entries, campaign).Verdict == Verdict.Permitted;

    static Decision Decide(IEnumerable<ContactEntry> entries, Campaign campaign, IEnumerable<ControllerEntry>? controller = null) =>
        Shop.Decide([Shop.InBritain, .. entries], campaign, controller);
}
