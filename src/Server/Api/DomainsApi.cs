using MaySend.Evidence.Entries;
using MaySend.Evidence.Import;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A domain at which no address is to get marketing.</summary>
/// <param name="Domain">firm.example, @firm.example or *@firm.example.</param>
/// <param name="How">How it reached the sender: phone, letter, reply, decision.</param>
/// <param name="ThoughPublic">Even if the domain gives mailboxes to the public.</param>
sealed record DomainAsked(string Domain, string How, bool ThoughPublic = false);

/// <summary><c>/v1/domains</c>: domains whose every address, subdomains too, gets no marketing.</summary>
static class DomainsApi
{
    public static void MapDomains(this WebApplication app)
    {
        app.MapScoped("/v1/domains", ApiScopes.Read, "refusals")
            .MapGet("", ListAsync)
            .WithSummary("List the domains at which every address is refused");
        app.MapScoped("/v1/domains", ApiScopes.Record, "refusals")
            .MapPost("", RefuseAsync)
            .RecordsStops()
            .WithSummary("Refuse every address at a domain; ending this takes two people")
            .Accepts<DomainAsked>("application/json");
    }

    static async Task<Ok<Page<RefusedDomain>>> ListAsync(
        HttpContext context,
        EvidenceStore store,
        int limit = Page.Default,
        string after = ""
    ) =>
        TypedResults.Ok(
            Page.Of(
                (await new RefusedDomains(store).AllAsync(context.RequestAborted)).Where(rule => string.CompareOrdinal(rule.Id, after) > 0),
                limit,
                Shown,
                rule => rule.Id
            )
        );

    static async Task<Created<RefusedDomain>> RefuseAsync(HttpContext context, EvidenceStore store)
    {
        string? domain = null;
        var asked = await JsonBody.ReadAsync<DomainAsked>(
            context.Request,
            (given, mistakes) =>
            {
                domain = given.Domain.Contains('@', StringComparison.Ordinal)
                    ? MailDomains.Whole(given.Domain)
                    : MailDomains.Of(given.Domain);
                if (domain is null)
                    mistakes.Add("domain", "is not a domain", "firm.example, @firm.example or *@firm.example");
                else if (MailDomains.IsPublic(domain) && !given.ThoughPublic)
                    mistakes.Add(
                        "domain",
                        "gives mailboxes to the public, so nobody can opt out for all of them",
                        "to refuse them all, send thoughPublic: true"
                    );
                if (given.How.Length is 0 or > 100)
                    mistakes.Add("how", "is blank or longer than 100 characters");
            }
        );
        var domains = new RefusedDomains(store);
        await domains.RefuseAsync(domain!, asked.How, context.By(), context.RequestAborted);
        var rule = (await domains.AllAsync(context.RequestAborted)).First(one => one.Id == domain);
        return TypedResults.Created((string?)null, Shown(rule));
    }

    static RefusedDomain Shown(DomainRefused rule) => new(rule.Id, rule.On, rule.How);
}
