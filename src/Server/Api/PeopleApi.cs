using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records.Auditing;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>Another address of the same person.</summary>
/// <param name="Address">The other address.</param>
public sealed record LinkAsked(string Address);

/// <summary>
/// <c>/v1/people/{address}</c>: what a person may ask for: a copy of everything (Art 15, 20), and to be forgotten (Art 17).
/// </summary>
static class PeopleApi
{
    public static void MapPeople(this WebApplication app)
    {
        var group = app.MapScoped("/v1/people", ApiScopes.Admin, "people");
        group
            .MapGet("/{address}/export", ExportAsync)
            .Produces<PersonExport>(StatusCodes.Status200OK, "application/json")
            .AlsoAnswers("text/html")
            .WithSummary("Export everything held about the person, as JSON or, with ?format=html, as a page");
        group
            .MapGet("/{address}/decisions", DecisionsAsync)
            .ReadsQuery("campaign", "Only about this campaign.")
            .ReadsQuery("day", "Only for this day of sending.")
            .WithSummary("List every decision on record about the person, including those of screenings, oldest first");
        group
            .MapDelete("/{address}", EraseAsync)
            .Refuses(409)
            .WithSummary("Erase the person and every linked address; the request to stop stays");
        group
            .MapPost("/{address}/links", LinkAsync)
            .Refuses(409)
            .WithSummary("Say that another address is the same person's; requests to stop are carried over")
            .Accepts<LinkAsked>("application/json");
    }

    static async Task<Results<FileContentHttpResult, ProblemAnswer>> ExportAsync(
        string address,
        EvidenceStore store,
        HttpContext context,
        CancellationToken cancellation,
        string format = "json"
    )
    {
        if (format is not ("json" or "html"))
            return ProblemAnswer.Fields(new FieldProblem("format", "is neither json nor html"));
        var export = await store.ExportAsync(EvidenceApi.Required(address), cancellation);
        await context.ShownAsync(Viewed.Copy, export.Contacts());
        return format == "html"
            ? TypedResults.File(Encoding.UTF8.GetBytes(export.ToHtml()), "text/html; charset=utf-8", "person.html")
            : TypedResults.File(Encoding.UTF8.GetBytes(export.ToJson()), "application/json", "person.json");
    }

    static async Task<Ok<DecisionsAbout>> DecisionsAsync(
        string address,
        EvidenceStore store,
        HttpContext context,
        CancellationToken cancellation,
        string? campaign = null,
        DateOnly? day = null
    )
    {
        var dossier = await store.FindAsync(EvidenceApi.Required(address), cancellation: cancellation);
        var found = await DecisionOnRecord.FindAsync(store, dossier, campaign, day, cancellation);
        await context.ShownAsync(Viewed.Decisions, dossier.Contact.OrNobody());
        return TypedResults.Ok(
            new DecisionsAbout([
                .. found.Select(one => new DecisionAbout(
                    one.Id.ToString(),
                    one.Campaign,
                    one.Id.Day,
                    one.At,
                    one.Verdict,
                    one.Screening?.Id
                )),
            ])
        );
    }

    static async Task<Results<Ok<PersonForgotten>, ProblemAnswer>> EraseAsync(
        string address,
        HttpContext context,
        EvidenceStore store,
        string reason = ""
    )
    {
        if (reason.Length > 500)
            return ProblemAnswer.Fields(new FieldProblem("reason", "is longer than 500 characters"));
        return await store.EraseAsync(EvidenceApi.Required(address), context.By(), reason, cancellation: context.RequestAborted) switch
        {
            ErasureOutcome.Held held => ProblemAnswer.Of(
                409,
                "A legal hold is in force",
                $"{held.Holds.Count} must be lifted first; nothing was erased."
            ),
            ErasureOutcome.Erased erased => TypedResults.Ok(
                new PersonForgotten("erased", erased.Contacts, erased.ResidueCleared, Suppressed: true)
            ),
            _ => ProblemAnswer.Of(500, "The erasure ended in a way this build does not know"),
        };
    }

    static async Task<Results<Ok<AddressesLinked>, ProblemAnswer>> LinkAsync(string address, HttpContext context, EvidenceStore store)
    {
        var asked = await JsonBody.ReadAsync<LinkAsked>(context.Request, (given, mistakes) => mistakes.Address("address", given.Address));
        var isLinked = await store.LinkAsync(
            EvidenceApi.Required(address),
            EvidenceApi.Required(asked.Address),
            context.By(),
            context.RequestAborted
        );
        return isLinked
            ? TypedResults.Ok(new AddressesLinked("linked"))
            : ProblemAnswer.Of(
                409,
                "Nothing was linked",
                "One of the addresses is not on record, or was erased. If it was erased, its block holds at the other address too."
            );
    }
}
