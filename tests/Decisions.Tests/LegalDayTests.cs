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
    [InlineData("2025-06-30T23:30+01:00", "de", false)]
    [InlineData("2025-07-01T00:30+01:00", "de", true)]
    [InlineData("2025-06-30T22:30+01:00", "de", false)]
    [InlineData("2025-07-01T00:30+02:00", "gb", false)]
    [InlineData("2025-07-01T00:30+01:00", "gb", true)]
    [InlineData("2025-07-01", "de", true)]
    public void A_form_changes_by_its_own_clock_and_not_by_the_person_s(string moment, string country, bool isOffered)
    {
        var before = Shop.Box with { RefusalOffered = false };
        ControllerEntry[] forms = [.. Shop.Entries, Form("form@1", new(2025, 1, 1), before), Form("form@2", new(2025, 7, 1), Shop.Box)];
        forms[^2] = (CollectionPointVersion)forms[^2] with { Until = new DateOnly(2025, 7, 1) };
        var stated = new DetailsStated(When.Of(DateOnly.MinValue), "person") { Countries = NameSet.Of(country) };
        new FactFinder(new ControllerRecord(forms), Shop.Spring, Shop.Decider.Days)
            .Find([stated, Shop.Order(At(moment)) with { Point = "form" }], null)
            .Collections[0][Collection.RefusalOffered]
            .ShouldBe(Collection.RefusalOffered.Of(isOffered ? "yes" : "no"));

        static CollectionPointVersion Form(string id, DateOnly from, Shown shown) =>
            new(id, "form")
            {
                From = from,
                Shown = shown,
                Wording = "Tick if you want no offers by email",
                Signature = Shop.Signed,
            };
    }

    [Fact]
    public void Where_two_versions_of_a_form_may_have_been_in_force_what_both_show_counts()
    {
        ControllerEntry[] forms =
        [
            .. Shop.Entries.Select(entry =>
                entry is CollectionPointVersion { Point: "checkout" } checkout ? checkout with { Until = new DateOnly(2025, 7, 1) } : entry
            ),
            .. Shop
                .Entries.OfType<CollectionPointVersion>()
                .Where(version => version.Point == "checkout")
                .Select(version => version with { Id = "checkout@2", From = new DateOnly(2025, 7, 1), Wording = "No offers, please" }),
        ];
        var order = Shop.Order(At("2025-07-01T00:30+02:00"));
        Shop.Decide([Shop.InBritain, order], controller: forms).Verdict.ShouldBe(Verdict.Permitted);
        Shop.Decide([Shop.InBritain, order], controller: forms[..^1])
            .Verdict.ShouldBe(Verdict.NotShown, "on one of the days there was none");
    }

    [Theory]
    [InlineData("2026-02-05T00:30+02:00")]
    [InlineData("2026-02-04T22:30-05:00")]
    public void A_day_in_another_zone_never_puts_a_sign_up_after_a_request_to_stop(string moment)
    {
        var stop = When.Of(new DateOnly(2026, 2, 4));
        var signUp = At(moment);
        foreach (var zone in new[] { "Europe/London", "Europe/Athens", "America/New_York", "Pacific/Auckland" })
            (signUp with { Day = DayIn(zone, signUp) }).IsSurelyAfter(stop).ShouldBeFalse(zone);
    }

    static DateOnly DayIn(string zone, When when)
    {
        var there = TimeZoneInfo.ConvertTime(when.At!.Value, TimeZoneInfo.FindSystemTimeZoneById(zone));
        return DateOnly.FromDateTime(there.DateTime);
    }
}
