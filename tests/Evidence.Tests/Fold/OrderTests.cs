using CsCheck;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Tests.Fold;

public class OrderTests
{
    static readonly Gen<When> Moments = Gen.Select(Gen.Int[1, 4], Gen.Int[0, 2], Gen.Int[-1, 3])
        .Select(
            (day, hour, zone) =>
                zone < 0
                    ? When.Of(new DateOnly(2025, 6, day))
                    : When.Of(new DateTimeOffset(2025, 6, day, hour, 0, 0, TimeSpan.FromHours(zone)))
        );

    [Fact]
    public void What_happened_stands_oldest_first_and_what_happened_at_once_as_it_was_recorded() =>
        Moments
            .Array[0, 40]
            .Sample(moments =>
            {
                var entries = moments.Select((when, place) => (when, place)).ToArray();
                List<(When, int)> expected = [.. entries.OrderBy(entry => entry.when, When.Order)];
                When.InOrder(entries, entry => entry.when).ShouldBe(expected);
            });

    [Fact]
    public void Records_stand_newest_first_and_then_by_id_however_many_there_are() =>
        Gen.Select(Gen.Int[0, 5], Gen.Int[0, 4], Gen.Int[0, 9])
            .Array[0, 70]
            .Sample(rows =>
            {
                var sheets = rows.Select(row =>
                        new FactSheet(Scope.Collection, $"order {row.Item2}").With(
                            Collection.Day,
                            row.Item1 == 0 ? null : new DateOnly(2025, 6, row.Item1)
                        )
                    )
                    .ToArray();
                List<FactSheet> expected =
                [
                    .. sheets
                        .OrderByDescending(sheet => sheet[Collection.Day].IsRecorded ? sheet[Collection.Day].Number : long.MinValue)
                        .ThenBy(sheet => sheet.Id, StringComparer.Ordinal),
                ];
                RecordOrder.NewestFirst(sheets, Collection.Day).ShouldBe(expected);
            });
}
