using MaySend.Console.Evidence;

namespace MaySend.Console.Tests;

public sealed class TrendTests
{
    static readonly DateTimeOffset Counted = new(2026, 3, 15, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void A_month_without_requests_is_a_zero_up_to_the_month_of_counting() =>
        Of((new(2025, 11, 1), 3), (new(2026, 1, 1), 2))
            .ShouldBe([
                (new(2025, 11, 1), 3L),
                (new(2025, 12, 1), 0L),
                (new(2026, 1, 1), 2L),
                (new(2026, 2, 1), 0L),
                (new(2026, 3, 1), 0L),
            ]);

    [Fact]
    public void Only_the_last_two_years_are_shown_and_what_says_no_day_is_not_a_month()
    {
        var trend = Of((LedgerCount.Undated, 9), (new(2019, 5, 1), 4), (new(2026, 3, 1), 1));
        (trend.Count, trend[0].Month, trend[^1]).ShouldBe((24, new(2024, 4, 1), (new DateOnly(2026, 3, 1), 1L)));
    }

    [Fact]
    public void Nothing_on_record_is_no_trend() => Of((LedgerCount.Undated, 9)).ShouldBeEmpty();

    static IReadOnlyList<(DateOnly Month, long Count)> Of(params (DateOnly Month, long Count)[] months) =>
        new LedgerCount(1, 1, months.ToDictionary(each => (each.Month, "refusal-made"), each => each.Count), Counted).Trend("refusal-made");
}
