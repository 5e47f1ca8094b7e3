using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Server.Hosting;
using MaySend.Server.Keys;

namespace MaySend.Server.Api;

/// <summary><c>/v1/ledger</c>: the ledger's name and its signed checkpoints, to be kept elsewhere.</summary>
static class LedgerApi
{
    public static void MapLedger(this WebApplication app)
    {
        var read = app.MapScoped("/v1/ledger", ApiScopes.Read, "ledger");
        read.MapGet("", async (EvidenceStore store, CancellationToken cancellation) =>
            Results.Json(new { id = store.Ledger.StoreId, controller = (await store.Ledger.PositionAsync(Partition.Controller, cancellation)).ToString() }, Json.Web)).WithSummary("Which ledger this is");
        read.MapGet("/checkpoints", async (EvidenceStore store, CancellationToken cancellation) =>
            Results.Json(new { items = await store.Ledger.CheckpointsAsync(cancellation) }, Json.Web)).WithSummary("Every checkpoint kept, oldest first, as signed notes");
        app.MapScoped("/v1/ledger", ApiScopes.Record, "ledger").MapPost("/checkpoints", async (EvidenceStore store, CancellationToken cancellation) =>
        {
            var made = await store.Ledger.CheckpointAsync(cancellation);
            return Results.Json(new { made.Origin, made.Entries, root = Convert.ToBase64String(made.Root.Span), made.RecordedAt, made.Note }, Json.Web, statusCode: 201);
        }).WithSummary("Sign a checkpoint over everything recorded until now");
    }
}
