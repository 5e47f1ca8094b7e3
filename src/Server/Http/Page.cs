using System.Security.Claims;
using MaySend.Evidence.Actors;
using MaySend.Reading;
using MaySend.Records.Keys;
using Microsoft.Net.Http.Headers;

namespace MaySend.Server.Http;

/// <summary>One page of a list.</summary>
/// <param name="Items">What is on it, in order.</param>
/// <param name="Next">What to give as <c>after</c> to get the next page; left out on the last.</param>
sealed record Page<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>Lists, a page at a time: <c>?limit=</c> and <c>?after=</c>, where the cursor is the last page's <c>next</c>.</summary>
static class Page
{
    public const int Default = 100;
    const int Most = 1000;

    /// <summary>One page of an ordered list.</summary>
    public static Page<TShown> Of<T, TShown>(IEnumerable<T> rest, int limit, Func<T, TShown> shown, Func<T, string> cursor)
    {
        if (limit is < 1 or > Most)
            throw new ProblemException(ProblemAnswer.Fields(new FieldProblem("limit", $"must be 1 to {Most}")));
        var page = rest.Take(limit + 1).ToList();
        return new([.. page.Take(limit).Select(shown)], page.Count > limit ? cursor(page[limit - 1]) : null);
    }

    /// <summary>Who writes, for the ledger: the key's name and id, and what its scopes allow.</summary>
    public static Actor By(this HttpContext context) =>
        new(
            $"{context.User.FindFirstValue(ClaimTypes.Name)} (key {context.User.FindFirstValue(ClaimTypes.NameIdentifier)})",
            ApiScopes.RightsOf(context.User.FindAll("scope").Select(claim => claim.Value))
        );

    /// <summary>The caller's Idempotency-Key, made its own so that two keys of the API never share one; null when none was sent.</summary>
    public static string? IdempotencyKey(this HttpContext context)
    {
        var given = context.Request.Headers["Idempotency-Key"].ToString();
        if (given.Length == 0)
            return null;
        if (given.Length > 200)
            throw new ProblemException(ProblemAnswer.Fields(new FieldProblem("Idempotency-Key", "is longer than 200 characters")));
        return $"api {context.User.FindFirstValue(ClaimTypes.NameIdentifier)} {given}";
    }

    /// <summary>The ETag of a state.</summary>
    public static EntityTagHeaderValue TagOf(string state) => new($"\"{Digest.Of(state)}\"");

    /// <summary>False when <c>If-Match</c> names another state than the one on record (RFC 9110, section 13.1.1); null stands for nothing
    /// on record.</summary>
    public static bool MayReplace(HttpContext context, string? state)
    {
        var asked = context.Request.GetTypedHeaders().IfMatch;
        return asked.Count == 0
            || (
                state is not null
                && asked.Any(tag => tag == EntityTagHeaderValue.Any || tag.Compare(TagOf(state), useStrongComparison: true))
            );
    }
}
