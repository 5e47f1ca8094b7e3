using System.Net.Mime;
using System.Text;
using MaySend.Console.Access;
using MaySend.Records.Imports;

namespace MaySend.Console.Evidence;

/// <summary>How a file is read, as a mapping file to keep for the next one of its kind.</summary>
static class ImportMapping
{
    public static void Map(WebApplication app) =>
        app.MapGet($"{ConsoleOptions.Root}/imports/{{id}}/mapping.yaml", Answer)
            .RequireAuthorization(Permit.WriteEvidence)
            .ExcludeFromDescription();

    /// <summary>Where a file's mapping is.</summary>
    public static string PathOf(StagedImport file) => $"{ConsoleOptions.Root}/imports/{file.Id}/mapping.yaml";

    static IResult Answer(string id, HttpContext context, ImportRuns runs) =>
        runs.Find(id) is { Plan: { } plan } run && run.File.MayBeSeenBy(context.User)
            ? Results.File(
                Encoding.UTF8.GetBytes(plan.Mapping),
                MediaTypeNames.Application.Yaml,
                $"{Path.GetFileNameWithoutExtension(run.File.FileName)}.yaml"
            )
            : Results.NotFound();
}
