using System.Text;
using MaySend.Evidence;
using MaySend.Records.Auditing;
using MaySend.Records.Keys;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

/// <summary>Who was shown whose data, and who was not let.</summary>
public sealed class AuditTests
{
    [Fact]
    public async Task Each_answer_that_shows_a_person_is_on_the_trail_with_the_key_and_the_contact_and_nothing_of_the_person()
    {
        await using var server = await Running.StartAsync();
        var contact = (await server.Store.FindAsync(Evidence.Ledger.Identity.Address.Read(Running.Anna).Address!)).Contact!.Value;
        const string question = """{"address": "anna@example.com", "campaign": "spring-2026"}""";
        (await server.PostAsync("/v1/decisions", question)).Status.ShouldBe(200);
        Trail(server).ShouldBeEmpty("a yes or no with its reason shows no evidence");

        await server.GetAsync("/v1/evidence/anna@example.com");
        await server.GetAsync("/v1/people/anna@example.com/export");
        await server.GetAsync("/v1/people/anna@example.com/decisions");
        await server.PostAsync("/v1/decisions?explain=full", question);
        var batch = new StringContent(question.ReplaceLineEndings("") + "\n", Encoding.UTF8, "application/x-ndjson");
        (await server.Client.PostAsync("/v1/decisions/batch?explain=full", batch)).EnsureSuccessStatusCode();
        await server.GetAsync("/v1/evidence/stranger@example.net");

        var lines = Trail(server).Reverse().ToList();
        lines
            .Select(line => (line.What, line.About, line.People))
            .ShouldBe([
                (Viewed.Person, "", 1),
                (Viewed.Copy, "", 1),
                (Viewed.Decisions, "", 1),
                (Viewed.Decision, "campaign spring-2026", 1),
                (Viewed.Decision, "a batch", 1),
                (Viewed.Person, "", 0),
            ]);
        lines.Take(5).ShouldAllBe(line => line.Contacts.Single() == contact && line.Door == Doors.Api && line.From == "127.0.0.1");
        lines.ShouldAllBe(line => line.Who.EndsWith($"(key {server.Key.Split('_', StringSplitOptions.None)[1]})"));
        foreach (var file in Directory.EnumerateFiles(server.Options.DataFolder, "audit.db*"))
            (await Running.ReadWhileHeldAsync(file)).ShouldNotContain("example.", Case.Insensitive, file);
    }

