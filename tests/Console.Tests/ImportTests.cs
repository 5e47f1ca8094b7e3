using System.Net;
using System.Net.Http.Headers;
using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Console.Tests;

public sealed class ImportTests
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Address Cleo = Address.Read("cleo@example.com").Required();

    const string List = "address,id,when,senders\ncleo@example.com,r1,2026-05-02,\nben@example.com,r2,2026-05-03,\n";

    [Fact]
    public async Task A_list_of_opt_outs_is_looked_at_imported_and_taken_back_by_two_people()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = await BringAsync(marketer, "stops-may.csv", List);
        (await SaidAsync(await marketer.Http.GetAsync(page, Stop))).ShouldContain(
            "is read as <strong>refusals",
            Case.Sensitive,
            "its header says so"
        );
        var looked = await SaidAsync(await marketer.PostAsync(page, "choose", new KeyValuePair<string, string>("format", "refusals")));
        looked.ShouldContain("What it would do");
        (await own.Store.StandingAsync(Cleo, Stop)).ShouldBeEmpty("it was only looked at");
        var seen = Between(looked, "name=\"seen\" value=\"", "\"");
        var warned = await SaidAsync(await PostOnAsync(marketer, page, "apply", new KeyValuePair<string, string>("seen", seen)));
        warned.ShouldContain("It would stop 1 person who may be reached now");
        (await own.Store.StandingAsync(Cleo, Stop)).ShouldBeEmpty();
        (await SaidAsync(await PostOnAsync(marketer, page, "apply", new("seen", seen), new("agreed", "yes")))).ShouldContain(
            "It is on record"
        );
        (await own.Store.StandingAsync(Cleo, Stop)).ShouldHaveSingleItem();
        Directory.GetDirectories(Path.Combine(own.Data, "imports")).ShouldBeEmpty("the file is not kept");
        (await SaidAsync(await marketer.Http.GetAsync(page, Stop))).ShouldContain("2 entries added");

        var imports = await marketer.Http.GetStringAsync("/console/imports", Stop);
        imports.ShouldContain("stops-may.csv");
        imports.ShouldNotContain("Its opt-outs were a mistake", Case.Sensitive, "a marketer cannot take it back");
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        var form = Between(await officer.Http.GetStringAsync("/console/imports", Stop), "value=\"take-back-", "\"");
        await officer.PostAsync("/console/imports", $"take-back-{form}", new KeyValuePair<string, string>("reason", "the wrong list"));
        var proposed = await officer.Http.GetStringAsync("/console/imports", Stop);
        proposed.ShouldContain("You proposed it, so somebody else who may sign has to agree");
        (await own.Store.ControllerAsync(cancellation: Stop)).TakenBackFiles.ShouldBeEmpty();
        await own.AddUserAsync("second", Role.DataProtectionOfficer);
        using var second = await own.SignInAsync("second");
        var agree = Between(await second.Http.GetStringAsync("/console/imports", Stop), "value=\"agree-", "\"");
        (await SaidAsync(await second.PostAsync("/console/imports", $"agree-{agree}"))).ShouldContain("Taken back");
        (await own.Store.ControllerAsync(cancellation: Stop)).TakenBackFiles.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_column_that_may_say_who_asked_to_stop_is_a_question_and_nothing_is_recorded_before_it_is_answered()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = await BringAsync(
            marketer,
            "people.csv",
            "address,country,Newsletter state\nanna@example.com,gb,active\ncleo@example.com,gb,unsubscribed\n"
        );
        var asked = await SaidAsync(await marketer.PostAsync(page, "choose", new KeyValuePair<string, string>("format", "contacts")));
        asked.ShouldContain("A question is open");
        asked.ShouldNotContain("name=\"seen\"", Case.Sensitive, "there is nothing to record yet");
        var answered = await SaidAsync(
            await PostOnAsync(marketer, page, "choose", new("format", "contacts"), new("stops", "Newsletter state"))
        );
        var mapping = await marketer.Http.GetStringAsync($"{page}/mapping.yaml", Stop);
        mapping.ShouldContain("format: contacts");
        mapping.ShouldContain("Newsletter state:", Case.Sensitive, "next month's list is read in the same way");
        var seen = Between(answered, "name=\"seen\" value=\"", "\"");
        await PostOnAsync(marketer, page, "apply", new("seen", "another look"), new("agreed", "yes"));
        (await own.Store.StandingAsync(Cleo, Stop)).ShouldBeEmpty("what is recorded is what was looked at");
        await PostOnAsync(marketer, page, "apply", new("seen", seen), new("agreed", "yes"));
        (await own.Store.StandingAsync(Cleo, Stop)).ShouldHaveSingleItem();
        (await own.Store.StandingAsync(Address.Read("anna@example.com").Required(), Stop)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_nobody_goes_on_with_can_be_thrown_away_and_is_its_owners_alone()
    {
        await using var own = await StartAsync();
        using var marketer = await own.SignInAsync(Role.Marketer);
        var page = await BringAsync(marketer, "../../etc/list .csv", List);
        var folder = Directory.GetDirectories(Path.Combine(own.Data, "imports")).ShouldHaveSingleItem();
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(folder).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        (await SaidAsync(await marketer.Http.GetAsync(page, Stop))).ShouldContain("list .csv");
        await marketer.PostAsync(page, "discard");
        Directory.GetDirectories(Path.Combine(own.Data, "imports")).ShouldBeEmpty();
        using var officer = await own.SignInAsync(Role.Administrator);
        (await officer.Http.GetAsync(page, Stop)).Headers.Location!.ToString().ShouldContain("/console/denied");
    }

    static async Task<OwnConsole> StartAsync()
    {
        var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            new SenderDeclared("shop") { Name = "Shop Ltd", Establishment = "gb" },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        await own.Store.RecordAsync(
            Cleo,
            new DetailsStated(When.Of(new DateOnly(2026, 1, 5)), "details"),
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        return own;
    }

    static async Task<string> BringAsync(Visitor visitor, string name, string content)
    {
        using var body = new MultipartFormDataContent
        {
            { new StringContent("bring"), "_handler" },
            { new StringContent(await visitor.TokenAsync("/console/imports")), "__RequestVerificationToken" },
        };
        var file = new ByteArrayContent(Encoding.UTF8.GetBytes(content));
        file.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = "\"file\"", FileName = $"\"{name}\"" };
        body.Add(file);
        var answer = await visitor.Http.PostAsync("/console/imports", body, Stop);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return new Uri(new Uri("http://x"), answer.Headers.Location!).AbsolutePath;
    }

    /// <summary>Posts with the token of another page: this one reads the file anew each time it is shown.</summary>
    static async Task<HttpResponseMessage> PostOnAsync(
        Visitor visitor,
        string page,
        string form,
        params KeyValuePair<string, string>[] fields
    ) =>
        await visitor.Http.PostAsync(
            page,
            new FormUrlEncodedContent([
                new("_handler", form),
                new("__RequestVerificationToken", await visitor.TokenAsync("/console/imports")),
                .. fields,
            ]),
            Stop
        );

    static async Task<string> SaidAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));

    static string Between(string text, string before, string after)
    {
        var start = text.IndexOf(before, StringComparison.Ordinal);
        start.ShouldBeGreaterThan(0, $"`{before}` is not on the page");
        start += before.Length;
        return text[start..text.IndexOf(after, start, StringComparison.Ordinal)];
    }
}
