using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using MaySend.LawPages;

namespace MaySend.Law.Tests.Views;

public partial class CountryTableTests
{
    static readonly string Page = File.ReadAllText(Path.Combine(RealLaw.Root, "docs", "countries.md"));
    static readonly DateOnly PageDay = DateOnly.ParseExact(
        DayOfPage().Match(Page).Groups[1].Value,
        "yyyy-MM-dd",
        CultureInfo.InvariantCulture
    );
    static readonly CountryTable Table = CountryTable.Of(RealLaw.Book, PageDay);

    static CountryRow Row(string id) => Table.Rows.Single(row => row.Id == id);

    [Fact]
    public void The_page_of_countries_is_current() =>
        Page.ShouldBe(
            CountryMarkdown.Write(Table),
            $"write it anew: ./maysend law table --markdown --on {PageDay:yyyy-MM-dd} > docs/countries.md"
        );

    [Theory]
    [InlineData("exception", MapColouring.Exception)]
    [InlineData("confidence", MapColouring.Confidence)]
    public void The_maps_of_the_documents_are_current(string by, MapColouring colouring) =>
        File.ReadAllText(Path.Combine(RealLaw.Root, "docs", "pictures", $"{by}.svg"))
            .ShouldBe(
                LawMap.Svg(Table, colouring),
                $"write it anew: ./maysend law map --by {by} --on {PageDay:yyyy-MM-dd} --out docs/pictures/{by}.svg"
            );

    [Fact]
    public void Thirty_two_countries_are_compared_and_all_are_on_the_map()
    {
        Table.Rows.Count(row => row.Id.Length == 2).ShouldBe(32);
        EuropeMap.Countries.ShouldBe(Table.Rows.Where(row => row.Id.Length == 2).Select(row => row.Id), ignoreOrder: true);
    }

    [Fact]
    public void Poland_and_Hungary_have_no_exception() =>
        Table
            .Rows.Where(row => row.Id.Length == 2 && row.Exception is null)
            .Select(row => row.Id)
            .ShouldBe(["hu", "pl"], ignoreOrder: true);

    [Fact]
    public void Germany_carries_email_alone_and_asks_for_a_confirmed_consent()
    {
        Row("de").Channels.ShouldBe(["email"]);
        Row("de").AsksForDoubleOptIn.ShouldBeTrue();
        Row("de").CompanyMailbox.ShouldBe("as a person");
    }

    [Fact]
    public void Limits_in_time_are_read_out_of_the_conditions()
    {
        Row("ie").TimeLimit.ShouldBe("12 months, renewed by use");
        Row("no").TimeLimit.ShouldBe("while a customer");
        Row("gb").TimeLimit.ShouldBe("none");
    }

    [Fact]
    public void A_mailbox_that_a_doubtful_reading_alone_frees_has_a_question_mark()
    {
        Row("lt").CompanyMailbox.ShouldBe("free?");
        Row("lv").CompanyMailbox.ShouldBe("free");
        Row("mt").CompanyMailbox.ShouldBe("as a person");
    }

    [Fact]
    public void A_British_companys_mailboxes_are_free_and_an_Austrian_sender_asks_the_register()
    {
        (Row("gb").CompanyMailbox, Row("gb").NamedAtWork).ShouldBe(("free", "free"));
        Row("at").Registers.ShouldContain("at/ecg");
        // Its register of barred players is asked for before messages about gambling alone.
        Row("de").Registers.ShouldBeEmpty();
    }

    [Fact]
    public void A_low_confidence_event_has_a_question_mark() => CountryMarkdown.Contexts(Row("gb")).ShouldContain("started checkout?");

    [Fact]
    public void A_map_carries_the_callers_colours_counts_and_words()
    {
        var svg = XElement.Parse(
            EuropeMap.Svg(
                new Dictionary<string, string> { ["de"] = "#123456" },
                "Who may be mailed",
                new Dictionary<string, string> { ["de"] = "Germany: 1,204" },
                new Dictionary<string, string> { ["de"] = "1,204" },
                [new MapLegend("#123456", "many")]
            )
        );
        svg.Attribute("role")!.Value.ShouldBe("img");
        svg.Elements().First().Value.ShouldBe("Who may be mailed");
        svg.Elements().Count(e => e.Attribute("fill")?.Value == "#123456").ShouldBe(2);
        svg.Descendants().Select(e => e.Value).ShouldContain("Germany: 1,204");
        svg.Elements().Where(e => e.Name.LocalName == "text").Select(e => e.Value).ShouldBe(["1,204", "many"]);
    }

    [GeneratedRegex(@"--on (\d{4}-\d{2}-\d{2})`")]
    private static partial Regex DayOfPage();
}
