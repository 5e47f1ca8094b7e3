using System.IO.Compression;
using System.Text;
using MaySend.Console.Access;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records.Auditing;
using MaySend.Records.Screenings;
using MaySend.Screening.Reports;
using MaySend.Screening.Weeks;

namespace MaySend.Console.Evidence;

/// <summary>A screening's files, and how far it is.</summary>
static class ScreeningDownloads
{
    public static void Map(WebApplication app)
    {
        var group = app.MapGroup($"{ConsoleOptions.Root}/screen/{{id}}").ExcludeFromDescription();
        group.MapGet("/{list}.csv", ListAsync).RequireAuthorization(Permit.Screen);
        group.MapGet("/report.html", Report).RequireAuthorization(Permit.ReadScreenings);
        group.MapGet("/fridays.html", Picture).RequireAuthorization(Permit.ReadScreenings);
        group.MapGet("/map.svg", CountriesAsync).RequireAuthorization(Permit.ReadScreenings);
        group.MapGet("/progress", Progress).RequireAuthorization(Permit.ReadScreenings);
    }

    static async Task<IResult> ListAsync(string id, string list, ScreeningRuns runs, EvidenceStore store, HttpContext http)
    {
        if (!ScreeningRuns.Lists.Contains(list) || File(id, $"{list}.csv", runs) is not { } path)
            return Results.NotFound();
        var run = runs.Find(id)!;
        await http.ShownAsync(Viewed.ListFile, people: run.PeopleOn(list), about: $"screening {id}: {list}");
        return Results.Stream(target => ScreeningLists.CopyAsync(path, list, run, store, target), "text/csv; charset=utf-8", $"{list}.csv");
    }

    /// <summary>Always a file: its own scripts must not run as one of our pages.</summary>
    static IResult Report(string id, ScreeningRuns runs) =>
        File(id, "report.html", runs) is { } path ? Results.File(path, "text/html; charset=utf-8", "report.html") : Results.NotFound();

    static IResult Picture(string id, ScreeningRuns runs) =>
        File(id, WeekFiles.Picture, runs) is { } path
            ? Results.File(path, "text/html; charset=utf-8", WeekFiles.Picture)
            : Results.NotFound();

    /// <summary>The map of the audience, packed where the browser takes that: half of a page's weight otherwise.</summary>
    static async Task CountriesAsync(string id, ScreeningRuns runs, HttpContext http)
    {
        if (runs.Find(id)?.Result is not { } result)
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var svg = Encoding.UTF8.GetBytes(CountryPicture.Svg(result.Countries, ChannelWords.Of(result.Channel)));
        http.Response.ContentType = "image/svg+xml; charset=utf-8";
        http.Response.Headers.Vary = "Accept-Encoding";
        if (!http.Request.Headers.AcceptEncoding.ToString().Contains("br", StringComparison.Ordinal))
        {
            await http.Response.Body.WriteAsync(svg, http.RequestAborted);
            return;
        }
        http.Response.Headers.ContentEncoding = "br";
        await using var packing = new BrotliStream(http.Response.Body, CompressionLevel.Fastest, leaveOpen: true);
        await packing.WriteAsync(svg, http.RequestAborted);
    }

    static IResult Progress(string id, ScreeningRuns runs, EvidenceStore store) =>
        runs.Find(id) is { } run
            ? Results.Json(
                new
                {
                    isOver = run.IsOver,
                    done = run.Done,
                    total = run.Total,
                    says = run.PaceAt(store.Clock.GetUtcNow()).Says(run),
                }
            )
            : Results.NotFound();

    static string? File(string id, string name, ScreeningRuns runs) =>
        runs.Find(id) is { State: ScreeningState.Done } run
        && Path.Combine(runs.Folder(run), name) is var path
        && System.IO.File.Exists(path)
            ? Path.GetFullPath(path)
            : null;
}
