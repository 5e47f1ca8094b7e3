using System.Data.Common;
using System.Globalization;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Ledger.Verify;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using MaySend.Stores;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/ledger</c>: the ledger's name, its signed checkpoints, to be kept elsewhere, and proofs that an entry is part of what one of them
/// states.
/// </summary>
static class LedgerApi
{
    public static void MapLedger(this WebApplication app)
    {
        var read = app.MapScoped("/v1/ledger", ApiScopes.Read, "ledger");
        read.MapGet("", NameAsync).WithSummary("Say which ledger this is");
        read.MapGet("/checkpoints", CheckpointsAsync)
            .WithSummary("List every checkpoint kept, oldest first, as signed notes, a page at a time");
        read.MapGet("/proof", ProveAsync)
            .Refuses(404)
            .WithSummary("Prove that the entry at ?position=41:88213 is covered by a signed checkpoint");
        app.MapScoped("/v1/ledger", ApiScopes.Record, "ledger")
            .MapPost("/checkpoints", SignAsync)
            .WithSummary("Sign a checkpoint over everything recorded until now");
    }

    static async Task<Ok<LedgerNamed>> NameAsync(EvidenceStore store, CancellationToken cancellation) =>
        TypedResults.Ok(
            new LedgerNamed(store.Ledger.StoreId, (await store.Ledger.PositionAsync(Partition.Controller, cancellation)).ToString())
        );

    static async Task<Created<CheckpointSigned>> SignAsync(EvidenceStore store, CancellationToken cancellation)
    {
        var made = await store.Ledger.CheckpointAsync(cancellation);
        return TypedResults.Created(
            (string?)null,
            new CheckpointSigned(made.Origin, made.Entries, Convert.ToBase64String(made.Root.Span), made.RecordedAt, made.Note)
        );
    }

    static async Task<Ok<Page<string>>> CheckpointsAsync(
        EvidenceStore store,
        CancellationToken cancellation,
        int limit = Page.Default,
        int after = 0
    )
    {
        var notes = (await store.Ledger.CheckpointsAsync(cancellation)).Select((note, index) => (Number: index + 1, Note: note));
        return TypedResults.Ok(
            Page.Of(
                notes.Where(one => one.Number > after),
                limit,
                one => one.Note,
                one => one.Number.ToString(CultureInfo.InvariantCulture)
            )
        );
    }

    static async Task<Results<Ok<ChainProof>, ProblemAnswer>> ProveAsync(ServerOptions options, string position = "")
    {
        if (
            position.Split(':') is not [var chain, var number]
            || !int.TryParse(chain, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
            || !long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
        )
            return ProblemAnswer.Fields(
                new FieldProblem("position", "is not the place of an entry", "such as 41:88213, as evidence shows it")
            );
        try
        {
            var proof = await EvidenceStores.ProofAsync(options.Location, partition, seq);
            return proof is null
                ? ProblemAnswer.Of(
                    404,
                    "No checkpoint proves this entry",
                    "POST /v1/ledger/checkpoints covers everything recorded until then."
                )
                : TypedResults.Ok(proof);
        }
        catch (Exception fault) when (fault is DbException or InvalidOperationException)
        {
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, "the rows of the ledger cannot be read", fault);
        }
    }
}
