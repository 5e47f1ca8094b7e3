using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Formulas;
using MaySend.Reading;

namespace MaySend.Law.Tests.Facts;

public sealed class CallingTests
{
    [Theory]
    [InlineData("2026-11-24", "tuesday", "2026-11-01")]
    [InlineData("2026-11-28", "saturday", "2026-11-01")]
    [InlineData("2024-02-29", "thursday", "2024-02-01")]
    public void A_message_knows_the_weekday_and_the_month_of_its_day(string day, string weekday, string month)
    {
        var message = DayOfSending.Mark(On(day));
        Calling.Weekday.Write(message[Calling.Weekday]).ShouldBe(weekday);
        Calling.MonthBegan.Write(message[Calling.MonthBegan]).ShouldBe(month);
    }

    [Theory]
    [InlineData("2027-05-17", "no", true)]
    [InlineData("2026-07-14", "fr", true)]
    [InlineData("2026-07-14", "no", false)]
    [InlineData("2026-12-08", "es", true)]
    [InlineData("2026-12-26", "fr", false)]
    public void A_message_knows_in_which_countries_its_day_is_a_public_holiday(string day, string country, bool isHoliday) =>
        new Evaluator(
            new CampaignFacts(DayOfSending.Mark(On(day)), new FactSheet(Scope.Sender), []),
            new RecipientFacts(new FactSheet(Scope.Recipient), [], [], [], [])
        )
            .Of(Arguments(CallConditions.NotOnAHoliday, country))
            .ShouldBe(isHoliday ? Truth.NotSatisfied : Truth.Satisfied);

    [Theory]
    [InlineData("2026-06-24", "es-ct", Truth.NotSatisfied)]
    [InlineData("2026-06-24", "es-md", Truth.Satisfied)]
    [InlineData("2026-06-24", null, Truth.NotEvidenced)]
    [InlineData("2026-06-23", null, Truth.Satisfied)]
    [InlineData("2026-04-03", "fr-am", Truth.Satisfied)] // Good Friday is Spain's, and of no Spanish region's own
    [InlineData("2027-12-03", "es-md", Truth.NotEvidenced)] // Navarre keeps it as a rule; the list of that year is not out
    [InlineData("2027-11-18", "es-md", Truth.Satisfied)]
    [InlineData("2050-11-18", "es-md", Truth.NotEvidenced)]
    public void A_holiday_of_a_region_is_one_for_whoever_may_be_there(string day, string? region, Truth expected) =>
        new Evaluator(
            new CampaignFacts(DayOfSending.Mark(On(day)), new FactSheet(Scope.Sender), []),
            new RecipientFacts(new FactSheet(Scope.Recipient).With(Calling.Region, region), [], [], [], [])
        )
            .Of(Regional("es"))
            .ShouldBe(expected);

    [Theory]
    [InlineData("ES-B", null, "es-ct")]
    [InlineData("b", "es", "es-ct")]
    [InlineData("b", null, null)]
    [InlineData("cataluña", "es", "es-ct")]
    [InlineData("es-ct", null, "es-ct")]
    [InlineData("67", "fr", "fr-am")]
    [InlineData("Bavaria", "de", null)]
    public void A_region_is_read_by_its_code_its_provinces_or_its_name(string text, string? country, string? region) =>
        RegionalHolidays.Named(text, country).ShouldBe(region);

    [Theory]
    [InlineData("es", "28013", "es-md")]
    [InlineData("es", "2801", null)]
    [InlineData("fr", "67000", "fr-am")]
    [InlineData("fr", "75 011", "fr-rest")]
    [InlineData("fr", "97100", null)]
    [InlineData("de", "28013", null)]
    public void A_postcode_shows_the_region_it_lies_in(string country, string postcode, string? region) =>
        RegionalHolidays.OfPostcode(country, postcode).ShouldBe(region);

