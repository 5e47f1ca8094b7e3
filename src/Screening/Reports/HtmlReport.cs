using System.Globalization;
using MaySend.Decisions;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;
using Scriban.Runtime;

namespace MaySend.Screening.Reports;

/// <summary>
/// Writes one self-contained HTML file: counts, a picture of how the audience shrinks, countries, reasons with citations, and what would
/// gain most. Every picture has its numbers in a table beside it, so that the page reads without scripts and with a screen reader. Contains
/// no addresses.
/// </summary>
public static class HtmlReport
{
    /// <summary>The file it is written to.</summary>
    public const string FileName = "report.html";

    /// <summary>The report.</summary>
    public static string Write(ScreeningSummary summary, LawBook law)
    {
        var words = ChannelWords.Of(summary.Channel);
        var model = new ScriptObject
        {
            ["s"] = summary,
            ["words"] = words,
            ["permitted"] = summary.Counts[Verdict.Permitted],
            ["refused"] = summary.Counts[Verdict.Refused],
            ["notshown"] = summary.Counts[Verdict.NotShown],
            ["waterfall"] = Waterfall(summary),
            ["funnel"] = ReportPage.Json(Funnel(summary, words)),
            ["bycountry"] = ReportPage.Json(ByCountry(summary)),
            ["map"] = CountryPicture.Svg(summary.Countries, words),
            ["grounds"] = summary.PermittedBy.Select(by => new { by.Ground, by.Count }).ToList(),
            ["lawnames"] = law.Jurisdictions.ToDictionary(j => j.Id, j => j.Name),
        };
        model.Import(
            "percent",
            (int part) => (summary.People == 0 ? 0 : 100.0 * part / summary.People).ToString("0.0", CultureInfo.InvariantCulture)
        );
        return ReportPage.Write(typeof(HtmlReport), "MaySend.Screening.Reports.report.html", model);
    }

    /// <summary>Each step with how many are left after it, in the fixed order.</summary>
    static List<WaterfallStep> Waterfall(ScreeningSummary summary)
    {
        var left = summary.People;
        return [.. summary.Reasons.Select(reason => new WaterfallStep(reason, left -= reason.Total))];
    }

    static object Funnel(ScreeningSummary summary, ChannelWords words)
    {
        var steps = Waterfall(summary);
        return new
        {
            labels = steps.Select(step => step.Reason.Step.Label).Prepend("everyone on the list").Append(words.May),
            spans = steps
                .Select(step => new[] { step.Left, step.Left + step.Reason.Total })
                .Prepend([0, summary.People])
                .Append([0, summary.Counts[Verdict.Permitted]]),
            kinds = steps
                .Select(step => step.Reason.Refused > step.Reason.NotShown ? "refused" : "notshown")
                .Prepend("all")
                .Append("permitted"),
        };
    }

    static object ByCountry(ScreeningSummary summary)
    {
        var most = summary.Countries.Take(15).ToList();
        return new
        {
            labels = most.Select(c => c.Name),
            permitted = most.Select(c => c.Permitted),
            notshown = most.Select(c => c.NotShown),
            refused = most.Select(c => c.Refused),
        };
    }

    sealed record WaterfallStep(ReasonCount Reason, int Left);
}
