using MaySend.Console.Access;

namespace MaySend.Console.Evidence;

/// <summary>How far the counting of requests to stop is, for its page.</summary>
static class OptOutCountProgress
{
    /// <summary>Where the page asks.</summary>
    public const string Path = $"{ConsoleOptions.Root}/campaigns/opt-outs/progress";

    public static void Map(WebApplication app) =>
        app.MapGet(Path, Answer).RequireAuthorization(Permit.ReadEvidence).ExcludeFromDescription();

    static IResult Answer(OptOutCount counts) => Results.Json(new { isOver = !counts.IsCounting, says = Words(counts) });

    /// <summary>How far it is in a sentence.</summary>
    public static string Words(OptOutCount counts) => $"Counting: {Format.Count(counts.People, "person", "people")} so far";
}
