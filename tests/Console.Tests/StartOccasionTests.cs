using System.Net;
using MaySend.Console.Access;

namespace MaySend.Console.Tests;

/// <summary>What happened to the people of a list that no platform wrote is asked on the page of files, and answered there.</summary>
public sealed class StartOccasionTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_list_with_days_is_asked_what_happened_then_and_its_people_came_so_once_it_is_said()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await StartTests.BringAsync(
            marketer,
            (
                "trials.csv",
                "Customer email,Trial started,Product,Pays\nanna@example.org,2026-03-01,C1,FR\nben@example.org,2026-03-02,C1,FR\n"
                    + "cleo@example.org,,C1,FR\n"
            )
        );

        var files = WebUtility.HtmlDecode(await marketer.Http.GetStringAsync(path, Stop));
        files.ShouldContain("What happened on the day in “Trial started”?");
        files.ShouldContain("3 people");
        files.ShouldContain("France 3");
        files.ShouldNotContain(" selected", Case.Sensitive, "nothing is chosen for anybody");

        var said = await SayAsync(
            marketer,
            path,
            ("happened", "trial"),
            ("when", "Trial started"),
            ("products", "Product"),
            ("given_by", "recipient")
        );
        said.ShouldContain("with what happened on the day in `Trial started`: they began a trial");
        said.ShouldContain("Row 4 says nothing of how that person came");
        said.ShouldContain("2 orders and sign-ups", Case.Sensitive, "a row without a day is none");
        said.ShouldContain("3 people", Case.Sensitive, "and its person stays in the list");

        await marketer.PostAsync(
            $"{path}/ask?question=who",
            "answer",
            [new("question", "who"), new("name", "Lantern Ltd"), new("country", "gb"), new("charity", "no")]
        );
        WebUtility
            .HtmlDecode(await marketer.Http.GetStringAsync($"{path}/ask?question=enquiry-box", Stop))
            .ShouldContain("when they enquired or began a trial");
        File.ReadAllText(Path.Combine(own.Data, "start", path.Split('/')[^1], "collections.csv")).ShouldContain(",trial,enquiry,C1,");
    }

    [Fact]
    public async Task The_page_that_asks_it_can_be_read_and_worked_by_everybody()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await StartTests.BringAsync(marketer, ("payers.csv", "Email,Date,Product\nanna@example.org,2026-03-01,C1\n"));
        var page = await own.SignInAsync(site.Browser, Role.Marketer);
        await Looks.GoodFromAllSidesAsync(page, "start-list", () => page.GotoAsync(path));
        await Keyboard.WalksAsync(page, "start-list");
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("third-party", ",third-party,other-enquiry,,")]
    [InlineData("", ",,other-enquiry,,")]
    public async Task Addresses_of_which_nobody_says_that_their_people_gave_them_came_through_no_form_of_the_senders(
        string giver,
        string written
    )
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await StartTests.BringAsync(marketer, ("bought.csv", "Email,Date\nanna@example.org,2026-03-01\n"));

        await SayAsync(marketer, path, ("happened", "other-enquiry"), ("when", "Date"), ("given_by", giver));

        var row = File.ReadLines(Path.Combine(own.Data, "start", path.Split('/')[^1], "collections.csv")).Last();
        row.ShouldContain(written);
    }

    [Fact]
    public async Task What_cannot_be_so_is_said_beside_the_file()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await StartTests.BringAsync(marketer, ("payers.csv", "Email,Date\nanna@example.org,2026-03-01\n"));

        (await SayAsync(marketer, path, ("happened", "sale"))).ShouldContain("`happened` is said and not when");
    }

    static async Task<string> SayAsync(Visitor visitor, string path, params (string Field, string Value)[] fields)
    {
        var page = await visitor.Http.GetStringAsync(path, Stop);
        var at = page.IndexOf("value=\"about-", StringComparison.Ordinal) + 7;
        var answer = await visitor.PostAsync(
            path,
            page[at..page.IndexOf('"', at)],
            [.. fields.Select(field => new KeyValuePair<string, string>(field.Field, field.Value))]
        );
        return WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
    }
}