    [Fact]
    public async Task What_cannot_be_written_down_is_not_shown_while_opt_outs_and_answers_go_on()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-audit-").FullName;
        await using var server = await Running.StartAsync(folder);
        // Nothing can be written where a folder stands in the file's place.
        Directory.CreateDirectory(Path.Combine(server.Options.DataFolder, "audit.db"));
        foreach (var path in new[] { "/v1/evidence/anna@example.com", "/v1/people/anna@example.com/export" })
        {
            var (status, body) = await server.GetAsync(path);
            (status, body.ToString().Contains("10442")).ShouldBe((503, false), path);
        }
        (await server.VerdictAsync()).ShouldBe("permitted");
        (await server.PostAsync("/v1/refusals", """{"address": "anna@example.com", "how": "phone"}""")).Status.ShouldBe(201);
        (await server.VerdictAsync()).ShouldBe("refused");
        // What is not let is not let, written down or not.
        using var asking = server.With(await KeyTests.IssueAsync(server, "decide"));
        (await asking.GetAsync("/v1/keys")).StatusCode.ShouldBe(System.Net.HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Whoever_is_not_let_is_on_the_trail_once_a_minute_by_key_and_route()
    {
        await using var server = await Running.StartAsync();
        using var asking = server.With(await KeyTests.IssueAsync(server, "decide"));
        using var forged = server.With("ms_0123456789abcdef_AAAA");
        for (var again = 0; again < 3; again++)
        {
            await asking.GetAsync("/v1/people/anna@example.com/export");
            await forged.GetAsync("/v1/evidence/anna@example.com");
            await server.Public.GetAsync("/v1/evidence/anna@example.com");
        }
        Trail(server)
            .Reverse()
            .Select(line => (line.IsDenied, line.What, line.Who == "an unknown key", line.Contacts.Length))
            .ShouldBe([(true, "GET /v1/people/{address}/export", false, 0), (true, "GET /v1/evidence/{address}", true, 0)]);
        server.Clock.Advance(TimeSpan.FromMinutes(2));
        await asking.GetAsync("/v1/people/anna@example.com/export");
        Trail(server).Count.ShouldBe(3);
    }

    /// <summary>Answers of the API that are read with a key and show nobody's data, or only random names of people.</summary>
    static readonly string[] ShowNobody =
    [
        "/v1/assessments",
        "/v1/assessments/{id}",
        "/v1/assessments/{id}/attachments",
        "/v1/assessments/{id}/attachments/{file}",
        "/v1/assessments/{id}/check",
        "/v1/assessments/{id}/remarks",
        "/v1/campaigns",
        "/v1/campaigns/{id}",
        "/v1/domains",
        "/v1/imports",
        "/v1/inbound-settings",
        "/v1/inbound-settings/changes",
        "/v1/inbound-settings/{id}",
        "/v1/inbox",
        "/v1/inbox/summary",
        "/v1/keys",
        "/v1/law",
        "/v1/law/diff",
        "/v1/law/table",
        "/v1/ledger",
        "/v1/ledger/checkpoints",
        "/v1/ledger/proof",
        "/v1/requests",
        "/v1/screenings",
        "/v1/screenings/{id}",
        "/v1/screenings/{id}/check",
        "/v1/screenings/{id}/fridays.html",
        "/v1/screenings/{id}/report.html",
        "/v1/sign-up-pages",
    ];

    static readonly string[] ShowPeople =
    [
        "/v1/evidence/{address}",
        "/v1/inbox/{id}",
        "/v1/people/{address}/decisions",
        "/v1/people/{address}/export",
        "/v1/requests/{id}",
        "/v1/screenings/{id}/{list}.csv",
    ];

    [Fact]
    public async Task Every_answer_that_is_read_with_a_key_is_known_to_show_people_or_nobody()
    {
        await using var server = await Running.StartAsync();
        server
            .Part<EndpointDataSource>()
            .Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods.Contains("GET") == true)
            .Where(route => route.Metadata.GetOrderedMetadata<IAuthorizeData>().Any(one => ApiScopes.All.Contains(one.Policy ?? "")))
            .Select(route => $"/{route.RoutePattern.RawText!.Trim('/')}")
            // What the sender describes about itself: forms, templates, senders and so on, all through one resource.
            .Where(route => !Described.Any(each => route == each || route == $"{each}/{{id}}"))
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ShouldBe(ShowNobody.Concat(ShowPeople).Order(StringComparer.Ordinal));
    }

    static readonly string[] Described =
    [
        "/v1/collection-points",
        "/v1/policy",
        "/v1/product-map",
        "/v1/product-maps",
        "/v1/senders",
        "/v1/statements",
        "/v1/templates",
    ];

    [Fact]
    public async Task Lines_written_at_once_by_two_processes_are_all_there_and_gone_after_their_time()
    {
        var folder = Directory.CreateTempSubdirectory("maysend-audit-").FullName;
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero));
        using var one = new AuditTrail(folder, clock);
        using var other = new AuditTrail(folder, clock);
        var contacts = Enumerable.Range(0, 60).Select(_ => ContactId.New()).ToList();
        await Task.WhenAll(
            contacts.Select(
                (contact, at) => (at % 2 == 0 ? one : other).ShownAsync("vera", Doors.Console, Viewed.Person, [contact], about: $"{at}")
            )
        );
        one.Latest(most: 1000).Select(line => line.Contacts.Single()).ShouldBe(contacts, ignoreOrder: true);
        other.Latest(of: contacts[7]).ShouldHaveSingleItem().About.ShouldBe("7");

        clock.AdjustTime(clock.GetUtcNow() + AuditTrail.KeptFor + TimeSpan.FromDays(1));
        await one.ShownAsync("vera", Doors.Console, Viewed.List, Enumerable.Range(0, 900).Select(_ => ContactId.New()), about: "people");
        var left = other.Latest(most: 1000).ShouldHaveSingleItem();
        (left.People, left.Contacts.Length).ShouldBe((900, 0), "of many it says how many");
        other.Latest(of: contacts[7]).ShouldBeEmpty();
        Directory.Delete(folder, recursive: true);
    }

    static IReadOnlyList<Viewing> Trail(Running server) => server.Part<AuditTrail>().Latest();
}
