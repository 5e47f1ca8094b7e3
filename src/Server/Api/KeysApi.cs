using System.Collections.Immutable;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A key to be issued.</summary>
/// <param name="Name">Who or what will use it.</param>
/// <param name="Scopes">What it may do: decide, record, campaign, read, admin; objection for assistants.</param>
sealed record KeyAsked(string Name, ImmutableArray<string> Scopes);

/// <summary><c>/v1/keys</c>: API keys. A secret is shown once and kept nowhere.</summary>
static class KeysApi
{
    public static void MapKeys(this WebApplication app)
    {
        var group = app.MapScoped("/v1/keys", ApiScopes.Admin, "keys");
        group.MapGet("", ListAsync).WithSummary("List every valid key, without its secret");
        group.MapPost("", IssueAsync).WithSummary("Issue a key; only this answer shows it").Accepts<KeyAsked>("application/json");
        group.MapDelete("/{id}", RevokeAsync).Refuses(404, 409).WithSummary("Revoke a key, in every process at once");
    }

    static async Task<Ok<Page<KeyShown>>> ListAsync(
        ServerRecords records,
        CancellationToken cancellation,
        int limit = Page.Default,
        string after = ""
    ) =>
        TypedResults.Ok(
            Page.Of(
                (await records.ReadAsync(cancellation))
                    .Keys.Values.Where(key => string.CompareOrdinal(key.Id, after) > 0)
                    .OrderBy(key => key.Id, StringComparer.Ordinal),
                limit,
                key => new KeyShown(key.Id, key.Name, key.Scopes),
                key => key.Id
            )
        );

    static async Task<Created<KeyIssued>> IssueAsync(HttpContext context, ServerRecords records)
    {
        var asked = await JsonBody.ReadAsync<KeyAsked>(
            context.Request,
            (given, mistakes) =>
            {
                if (given.Name.Length is 0 or > 100)
                    mistakes.Add("name", "is blank or longer than 100 characters");
                if (given.Scopes.IsDefaultOrEmpty)
                    mistakes.Add("scopes", "is empty", string.Join(", ", ApiScopes.Known));
                else
                    foreach (var scope in given.Scopes)
                        mistakes.Word("scopes", scope, ApiScopes.Known);
            }
        );
        var (text, kept) = ApiKey.Create(asked.Name, asked.Scopes);
        await records.AddAsync(kept, context.By(), cancellation: context.RequestAborted);
        return TypedResults.Created((string?)null, new KeyIssued(text, kept.Id, kept.Name, kept.Scopes));
    }

    static async Task<Results<NoContent, ProblemAnswer>> RevokeAsync(string id, HttpContext context, ServerRecords records)
    {
        var keys = (await records.ReadAsync(context.RequestAborted)).Keys;
        if (!keys.TryGetValue(id, out var key))
            return ProblemAnswer.Of(404, "No key has that id");
        if (key.Scopes.Contains(ApiScopes.Admin) && keys.Values.Count(each => each.Scopes.Contains(ApiScopes.Admin)) == 1)
            return ProblemAnswer.Of(409, "This is the last administrator's key", "Issue another first.");
        await records.AddAsync(new ApiKeyRevoked(id), context.By(), cancellation: context.RequestAborted);
        return TypedResults.NoContent();
    }
}
