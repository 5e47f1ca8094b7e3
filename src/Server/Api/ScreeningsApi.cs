using MaySend.Decisions;
using MaySend.Evidence.Store;
using MaySend.Records;
using MaySend.Records.Auditing;
using MaySend.Records.Keys;
using MaySend.Records.Screenings;
using MaySend.Screening.Weeks;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/screenings</c>: a whole audience at once. JSON asks about everyone in the store; a CSV, or several as <c>multipart/form-data</c>,
/// about the people in it, and what the store holds about them counts as well. It is carried out beside the requests; the answer says where
/// to look.
/// </summary>
static class ScreeningsApi
{
    public static void MapScreenings(this WebApplication app)
    {
        app.MapScoped("/v1/screenings", ApiScopes.Decide, "screenings")
            .MapPost("", AskAsync)
            .ReadsIdempotencyKey()
            .Refuses(507)
            .ReadsQuery("campaign", "The campaign, if the body is a list and not JSON. In a form, this and everything below may be fields.")
            .ReadsQuery("day", "A day of sending other than the campaign's.")
            .ReadsQuery("weeks", "A dry run over this many weeks, if the body is a list and not JSON.")
            .ReadsQuery("from", "The first day of that dry run.")
            .ReadsQuery("sent", "true to assume that the mailing goes out on each of its days.", "true", "false")
            .DisableAntiforgery()
            .WithSummary("Screen everyone in the store (JSON), or the people of a CSV (text/csv, or several files as multipart/form-data)")
            .Accepts<ScreeningAsked>("application/json", "text/csv", "multipart/form-data");
        var read = app.MapScoped("/v1/screenings", ApiScopes.Read, "screenings");
        read.MapGet("", List).WithSummary("List the screenings of this server, newest first");
        read.MapGet("/{id}", Show)
            .Refuses(404)
            .WithSummary("Say how far a screening is; once it is done, its counts and where its lists are");
        read.MapGet("/{id}/{list}.csv", FetchAsync)
            .Produces<string>(StatusCodes.Status200OK, "text/csv")
            .Refuses(404)
            .WithSummary(
                "Get permitted.csv, refused.csv, not-shown.csv, undeliverable.csv, call-times.csv or fridays.csv; no cell is a formula, "
                    + "and people who have asked to stop since are no longer permitted"
            );
        read.MapGet("/{id}/report.html", (string id, ScreeningRuns runs) => PageOf(id, "report.html", runs))
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Refuses(404)
            .WithSummary("Get the report for people to read");
        read.MapGet("/{id}/fridays.html", (string id, ScreeningRuns runs) => PageOf(id, WeekFiles.Picture, runs))
            .Produces<string>(StatusCodes.Status200OK, "text/html")
            .Refuses(404)
            .WithSummary("Get the picture of a dry run over several weeks");
        read.MapGet("/{id}/check", CheckAsync)
            .Refuses(404)
            .WithSummary("Say for which days its list of permitted people is good, and how many people on it have opted out since");
        app.MapScoped("/v1/screenings", ApiScopes.Decide, "screenings")
            .MapPost("/{id}/cancel", Cancel)
            .Refuses(404, 409)
            .WithSummary("Stop a screening that waits or is under way; nothing is written");
        app.MapScoped("/v1/screenings", ApiScopes.Decide, "screenings")
            .MapDelete("/{id}", Delete)
            .Refuses(404, 409)
            .WithSummary("Delete the files of a screening; they are deleted by themselves after some days");
    }

    static Ok<Page<ScreeningShown>> List(ScreeningRuns runs, Asking asking, int limit = Page.Default, string after = "") =>
        TypedResults.Ok(
            Page.Of(
                runs.All.SkipWhile(run => after.Length > 0 && run.Id != after).Skip(after.Length > 0 ? 1 : 0),
                limit,
                run => Shown(run, runs, asking),
                run => run.Id
            )
        );

    static Results<Ok<ScreeningShown>, ProblemAnswer> Show(string id, ScreeningRuns runs, Asking asking) =>
        runs.Find(id) is { } run ? TypedResults.Ok(Shown(run, runs, asking)) : NotFound();

    static async Task<Results<PushStreamHttpResult, ProblemAnswer>> FetchAsync(
        string id,
        string list,
        ScreeningRuns runs,
        EvidenceStore store,
        HttpContext context
    )
    {
        if (!ScreeningRuns.Lists.Contains(list) || FileOf(id, $"{list}.csv", runs) is not { } path || runs.Find(id) is not { } run)
            return NotFound();
        await context.ShownAsync(Viewed.ListFile, people: run.PeopleOn(list), about: $"screening {id}: {list}");
        return TypedResults.Stream(
            target => ScreeningLists.CopyAsync(path, list, run, store, target),
            "text/csv; charset=utf-8",
            $"{list}.csv"
        );
    }

