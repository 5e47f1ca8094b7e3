using System.Text;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Exports;
using MaySend.Console.Access;
using MaySend.Evidence.Store;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;

namespace MaySend.Console.Assessing;

/// <summary>
/// A version of an assessment as a file: Markdown, one HTML page, JSON, or the document that <c>maysend assess</c> reads.
/// </summary>
static class AssessmentDownloads
{
    public static void Map(WebApplication app)
    {
        app.MapGet($"{ConsoleOptions.Root}/assessments/reviews.ics", ReviewsAsync)
            .RequireAuthorization(Permit.ReadEvidence)
            .ExcludeFromDescription();
        app.MapGet($"{ConsoleOptions.Root}/assessments/{{id}}/export.{{form}}", ExportAsync)
            .RequireAuthorization(Permit.ReadEvidence)
            .ExcludeFromDescription();
    }

    static async Task<IResult> ReviewsAsync(AssessmentDesk desk, EvidenceStore store)
    {
        var lines = ListedAssessment.All(await desk.AllAsync(), await store.ControllerAsync(), desk.Today);
        var file = ReviewCalendar.Of(lines, store.Clock.GetUtcNow());
        return Results.File(Encoding.UTF8.GetBytes(file), "text/calendar; charset=utf-8", "reviews.ics");
    }

    static async Task<IResult> ExportAsync(string id, string form, AssessmentDesk desk, AssessmentComments remarks, Attachments files)
    {
        if (await desk.FindAsync(id) is not { Document: var document })
            return Results.NotFound();
        var beside = await remarks.BesideAsync(id, files);
        (string Text, string Type)? file = form switch
        {
            "md" => (AssessmentExport.ToMarkdown(document, desk.Today, beside), "text/markdown; charset=utf-8"),
            "html" => (AssessmentExport.ToHtml(document, desk.Today, beside), "text/html; charset=utf-8"),
            "json" => (AssessmentExport.ToJson(document, desk.Today, beside), "application/json"),
            "yaml" => (DocumentWriter.Write(document), "application/yaml; charset=utf-8"),
            _ => null,
        };
        // Always a file: the page inside it must never run as one of ours.
        return file is { } found
            ? Results.File(Encoding.UTF8.GetBytes(found.Text), found.Type, $"{document.VersionId}.{form}")
            : Results.NotFound();
    }
}
