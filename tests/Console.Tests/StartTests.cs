using System.Globalization;
using System.Net;
using System.Text;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Decisions;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Records.Start;
using MaySend.Screening.Runs;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>
/// The interview in the console: an export, one question a page, a first screening, and on record what waits for a signature.
/// </summary>
public sealed class StartTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly (string Question, KeyValuePair<string, string>[] Fields)[] Answers =
    [
        ("who", [new("name", "Lantern Ltd"), new("country", "United Kingdom"), new("charity", "no")]),
        ("stops", [new("answer", "all"), new("since", "2024-01-01")]),
        ("what", [new("day", "DAY"), new("products", "C1"), new("third_party", "no"), new("topic", "news")]),
        ("chosen", [new("answer", "everybody")]),
        (
            "box",
            [
                new("kind", "A"),
                new("wording", "Email me with news and offers from Lantern Ltd. You can stop at any time."),
                new("names_us", "yes"),
                new("says_what", "yes"),
                new("apart", "yes"),
                new("can_stop", "yes"),
                new("easy", "yes"),
            ]
        ),
        ("since", [new("from", "2025-01-01"), new("shown_by", "theme backup of 1 Jan 2025")]),
        ("notice", [new("marketing", "yes"), new("interest", "yes"), new("object", "yes"), new("given", "yes"), new("fair", "yes")]),
        ("children", [new("answer", "no"), new("since", "2024-01-01")]),
        (
            "email",
            [
                new("stop", "yes"),
                new("identified", "yes"),
                new("address", "yes"),
                new("advert", "yes"),
                new("object", "yes"),
                new("notice", "yes"),
                new("pixel", "no"),
            ]
        ),
        ("similar", [new("groups", "C1=candles/homeware L1=lamps/homeware")]),
        ("before", [new("answer", "all"), new("since", "2024-01-01")]),
    ];

    [Fact]
    public async Task An_export_leads_question_by_question_to_people_who_may_be_sent_a_mailing_once_somebody_else_has_signed()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        var files = await marketer.Http.GetStringAsync(path, Stop);
        files.ShouldContain("10 people");
        files.ShouldContain("Row 12 is left out");

        var day = DateOnly
            .FromDateTime(own.Store.Clock.GetUtcNow().UtcDateTime)
            .AddDays(6)
            .ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        var next = $"{path}/ask";
        foreach (var (question, fields) in Answers)
        {
            var asked = await AskedAsync(marketer, next);
            if (!asked.Contains($"value=\"{question}\"", StringComparison.Ordinal))
            {
                // It is asked for all the same by its link on the last page.
                next = $"{path}/ask?question={question}";
                asked = await AskedAsync(marketer, next);
                WebUtility.HtmlDecode(asked).ShouldContain("changes nobody's result", customMessage: $"{question} was not asked");
            }
            asked.ShouldContain($"value=\"{question}\"");
            asked.ShouldContain("It shows:");
            (
                question == "who"
                || asked.Contains("I don&#x27;t know", StringComparison.Ordinal)
                || asked.Contains("I don't know", StringComparison.Ordinal)
            ).ShouldBeTrue(question);
            asked.ShouldNotContain(" checked", Case.Sensitive, $"nothing is chosen for anybody: {question}");
            var answered = await marketer.PostAsync(
                next,
                "answer",
                [
                    new("question", question),
                    .. fields.Select(field => new KeyValuePair<string, string>(
                        field.Key,
                        field.Value.Replace("DAY", day, StringComparison.Ordinal)
                    )),
                ]
            );
            answered.StatusCode.ShouldBe(HttpStatusCode.Redirect, await answered.Content.ReadAsStringAsync(Stop));
            next = answered.Headers.Location!.OriginalString;
        }
        (await AskedAsync(marketer, next)).ShouldBe("", "nobody's answer turns on what is left");
        next = $"{path}/end";
        var end = await marketer.Http.GetStringAsync(next, Stop);
        end.ShouldContain("Once signed, 4 of 10 may be sent");
        end.ShouldContain("/console/assessments", Case.Sensitive, "what would gain most leads to the page that mends it");
        (await own.Store.Ledger.CountContactsAsync(Stop)).ShouldBe(0, "nothing is on record before somebody says so");

        (await (await marketer.PostAsync(next, "record-interview")).Content.ReadAsStringAsync(Stop)).ShouldContain("It is on record");
        (await PermittedAsync(own)).ShouldBe(0, "nobody signed yet");
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        for (var left = 10; left > 0; left--)
        {
            var page = await officer.Http.GetStringAsync("/console/to-sign", Stop);
            if (page.IndexOf("value=\"sign-", StringComparison.Ordinal) is not (> 0 and var at))
                break;
            var form = page[(at + 7)..page.IndexOf('"', at + 7)];
            await officer.PostAsync("/console/to-sign", form, new KeyValuePair<string, string>("reason", "I looked at it"));
        }
        (await PermittedAsync(own)).ShouldBe(4);
    }

    [Fact]
    public async Task Whoever_knows_nothing_is_shown_every_question_as_open_and_nobody_is_permitted()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        var next = $"{path}/ask";
        var refused = await marketer.PostAsync(next, "answer", new("question", "who"), new("then", "unknown"));
        (await refused.Content.ReadAsStringAsync(Stop)).ShouldContain("This needs an answer");
        for (var asked = 0; asked < 20 && next.Contains("/ask", StringComparison.Ordinal); asked++)
        {
            var page = await AskedAsync(marketer, next);
            if (page.Length == 0)
                break;
            var at = page.IndexOf("name=\"question\" value=\"", StringComparison.Ordinal) + 23;
            var question = page[at..page.IndexOf('"', at)];
            KeyValuePair<string, string>[] fields =
                question == "who" ? [Field("name", "Lantern Ltd"), Field("country", "gb"), Field("charity", "no")]
                : question == "what" ? [Field("day", "2030-01-04")]
                : [Field("then", "unknown")];
            next = (await marketer.PostAsync(next, "answer", [new("question", question), .. fields])).Headers.Location!.OriginalString;
        }
        var end = await marketer.Http.GetStringAsync($"{path}/end", Stop);
        end.ShouldContain("Once signed, 0 of 10 may be sent");
        end.ShouldContain("data-chart=");
        WebUtility.HtmlDecode(end).ShouldContain("this changes nobody's result");
        foreach (var question in new[] { "stops", "chosen", "box", "since", "notice", "children", "email", "similar", "before" })
            end.ShouldContain($"ask?question={question}");
    }

    [Fact]
    public async Task What_cannot_be_an_answer_is_said_beside_the_field_and_what_is_no_interview_is_not_found()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        async Task<string> SaidAsync(string question, params KeyValuePair<string, string>[] fields) =>
            WebUtility.HtmlDecode(
                await (
                    await marketer.PostAsync($"{path}/ask?question={question}", "answer", [new("question", question), .. fields])
                ).Content.ReadAsStringAsync(Stop)
            );
        (await SaidAsync("stops", Field("answer", "perhaps"))).ShouldContain("is not one of the choices");
        (await SaidAsync("what", Field("day", "Friday"))).ShouldContain("is not a day such as");
        (await SaidAsync("chosen")).ShouldContain("Answer it, or choose “I don't know”.");
        foreach (var none in new[] { "/console/start/nothing", $"{path}/ask?question=colour", $"/console/start/{new string('a', 32)}/end" })
            (await marketer.Http.GetAsync(none, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, none);
        using var auditor = await own.SignInAsync(Role.Administrator);
        (await auditor.Http.GetAsync(path, Stop)).StatusCode.ShouldNotBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Whoever_is_erased_is_taken_out_of_every_interview()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        await marketer.Http.GetStringAsync(path, Stop);
        var folder = Path.Combine(own.Data, "start", path.Split('/')[^1]);
        Directory
            .EnumerateFiles(folder, "*.csv")
            .Any(file => File.ReadAllText(file).Contains("p3@example.com", StringComparison.Ordinal))
            .ShouldBeTrue();
        own.Services.GetRequiredService<Interviews>().Forget([Address.Read("p3@example.com").Required()]).ShouldBeGreaterThan(0);
        foreach (var file in Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories))
            (await File.ReadAllTextAsync(file, Stop)).ShouldNotContain("p3@example.com", customMessage: file);
        (await marketer.Http.GetStringAsync(path, Stop)).ShouldContain("The exports were deleted");
    }

    [Fact]
    public async Task The_pages_of_an_interview_can_be_read_and_worked_by_everybody()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        var page = await own.SignInAsync(site.Browser, Role.Marketer, width: 360);
        foreach (
            var (place, name) in new[]
            {
                ("/console/start", "start"),
                (path, "start-files"),
                ($"{path}/ask", "start-who"),
                ($"{path}/ask?question=box", "start-box"),
            }
        )
        {
            await page.GotoAsync(place);
            await Looks.GoodAsync(page, name);
        }
        await page.Context.DisposeAsync();
    }

    [Fact]
    public async Task Where_people_are_is_written_into_the_list_once_somebody_else_has_signed_it_on_the_last_page()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer, country: "");
        Task<HttpResponseMessage> AnswerAsync(string question, params KeyValuePair<string, string>[] fields) =>
            marketer.PostAsync($"{path}/ask?question={question}", "answer", [new("question", question), .. fields]);
        await AnswerAsync("who", Field("name", "Lantern Ltd"), Field("country", "gb"), Field("charity", "no"));
        WebUtility
            .HtmlDecode(await marketer.Http.GetStringAsync($"{path}/ask?question=country", Stop))
            .ShouldContain("10 of these people are");
        await AnswerAsync("country", Field("country", "gb"), Field("why", "we only ever delivered there"));
        var folder = Path.Combine(own.Data, "start", path.Split('/')[^1]);
        (await marketer.Http.GetStringAsync($"{path}/end", Stop)).ShouldContain("who did not answer it");
        File.ReadLines(Path.Combine(folder, "people.csv")).ShouldNotContain(line => line.Contains(",gb,", StringComparison.Ordinal));
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await officer.PostAsync($"{path}/end", "sign-country", Field("reason", "I know the carrier's list"));
        (await officer.Http.GetStringAsync($"{path}/end", Stop)).ShouldContain("Signed by");
        File.ReadLines(Path.Combine(folder, "people.csv")).Count(line => line.Contains(",gb,", StringComparison.Ordinal)).ShouldBe(10);
    }

    static KeyValuePair<string, string> Field(string name, string value) => new(name, value);

    [Fact]
    public async Task An_interview_is_opened_by_whoever_began_it_and_by_whoever_may_see_people_and_by_nobody_else()
    {
        await using var own = await OwnConsole.StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var path = await BeginAsync(marketer);
        await own.AddUserAsync("another", Role.Marketer);
        using (var another = await own.SignInAsync("another"))
        {
            foreach (var page in new[] { path, $"{path}/ask", $"{path}/end" })
                (await another.Http.GetAsync(page, Stop)).StatusCode.ShouldBe(HttpStatusCode.NotFound, page);
            (await another.Http.GetStringAsync("/console/start", Stop)).ShouldNotContain(path);
        }
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        (await officer.Http.GetAsync(path, Stop)).StatusCode.ShouldNotBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task No_more_interviews_are_begun_than_there_is_room_for()
    {
        await using var own = await OwnConsole.StartAsync();
        var interviews = own.Services.GetRequiredService<Interviews>();
        for (var i = 0; i < Interviews.Most; i++)
            interviews.Begin("somebody").ShouldNotBeNull();
        interviews.Begin("somebody").ShouldBeNull();
        using var marketer = await own.SignInAsync(Role.Marketer);
        using var form = new MultipartFormDataContent
        {
            { new StringContent("begin-interview"), "_handler" },
            { new StringContent(await marketer.TokenAsync("/console/start")), "__RequestVerificationToken" },
            { new StringContent("a,b\n"), "files", "orders.csv" },
        };
        var said = await marketer.Http.PostAsync("/console/start", form, Stop);
        (await said.Content.ReadAsStringAsync(Stop)).ShouldContain("This server takes 20 interviews");
        interviews.Discard(interviews.All()[0]);
        interviews.Begin("somebody").ShouldNotBeNull();
    }

    static async Task<int> PermittedAsync(OwnConsole own)
    {
        var campaign = (await own.Services.GetRequiredService<CampaignDesk>().FindAsync(StartFolder.Campaign))!;
        var counted = await new StoreCount(own.Store, own.Services.GetRequiredService<Decider>()).CountAsync(
            campaign,
            1000,
            cancellation: Stop
        );
        return counted.Summary.Counts[Verdict.Permitted];
    }

    /// <summary>The next question's page; blank where none is left that somebody's answer turns on.</summary>
    static async Task<string> AskedAsync(Visitor visitor, string page)
    {
        using var answer = await visitor.Http.GetAsync(page, Stop);
        return answer.StatusCode == HttpStatusCode.Found ? "" : await answer.Content.ReadAsStringAsync(Stop);
    }

    /// <summary>
    /// Ten people's orders, five with the box ticked, a row that cannot be read, and a list of opt-outs with one of the five.
    /// </summary>
    static async Task<string> BeginAsync(Visitor visitor, string country = "GB")
    {
        var orders = new StringBuilder("order_id,order_date,status,billing_email,shipping_country,line_item_1,_mc4wp_optin\n");
        for (var i = 1; i <= 10; i++)
            orders.Append(
                CultureInfo.InvariantCulture,
                $"{i},2026-03-{i:00} 10:00:00,completed,p{i}@example.com,{country},name:Candle|sku:C1,{i % 2}\n"
            );
        orders.Append("11,some day in March,completed,p11@example.com,GB,name:Candle|sku:C1,1\n");
        var path = await BringAsync(
            visitor,
            ("orders.csv", orders.ToString()),
            ("unsubscribed.csv", "Email,Status\np1@example.com,Unsubscribed\n")
        );
        await visitor.PostAsync(path, "more", new KeyValuePair<string, string>("zone", "Europe/London"));
        return path;
    }

    /// <summary>Begins an interview with some files.</summary>
    /// <returns>The path of its page of files.</returns>
    internal static async Task<string> BringAsync(Visitor visitor, params (string Name, string Content)[] files)
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("begin-interview"), "_handler" },
            { new StringContent(await visitor.TokenAsync("/console/start")), "__RequestVerificationToken" },
        };
        foreach (var (name, content) in files)
            form.Add(new StringContent(content), "files", name);
        var begun = await visitor.Http.PostAsync("/console/start", form, Stop);
        begun.StatusCode.ShouldBe(HttpStatusCode.Redirect, await begun.Content.ReadAsStringAsync(Stop));
        return begun.Headers.Location!.OriginalString;
    }
}
