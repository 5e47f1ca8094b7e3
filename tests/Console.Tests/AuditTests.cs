using System.Net;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Facts;
using MaySend.Records.Auditing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Console.Tests;

/// <summary>Pages and files that show people's data say so to the audit trail first.</summary>
public sealed class AuditTests
{
    static readonly Address Anna = Address.Read("anna@example.com").Required();
    static readonly Actor SetUp = Actor.Runner("set-up");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_an_officer_saw_of_somebody_is_on_their_page_and_outlives_them_without_their_address()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            Anna,
            new DetailsStated(When.Of(new DateOnly(2026, 6, 9)), "d1") { Countries = NameSet.Of("gb") },
            SetUp,
            cancellation: Stop
        );
        var contact = (await own.Store.FindAsync(Anna, cancellation: Stop)).Contact!.Value;
        await own.AddUserAsync("audrey", Role.Auditor);
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        await officer.Http.GetStringAsync("/console/people", Stop);
        (
            await officer.PostAsync("/console/people", "find", new KeyValuePair<string, string>("Form.Address", "anna@"))
        ).EnsureSuccessStatusCode();
        await officer.Http.GetStringAsync("/console/lists/people.csv", Stop);
        await officer.Http.GetStringAsync($"/console/people/{contact}/export.json", Stop);
        using (var marketer = await own.SignInAsync(Role.Marketer))
            (await marketer.Http.GetAsync($"/console/people/{contact}", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);

        var page = await officer.Http.GetStringAsync($"/console/people/{contact}", Stop);
        page.ShouldContain("Who looked");
        page.ShouldContain(Viewed.Copy);
        var lines = own.Services.GetRequiredService<AuditTrail>().Latest();
        foreach (var what in new[] { Viewed.List, Viewed.Search, Viewed.ListFile, Viewed.Copy, Viewed.Person })
            lines.ShouldContain(
                line => line.What == what && line.Who == Role.DataProtectionOfficer && line.Contacts.Contains(contact),
                what
            );
        var denied = lines.Where(line => line.IsDenied).ShouldHaveSingleItem();
        (denied.Who, denied.What).ShouldBe((Role.Marketer, "GET /console/people/{Id}"));

        await own.Store.EraseAsync(Anna, SetUp, "asked", cancellation: Stop);
        using var auditor = await own.SignInAsync("audrey");
        var trail = await auditor.Http.GetStringAsync($"/console/audit?find={contact}", Stop);
        trail.ShouldContain("erased");
        trail.ShouldContain(Viewed.Copy);
        trail.ShouldNotContain("anna@example.com");
        var file = await auditor.Http.GetStringAsync("/console/lists/audit.csv?sort=who", Stop);
        file.ShouldContain($"{contact} (erased)");
        file.ShouldContain("refused: GET /console/people/{Id}");
    }

    [Fact]
    public async Task A_person_whose_line_cannot_be_written_is_not_shown_and_the_page_says_that_nothing_answered()
    {
        await using var own = await OwnConsole.StartAsync();
        await own.Store.RecordAsync(
            Anna,
            new DetailsStated(When.Of(new DateOnly(2026, 6, 9)), "d1") { Countries = NameSet.Of("gb") },
            SetUp,
            cancellation: Stop
        );
        var contact = (await own.Store.FindAsync(Anna, cancellation: Stop)).Contact!.Value;
        // Nothing can be written where a folder stands in the file's place.
        Directory.CreateDirectory(Path.Combine(own.Data, "audit.db"));
        using var officer = await own.SignInAsync(Role.DataProtectionOfficer);
        foreach (var path in new[] { "/console/people", $"/console/people/{contact}", $"/console/people/{contact}/export.json" })
        {
            using var answer = await officer.Http.GetAsync(path, Stop);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable, path);
            (await answer.Content.ReadAsStringAsync(Stop)).ShouldNotContain("anna@example.com");
        }
    }

    /// <summary>Pages and files for whoever may see people, or lists of them, that show nobody's data of themselves.</summary>
    static readonly string[] ShowNobody =
    [
        "/console/lists/answered-requests.csv",
        "/console/lists/inbox.csv",
        "/console/lists/open-requests.csv",
        "/console/requests",
    ];

    static readonly string[] ShowPeople =
    [
        "/console/inbox",
        "/console/lists/people.csv",
        "/console/lists/screened.csv",
        "/console/packs",
        "/console/people",
        "/console/people/{Id}",
        "/console/people/{contact}/export.{form}",
        "/console/replay",
        "/console/requests/{Id}",
        "/console/requests/{id}/letter",
        "/console/screen/people",
        "/console/screen/{id}/{list}.csv",
    ];

    [Fact]
    public async Task Every_page_and_file_on_people_is_known_to_show_them_or_nobody()
    {
        await using var own = await OwnConsole.StartAsync();
        own.Services.GetRequiredService<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route =>
                route
                    .Metadata.GetOrderedMetadata<IAuthorizeData>()
                    .Any(one => one.Policy is Permit.ReadPeople or Permit.ErasePeople or Permit.Screen)
            )
            .Select(route => $"/{route.RoutePattern.RawText!.Trim('/')}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(ShowNobody.Concat(ShowPeople).Order(StringComparer.Ordinal));
    }
}
