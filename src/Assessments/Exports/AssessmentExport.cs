using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Questions;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Pages;
using MaySend.Law.Facts;
using Scriban.Runtime;

namespace MaySend.Assessments.Exports;

/// <summary>
/// A document for people and other programs: Markdown, one HTML page that needs nothing else and prints well, or JSON. Every value is text
/// and stays text.
/// </summary>
public static class AssessmentExport
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true, Encoder = JavaScriptEncoder.Default };

    /// <summary>As Markdown.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">The day on which its state is shown.</param>
    /// <param name="beside">The remarks and files on record beside it; null where the document is all there is.</param>
    public static string ToMarkdown(AssessmentDocument document, DateOnly day, BesideDocument? beside = null) =>
        Render("assessment.md", document, day, beside);

    /// <summary>As one HTML page.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">The day on which its state is shown.</param>
    /// <param name="beside">The remarks and files on record beside it; null where the document is all there is.</param>
    public static string ToHtml(AssessmentDocument document, DateOnly day, BesideDocument? beside = null) =>
        Render("assessment.html", document, day, beside);

    /// <summary>As JSON, indented; the digest names exactly what the version says.</summary>
    /// <param name="document">The document.</param>
    /// <param name="day">The day on which its state is shown.</param>
    /// <param name="beside">The remarks and files on record beside it; null where the document is all there is.</param>
    public static string ToJson(AssessmentDocument document, DateOnly day, BesideDocument? beside = null) =>
        JsonSerializer.Serialize(
            new Whole(
                document.Id,
                document.Version,
                document.StateOn(day),
                day,
                ContentDigest.Of(document),
                document.Content,
                [.. document.History],
                beside?.Remarks,
                beside?.Attachments
            ),
            Layout
        );

    sealed record Whole(
        string Assessment,
        int Version,
        AssessmentState State,
        DateOnly AsAt,
        string Digest,
        AssessmentContent Content,
        LifeEvent[] History,
        IReadOnlyList<ExportedRemark>? Remarks,
        IReadOnlyList<ExportedFile>? Attachments
    );

    static string Render(string resource, AssessmentDocument document, DateOnly day, BesideDocument? beside)
    {
        return PageTemplate.Render(typeof(AssessmentExport), $"MaySend.Assessments.Exports.{resource}", Page(document, day, beside));
    }

    static ScriptObject Page(AssessmentDocument document, DateOnly day, BesideDocument? beside) =>
        new()
        {
            ["remarks"] = (beside?.Remarks ?? [])
                .Select(one => new ScriptObject
                {
                    ["place"] = one.Place,
                    ["says"] = one.Says,
                    ["by"] = one.By,
                    ["on"] = Day(one.At),
                    ["settled"] = one is { SettledBy: { } by, SettledAt: { } at } ? $"settled by {by} on {Day(at)}" : "open",
                })
                .ToList(),
            ["attachments"] = (beside?.Attachments ?? [])
                .Select(one => new ScriptObject
                {
                    ["name"] = one.Name,
                    ["by"] = one.By,
                    ["on"] = Day(one.At),
                    ["digest"] = one.Digest,
                })
                .ToList(),
            ["id"] = document.Id,
            ["version"] = document.Version,
            ["title"] = document.Content.Title.Length == 0 ? "(no title)" : document.Content.Title,
            ["note"] = document.Content.Note ?? "",
            ["state"] = document.StateOn(day).Word(),
            ["day"] = Day(day),
            ["digest"] = ContentDigest.Of(document),
            ["scope"] = Scope(document.Content).Select(pair => new ScriptObject { ["name"] = pair.Name, ["value"] = pair.Value }).ToList(),
            ["tests"] = Enum.GetValues<Test>().Select(test => OneTest(document.Content, test)).ToList(),
            ["safeguards"] = document
                .Content.Safeguards.Select(s => new ScriptObject
                {
                    ["kind"] = s.Kind.Replace('-', ' '),
                    ["in_place"] = DocumentWords.Yes(s.InPlace) ?? "not stated",
                    ["says"] = s.Says,
                })
                .ToList(),
            ["due"] = document.Content.Review.Due is { } due ? Day(due) : "not stated",
            ["triggers"] = Names(document.Content.Review.Triggers),
            ["history"] = document
                .History.Select(h => new ScriptObject
                {
                    ["on"] = Day(h.On),
                    ["event"] = h.Kind.ToString().ToLowerInvariant(),
                    ["by"] = h.By,
                    ["reason"] = h.Reason,
                })
                .ToList(),
        };

    static ScriptObject OneTest(AssessmentContent content, Test test) =>
        new()
        {
            ["name"] = $"{test} test",
            ["outcome"] = DocumentWords.Passed(content.OutcomeOf(test).Passed) ?? "not done",
            ["reason"] = content.OutcomeOf(test).Reason,
            ["questions"] = QuestionBook
                .Of(test)
                .Select(question => Answered(question, content.Answers.GetValueOrDefault(question.Id)))
                .ToList(),
        };

    static ScriptObject Answered(Question question, GivenAnswer? answer) =>
        new()
        {
            ["number"] = question.Number,
            ["asks"] = question.Asks,
            ["rests_on"] = question.RestsOn,
            ["choice"] = DocumentWords.Yes(answer?.Choice) ?? "",
            ["says"] = answer is null || answer.IsEmpty ? "Not answered." : answer.Says,
            ["evidence"] = answer is null ? "" : string.Join("; ", answer.Evidence),
        };

    static IEnumerable<(string Name, string Value)> Scope(AssessmentContent content)
    {
        var scope = content.Scope;
        yield return (
            "Sender",
            scope.Establishment is null ? scope.Sender : $"{scope.Sender}, established in {CountryNames.NameOf(scope.Establishment)}"
        );
        yield return ("Purposes", Names(scope.Purposes));
        yield return ("Channels", Names(scope.Channels));
        yield return ("Audiences", Names(scope.Audiences));
        yield return ("Product families", Names(scope.Families));
        yield return (
            "Countries",
            scope.Countries.IsEverything ? "all" : string.Join(", ", scope.Countries.Names.Select(CountryNames.NameOf))
        );
        yield return (
            "Data used",
            string.Join(
                "; ",
                scope.Data.Select(data =>
                    $"{data.What} (from {data.Source.Replace('-', ' ')}{(data.IsSpecial == true ? ", special" : "")})"
                )
            )
        );
        yield return ("Profiling", scope.Profiling == true ? "yes, weighed" : "none covered");
        yield return ("Children", scope.Children == true ? "yes, weighed" : "not covered");
        yield return (
            "Messages in 30 days",
            string.Create(
                CultureInfo.InvariantCulture,
                $"{scope.PlannedIn30Days?.ToString(CultureInfo.InvariantCulture) ?? "not stated"} planned, "
                    + $"{(scope.MessagesIn30Days is { } most ? $"at most {most}" : "no limit")}"
            )
        );
        yield return ("First message", scope.FirstSend is { } first ? Day(first) : "not stated");
    }

    static string Names(NameSet names) =>
        names.IsEverything ? "all"
        : names.IsEmpty ? "none"
        : string.Join(", ", names.Names.Select(name => name.Replace('-', ' ')));

    static string Day(DateTimeOffset at) => Day(DateOnly.FromDateTime(at.UtcDateTime));

    static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
