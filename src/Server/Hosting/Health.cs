using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Records.Inbound;
using MaySend.Records.OptOuts;
using MaySend.Records.Walking;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Hosting;

/// <summary>Is it running, and can it decide?</summary>
static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").WithTags("health");
        health.MapGet("/live", () => Results.Json(new { status = "live" })).WithSummary("The process runs");
        health.MapGet("/ready", ReadyAsync).WithSummary("The store answers, and opt-outs can be taken: decisions can be given");
        health
            .MapGet("/opt-outs", OptOuts)
            .WithSummary("Opt-outs can be taken, whether the store answers or not: while they cannot, nothing should go out");
    }

    static IResult OptOuts(Spool spool, Hindrance hindrance, HttpContext context)
    {
        // Opt-outs are taken, and yet nothing may go out: whoever sends from another process asks here.
        if (hindrance.Now is { } code)
            context.Response.Headers[Hindrance.Header] = code;
        return Results.Json(new { status = spool.CanTake ? "taken" : "not-taken" }, statusCode: spool.CanTake ? 200 : 503);
    }

    static async Task<IResult> ReadyAsync(
        EvidenceStore store,
        Spool spool,
        LeavingCheckpoints leaving,
        IndexWalk walk,
        MailboxUpkeep mailbox,
        CancellationToken cancellation
    )
    {
        try
        {
            await store.Ledger.PositionAsync(Partition.Controller, cancellation);
            // A disk that takes nothing stops the store and the spool alike, and nobody notices before somebody asks to be left alone.
            if (!spool.Probe())
                return Results.Json(
                    new
                    {
                        status = spool.CanTake ? "disk-full" : "opt-outs-not-taken",
                        because = "the disk of the spool takes nothing more",
                        spooledOptOuts = spool.Waiting,
                    },
                    statusCode: 503
                );
            if (walk.Faults is { Count: > 0 } faults)
                return Results.Json(
                    new
                    {
                        status = Sending.StoreDamaged,
                        because = faults.Count == 1
                            ? "a row of 1 chain is not as it was written; the log names it"
                            : $"rows of {faults.Count} chains are not as they were written; the log names them",
                        spooledOptOuts = spool.Waiting,
                    },
                    statusCode: 503
                );
            return Results.Json(Ready(spool, leaving, mailbox));
        }
        catch (LedgerUnavailableException fault)
        {
            return Results.Json(
                new
                {
                    status = "store-unavailable",
                    because = fault.Because.ToString(),
                    spooledOptOuts = spool.Waiting,
                },
                statusCode: 503
            );
        }
    }

    /// <summary>
    /// Where nobody takes checkpoints, or a mailbox of answers is away, opt-outs are taken all the same: it is said, and is no reason not
    /// to be ready.
    /// </summary>
    static Dictionary<string, object> Ready(Spool spool, LeavingCheckpoints leaving, MailboxUpkeep mailbox)
    {
        var ready = new Dictionary<string, object> { ["status"] = "ready", ["spooledOptOuts"] = spool.Waiting };
        if (leaving.Places.All.Count > 0)
        {
            // How many, and not where: anybody may ask this.
            ready["checkpointPlacesAway"] = leaving.Standing().Count(one => one.Fault is not null);
            if (leaving.Age() is { } sinceLeft)
                ready["checkpointAgeSeconds"] = (long)sinceLeft.TotalSeconds;
        }
        if (mailbox is { State: { } state, Age: { } age })
        {
            // Why is told to those who may read the inbox: it names the mailbox.
            ready["mailboxIsRead"] = state.Fault is null;
            ready["mailboxAgeSeconds"] = (long)age.TotalSeconds;
        }
        return ready;
    }
}
