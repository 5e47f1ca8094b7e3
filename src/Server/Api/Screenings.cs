using MaySend.Decisions;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Records.Screenings;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.Features;

namespace MaySend.Server.Api;

/// <summary>Whom to screen for which campaign.</summary>
public sealed record ScreeningAsked
{
    /// <summary>The id of a campaign on record.</summary>
    public required string Campaign { get; init; }

    /// <summary>Another day of sending than the campaign's own.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>
/// <c>/v1/screenings</c>: a whole audience at once. JSON asks about everyone in the store; a CSV, or several as
/// <c>multipart/form-data</c>, about the people in it, and what the store holds about
/// them counts as well. It is carried out beside the requests; the answer says where to look.
/// </summary>
static class ScreeningsApi
{
    public static void MapScreenings(this WebApplication app)
    {
        app.MapScoped("/v1/screenings", ApiScopes.Decide, "screenings")
            .MapPost("", AskAsync)
            .ReadsIdempotencyKey()
            .ReadsQuery("campaign", "The campaign, where the body is a list and no JSON.")
            .ReadsQuery("day", "Another day of sending than the campaign's.")
            .DisableAntiforgery()
            .WithSummary("Screen everyone in the store (JSON), or the people of a CSV (text/csv, or several files as multipart/form-data)")
            .Accepts<ScreeningAsked>("application/json", "text/csv", "multipart/form-data");
        var read = app.MapScoped("/v1/screenings", ApiScopes.Read, "screenings");
        read.MapGet(
                "",
                (ScreeningRuns runs, Asking asking, int limit = Page.Default, string after = "") =>
                    Page.Of(
                        runs.All.SkipWhile(run => after.Length > 0 && run.Id != after).Skip(after.Length > 0 ? 1 : 0),
                        limit,
                        run => Shown(run, runs, asking),
                        run => run.Id
                    )
            )
            .WithSummary("Screenings of this server, the newest first");
        read.MapGet(
                "/{id}",
                (string id, ScreeningRuns runs, Asking asking) =>
                    runs.Find(id) is { } run ? Results.Json(Shown(run, runs, asking), Json.Web) : NotFound()
            )
            .WithSummary("How far it is; once done, the counts and where its lists are");
        read.MapGet(
                "/{id}/{list}.csv",
                (string id, string list, ScreeningRuns runs) =>
                    ScreeningRuns.Lists.Contains(list) && FileOf(id, $"{list}.csv", runs) is { } path
                        ? Results.Stream(target => HarmlessCsv.CopyAsync(path, target), "text/csv; charset=utf-8", $"{list}.csv")
                        : NotFound()
            )
            .WithSummary("permitted.csv, refused.csv, not-shown.csv, undeliverable.csv or call-times.csv; no cell is a formula");
        read.MapGet(
                "/{id}/report.html",
                (string id, ScreeningRuns runs) =>
                    FileOf(id, "report.html", runs) is { } path ? Results.File(path, "text/html; charset=utf-8", "report.html") : NotFound()
            )
            .WithSummary("The report for people");
        app.MapScoped("/v1/screenings", ApiScopes.Decide, "screenings")
            .MapDelete("/{id}", Delete)
            .WithSummary("Delete its files; they go by themselves after some days");
    }

    static async Task<IResult> AskAsync(
        HttpContext context,
        ScreeningRuns runs,
        CampaignsOnRecord campaigns,
        Asking asking,
        ServerOptions options
    )
    {
        // The same request again is the same screening.
        var key = context.IdempotencyKey();
        if (key is not null && runs.All.FirstOrDefault(run => run.RequestKey == key) is { } known)
            return Results.Json(Shown(known, runs, asking), Json.Web);
        var (asked, files) = await ReadAsync(context, options);
        var mistakes = new Mistakes();
        if (await campaigns.FindAsync(asked.Campaign, context.RequestAborted) is null)
            mistakes.Add("campaign", "there is no campaign of that id", "PUT /v1/campaigns/{id} first");
        var wrong = new List<UploadNames.Mistake>();
        var names = files is null ? [] : UploadNames.Of([.. files.Select(file => file.Name)], wrong);
        foreach (var mistake in wrong)
            mistakes.Add(mistake.File ?? "files", mistake.Says);
        mistakes.ThrowIfAny();
        var run = runs.Prepare(
            context.By().Name,
            asked.Campaign,
            asked.Day,
            files is null ? "everyone in the store" : string.Join(", ", names),
            files is not null
        ) with
        {
            RequestKey = key,
        };
        try
        {
            foreach (var (file, name) in (files ?? []).Zip(names))
            {
                await using var target = new FileStream(Path.Combine(runs.UploadFolder(run), name), FileMode.CreateNew);
                await file.CopyAsync(target);
            }
        }
        catch
        {
            // Half an upload screens nobody.
            runs.Remove(run);
            throw;
        }
        if (!runs.Ask(run))
        {
            context.Response.Headers.RetryAfter = "60";
            return ProblemAnswer.Of(503, "Too many screenings are waiting already");
        }
        context.Response.Headers.Location = $"/v1/screenings/{run.Id}";
        return Results.Json(Shown(run, runs, asking), Json.Web, statusCode: 202);
    }

