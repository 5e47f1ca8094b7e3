using System.Globalization;
using System.Text.Json;
using MaySend.Decisions;
using MaySend.Law.Provisions;
using Scriban;
using Scriban.Runtime;

namespace MaySend.Screening.Reports;

/// <summary>
/// Writes one self-contained HTML file: counts, a picture of how the audience shrinks, countries, reasons with citations, and what would
/// gain most. Every picture has its
/// numbers in a table beside it, so that the page reads without scripts and with a screen reader. Contains no addresses.
/// </summary>
public static class HtmlReport
{
    static readonly Template Page = Template.Parse(Resource("report.html"), "report.html");

    /// <summary>The library that draws (Chart.js), for pages that stand alone.</summary>
    public static string Charts => Resource("vendor.chart.umd.min.js");

    /// <summary>The report.</summary>
    public static string Write(ScreeningSummary summary, LawBook law)
    {
        var model = new ScriptObject
        {
            ["s"] = summary,
            ["permitted"] = summary.Counts[Verdict.Permitted],
            ["refused"] = summary.Counts[Verdict.Refused],
            ["notshown"] = summary.Counts[Verdict.NotShown],
            ["waterfall"] = Waterfall(summary),
            ["funnel"] = Json(Funnel(summary)),
            ["bycountry"] = Json(ByCountry(summary)),
            ["map"] = CountryPicture.Svg(summary),
            ["grounds"] = summary.PermittedBy.Select(by => new { by.Ground, by.Count }).ToList(),
            ["lawnames"] = law.Jurisdictions.ToDictionary(j => j.Id, j => j.Name),
            ["chartjs"] = Charts,
        };
        model.Import("number", (int number) => number.ToString("N0", CultureInfo.InvariantCulture));
        model.Import(
            "percent",
            (int part) => (summary.People == 0 ? 0 : 100.0 * part / summary.People).ToString("0.0", CultureInfo.InvariantCulture)
        );
        model.Import("longdate", (DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
        var context = new TemplateContext
        {
            EnableRelaxedMemberAccess = false,
            StrictVariables = true,
            LoopLimit = 0,
            LimitToString = 0,
            MemberRenamer = member => member.Name.ToLowerInvariant(),
        };
        context.PushGlobal(model);
        return Page.Render(context);
    }

    /// <summary>Each step with how many are left after it, in the fixed order.</summary>
    static List<WaterfallStep> Waterfall(ScreeningSummary summary)
    {
        var left = summary.People;
        return [.. summary.Reasons.Select(reason => new WaterfallStep(reason, left -= reason.Total))];
    }

    static object Funnel(ScreeningSummary summary)
    {
        var steps = Waterfall(summary);
        return new
        {
            labels = steps.Select(step => step.Reason.Step.Label).Prepend("everyone on the list").Append("may be mailed"),
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

    /// <summary>JSON that is safe inside a script element.</summary>
    static string Json(object value) => JsonSerializer.Serialize(value).Replace("<", "\\u003c", StringComparison.Ordinal);

    static string Resource(string name)
    {
        using var stream =
            typeof(HtmlReport).Assembly.GetManifestResourceStream($"MaySend.Screening.Reports.{name}")
            ?? throw new InvalidOperationException($"the resource {name} is missing");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    sealed record WaterfallStep(ReasonCount Reason, int Left);
}