    [Fact]
    public void A_day_that_is_a_holiday_nowhere_is_known_to_be_none() =>
        DayOfSending.HolidayIn(new DateOnly(2026, 3, 12)).ToString().ShouldBe(DayOfSending.Nowhere);

    [Fact]
    public void A_law_cannot_ask_about_holidays_of_a_country_whose_holidays_nobody_knows() =>
        FactsIn.UnknownWords(Arguments(CallConditions.NotOnAHoliday, "mt")).ShouldNotBeEmpty();

    [Theory]
    [InlineData("weekday: monday")]
    [InlineData("month-began: 2026-11-01")]
    [InlineData("public-holiday-in: none")]
    [InlineData("regional-holidays-in: none")]
    [InlineData("regional-holiday-in: none")]
    public void Nobody_states_what_follows_from_the_day(string stated)
    {
        var problems = new Problems();
        var map = MapReader.Open(Yaml($"message: {{day: 2026-11-24, {stated}}}\n", problems), problems);
        FactsReader.ReadInto(new FactsDraft(), map, problems);
        problems.List.ShouldHaveSingleItem().Text.ShouldContain("follows from message.day");
    }

    [Theory]
    [InlineData("10:00-13:00 14:00-20:00", "10-13, 14-20")]
    [InlineData("10:30-12:15", "10-13")]
    [InlineData("00:00-24:00", "0-24")]
    public void Windows_of_hours_are_the_hours_they_touch(string windows, string hours) =>
        Hours.InWords(Hours.Read(windows.Split(' '), out _)!.Value).ShouldBe(hours);

    [Theory]
    [InlineData("22:00-06:00")]
    [InlineData("10-13")]
    [InlineData("10:00")]
    [InlineData("10:00-10:00")]
    public void A_window_that_is_none_is_a_problem_and_no_hours(string window)
    {
        Hours.Read([window], out var problem).ShouldBeNull();
        problem.ShouldContain(window);
    }

    [Fact]
    public void A_campaign_that_calls_round_the_clock_rests_in_no_hour() => Hours.Besides(Hours.All).ToString().ShouldBe(Hours.Never);

    [Fact]
    public void Every_name_of_a_channel_stands_for_a_channel_of_the_law_and_is_none_itself()
    {
        foreach (var name in ChannelNames.All)
        {
            Words.Channels.ShouldContain(name.Channel);
            Words.Channels.ShouldNotContain(name.Name);
        }
    }

    [Fact]
    public void A_message_by_whatsapp_is_read_as_a_direct_message_and_its_name_is_kept()
    {
        var (draft, problems) = (new FactsDraft(), new Problems());
        var text = "message: {channel: whatsapp}\nconsents:\n  - {id: c, channels: [whatsapp, mms]}\n";
        FactsReader.ReadInto(draft, MapReader.Open(Yaml(text, problems), problems), problems);
        problems.List.ShouldBeEmpty();
        var message = draft.Campaign.Message;
        Message.Channel.Write(message[Message.Channel]).ShouldBe("direct-message");
        Calling.CarriedAs.Write(message[Calling.CarriedAs]).ShouldBe("whatsapp");
        Consent.Channels.Write(draft.Of(Scope.Consent)[0][Consent.Channels]).ShouldBe("direct-message sms");
    }

    static FactSheet On(string day) =>
        new FactSheet(Scope.Message).With(Message.Day, DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture));

    static YamlTree Yaml(string text, Problems problems) => YamlTree.Read(new StringReader(text), "facts.yaml", problems)!;

    static Formula Regional(string country) =>
        ((Any)CallConditions.NotOnARegionalHoliday.Test).Parts is [Not { Part: Covers inSome }, var elsewhere]
            ? new Any([new Not(inSome with { Names = Argument.OfNames(country) }), elsewhere])
            : throw new InvalidOperationException("the condition is built in another way");

    /// <summary>The condition as a law file of a country fills it.</summary>
    static Formula Arguments(Condition condition, string country) =>
        new Not(((Covers)((Not)condition.Test).Part) with { Names = Argument.OfNames(country) });
}
