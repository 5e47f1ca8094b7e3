using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
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

/// <summary><c>/v1/evidence/{address}</c>: what is on record about somebody, and recording more.</summary>
static class EvidenceApi
{
    public static void MapEvidence(this WebApplication app)
    {
        app.MapScoped("/v1/evidence", ApiScopes.Read, "evidence")
            .MapGet("/{address}", TimelineAsync)
            .WithSummary("List everything on record about an address, oldest first, a page at a time");
        app.MapScoped("/v1/evidence", ApiScopes.Record, "evidence")
            .MapPost("/{address}", RecordAsync)
            .ReadsIdempotencyKey()
            .RecordsStops()
            .Refuses(409, 422)
            .WithSummary("Record one entry; safe to repeat with an Idempotency-Key")
            .Accepts<ContactEntry>("application/json");
    }

    static async Task<Ok<Timeline>> TimelineAsync(
        string address,
        EvidenceStore store,
        HttpContext context,
        CancellationToken cancellation,
        int limit = Page.Default,
        long after = 0
    )
    {
        var dossier = await store.FindAsync(Required(address), cancellation: cancellation);
        await context.ShownAsync(Viewed.Person, dossier.Contact.OrNobody());
        var page = Page.Of(
            dossier.Entries.Where(each => each.Position.Seq > after),
            limit,
            each => new TimelineEntry(
                each.Position.ToString(),
                each.RecordedAt,
                each.By,
                each.Source?.FileDigest,
                each.Source?.Row,
                each.Entry
            ),
            each => Invariant(each.Position.Seq)
        );
        return TypedResults.Ok(
            new Timeline(
                dossier.State,
                dossier.Contact?.ToString(),
                dossier.Position.ToString(),
                after == 0 ? dossier.Suppressions : [],
                page
            )
        );
    }

    static async Task<Results<Created<EntryOnRecord>, Ok<EntryOnRecord>, ProblemAnswer>> RecordAsync(
        string address,
        HttpContext context,
        EvidenceStore store
    )
    {
        var whom = Required(address);
        var entry = await JsonBody.ReadAsync<ContactEntry>(context.Request, EntryChecks.Check);
        if (entry is FactJudged { RecordId.Length: > 0 } judged)
        {
            // First who may judge: what is on record is not for everybody who writes.
            Entitlements.Check(context.By(), entry, "fact-judged");
            var mistakes = new Mistakes();
            if (JudgedRecords.Fault(judged, (await store.FindAsync(whom, cancellation: context.RequestAborted)).ForDecision) is { } fault)
                mistakes.Add("recordId", fault);
            mistakes.ThrowIfAny();
        }
        return await AppendAsync(context, store, whom, entry);
    }

    /// <summary>Records an entry and says where it stands: 201 when it was added, 200 when it was there already.</summary>
    /// <param name="context">The call.</param>
    /// <param name="store">Where it is recorded.</param>
    /// <param name="whom">About whom.</param>
    /// <param name="entry">What.</param>
    /// <param name="isDatedHere">The caller gave no time.</param>
    internal static async Task<Results<Created<EntryOnRecord>, Ok<EntryOnRecord>, ProblemAnswer>> AppendAsync(
        HttpContext context,
        EvidenceStore store,
        Address whom,
        ContactEntry entry,
        bool isDatedHere = false
    )
    {
        var asked = new NewEntry(whom, entry, context.By()) { IdempotencyKey = context.IdempotencyKey(), IsDatedByTheDoor = isDatedHere };
        using var running = KeysInUse.Take(asked);
        var isStop = await store.AsksToStopAsync(entry, context.RequestAborted);
        context.MustBeStop(isStop);
        // A request to stop waits for nobody: the ledger itself keeps two of one key apart.
        if (running is null && !isStop)
            return ProblemAnswer.Of(
                409,
                "The first request with this Idempotency-Key is still running",
                "This one recorded nothing; send it again."
            );
        var appended = await store.RecordKeyedAsync(asked, context.RequestAborted);
        if (appended.IsAnother)
            return ProblemAnswer.Of(
                422,
                "This Idempotency-Key was already used for another body",
                isStop ? "The request to stop was recorded nevertheless." : "Nothing was recorded: send this body with a new key."
            ) with
            {
                Recorded = isStop ? true : null,
            };
        var names = await store.NotUnderstoodAsync(entry, context.RequestAborted);
        var notUnderstood = names.Count == 0 ? null : names.Select(name => name.Says).ToList();
        EntryOnRecord Stands(Recording outcome) =>
            new(outcome, appended.Appended.Position.ToString()!, appended.Appended.Contact.ToString()!, entry.Id, notUnderstood);
        return appended.Appended.Outcome switch
        {
            AppendOutcome.Added => TypedResults.Created((string?)null, Stands(Recording.Added)),
            AppendOutcome.AlreadyThere => TypedResults.Ok(Stands(Recording.AlreadyThere)),
            _ => ProblemAnswer.Of(
                409,
                "This address is suppressed",
                "Its holder was erased or asked to be left alone; only a request to stop is kept. Nothing was recorded."
            ),
        };
    }

    /// <summary>The address in a path.</summary>
    internal static Address Required(string text)
    {
        var mistakes = new Mistakes();
        var address = mistakes.Address("address", text);
        mistakes.ThrowIfAny();
        return address!;
    }

    static string Invariant(long number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
