using System.IO.Compression;
using System.Net;
using MaySend.Console.Access;
using MaySend.Decisions.Packs;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Records;
using MaySend.Records.Requests;

namespace MaySend.Console.Tests;

public sealed class RequestTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    static readonly Address Anna = Address.Read("anna@example.com").Required();

    [Fact]
    public async Task A_request_for_access_by_letter_has_a_clock_a_receipt_and_an_answer_in_plain_words()
    {
        await using var own = await StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        var today = DateOnly.FromDateTime(own.Store.Clock.GetUtcNow().UtcDateTime);
        var received = today.AddDays(-3);
        var put = await SaidAsync(
            await officer.PostAsync(
                "/console/requests",
                "put-down",
                new("address", "anna@example.com"),
                new("right", "access"),
                new("received", Iso(received)),
                new("words", "What do you know about me?")
            )
        );
        put.ShouldContain("answer is due by");
        var request = (await RequestsOf(own).AllAsync(Stop)).ShouldHaveSingleItem();
        RequestClock.All["access"].Due(request.Received.At).ShouldBe(received.AddMonths(1));
        var page = $"/console/requests/{request.Received.Id}";
        (await SaidAsync(await officer.Http.GetAsync(page, Stop))).ShouldContain("What do you know about me?");

        var receipt = await LetterAsync(officer, page, "receipt");
        receipt.ShouldContain("We have received your request");
        receipt.ShouldContain("Quay Street");
        var answer = await LetterAsync(officer, page, "answer");
        foreach (
            var part in new[]
            {
                "What we use it for",
                "Where it came from",
                "Who receives it",
                "How long we keep it",
                "Your rights",
                "our mail platform",
            }
        )
            answer.ShouldContain(part);
        answer.ShouldContain("with the consent you gave on 4 May 2026");

        (await SaidAsync(await officer.PostAsync(page, "answer", new("outcome", "done"), new("reason", "")))).ShouldContain(
            "what was done"
        );
        await officer.PostAsync(page, "answer", new("outcome", "done"), new("reason", "letter of today"));
        (await RequestsOf(own).AllAsync(Stop)).Single().Answer!.By.ShouldBe(Role.DataProtectionOfficer);
    }

    [Fact]
    public async Task An_objection_by_letter_stops_at_once_and_of_somebody_unknown_the_answer_is_that_nothing_is_held()
    {
        await using var own = await StartAsync();
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        foreach (var (address, right) in new[] { ("anna@example.com", "objection"), ("nobody@example.com", "access") })
            await officer.PostAsync("/console/requests", "put-down", new("address", address), new("right", right));
        var stop = (await own.Store.StandingAsync(Anna, Stop)).ShouldHaveSingleItem();
        (stop.Kind, stop.Senders!.IsEverything).ShouldBe(("objection", true));
        var unknown = (await RequestsOf(own).AllAsync(Stop)).Single(one => one.Received.Right == "access");
        (await LetterAsync(officer, $"/console/requests/{unknown.Received.Id}", "answer")).ShouldContain("hold nothing about you");
        (await own.Store.FindAsync(Address.Read("nobody@example.com").Required(), cancellation: Stop)).Contact.ShouldBeNull(
            "a question makes no contact"
        );
    }

    [Fact]
    public async Task An_answer_to_somebody_whose_consent_does_not_count_names_a_purpose_all_the_same()
    {
        await using var own = await StartAsync(act: null);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await officer.PostAsync("/console/requests", "put-down", new("address", "anna@example.com"), new("right", "access"));
        var request = (await RequestsOf(own).AllAsync(Stop)).ShouldHaveSingleItem();
        var answer = await LetterAsync(officer, $"/console/requests/{request.Received.Id}", "answer");
        answer.ShouldContain("What we use it for");
        answer.ShouldContain("Nothing we hold allows us to send you marketing.");
        answer.ShouldNotContain("the consent you gave");
    }

    [Fact]
    public async Task An_objection_older_than_the_persons_return_is_said_to_stop_nothing_on_its_pages_and_in_the_receipt()
    {
        await using var own = await StartAsync();
        await own.Store.RecordAsync(
            Anna,
            new ConsentAnswered(When.Of(new DateOnly(2026, 6, 9)), "page 1")
            {
                To = NameSet.Everything,
                Channels = NameSet.Everything,
                Topics = NameSet.Everything,
                Act = "unticked-box",
                ServedHere = true,
            },
            Actor.Runner("set-up").AsSystem(),
            cancellation: Stop
        );
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        KeyValuePair<string, string>[] letter = [new("address", "anna@example.com"), new("right", "objection")];
        var put = await SaidAsync(await officer.PostAsync("/console/requests", "put-down", [.. letter, new("received", "2026-05-30")]));
        put.ShouldContain("Its opt-out is on record, but stops nothing");
        var early = (await RequestsOf(own).AllAsync(Stop)).ShouldHaveSingleItem();
        var page = $"/console/requests/{early.Received.Id}";
        var shown = await SaidAsync(await officer.Http.GetAsync(page, Stop));
        shown.ShouldContain("stops nothing");
        shown.ShouldNotContain("already applies");
        var receipt = await LetterAsync(officer, page, "receipt");
        receipt.ShouldContain("After that you signed up on a page of ours (9 Jun 2026).");
        receipt.ShouldNotContain("no more marketing");

        (await SaidAsync(await officer.PostAsync("/console/requests", "put-down", letter))).ShouldNotContain("stops nothing");
        var late = (await RequestsOf(own).AllAsync(Stop)).Single(one => one.Received.Id != early.Received.Id);
        page = $"/console/requests/{late.Received.Id}";
        (await SaidAsync(await officer.Http.GetAsync(page, Stop))).ShouldContain("already applies");
        (await LetterAsync(officer, page, "receipt")).ShouldContain("From now on you will get no more marketing from us, whatever");
    }

    [Fact]
    public async Task Only_those_who_may_see_people_see_the_register_and_an_auditor_answers_nothing()
    {
        using var auditor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var page = await auditor.Http.GetStringAsync("/console/requests", Stop);
        page.ShouldContain("A data protection officer may add and answer requests.");
        page.ShouldNotContain("put-down\"");
        var letter = await auditor.Http.PostAsync(
            "/console/requests/x/letter",
            new FormUrlEncodedContent([new("__RequestVerificationToken", await auditor.TokenAsync("/console/requests"))]),
            Stop
        );
        letter.Headers.Location!.ToString().ShouldContain("/console/denied");
    }

    [Theory]
    [InlineData("person", "address", Site.Permitted, 1)]
    [InlineData("campaign", "campaign", "spring-2026", 1)]
    [InlineData("day", "day", "2026-03-10", 1)]
    public async Task A_regulators_pack_is_one_zip_that_can_be_checked_without_the_server(
        string about,
        string field,
        string value,
        int packs
    )
    {
        using var auditor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        using var answer = await auditor.Http.PostAsync(
            "/console/packs",
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", await auditor.TokenAsync("/console/requests")),
                new("about", about),
                new(field, value),
            ]),
            Stop
        );
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("application/zip");
        var folder = Directory.CreateTempSubdirectory("maysend-pack-test-").FullName;
        try
        {
            await using (var zip = await answer.Content.ReadAsStreamAsync(Stop))
                await ZipFile.ExtractToDirectoryAsync(zip, folder, Stop);
            var found = Directory.GetDirectories(folder);
            found.Length.ShouldBeGreaterThanOrEqualTo(packs);
            foreach (var pack in found)
                PackCheck.Run(pack).Faults.ShouldBeEmpty();
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task A_pack_about_what_is_not_on_record_leads_back_and_says_so()
    {
        using var auditor = await Visitor.SignInAsync(site.Url, Role.Auditor);
        var answer = await auditor.Http.PostAsync(
            "/console/packs",
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", await auditor.TokenAsync("/console/requests")),
                new("about", "day"),
                new("day", "1999-01-01"),
            ]),
            Stop
        );
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        (await auditor.Http.GetStringAsync(answer.Headers.Location!.ToString().Split('#')[0], Stop)).ShouldContain(
            "Nothing is on record for that"
        );
    }

    static RightsRequests RequestsOf(OwnConsole own) => new(own.Store, new ServerRecords(own.Store));

    static async Task<string> LetterAsync(Visitor visitor, string page, string kind)
    {
        var answer = await visitor.Http.PostAsync(
            $"{page}/letter",
            new FormUrlEncodedContent([
                new("__RequestVerificationToken", await visitor.TokenAsync("/console/requests")),
                new("kind", kind),
                new("controller", "Shop Ltd, 1 Quay Street, Bristol"),
                new("recipients", "our mail platform"),
                new("kept", "three years"),
            ]),
            Stop
        );
        answer.Content.Headers.ContentDisposition!.DispositionType.ShouldBe("attachment");
        return await SaidAsync(answer);
    }

    static async Task<OwnConsole> StartAsync(string? act = "unticked-box")
    {
        var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(new SenderDeclared("shop") { Name = "Shop Ltd" }, Actor.Runner("set-up"), cancellation: Stop);
        await own.Store.RecordAsync(
            Anna,
            new ConsentAnswered(When.Of(new DateOnly(2026, 5, 4)), "form 7")
            {
                To = NameSet.Of("shop"),
                Channels = NameSet.Of("email"),
                Act = act,
            },
            Actor.Runner("set-up"),
            cancellation: Stop
        );
        return own;
    }

    static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    static async Task<string> SaidAsync(HttpResponseMessage answer) => WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync(Stop));
}
