using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Screening.Reports;
using Scriban.Runtime;

namespace MaySend.Screening.Weeks;

/// <summary>
/// Writes <c>fridays.csv</c>, every person with the verdict of each day and what changed, and <c>fridays.html</c>, the picture. They get
/// their names only when all is written; until then, and after an error, there is nothing under these names but what was there before.
/// </summary>
public sealed class WeekFiles : IDisposable
{
    /// <summary>The people.</summary>
    public const string People = "fridays.csv";

    /// <summary>The picture.</summary>
    public const string Picture = "fridays.html";

    readonly string folder;
    readonly WeekPlan plan;
    readonly DraftedText people;
    readonly CsvTable table;

    /// <summary>Opens the file of people under a temporary name.</summary>
    /// <param name="folder">Where; made when missing.</param>
    /// <param name="plan">The days.</param>
    public WeekFiles(string folder, WeekPlan plan)
    {
        (this.folder, this.plan) = (folder, plan);
        Directory.CreateDirectory(folder);
        people = new(Path.Combine(folder, People));
        table = new(people.Writer, ["address", .. plan.Days.Select(Text), "maysend_changes", "maysend_day"]);
    }

    /// <summary>Writes a person.</summary>
    public void Write(PersonWeeks person) =>
        table.Add([person.Address, .. person.Verdicts.Select(verdict => verdict.Word()), string.Join("; ", Changes(person)), "what-if"]);

    /// <summary>Writes the picture and gives both files their names.</summary>
    public void Commit(WeeksSummary summary)
    {
        using var picture = new DraftedText(Path.Combine(folder, Picture));
        picture.Writer.Write(Html(summary));
        picture.End();
        table.Dispose();
        people.Commit();
        picture.Commit();
    }

    /// <inheritdoc />
    public void Dispose() => people.Dispose();

    /// <summary>What is kept back or freed on which day, and why.</summary>
    IEnumerable<string> Changes(PersonWeeks person) =>
        from day in Enumerable.Range(1, plan.Days.Length - 1)
        where person.Verdicts[day] != person.Verdicts[day - 1]
        select person.Verdicts[day] == Verdict.Permitted
            ? $"{Text(plan.Days[day])} permitted"
            : $"{Text(plan.Days[day])} {person.Verdicts[day].Word()}: {person.Says[day]}";

    /// <summary>One page that stands alone: counts only, no addresses. Its picture's numbers stand in a table beside it.</summary>
    public static string Html(WeeksSummary summary)
    {
        var model = new ScriptObject
        {
            ["s"] = summary,
            ["words"] = ChannelWords.Of(summary.Channel),
            ["data"] = ReportPage.Json(
                new
                {
                    labels = summary.Weeks.Select(week => Short(week.Day)),
                    permitted = summary.Weeks.Select(week => week.Permitted),
                    notshown = summary.Weeks.Select(week => week.NotShown),
                    refused = summary.Weeks.Select(week => week.Refused),
                }
            ),
        };
        return ReportPage.Write(typeof(WeekFiles), "MaySend.Screening.Weeks.fridays.html", model);
    }

    static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    static string Short(DateOnly day) => day.ToString("d MMM", CultureInfo.InvariantCulture);
}
