using MaySend.Console.Access;
using MaySend.Records.Imports;

namespace MaySend.Console.Evidence;

/// <summary>How far a file is that is read or recorded in the background, for its page.</summary>
static class ImportProgressAnswer
{
    public static void Map(WebApplication app) =>
        app.MapGet($"{ConsoleOptions.Root}/imports/{{id}}/progress", Answer)
            .RequireAuthorization(Permit.WriteEvidence)
            .ExcludeFromDescription();

    static IResult Answer(string id, HttpContext context, ImportRuns runs) =>
        runs.Find(id) is { } run && run.File.MayBeSeenBy(context.User)
            ? Results.Json(
                new
                {
                    isOver = run.IsDone,
                    done = run.Progress?.Rows,
                    total = run.Progress?.Total,
                    says = Words(run),
                }
            )
            : Results.NotFound();

    /// <summary>How far it is in a sentence: the phase, the rows, the rate and what is left.</summary>
    public static string Words(ImportRun run)
    {
        if (run.Progress is not { } at)
            return "Waiting for its turn: MaySend reads two files at a time";
        var phase = at.Phase switch
        {
            "reading" => "Reading",
            "comparing" => "Comparing with what is on record",
            "recording restrictions" => "Recording opt-outs first",
            _ => "Recording the rest",
        };
        var rows = at.Total is { } total ? $"{Format.Count(at.Rows)} of {Format.Count(total, "row")}" : Format.Count(at.Rows, "row");
        var rate = run.RowsPerSecond is { } each ? $" · {Format.Count((long)each)} a second" : "";
        return $"{phase}: {rows}{rate}{(run.Left is { } left ? $" · {Time(left)} left" : "")}";
    }

    static string Time(TimeSpan left) =>
        left.TotalSeconds < 1 ? "a moment"
        : left.TotalSeconds < 90 ? $"about {Format.Count((long)Math.Ceiling(left.TotalSeconds), "second")}"
        : $"about {Format.Count((long)Math.Ceiling(left.TotalMinutes), "minute")}";
}