    static Results<PhysicalFileHttpResult, ProblemAnswer> PageOf(string id, string name, ScreeningRuns runs) =>
        FileOf(id, name, runs) is { } path ? TypedResults.PhysicalFile(path, "text/html; charset=utf-8", name) : NotFound();

    static async Task<Results<Accepted<ScreeningShown>, Ok<ScreeningShown>, ProblemAnswer>> AskAsync(
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
            return TypedResults.Ok(Shown(known, runs, asking));
        if (!runs.HasRoom)
            return ProblemAnswer.Of(
                507,
                "Stored screenings have used up their space",
                "Delete some with DELETE /v1/screenings/{id}; they are deleted by themselves after some days."
            );
        var (asked, files) = await ScreeningUpload.ReadAsync(context, options);
        var mistakes = new Mistakes();
        if (await campaigns.FindAsync(asked.Campaign, context.RequestAborted) is null)
            mistakes.Add("campaign", "no campaign has that id", "PUT /v1/campaigns/{id} first");
        if (asked.Weeks is < 1 or > WeekPlan.Most)
            mistakes.Add("weeks", $"from 1 to {WeekPlan.Most}");
        if (asked.Weeks is not null && asked.Day is not null)
            mistakes.Add("day", "is for lists for one day; a dry run over weeks begins on `from`");
        if (asked.Weeks is null && (asked.From is not null || asked.Sent))
            mistakes.Add("weeks", "is missing: `from` and `sent` only go with a dry run over weeks");
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
            Weeks = asked.Weeks is { } weeks ? new(weeks, asked.From, asked.Sent) : null,
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
        return TypedResults.Accepted($"/v1/screenings/{run.Id}", Shown(run, runs, asking));
    }

    static async Task<Results<Ok<ListChecked>, ProblemAnswer>> CheckAsync(
        string id,
        ScreeningRuns runs,
        Asking asking,
        EvidenceStore store,
        CancellationToken cancellation
    )
    {
        if (FileOf(id, "permitted.csv", runs) is not { } path || runs.Find(id) is not { Result: { } result } run)
            return NotFound();
        var standing = await new ListCheck(store).OfAsync(path, run.AskedAt, cancellation: cancellation);
        var now = asking.NowOf(result.Now);
        return TypedResults.Ok(
            new ListChecked(
                result.Day,
                standing.CampaignDays,
                now.May,
                now.Reasons,
                standing.IsWhatIf,
                standing.People,
                standing.OptedOutSince,
                standing.ErasedSince,
                standing.MayHaveSince,
                standing.StillStand,
                standing.CheckedAt
            )
        );
    }

    static Results<Accepted<ScreeningShown>, ProblemAnswer> Cancel(string id, HttpContext context, ScreeningRuns runs, Asking asking) =>
        runs.Find(id) is null ? NotFound()
        : runs.Cancel(id, context.By().Name) ? TypedResults.Accepted((string?)null, Shown(runs.Find(id)!, runs, asking))
        : ProblemAnswer.Of(409, "It is already over", "It can no longer be stopped.");

    static Results<NoContent, ProblemAnswer> Delete(string id, ScreeningRuns runs)
    {
        if (runs.Find(id) is not { } run)
            return NotFound();
        if (!run.IsOver)
            return ProblemAnswer.Of(409, "It is not done yet", "Wait until it is over, or POST /v1/screenings/{id}/cancel.");
        runs.Remove(run);
        return TypedResults.NoContent();
    }

    static ScreeningShown Shown(ScreeningRun run, ScreeningRuns runs, Asking asking)
    {
        var now = run.Result is { } result ? asking.NowOf(result.Now) : null;
        var pace = run.State == ScreeningState.Running ? asking.NowOf((_, at, _) => run.PaceAt(at)) : null;
        return new(
            run.Id,
            run.By,
            run.AskedAt,
            run.Campaign,
            run.Day,
            run.Audience,
            run.State,
            run.Stage,
            run.Done,
            run.Total,
            pace?.PerSecond is { } rate ? Math.Round(rate, 1) : (double?)null,
            pace?.Left is { } left ? (long)Math.Ceiling(left.TotalSeconds) : (long?)null,
            run.Problems,
            run.Result,
            run.Weeks,
            run.InWeeks,
            now?.May ?? false,
            now?.Reasons ?? [],
            run.State == ScreeningState.Done
                ?
                [
                    .. runs.ListsOf(run).Select(list => $"/v1/screenings/{run.Id}/{list}.csv"),
                    $"/v1/screenings/{run.Id}/{(run.Weeks is null ? "report.html" : WeekFiles.Picture)}",
                ]
                : []
        );
    }

    static string? FileOf(string id, string name, ScreeningRuns runs) =>
        runs.Find(id) is { State: ScreeningState.Done } run && Path.Combine(runs.Folder(run), name) is var path && File.Exists(path)
            ? Path.GetFullPath(path)
            : null;

    static ProblemAnswer NotFound() =>
        ProblemAnswer.Of(404, "Screening, list or report not found", "Lists are available for some days once it is done.");
}
