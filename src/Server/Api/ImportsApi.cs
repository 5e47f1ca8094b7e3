using MaySend.Evidence.Import;
using MaySend.Evidence.Store;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A mistaken import whose requests to stop are to be taken back.</summary>
/// <param name="Import">The import, as <c>GET /v1/imports</c> names it.</param>
/// <param name="Reason">The reason, without naming or describing a person.</param>
sealed record TakeBackAsked(string Import, string Reason);

/// <summary><c>/v1/imports</c>: what was imported, and taking back the requests to stop of a file, by two keys.</summary>
static class ImportsApi
{
    public static void MapImports(this WebApplication app)
    {
        app.MapScoped("/v1/imports", ApiScopes.Read, "imports").MapGet("", ListAsync).WithSummary("List every import, oldest first");
        var signing = app.MapScoped("/v1/imports/take-backs", ApiScopes.Admin, "imports");
        signing
            .MapPost("", ProposeAsync)
            .Refuses(404)
            .WithSummary("Propose to take back the requests to stop of an import; nothing changes yet")
            .Accepts<TakeBackAsked>("application/json");
        signing
            .MapPost("/{id}/agree", AgreeAsync)
            .Refuses(404)
            .WithSummary("Agree to somebody else's proposal; from then on, its requests to stop no longer count");
    }

    static async Task<Ok<Page<ImportShown>>> ListAsync(
        HttpContext context,
        EvidenceStore store,
        int limit = Page.Default,
        string after = ""
    )
    {
        IEnumerable<ImportOnRecord> all = await new TakingBack(store).AllAsync(context.RequestAborted);
        return TypedResults.Ok(
            Page.Of(
                after.Length == 0 ? all : all.SkipWhile(one => one.Import.Id != after).Skip(1),
                limit,
                one => new ImportShown(
                    one.Import.Id,
                    one.Import.FileName,
                    one.Import.FileDigest,
                    one.Import.Rows,
                    one.RecordedAt,
                    one.By,
                    one.Proposed?.Id,
                    one.Taken is { } taken ? new TakenBack(taken.Reason, taken.ProposedBy, taken.AgreedBy) : null
                ),
                one => one.Import.Id
            )
        );
    }

    static async Task<Results<Created<TakeBackWaiting>, ProblemAnswer>> ProposeAsync(HttpContext context, EvidenceStore store)
    {
        var asked = await JsonBody.ReadAsync<TakeBackAsked>(
            context.Request,
            (given, mistakes) =>
            {
                if (string.IsNullOrWhiteSpace(given.Reason) || given.Reason.Length > 500)
                    mistakes.Add("reason", "is blank or longer than 500 characters");
            }
        );
        var proposal = await new TakingBack(store).ProposeAsync(asked.Import, asked.Reason, context.By(), context.RequestAborted);
        return proposal is null ? NotFound() : TypedResults.Created((string?)null, new TakeBackWaiting(proposal.Id, proposal.Import));
    }

    static async Task<Results<Ok<TakeBackAgreed>, ProblemAnswer>> AgreeAsync(string id, HttpContext context, EvidenceStore store) =>
        await new TakingBack(store).AgreeAsync(id, context.By(), context.RequestAborted) is { } taken
            ? TypedResults.Ok(new TakeBackAgreed(taken.Id, taken.Reason, taken.ProposedBy, taken.AgreedBy))
            : NotFound();

    static ProblemAnswer NotFound() => ProblemAnswer.Of(404, "No import with that id has requests that count");
}
