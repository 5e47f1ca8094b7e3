using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Facts;

namespace MaySend.Decisions.Tests;

/// <summary>Days are those of the law that counts them, not those of the zone in which a file was written.</summary>
public class LegalDayTests
{
    static When At(string moment) => When.TryParse(moment, null, out var when) ? when : throw new FormatException(moment);

    static DateOnly DayOf(ContactEntry entry, params string[] countries)
    {
        var stated = new DetailsStated(When.Of(DateOnly.MinValue), "person")
        {
            Countries = countries.Length == 0 ? null : NameSet.Of(countries),
        };
        var finder = new FactFinder(new ControllerRecord(Shop.Entries), Shop.Spring, Shop.Decider.Days);
        return finder.Find([stated, entry], null).Collections[0][Collection.Day].Day;
    }

    [Theory]
    [InlineData("2026-02-05T00:30+01:00", "gb", "2026-02-04")]
    [InlineData("2026-02-04T23:30+00:00", "de", "2026-02-05")]
    [InlineData("2025-07-01T23:30+00:00", "gb", "2025-07-02")]
    [InlineData("2025-07-01T23:30+00:00", "is", "2025-07-01")]
    [InlineData("2025-07-01", "gb", "2025-07-01")]
    [InlineData("2025-07-01T23:30+00:00", "", "2025-07-01")]
    [InlineData("2025-07-01T23:30+00:00", "de gb", "2025-07-01")]
    public void A_sale_was_made_on_the_day_it_was_where_the_person_is(string moment, string countries, string day) =>
        DayOf(Shop.Order(At(moment)), countries.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            .ShouldBe(DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    [Theory]
    [InlineData("2026-02-05T10:00+00:00", true)]
    [InlineData("2026-02-05T00:30+00:00", true)]
    [InlineData("2026-02-05T00:30+01:00", false)]
    [InlineData("2026-02-04T23:30+00:00", false)]
    [InlineData("2026-02-04T19:30-05:00", true)]
    public void A_law_begins_at_midnight_of_its_own_country(string moment, bool mayBeSent)
    {
        ControllerEntry[] charity =
        [
            .. Shop.Entries.Select(entry =>
                entry is SenderDeclared { Id: Shop.Name } sender ? sender with { StatutoryCharity = true } : entry
            ),
        ];
        var gift = Shop.Order(At(moment)) with { Context = "donation", Products = [], PurposesWereCharitable = true };
        var told = Shop.Decide([Shop.InBritain, gift], Shop.Spring with { SolePurposeCharitable = true }, charity);
        (told.Send.Truth == Truth.Satisfied).ShouldBe(mayBeSent, told.Send.Code);
    }

    [Theory]
    [InlineData("2026-02-05T00:30+02:00")]
    [InlineData("2026-02-04T22:30-05:00")]
    public void A_day_in_another_zone_never_puts_a_sign_up_after_a_request_to_stop(string moment)
    {
        var stop = When.Of(new DateOnly(2026, 2, 4));
        var signUp = At(moment);
        foreach (var zone in new[] { "Europe/London", "Europe/Athens", "America/New_York", "Pacific/Auckland" })
            signUp.In(TimeZoneInfo.FindSystemTimeZoneById(zone)).IsSurelyAfter(stop).ShouldBeFalse(zone);
    }
}
