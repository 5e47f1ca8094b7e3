using CsCheck;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Tests.Entries;

public class ZoneDaysTests
{
    static readonly string[] Zones =
    [
        "Europe/London",
        "Europe/Berlin",
        "Europe/Lisbon",
        "Atlantic/Reykjavik",
        "Asia/Nicosia",
        "Pacific/Apia",
    ];

    [Fact]
    public void A_moment_falls_on_the_day_that_the_zone_itself_gives_it_whoever_asked_before()
    {
        var zones = Zones.Select(TimeZoneInfo.FindSystemTimeZoneById).Select(zone => (Zone: zone, Days: new ZoneDays(zone))).ToList();
        // Near the hours at which clocks are changed, near midnight, and anywhere, also where no zone is kept.
        var anywhere = Gen.DateTime[new DateTime(1900, 1, 1), new DateTime(2150, 1, 1)];
        var nearAChange = Gen.Select(Gen.Int[1990, 2090], Gen.OneOf(Gen.Const(3), Gen.Const(10)), Gen.Int[24, 31], Gen.Int[-120, 300])
            .Select((year, month, day, minutes) => new DateTime(year, month, day).AddMinutes(minutes));
        Gen.Select(Gen.Int[0, Zones.Length - 1], Gen.OneOf(anywhere, nearAChange), Gen.Int[-14, 14])
            .Sample(
                (place, clock, ahead) =>
                {
                    var (zone, days) = zones[place];
                    var moment = new DateTimeOffset(DateTime.SpecifyKind(clock, DateTimeKind.Unspecified), TimeSpan.FromHours(ahead));
                    var expected = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(moment, zone).DateTime);
                    days.DayOf(moment).ShouldBe(expected);
                    days.DayOf(moment).ShouldBe(expected);
                },
                iter: 20_000
            );
    }
}
