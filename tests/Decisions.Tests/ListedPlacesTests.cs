using CsCheck;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;

namespace MaySend.Decisions.Tests;

/// <summary>Who was on a list can be said of each contact, and takes little room however many there are.</summary>
public sealed class ListedPlacesTests
{
    static readonly Gen<LedgerPosition> Places = Gen.Select(
        Gen.Int[0, Partition.Contacts - 1],
        Gen.OneOf(Gen.Long[1, 300], Gen.Long[1, long.MaxValue / 2]),
        (partition, seq) => new LedgerPosition(new Partition(partition), seq)
    );

    [Fact]
    public void Those_that_were_packed_are_among_them_and_nobody_else_is() =>
        Gen.Select(Places.Array[0, 60], Places.Array[20])
            .Sample(
                (listed, others) =>
                {
                    var packed = ListedPlaces.Pack(listed.Concat(listed.Take(3)));
                    return listed.All(place => ListedPlaces.Has(packed, place))
                        && others.All(place => ListedPlaces.Has(packed, place) == listed.Contains(place));
                }
            );

    [Fact]
    public void A_million_people_with_seven_entries_each_take_little_more_than_an_octet_each()
    {
        var everybody = Enumerable
            .Range(0, 1_000_000)
            .Select(number => new LedgerPosition(new Partition(number % Partition.Contacts), 1 + (number / Partition.Contacts * 7)));
        ListedPlaces.Pack(everybody).Length.ShouldBeLessThan(1_400_000);
    }
}
