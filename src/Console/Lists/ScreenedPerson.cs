using System.Globalization;
using System.Text;
using MaySend.Records.Screenings;
using Sylvan.Data.Csv;

namespace MaySend.Console.Lists;

/// <summary>Somebody whom a screening keeps back, as the list beside it says.</summary>
/// <param name="Address">Who.</param>
/// <param name="Country">Where, as the audience says; null where it does not.</param>
/// <param name="Verdict"><c>refused</c> or <c>not-shown</c>.</param>
/// <param name="Reason">The code of the reason.</param>
/// <param name="Says">Why, in a sentence.</param>
/// <param name="Decision">What names the decision; null for a what-if.</param>
sealed record ScreenedPerson(string Address, string? Country, string Verdict, string Reason, string Says, string? Decision)
{
    /// <summary>The most that are read: a screening of millions is for its files.</summary>
    public const int Most = 100_000;

    static readonly string[] Lists = ["refused", "not-shown"];

    /// <summary>The screening that a request asks about and the step of its funnel; nulls where it names none.</summary>
    public static (ScreeningRun? Run, ReasonLine? Step) Asked(HttpContext http)
    {
        var query = http.Request.Query;
        var run = http.RequestServices.GetRequiredService<ScreeningRuns>().Find(query["id"].ToString());
        return
            run?.Result is { } result
            && int.TryParse(query["step"], NumberStyles.None, CultureInfo.InvariantCulture, out var step)
            && step < result.Reasons.Count
            ? (run, result.Reasons[step])
            : (run?.Result is null ? null : run, null);
    }

    /// <summary>Whoever the step keeps back that a request asks about; everybody kept back where it names none.</summary>
    public static IReadOnlyList<ScreenedPerson> All(HttpContext http)
    {
        var (run, step) = Asked(http);
        if (run is null)
            return [];
        var folder = http.RequestServices.GetRequiredService<ScreeningRuns>().Folder(run);
        return [.. Lists.SelectMany(list => Read(Path.Combine(folder, $"{list}.csv"))).Where(one => Is(one, step)).Take(Most)];
    }

    static bool Is(ScreenedPerson one, ReasonLine? step) => step is null || step.Codes.Contains(ReasonLine.CodeOf(one.Verdict, one.Reason));

    static IEnumerable<ScreenedPerson> Read(string path)
    {
        if (!File.Exists(path))
            yield break;
        using var text = new StreamReader(path, Encoding.UTF8);
        using var rows = CsvDataReader.Create(text, new CsvDataReaderOptions { BufferSize = 1 << 16, MaxBufferSize = 1 << 24 });
        var columns = Enumerable.Range(0, rows.FieldCount).ToLookup(at => rows.GetName(at).Trim(), StringComparer.OrdinalIgnoreCase);
        string? Cell(string name) =>
            columns[name].Select(at => (int?)at).FirstOrDefault() is { } at
            && at < rows.RowFieldCount
            && rows.GetString(at) is { Length: > 0 } cell
                ? cell
                : null;
        while (rows.Read())
            yield return new(
                Cell("address") ?? "",
                Cell("country"),
                Cell("maysend_verdict") ?? "",
                Cell("maysend_reason") ?? "",
                Cell("maysend_says") ?? "",
                Cell("maysend_decision")
            );
    }
}
