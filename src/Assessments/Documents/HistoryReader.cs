using System.Collections.Immutable;
using MaySend.Assessments.Life;
using MaySend.Reading;

namespace MaySend.Assessments.Documents;

/// <summary>Reads what happened to a document, and refuses a history that could not have happened or a signature on other words.</summary>
static class HistoryReader
{
    public static ImmutableArray<LifeEvent> Read(MapReader map, Problems problems) =>
        [.. map.Items("history").Select(node => Event(MapReader.Open(node, problems)))];

    static LifeEvent Event(MapReader map)
    {
        var kind = map.Word("event", DocumentWords.Events, LifeEventKind.Drafted, isRequired: true);
        if (!map.Has("on"))
            map.Problem("on", "`on` is missing");
        var happened = new LifeEvent(kind, map.Text("by"), map.Day("on") ?? DateOnly.MinValue, map.Text("reason"))
        {
            Content = map.OptionalText("content"),
            Trigger = map.OptionalText("trigger"),
        };
        map.Done();
        return happened;
    }

    /// <summary>
    /// Walks the history with the rules of the life cycle, and compares the signed digest with what the document says now.
    /// </summary>
    public static void Check(AssessmentDocument document, MapReader map, Problems problems)
    {
        var items = map.Items("history");
        if (document.History is not [{ Kind: LifeEventKind.Drafted }, ..])
        {
            problems.Add(
                items.Count == 0 ? map.Place : items[0].Place,
                "the history does not begin with `drafted`",
                "history: [{event: drafted, by: ..., on: ..., reason: ...}]"
            );
            return;
        }
        var digest = ContentDigest.Of(document);
        for (var index = 1; index < document.History.Length; index++)
        {
            var happened = document.History[index];
            // What was handed in before may have said something else; only the words that were signed must be the words that stand here.
            var then = document with
            {
                History = document.History[..index],
            };
            if (Impossible(then, happened) is not { } wrong)
                continue;
            problems.Add(
                items[index].Place,
                $"`{happened.Kind.ToString().ToLowerInvariant()}` cannot have happened: {wrong}",
                "use maysend assess, which writes the history"
            );
            return;
        }
        if (document.Life.SignedBy is { } signed && signed.Content != digest)
            problems.Add(
                map.PlaceOf("history"),
                $"what was signed on {signed.On:yyyy-MM-dd} differs from what the file says now",
                "restore the signed file from its archive; to change it, make a new version with maysend assess revise"
            );
    }

    static string? Impossible(AssessmentDocument then, LifeEvent happened)
    {
        if (happened.Kind == LifeEventKind.Drafted)
            return "it is the first thing that happens";
        var life = then.Life;
        if (happened.On < then.History[^1].On)
            return "it is dated before the entry above it";
        return happened.Kind switch
        {
            LifeEventKind.Edited => life.State == AssessmentState.Draft ? null : "it was not a draft",
            LifeEventKind.Submitted => life.State is AssessmentState.Draft or AssessmentState.InReview && happened.Content is not null
                ? null
                : "only a draft is handed in, with the digest of what it said",
            LifeEventKind.Returned => life.State == AssessmentState.InReview ? null : "it was not in review",
            LifeEventKind.Approved when life.State != AssessmentState.InReview => "it was not in review",
            LifeEventKind.Approved when IsWriter(life, happened.By) => "somebody who wrote it cannot review it",
            LifeEventKind.Approved => happened.Content == life.Submitted!.Content ? null : "what was handed in had different words",
            LifeEventKind.Signed when life.State != AssessmentState.InReview || life.Approved is null => "nobody had approved it",
            LifeEventKind.Signed when IsWriter(life, happened.By) => "somebody who wrote it cannot sign it",
            LifeEventKind.Signed => happened.Content == life.Approved.Content ? null : "what was approved had different words",
            LifeEventKind.Withdrawn => life.Ended is null ? null : "it had ended",
            LifeEventKind.Lapsed when happened.Trigger is null || !ReviewTriggers.All.Contains(happened.Trigger) => "it names no trigger",
            _ => life.State == AssessmentState.Signed ? null : "it was not signed",
        };
    }

    static bool IsWriter(LifeState life, string by) =>
        life.Writers.Any(writer => string.Equals(writer, by, StringComparison.OrdinalIgnoreCase));
}
