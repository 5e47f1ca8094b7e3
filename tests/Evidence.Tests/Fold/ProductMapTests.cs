using System.Collections.Immutable;
using System.Text.Json;
using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

public class ProductMapTests
{
    static readonly ProductMap Map = new(
        new ProductMapSigned(
            "map",
            [
                new("C1", "candles", "home"),
                new("C2", "candles", "home"),
                new("L1", "lamps", "home"),
                new("T1", "tents", "camping"),
                // A code mapped to two ranges has a family and no range.
                new("X1", "tents", "camping"),
                new("X1", "tents", "garden"),
            ]
        )
    );

    static readonly string[] Parts = ["C1", "c2", "L1", "T1", "X1", "new-thing", "C1x"];
    static readonly string[] Signs = [" ", ";", "|", "  ", " ; "];

    [Fact]
    public void A_list_is_the_families_and_ranges_of_its_codes_in_whatever_order_and_however_often_they_stand()
    {
        Map.Of(["T1", "c1", "C2", "T1"]).ShouldBe(Map.Of(["C1", "T1"]));
        Map.Of(["C1", "T1"]).Families.ShouldBe(NameSet.Of("candles", "tents"));
        Map.Of(["C1", "L1"]).Ranges.ShouldBe(NameSet.Of("home"));
    }

    [Fact]
    public void A_code_that_is_not_mapped_leaves_the_rest_incomplete()
    {
        var half = Map.Of(["C1", "new-thing"]);
        half.Families.ShouldBe(NameSet.Of(["candles"], isComplete: false));
        half.Ranges.ShouldBe(NameSet.Of(["home"], isComplete: false));
        Map.Of(["X1"]).Families.ShouldBe(NameSet.Of("tents"));
        Map.Of(["X1"]).Ranges.ShouldBe(NameSet.Of([], isComplete: false));
    }

    [Fact]
    public void A_cell_is_read_as_the_codes_in_it()
    {
        var codes = Gen.Int[0, Parts.Length - 1].Select(place => Parts[place]);
        var between = Gen.Int[0, Signs.Length - 1].Select(place => Signs[place]);
        Gen.Select(codes.Array[0, 6], between)
            .Sample(
                (list, sign) =>
                {
                    var cell = sign + string.Join(sign, list);
                    var read = Map.OfList(cell);
                    var alone = list.Select(code => Map.Of([code])).ToList();
                    read.Families.ShouldBe(
                        NameSet.Of(alone.SelectMany(one => one.Families.Names), alone.All(one => one.Families.IsComplete))
                    );
                    read.Ranges.ShouldBe(NameSet.Of(alone.SelectMany(one => one.Ranges.Names), alone.All(one => one.Ranges.IsComplete)));
                    Map.Of(read.Example).ShouldBe(read);
                    ProductMap.CodesIn(cell).ShouldBe(list);
                }
            );
    }

    [Fact]
    public void A_list_that_was_met_before_is_what_it_was_however_its_codes_are_cut_and_however_long_it_is()
    {
        string[] pieces = ["C", "1", "L", "T", "C1", "L1", "T1", "X1", new string('x', 600)];
        var letters = Gen.Int[0, pieces.Length - 1].Select(place => pieces[place]);
        letters
            .Array[1, 4]
            .Select(parts => string.Concat(parts))
            .Array[0, 5]
            .Sample(codes =>
            {
                ImmutableArray<string> list = [.. codes];
                var alone = codes.Select(code => Map.OfList(code)).ToList();
                foreach (var read in new[] { Map.Of(list), Map.Of(list) })
                {
                    read.Families.ShouldBe(
                        NameSet.Of(alone.SelectMany(one => one.Families.Names), alone.All(one => one.Families.IsComplete))
                    );
                    read.Ranges.ShouldBe(NameSet.Of(alone.SelectMany(one => one.Ranges.Names), alone.All(one => one.Ranges.IsComplete)));
                }
            });
        Map.Of(["C1", "L1"]).ShouldNotBe(Map.Of(["C", "1L1"]));
    }

    [Fact]
    public void What_goes_along_with_an_order_is_no_part_of_it_and_counts_only_for_this_map_and_these_products()
    {
        var lamps = Map.OfList("L1");
        var order = new DetailsCollected(When.Of(new DateOnly(2026, 1, 5)), "order 1") { Products = lamps.Example };
        var beside = order with { Goods = new(lamps) };
        beside.ShouldBe(order);
        beside.GetHashCode().ShouldBe(order.GetHashCode());
        JsonSerializer
            .Serialize<ContactEntry>(beside, EntryJson.Options)
            .ShouldBe(JsonSerializer.Serialize<ContactEntry>(order, EntryJson.Options));
        beside.ToString().ShouldBe(order.ToString());

        Map.Of(beside).ShouldBeSameAs(lamps);
        Map.Of(beside with { Products = ["T1"] }).Families.ShouldBe(NameSet.Of("tents"));
        var later = new ProductMap(new ProductMapSigned("later", [new("L1", "lights", "home")]));
        later.Of(beside).Families.ShouldBe(NameSet.Of("lights"));
    }
}
