using MaySend.Evidence;
using MaySend.Records.Auditing;
using MaySend.Records.Keys;
using MaySend.Records.Requests;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>How a request was answered.</summary>
/// <param name="Outcome">done or refused.</param>
/// <param name="Reason">What was done, or why not, in words that say nothing of the person.</param>
sealed record RightsAnswer(string Outcome, string? Reason = null);

/// <summary><c>/v1/requests</c>: who asked for access, rectification or erasure on a page reached by a fresh link.</summary>
static class RightsRequestsApi
{
    public static void MapRightsRequests(this WebApplication app)
    {
        var group = app.MapScoped("/v1/requests", ApiScopes.Admin, "people");
        group.MapGet("", ListAsync).WithSummary("List people's requests for their rights, oldest first");
        group.MapGet("/{id}", ShowAsync).Refuses(404).WithSummary("Get one request: whose it is and what they wrote");
        group
            .MapPost("/{id}/answer", AnswerAsync)
            .Refuses(404)
            .WithSummary("Record how a request was answered")
            .Accepts<RightsAnswer>("application/json");
    }

    static async Task<Ok<Page<RightsRequestLine>>> ListAsync(
        HttpContext context,
        RightsRequests requests,
        int limit = Page.Default,
        string after = ""
    )
    {
        IEnumerable<RightsRequest> all = await requests.AllAsync(context.RequestAborted);
        return TypedResults.Ok(
            Page.Of(after.Length == 0 ? all : all.SkipWhile(one => one.Received.Id != after).Skip(1), limit, Shown, one => one.Received.Id)
        );
    }

    static async Task<Results<Ok<RightsRequestText>, ProblemAnswer>> ShowAsync(string id, HttpContext context, RightsRequests requests)
    {
        if ((await requests.AllAsync(context.RequestAborted)).FirstOrDefault(one => one.Received.Id == id) is not { } found)
            return NotFound();
        await context.ShownAsync(
            Viewed.Message,
            ContactId.TryParse(found.Received.Contact, out var whose) ? [whose] : [],
            about: $"request {found.Received.Id}"
        );
        var person = await requests.PersonAsync(found, context.RequestAborted);
        return TypedResults.Ok(new RightsRequestText(Shown(found), person?.Address, person?.Words));
    }

    static async Task<Results<Ok<RightsRequestClosed>, ProblemAnswer>> AnswerAsync(string id, HttpContext context, RightsRequests requests)
    {
        var answer = await JsonBody.ReadAsync<RightsAnswer>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Word("outcome", given.Outcome, RightsRequests.Outcomes);
                if (given.Reason is { Length: > 500 })
                    mistakes.Add("reason", "is longer than 500 characters");
            }
        );
        return await requests.AnswerAsync(id, answer.Outcome, answer.Reason ?? "", context.By(), context.RequestAborted)
            ? TypedResults.Ok(new RightsRequestClosed(id, answer.Outcome))
            : NotFound();
    }

    static ProblemAnswer NotFound() => ProblemAnswer.Of(404, "No open request has that id");

    static RightsRequestLine Shown(RightsRequest one) =>
        new(
            one.Received.Id,
            one.Received.At,
            one.Received.Right,
            one.Received.Contact,
            one.Answer?.Outcome,
            one.Answer?.At,
            one.Answer?.By,
            one.Answer?.Reason
        );
}
