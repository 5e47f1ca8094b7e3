using System.Globalization;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Pages;
using MaySend.Reading;
using Scriban.Runtime;

namespace MaySend.Screening.Reports;

/// <summary>
/// A page that stands alone, with the library that draws its pictures (Chart.js) in it, and what all such pages share.
/// </summary>
public static class ReportPage
{
    /// <summary>Writes it. Templates name members in lower case.</summary>
    /// <param name="owner">A type of the assembly that carries the template.</param>
    /// <param name="resource">Its name among the resources of that assembly.</param>
    /// <param name="values">What it shows.</param>
    public static string Write(Type owner, string resource, ScriptObject values)
    {
        values["chartjs"] = Charts();
        values.Import("number", (int number) => number.ToString("N0", CultureInfo.InvariantCulture));
        values.Import("counted", (int number, string one, string many) => Amount.Of(number, one, many));
        values.Import("longdate", (DateOnly day) => day.ToString("d MMMM yyyy", CultureInfo.InvariantCulture));
        return PageTemplate.Render(owner, resource, values, member => member.Name.ToLowerInvariant());
    }

    /// <summary>JSON that is safe inside a script element.</summary>
    public static string Json(object value) => JsonSerializer.Serialize(value).Replace("<", "\\u003c", StringComparison.Ordinal);

    static string Charts()
    {
        using var stream = typeof(ReportPage).Assembly.GetManifestResourceStream("MaySend.Screening.Reports.vendor.chart.umd.min.js")!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        return text.ReadToEnd();
    }
}
