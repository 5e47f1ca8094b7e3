using CsCheck;

namespace MaySend.Law.Tests;

public class PeriodTests
{
    [Theory]
    [InlineData("P12M", "2026-02-28", "2025-02-28")]
    [InlineData("P1M", "2026-03-31", "2026-02-28")]
    [InlineData("P1M", "2024-03-31", "2024-02-29")]
    [InlineData("P1Y", "2024-02-29", "2023-02-28")]
    [InlineData("P28D", "2026-03-01", "2026-02-01")]
    [InlineData("P2W", "2026-03-15", "2026-03-01")]
    [InlineData("P1Y1M1D", "2026-03-31", "2025-02-27")]
    [InlineData("P12M", "0001-03-01", "0001-01-01")]
    [InlineData("P9D", "0001-01-05", "0001-01-01")]
    public void A_period_lies_before_the_later_day_and_keeps_month_ends_in_their_month(string text, string later, string expected)
    {
        Period.TryParse(text, out var period).ShouldBeTrue();
        period.Before(Day(later)).ShouldBe(Day(expected));
    }

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("PT12H")]
    [InlineData("-P1M")]
    [InlineData("P0D")]
    [InlineData("12M")]
    [InlineData("P1D1M")]
    [InlineData("P99999M")]
    public void Anything_else_is_no_period(string text) => Period.TryParse(text, out _).ShouldBeFalse();

    [Theory]
    [InlineData("P12M", "12 months")]
    [InlineData("P3Y", "3 years")]
    [InlineData("P28D", "28 days")]
    [InlineData("P1M2D", "1 month and 2 days")]
    [InlineData("P1D", "1 day")]
    [InlineData("P1Y", "12 months")]
    public void A_period_reads_in_words(string text, string words)
    {
        Period.TryParse(text, out var period).ShouldBeTrue();
        period.InWords().ShouldBe(words);
        Period.TryParse(period.ToString(), out var again).ShouldBeTrue();
        again.ShouldBe(period);
    }

    [Fact]
    public void The_last_day_within_a_period_is_the_last_one_whose_period_reaches_back() =>
        Gen.Select(Gen.Int[0, 60], Gen.Int[0, 400], Gen.Int[0, DateOnly.MaxValue.DayNumber])
            .Sample(
                (months, days, number) =>
                {
                    var (period, day) = (new Period(months, days), DateOnly.FromDayNumber(number));
                    var last = period.LastWithin(day);
                    period.Before(last).ShouldBeLessThanOrEqualTo(day);
                    if (last < DateOnly.MaxValue)
                        period.Before(last.AddDays(1)).ShouldBeGreaterThan(day);
                }
            );

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