    static async Task<(ScreeningAsked Asked, List<(string Name, Func<Stream, Task> CopyAsync)>? Files)> ReadAsync(
        HttpContext context,
        ServerOptions options
    )
    {
        var request = context.Request;
        if (request.HasJsonContentType())
            return (await JsonBody.ReadAsync<ScreeningAsked>(request), null);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = options.GreatestUpload;
        if (request.HasFormContentType)
        {
            var form = await request.ReadFormAsync(
                new FormOptions { MultipartBodyLengthLimit = options.GreatestUpload, BufferBodyLengthLimit = options.GreatestUpload },
                context.RequestAborted
            );
            return (
                Asked(form["campaign"].ToString(), form["day"].ToString()),
                [
                    .. form.Files.Select(file =>
                        (file.FileName, (Func<Stream, Task>)(target => file.CopyToAsync(target, context.RequestAborted)))
                    ),
                ]
            );
        }
        if (request.ContentType?.StartsWith("text/csv", StringComparison.OrdinalIgnoreCase) != true)
            throw new ProblemException(
                ProblemAnswer.Of(415, "This kind of body is not read here", "Send application/json, text/csv or multipart/form-data.")
            );
        return (
            Asked(request.Query["campaign"].ToString(), request.Query["day"].ToString()),
            [("people.csv", target => request.Body.CopyToAsync(target, context.RequestAborted))]
        );
    }

    static ScreeningAsked Asked(string campaign, string day)
    {
        var mistakes = new Mistakes();
        if (campaign.Length == 0)
            mistakes.Add("campaign", "is missing");
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", out var on) && day.Length > 0)
            mistakes.Add("day", "a day such as 2026-02-05 is expected");
        mistakes.ThrowIfAny();
        return new() { Campaign = campaign, Day = day.Length > 0 ? on : null };
    }

    static IResult Delete(string id, ScreeningRuns runs)
    {
        if (runs.Find(id) is not { } run)
            return NotFound();
        if (run.State is ScreeningState.Waiting or ScreeningState.Running)
            return ProblemAnswer.Of(409, "It is not done yet", "Wait until it is done or has failed.");
        runs.Remove(run);
        return Results.NoContent();
    }

    static object Shown(ScreeningRun run, ScreeningRuns runs, Asking asking)
    {
        var now = run.Result is { } result ? asking.NowOf(result.Now) : null;
        return new
        {
            run.Id,
            run.By,
            run.AskedAt,
            run.Campaign,
            run.Day,
            run.Audience,
            run.State,
            run.Stage,
            run.Done,
            run.Problems,
            run.Result,
            send = now?.May ?? false,
            notSentBecause = now?.Reasons ?? [],
            files = run.State == ScreeningState.Done
                ? [.. runs.ListsOf(run).Select(list => $"/v1/screenings/{run.Id}/{list}.csv"), $"/v1/screenings/{run.Id}/report.html"]
                : Array.Empty<string>(),
        };
    }

    static string? FileOf(string id, string name, ScreeningRuns runs) =>
        runs.Find(id) is { State: ScreeningState.Done } run && Path.Combine(runs.Folder(run), name) is var path && File.Exists(path)
            ? Path.GetFullPath(path)
            : null;

    static ProblemAnswer NotFound() =>
        ProblemAnswer.Of(404, "There is no such screening, list or report", "Lists are there once it is done, for some days.");
}
