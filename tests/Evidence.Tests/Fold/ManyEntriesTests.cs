using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

/// <summary>
/// What is held against many entries at once says the same as what is held against each: an address under which a shop books whoever gives
/// none has them by the hundred thousand.
/// </summary>
public class ManyEntriesTests
{
    static readonly Campaign Spring = new("spring", "lantern-ltd", "email", new DateOnly(2025, 7, 1)) { Topics = ["lamps", "news"] };

    // Days as written, in UTC and where they are counted differ.
    static readonly Gen<When> Whens = Gen.Select(Gen.Int[1, 5], Gen.Int[0, 23], Gen.Int[-12, 13], Gen.Int[-1, 1])
        .Select(
            (day, hour, zone, counted) =>
                zone > 12 ? When.Of(new DateOnly(2025, 6, day))
                : When.Of(new DateTimeOffset(2025, 6, day, hour, 0, 0, TimeSpan.FromHours(zone))) is var when
                    ? when with
                    {
                        Day = when.Day.AddDays(counted),
                    }
                : default
        );

    static readonly Gen<string> Ids = Gen.Int[0, 9].Select(number => number == 0 ? "row 7" : $"order {number}");

    static readonly Gen<DetailsCollected> Collections = Gen.Select(
            Whens,
            Ids,
            Gen.OneOf(Gen.Const("sale"), Gen.Const("cancelled-sale"), Gen.Const("newsletter")),
            Gen.Int[0, 2]
                .Select(number =>
                    number == 0 ? null
                    : number == 1 ? "lantern-ltd"
                    : "quill-ltd"
                )
        )
        .Select((when, id, context, sender) => new DetailsCollected(when, id) { Context = context, ObtainedBy = sender });

    [Fact]
    public void Moments_are_before_and_after_another_where_one_of_them_is() =>
        Gen.Select(Whens.Array[0, 6], Whens)
            .Sample(
                (all, other) =>
                {
                    var moments = new Moments();
                    foreach (var when in all)
                        moments.Add(when);
                    moments.AnyIsSurelyBefore(other).ShouldBe(all.Any(when => other.IsSurelyAfter(when)));
                    moments.AnyIsSurelyAfter(other).ShouldBe(all.Any(when => when.IsSurelyAfter(other)));
                    moments.AnyMayBeAfter(other).ShouldBe(all.Any(when => when.MayBeAfter(other)));
                },
                iter: 20_000
            );

    [Fact]
    public void The_longest_time_without_a_message_is_the_same_however_many_there_are() =>
        Gen.Select(Gen.Int[0, 60].Array[0, 40], Gen.Int[0, 60], Gen.Bool)
            .Sample(
                (numbers, from, isInOrder) =>
                {
                    static DateOnly Day(int number) => new DateOnly(2025, 5, 1).AddDays(number);
                    var days = (isInOrder ? numbers.Order() : numbers.AsEnumerable()).Select(Day).ToArray();
                    // One after the other from a day on; of several times as long the latest.
                    DateOnly[] stops = [Day(from), .. days.Where(day => day >= Day(from)), Spring.Day];
                    var gaps = stops.Zip(stops.Skip(1)).Select(gap => (gap.First, gap.Second, gap.Second.DayNumber - gap.First.DayNumber));
                    var longest = gaps.Aggregate((known, next) => next.Item3 >= known.Item3 ? next : known);
                    new Touches(days, Spring.Day).Since(Day(from)).ShouldBe((stops[^2], (longest.First, longest.Second)));
                },
                iter: 5_000
            );

