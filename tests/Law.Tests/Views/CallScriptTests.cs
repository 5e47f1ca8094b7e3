using MaySend.Law.Facts;
using MaySend.LawPages;

namespace MaySend.Law.Tests.Views;

public class CallScriptTests
{
    static readonly DateOnly Day = new(2026, 11, 24);

    static CallScript Of(string country, string channel = "live-call", DateOnly? day = null) =>
        CallScript.Of(RealLaw.Book, RealLaw.Of(country), channel, day ?? Day);

    public static TheoryData<string> Countries =>
        [.. CountryTable.Of(RealLaw.Book, Day).Rows.Where(row => row.Id.Length == 2).Select(row => row.Id)];

    [Theory]
    [MemberData(nameof(Countries))]
    public void Every_country_has_something_to_say_and_what_a_no_does_by_its_own_law(string country)
    {
        foreach (var channel in Words.Calls)
        {
            var script = Of(country, channel);
            script.Say.ShouldNotBeEmpty();
            script.Afterwards[0].Text.ShouldContain("says no");
            script.Afterwards[0].Cite.ShouldNotBeEmpty();
            script.Before.Concat(script.Say).Concat(script.Afterwards).ShouldAllBe(line => line.Cite.Length > 0);
        }
    }

    [Fact]
    public void A_no_in_a_country_without_the_GDPR_is_cited_to_its_own_law()
    {
        Of("ch").Afterwards[0].Cite.ShouldContain("FADP art 30");
        Of("ch").Afterwards[0].Cite.ShouldNotContain("GDPR");
        Of("gb").Afterwards[0].Cite.ShouldContain("UK GDPR Art 21");
    }

    [Fact]
    public void What_the_law_asks_of_calls_about_gambling_is_not_asked_of_every_call()
    {
        Of("de").Before.ShouldNotContain(line => line.Text.Contains("Bar register of players"));
        Of("it").Afterwards[0].Cite.ShouldNotContain("87/2018");
        Of("fi", day: new DateOnly(2027, 7, 1)).Afterwards[0].Cite.ShouldNotContain("Gambling");
    }

    [Fact]
    public void A_consumer_in_the_Union_hears_at_the_start_who_calls_and_why()
    {
        foreach (var country in new[] { "de", "it", "pl", "se", "no" })
        {
            Of(country).Say.ShouldContain(line => line.Text.Contains("who you are") && line.Cite.Contains("2011/83"));
            Of(country).Say.ShouldContain(line => line.Text.Contains("commercial call"));
        }
        Of("de", day: new DateOnly(2014, 6, 12)).Say.ShouldNotContain(line => line.Cite.Contains("2011/83"));
    }

    [Fact]
    public void A_register_that_two_provisions_ask_about_is_named_once_with_the_stricter_age()
    {
        var register = Of("it").Before.Single(line => line.Text.Contains("(RPO)"));
        register.Text.ShouldContain("15 days");
        register.Cite.ShouldContain("L. 5/2018");
        register.Cite.ShouldContain("130");
    }

    [Fact]
    public void Days_are_said_as_people_say_them_and_Finland_is_not_called_on_holidays()
    {
        Of("fr").Before.ShouldContain(line => line.Text == "Call on these days only: Monday to Friday");
        Of("fi").Before.ShouldContain(line => line.Text == "Do not call on a public holiday");
    }

    [Fact]
    public void A_machine_that_speaks_says_so_from_the_first_day_of_the_act()
    {
        Of("ie", "artificial-voice-call", new DateOnly(2026, 8, 2)).Say.ShouldContain(line => line.Text.Contains("talking to a machine"));
        Of("ie", "artificial-voice-call", new DateOnly(2026, 8, 1)).Say.ShouldNotContain(line => line.Text.Contains("machine"));
    }
}
