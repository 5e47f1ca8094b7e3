using MaySend.Records.OptOuts;
using MaySend.Records.Walking;

namespace MaySend.Server.Hosting;

/// <summary>Is it running, and can it decide?</summary>
static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        var health = app.MapGroup("/health").WithTags("health");
        health.MapGet("/live", () => Results.Json(new { status = "live" })).WithSummary("Say whether the process runs");
        health.MapGet("/ready", ReadyAsync).WithSummary("Say whether decisions can be given: the store answers, and opt-outs can be taken");
        health
            .MapGet("/opt-outs", OptOuts)
            .WithSummary(
                "Say whether opt-outs can be taken, even while the store does not answer: while they can't be, nothing should go out"
            );
    }

    static IResult OptOuts(Spool spool, Hindrance hindrance, HttpContext context)
    {
        // Opt-outs are taken, and yet nothing may go out: whoever sends from another process asks here.
        if (hindrance.Now is { } code)
            context.Response.Headers[Hindrance.Header] = code;
        return Results.Json(new { status = spool.CanTake ? "taken" : "not-taken" }, statusCode: spool.CanTake ? 200 : 503);
    }

    static async Task<IResult> ReadyAsync(Readiness readiness, StoreWatch watch, CancellationToken cancellation)
    {
        var (isReady, answer) = await readiness.AskAsync(watch.Latest, cancellation);
        return Results.Json(answer, statusCode: isReady ? 200 : 503);
    }
}