    [Fact]
    public void A_cancellation_finds_its_order_and_an_order_its_cancellation_among_many() =>
        Collections
            .Array[0, 40]
            .Sample(all =>
            {
                static bool Cancels(DetailsCollected one, DetailsCollected order) =>
                    one.Context == "cancelled-sale"
                    && order.Context == "sale"
                    && one.Id == order.Id
                    && order.Id != "row 7"
                    && (one.ObtainedBy is null || order.ObtainedBy is null || one.ObtainedBy == order.ObtainedBy)
                    && !order.When.IsSurelyAfter(one.When);
                var (cancelling, orders) = (Cancellations.In(all), new Cancellations.OrdersOnRecord(Read(all)));
                foreach (var each in all)
                {
                    cancelling.ContextOf(each).ShouldBe(all.Any(other => Cancels(other, each)) ? "cancelled-sale" : each.Context);
                    orders.Has(each).ShouldBe(all.Any(order => Cancels(each, order)));
                }
            });

    [Fact]
    public void The_last_end_of_a_contract_is_found_among_many() =>
        Gen.Select(Whens, Ids)
            .Array[0, 40]
            .Sample(rows =>
            {
                var all = rows.Select((row, place) => new ContractEnded(row.Item1, $"end {place}", row.Item2)).ToArray();
                foreach (var id in rows.Select(row => row.Item2).Append("order 99"))
                    new EndedContracts(all)
                        .EndOf(new DetailsCollected(default, id))
                        .ShouldBe(all.LastOrDefault(end => end.CollectionId == id));
            });

    [Fact]
    public void An_occasion_holds_the_acts_of_its_day_and_those_of_their_numbers_however_many_there_are() =>
        Collections
            .Array[1, 60]
            .Sample(all =>
            {
                var collected = Read(all);
                var acts = all.Where(act => act.Context != "cancelled-sale").ToList();
                var first = new FirstCollection(collected, [], [], new ControllerRecord([]), Spring);
                var near =
                    acts.Count == 0
                        ? []
                        : acts.Where(act => act.When.IsWithinADayOf(acts.MinBy(one => one.When, When.Order)!.When)).ToList();
                foreach (var each in collected)
                    first
                        .Holds(each)
                        .ShouldBe(
                            near.Contains(each.Entry, ReferenceEqualityComparer.Instance)
                                || (acts.Contains(each.Entry) && each.Entry.Id != "row 7" && near.Exists(act => act.Id == each.Entry.Id))
                        );
            });

    [Fact]
    public void A_request_to_stop_is_freed_where_acts_since_name_every_topic_it_reaches() =>
        Gen.Select(
                Gen.Select(Whens, Gen.OneOf(Gen.Const("unticked-box"), Gen.Const("silence")), Gen.Bool, Gen.Int[0, 4]).Array[0, 8],
                Whens,
                Gen.OneOf(Gen.Const(NameSet.Everything), Gen.Const(NameSet.Of("lamps")), Gen.Const(NameSet.Of("else")))
            )
            .Sample(
                (rows, made, topics) =>
                {
                    var acts = rows.Select(row => new ConsentAnswered(row.Item1, "act")
                        {
                            Act = row.Item2,
                            ServedHere = row.Item3,
                            To = NameSet.Of("lantern-ltd"),
                            Channels = NameSet.Of("email"),
                            Topics = row.Item4 switch
                            {
                                0 => null,
                                1 => NameSet.Everything,
                                2 => NameSet.Of("news"),
                                _ => NameSet.Of("lamps"),
                            },
                        })
                        .ToArray();
                    var request = new RefusalMade(made, "stop")
                    {
                        Senders = NameSet.Everything,
                        Channels = NameSet.Everything,
                        Topics = topics,
                    };
                    var since = acts.Where(act => act.ServedHere && act.Act == "unticked-box" && act.When.IsSurelyAfter(made)).ToList();
                    var reached = Spring.Topics.Where(topics.Has).ToList();
                    new FreeingActs(acts, Spring)
                        .Free(request)
                        .ShouldBe(
                            reached.Count == 0
                                ? since.Exists(act => act.Topics is { IsEverything: true })
                                : reached.TrueForAll(topic => since.Exists(act => act.Topics?.Has(topic) == true))
                        );
                },
                iter: 5_000
            );

    static Collected[] Read(DetailsCollected[] all) => [.. all.Select(entry => new Collected(entry, null, [], false, null, []))];
}
