using MaySend.Decisions;
using MaySend.Screening.Reports;
using Scriban.Runtime;

namespace MaySend.Records.Start;

/// <summary>The three groups as one bar of the picture at an interview's end.</summary>
/// <param name="Name">What is supposed.</param>
/// <param name="Permitted">People who may be sent the mailing.</param>
/// <param name="NotShown">People for whom it can't be shown yet.</param>
/// <param name="Refused">People who must not be sent it.</param>
public sealed record StartBar(string Name, int Permitted, int NotShown, int Refused)
{
    /// <summary>The bars: as it stands, once signed, and where questions are open, as it could stand.</summary>
    public static IReadOnlyList<StartBar> Of(StartOutcome now, StartOutcome once, StartWorth? worth) =>
        [Of("as things are now", now), .. Of(Of("once signed", once), worth)];

    /// <summary>What holds once everything is signed, and as it could stand where more people could be reached.</summary>
    public static IReadOnlyList<StartBar> Of(StartBar signed, StartWorth? worth)
    {
        if (worth is null || worth.Reachable <= signed.Permitted)
            return [signed];
        var rest = Math.Max(0, signed.Permitted + signed.NotShown + signed.Refused - worth.Reachable);
        var refused = Math.Min(signed.Refused, rest);
        return [signed, new("if every answer turns out well and interests are weighed", worth.Reachable, rest - refused, refused)];
    }

    /// <summary>The bar of a screening.</summary>
    public static StartBar Of(string name, StartOutcome outcome) =>
        new(
            name,
            outcome.Summary.Counts[Verdict.Permitted],
            outcome.Summary.Counts[Verdict.NotShown],
            outcome.Summary.Counts[Verdict.Refused]
        );
}

/// <summary>
/// Writes where an interview ends as one page that stands alone, with a picture whose numbers stand in a table beside it. It contains no
/// addresses.
/// </summary>
public static class StartReport
{
    /// <summary>The file's name in the interview's folder.</summary>
    public const string FileName = "start.html";

    /// <summary>The page.</summary>
    /// <param name="record">What was answered.</param>
    /// <param name="now">The screening as it stands.</param>
    /// <param name="once">And once everything is signed.</param>
    /// <param name="open">The questions that are open, with what each is worth; those of most people first.</param>
    /// <param name="worth">What questions are worth; null where none is open.</param>
    /// <param name="folder">The folder, as commands name it.</param>
    public static string Write(
        StartRecord record,
        StartOutcome now,
        StartOutcome once,
        IReadOnlyList<StartQuestion> open,
        StartWorth? worth,
        string folder
    )
    {
        var bars = StartBar.Of(now, once, worth);
        var model = new ScriptObject
        {
            ["now"] = bars[0],
            ["people"] = now.Summary.People,
            ["day"] = now.Summary.Day,
            ["sender"] = record["who", "name"] ?? "",
            ["bars"] = bars,
            ["data"] = ReportPage.Json(bars),
            ["reasons"] = once.Summary.Reasons.OrderByDescending(reason => reason.Total).ToList(),
            ["steps"] = once
                .Steps.Select(step => new
                {
                    step.Text,
                    step.Gained,
                    step.People,
                    Command = step.Command(folder),
                })
                .ToList(),
            ["isexact"] = worth?.IsExact ?? true,
            ["open"] = open.Select(question => new
                {
                    Worth = worth?[question.Id] ?? 0,
                    question.Asks,
                    Command = $"maysend start --in {folder} --again {question.Id}",
                })
                .ToList(),
            ["notes"] = now.Summary.Notes,
        };
        return ReportPage.Write(typeof(StartReport), "MaySend.Records.Start.start.html", model);
    }
}
