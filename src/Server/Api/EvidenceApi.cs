using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records.Keys;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;

namespace MaySend.Server.Api;

/// <summary><c>/v1/evidence/{address}</c>: what is on record about somebody, and recording more.</summary>
static class EvidenceApi
{
    public static void MapEvidence(this WebApplication app)
    {
        app.MapScoped("/v1/evidence", ApiScopes.Read, "evidence")
            .MapGet("/{address}", TimelineAsync)
            .WithSummary("Everything on record about an address, oldest first, a page at a time");
        app.MapScoped("/v1/evidence", ApiScopes.Record, "evidence")
            .MapPost("/{address}", RecordAsync)
            .ReadsIdempotencyKey()
            .WithSummary("Record one entry; safe to repeat with an Idempotency-Key")
            .Accepts<ContactEntry>("application/json");
    }

    static async Task<IResult> TimelineAsync(
        string address,
        EvidenceStore store,
        CancellationToken cancellation,
        int limit = Page.Default,
        long after = 0
    )
    {
        var dossier = await store.FindAsync(Required(address), cancellation: cancellation);
        var page = Page.Of(
            dossier.Entries.Where(each => each.Position.Seq > after),
            limit,
            each => new
            {
                position = each.Position.ToString(),
                each.RecordedAt,
                each.By,
                file = each.Source?.FileDigest,
                row = each.Source?.Row,
                each.Entry,
            },
            each => Invariant(each.Position.Seq)
        );
        return Results.Json(
            new
            {
                state = dossier.State,
                contact = dossier.Contact?.ToString(),
                position = dossier.Position.ToString(),
                suppressions = after == 0 ? dossier.Suppressions : [],
                page = page.Body,
            },
            Json.Web
        );
    }

    static async Task<IResult> RecordAsync(string address, HttpContext context, EvidenceStore store)
    {
        var whom = Required(address);
        var entry = await JsonBody.ReadAsync<ContactEntry>(context.Request, EntryChecks.Check);
        return await AppendAsync(context, store, whom, entry);
    }

    /// <summary>Records an entry and says where it stands: 201 when it was added, 200 when it was there already.</summary>
    internal static async Task<IResult> AppendAsync(HttpContext context, EvidenceStore store, Address whom, ContactEntry entry)
    {
        var appended = await store.RecordAsync(
            whom,
            entry,
            context.By(),
            idempotencyKey: context.IdempotencyKey(),
            cancellation: context.RequestAborted
        );
        return appended.Outcome switch
        {
            AppendOutcome.Added => Results.Json(
                new
                {
                    outcome = "added",
                    position = appended.Position.ToString(),
                    contact = appended.Contact.ToString(),
                    id = entry.Id,
                },
                Json.Web,
                statusCode: 201
            ),
            AppendOutcome.AlreadyThere => Results.Json(
                new
                {
                    outcome = "already-there",
                    position = appended.Position.ToString(),
                    contact = appended.Contact.ToString(),
                    id = entry.Id,
                },
                Json.Web
            ),
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
