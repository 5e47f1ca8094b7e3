using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api.Controller;

/// <summary>
/// What the controller has on record, by kind. Each PUT is a new entry that replaces the one of the same id; nothing is overwritten, and a
/// past decision still finds the one that stood then. What carries a signature needs a key with the scope admin.
/// </summary>
static class ControllerResource
{
    /// <summary>Maps list, one, and its new state.</summary>
    /// <param name="app">The server.</param>
    /// <param name="name">The plural in the address.</param>
    /// <param name="check">What is wrong with an entry by itself.</param>
    public static void MapControllerResource<T>(this WebApplication app, string name, Action<T, Mistakes> check)
        where T : ControllerEntry
    {
        app.MapControllerReading<T>(name);
        app.MapScoped($"/v1/{name}", ApiScopes.Record, name)
            .MapPut("/{id}", (string id, HttpContext context, EvidenceStore store) => PutAsync(id, context, store, check))
            .ReadsIfMatch()
            .Refuses(409, 412)
            .WithSummary("Record the new state of one")
            .Accepts<T>("application/json");
    }

    /// <summary>Maps list and one.</summary>
    public static void MapControllerReading<T>(this WebApplication app, string name)
        where T : ControllerEntry
    {
        // What is written names its kind, as one of its family; what is described is this kind alone.
        var read = app.MapScoped($"/v1/{name}", ApiScopes.Read, name);
        read.MapGet(
                "",
                async Task<IResult> (HttpContext context, EvidenceStore store, int limit = Page.Default, string after = "") =>
                {
                    var (entries, seq) = await LatestAsync<T>(store, context.RequestAborted);
                    return new TaggedAnswer<Page<ControllerEntry>>(
                        Page.Of<T, ControllerEntry>(
                            entries.Where(each => string.CompareOrdinal(each.Id, after) > 0),
                            limit,
                            each => each,
                            each => each.Id
                        ),
                        $"{seq}-{after}-{limit}"
                    );
                }
            )
            .Produces<Page<T>>()
            .WithSummary($"List every entry of {name} in its latest state, a page at a time");
        read.MapGet(
                "/{id}",
                async Task<IResult> (string id, HttpContext context, EvidenceStore store) =>
                    (await LatestAsync<T>(store, context.RequestAborted)).Entries.FirstOrDefault(each => each.Id == id) is { } found
                        ? new TaggedAnswer<ControllerEntry>(found, Tag(found))
                        : ProblemAnswer.Of(404, "Nothing has that id")
            )
            .Produces<T>()
            .Refuses(404)
            .WithSummary("Get one in its latest state");
    }

    /// <summary>Records a new state. With <c>If-Match</c> only while nobody else has changed it.</summary>
    public static async Task<Results<Created<StateOnRecord>, Ok<StateOnRecord>, ProblemAnswer>> PutAsync<T>(
        string id,
        HttpContext context,
        EvidenceStore store,
        Action<T, Mistakes> check
    )
        where T : ControllerEntry
    {
        var entry = await JsonBody.ReadAsync<T>(
            context.Request,
            (given, mistakes) =>
            {
                if (given.Id != id)
                    mistakes.Add("id", "differs from the id in the URL");
                if (given.SignedBy() is { IsWhole: false })
                    mistakes.Add("signature", "by or reason is blank", "a signature needs a named person and a reason");
                check(given, mistakes);
            }
        );
        var (entries, seq) = await LatestAsync<T>(store, context.RequestAborted);
        var known = entries.FirstOrDefault(each => each.Id == id);
        if (!Page.MayReplace(context, known is null ? null : Tag(known)))
            return ProblemAnswer.Of(412, "Somebody changed it in the meantime", "GET it again, and send If-Match with its ETag.");
        if (OtherSenders.Whose(entry, entries) is { } whose)
            return ProblemAnswer.Of(409, char.ToUpperInvariant(whose[0]) + whose[1..], "Give it an id, or a template a name, of its own.");
        if (known is null || !EntryJson.Write(known).AsSpan().SequenceEqual(EntryJson.Write(entry)))
        {
            // Of two writers that saw the same state, the ledger takes the first where both said so.
            var key = context.Request.Headers.IfMatch.Count > 0 ? $"{EntryKinds.Of(entry)} {id} after {seq}" : null;
            if (
                (await store.RecordAsync(entry, context.By(), idempotencyKey: key, cancellation: context.RequestAborted)).Outcome
                != AppendOutcome.Added
            )
                return ProblemAnswer.Of(412, "Somebody changed it in the meantime", "GET it again, and send If-Match with its ETag.");
        }
        context.Response.Headers.ETag = Page.TagOf(Tag(entry)).ToString();
        return known is null
            ? TypedResults.Created((string?)null, new StateOnRecord(id, Renewal.Added))
            : TypedResults.Ok(new StateOnRecord(id, Renewal.Replaced));
    }

    /// <summary>The latest state of every entry of a kind, by id, and how far the controller's chain was read.</summary>
    public static async Task<(IReadOnlyList<T> Entries, long Seq)> LatestAsync<T>(EvidenceStore store, CancellationToken cancellation)
        where T : ControllerEntry
    {
        var recorded = await store.ControllerEntriesAsync(AsKnown.Now, cancellation);
        return (
            [
                .. recorded
                    .Select(each => each.Entry)
                    .OfType<T>()
                    .GroupBy(each => each.Id, StringComparer.Ordinal)
                    .Select(group => group.Last())
                    .OrderBy(each => each.Id, StringComparer.Ordinal),
            ],
            recorded.IsEmpty ? 0 : recorded[^1].Position.Seq
        );
    }

    /// <summary>A period that may be open at its end.</summary>
    public static void Period(DateOnly from, DateOnly? until, Mistakes mistakes)
    {
        if (from == default)
            mistakes.Add("from", "is missing", "the first day on which it was in use");
        if (until is { } end && end <= from)
            mistakes.Add("until", "is not after `from`", "the first day on which it was no longer in use");
    }

    static string Tag(ControllerEntry entry) => Convert.ToBase64String(EntryJson.Write(entry));
}
