using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Records.Assessing;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Api.Controller;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Net.Http.Headers;

namespace MaySend.Server.Api;

/// <summary>Why a version of an assessment is moved on.</summary>
/// <param name="Reason">Kept in its history.</param>
/// <param name="Trigger">For a lapse: what happened that it did not weigh.</param>
sealed record AssessmentMoved(string Reason, string? Trigger = null);

/// <summary>
/// <c>/v1/assessments</c>: legitimate interests assessments, from draft to signature. Whoever acts is the key: the key that wrote a version
/// can neither approve nor sign it, so four eyes are two keys. A signed version never changes; PUT takes one that was signed elsewhere.
/// </summary>
static class AssessmentsApi
{
    public static void MapAssessments(this WebApplication app)
    {
        var read = app.MapScoped("/v1/assessments", ApiScopes.Read, "assessments");
        read.MapGet("", ListAsync).WithSummary("List every version, written here or elsewhere, a page at a time");
        read.MapGet("/{id}", GetAsync)
            .Produces<AssessmentShown>()
            .AlsoAnswers(typeof(AssessmentRecorded))
            .Refuses(404)
            .WithSummary("Get one version: what it says, what happened to it, what the check finds");
        read.MapGet("/{id}/check", CheckAsync)
            .Refuses(404)
            .WithSummary("Check what is missing, and where answers contradict each other or the law");
        var write = app.MapScoped("/v1/assessments", ApiScopes.Record, "assessments");
        write.MapPost("", DraftAsync).WithSummary("Start an assessment").Accepts<AssessmentContent>("application/json");
        write
            .MapPut("/{id}", RecordAsync)
            .ReadsIfMatch()
            .Refuses(409, 412)
            .WithSummary("Record an assessment that was signed elsewhere")
            .Accepts<AssessmentRecorded>("application/json");
        write
            .MapPut("/{id}/content", WriteAsync)
            .ReadsIfMatch()
            .Refuses(404, 409, 412)
            .WithSummary("Write what a draft says; with If-Match, only if nobody else has changed it")
            .Accepts<AssessmentContent>("application/json");
        write
            .MapPost(
                "/{id}/submit",
                (string id, HttpContext context, AssessmentDesk desk) =>
                    MoveAsync(
                        id,
                        context,
                        desk,
                        (document, by, on, moved) => new LifeCommand.Submit(by, on, moved.Reason, desk.CheckForGood(document))
                    )
            )
            .Moves("Hand a draft in for review");
        write.MapPost("/{id}/revise", ReviseAsync).Refuses(404).WithSummary("Start the next version: a draft with the same words");
        var sign = app.MapScoped("/v1/assessments", ApiScopes.Admin, "assessments");
        sign.MapPost(
                "/{id}/approve",
                (string id, HttpContext context, AssessmentDesk desk) =>
                    MoveAsync(id, context, desk, (_, by, on, moved) => new LifeCommand.Approve(by, on, moved.Reason))
            )
            .Moves("Approve a version, with a key other than its writers'");
        sign.MapPost(
                "/{id}/return",
                (string id, HttpContext context, AssessmentDesk desk) =>
                    MoveAsync(id, context, desk, (_, by, on, moved) => new LifeCommand.Return(by, on, moved.Reason))
            )
            .Moves("Send a version back to its writers");
        sign.MapPost(
                "/{id}/sign",
                (string id, HttpContext context, AssessmentDesk desk) =>
                    MoveAsync(
                        id,
                        context,
                        desk,
                        (document, by, on, moved) => new LifeCommand.Sign(by, on, moved.Reason, desk.CheckForGood(document))
                    )
            )
            .Moves("Sign a version: from now on, messages in its scope can rely on it");
        sign.MapPost("/{id}/withdraw", WithdrawAsync)
            .Produces<AssessmentShown>()
            .AlsoAnswers(typeof(AssessmentEnded))
            .Moves("Withdraw a version: from now on, nothing can rely on it");
        sign.MapPost(
                "/{id}/lapse",
                (string id, HttpContext context, AssessmentDesk desk) =>
                    MoveAsync(id, context, desk, (_, by, on, moved) => new LifeCommand.Lapse(by, on, moved.Reason, moved.Trigger ?? ""))
            )
            .Moves("End a version because something happened that it did not weigh");
    }

    static void Moves(this RouteHandlerBuilder operation, string summary) =>
        operation.ReadsIfMatch().Refuses(404, 409, 412).WithSummary(summary).Accepts<AssessmentMoved>("application/json");

    static async Task<Ok<Page<AssessmentLine>>> ListAsync(
        HttpContext context,
        AssessmentDesk desk,
        EvidenceStore store,
        int limit = Page.Default,
        string after = ""
    )
    {
        var drafts = await desk.AllAsync();
        var written = drafts.Select(draft => draft.Document.VersionId).ToHashSet(StringComparer.Ordinal);
        var recorded = (await ControllerResource.LatestAsync<AssessmentRecorded>(store, context.RequestAborted)).Entries.Where(entry =>
            !written.Contains(entry.Id)
        );
        var all = drafts.Select(draft => Line(draft.Document, desk.Today)).Concat(recorded.Select(entry => Line(entry, desk.Today)));
        return TypedResults.Ok(
            Page.Of(
                all.Where(one => string.CompareOrdinal(one.Id, after) > 0).OrderBy(one => one.Id, StringComparer.Ordinal),
                limit,
                one => one,
                one => one.Id
            )
        );
    }

    static async Task<IResult> GetAsync(string id, HttpContext context, AssessmentDesk desk, EvidenceStore store) =>
        await desk.FindAsync(id) is { } draft ? new TaggedAnswer<AssessmentShown>(Shown(draft, desk), Tag(draft))
        : (await ControllerResource.LatestAsync<AssessmentRecorded>(store, context.RequestAborted)).Entries.FirstOrDefault(entry =>
            entry.Id == id
        )
            is { } recorded
            ? TypedResults.Ok(recorded)
        : NotFound();

    static async Task<Results<Ok<AssessmentReadiness>, ProblemAnswer>> CheckAsync(string id, AssessmentDesk desk) =>
        await desk.FindAsync(id) is { } draft
            ? TypedResults.Ok(
                new AssessmentReadiness(id, !desk.CheckForGood(draft.Document).Any(finding => finding.Blocks), Findings(draft, desk))
            )
            : NotFound();

    static async Task<Created<AssessmentShown>> DraftAsync(HttpContext context, AssessmentDesk desk)
    {
        var content = await JsonBody.ReadAsync<AssessmentContent>(context.Request, AssessmentChecks.Check);
        var draft = await desk.BeginAsync(content, context.By(), "started through the API");
        return TypedResults.Created($"/v1/assessments/{draft.Document.VersionId}", Answer(context, draft, desk));
    }

    static async Task<Results<Ok<AssessmentShown>, ProblemAnswer>> WriteAsync(string id, HttpContext context, AssessmentDesk desk)
    {
        var content = await JsonBody.ReadAsync<AssessmentContent>(context.Request, AssessmentChecks.Check);
        if (await desk.FindAsync(id) is not { } draft)
            return NotFound();
        if (!Page.MayReplace(context, Tag(draft)))
            return ProblemAnswer.Of(412, "Somebody changed it in the meantime", "GET it again, and send If-Match with its ETag.");
        return await desk.WriteAsync(draft, content, context.By()) is { } refused
            ? Refused(refused)
            : TypedResults.Ok(Answer(context, (await desk.FindAsync(id))!, desk));
    }

    static async Task<Results<Created<AssessmentShown>, ProblemAnswer>> ReviseAsync(string id, HttpContext context, AssessmentDesk desk)
    {
        if (await desk.FindAsync(id) is not { } draft)
            return NotFound();
        return TypedResults.Created((string?)null, Answer(context, await desk.ReviseAsync(draft.Document, context.By()), desk));
    }

    static async Task<Results<Ok<AssessmentShown>, ProblemAnswer>> MoveAsync(
        string id,
        HttpContext context,
        AssessmentDesk desk,
        Func<AssessmentDocument, string, DateOnly, AssessmentMoved, LifeCommand> command
    )
    {
        var moved = await JsonBody.ReadAsync<AssessmentMoved>(context.Request);
        if (await desk.FindAsync(id) is not { } draft)
            return NotFound();
        if (!Page.MayReplace(context, Tag(draft)))
            return ProblemAnswer.Of(412, "Somebody changed it in the meantime", "GET it again, and send If-Match with its ETag.");
        return await desk.DoAsync(draft, command(draft.Document, context.By().Name, desk.Today, moved), context.By()) is { } refused
            ? Refused(refused, Findings(draft, desk))
            : TypedResults.Ok(Answer(context, (await desk.FindAsync(id))!, desk));
    }

    static async Task<IResult> WithdrawAsync(string id, HttpContext context, AssessmentDesk desk, EvidenceStore store)
    {
        if (await desk.FindAsync(id) is not null)
            return await MoveAsync(id, context, desk, (_, by, on, moved) => new LifeCommand.Withdraw(by, on, moved.Reason));
        _ = await JsonBody.ReadAsync<AssessmentMoved>(context.Request);
        if (
            (await ControllerResource.LatestAsync<AssessmentRecorded>(store, context.RequestAborted)).Entries.FirstOrDefault(entry =>
                entry.Id == id
            )
            is not { } recorded
        )
            return NotFound();
        return await desk.EndRecordedAsync(recorded, context.By()) is { } refused
            ? Refused(refused)
            : TypedResults.Ok(new AssessmentEnded(id, "ended"));
    }

    static async Task<Results<Created<StateOnRecord>, Ok<StateOnRecord>, ProblemAnswer>> RecordAsync(
        string id,
        HttpContext context,
        EvidenceStore store,
        AssessmentDesk desk
    )
    {
        if (await desk.FindAsync(id) is not null)
            return ProblemAnswer.Of(409, "This version was written here", "Use submit, approve, sign or withdraw to move it on.");
        if (
            (await ControllerResource.LatestAsync<AssessmentRecorded>(store, context.RequestAborted)).Entries.Any(entry =>
                entry.Id == id && entry.EndedOn is not null
            )
        )
            return ProblemAnswer.Of(409, "This version has ended", "An older description does not bring it back; record the next version.");
        return await ControllerResource.PutAsync<AssessmentRecorded>(
            id,
            context,
            store,
            (each, mistakes) =>
            {
                mistakes.Words("channels", each.Channels, Words.Channels);
                mistakes.Words("audiences", each.Audiences, Words.Audiences);
                if (each is { Signature: not null, ReviewDue: null })
                    mistakes.Add("reviewDue", "is missing", "a signed assessment must say when its review is due");
                if (each.Signature is not null && (each.PurposeTest is null || each.NecessityTest is null || each.BalancingTest is null))
                    mistakes.Add("signature", "was given before all three tests are done");
            }
        );
    }

    static AssessmentLine Line(AssessmentDocument document, DateOnly today) =>
        new(document.VersionId, document.Content.Title, document.StateOn(today).Word(), document.Content.Review.Due, WrittenHere: true);

    static AssessmentLine Line(AssessmentRecorded recorded, DateOnly today) =>
        new(recorded.Id, recorded.Title, AssessmentStanding.Of(recorded, today).Word, recorded.ReviewDue, WrittenHere: false);

    static AssessmentShown Shown(Draft draft, AssessmentDesk desk) =>
        new(
            draft.Document.VersionId,
            draft.Document.StateOn(desk.Today).Word(),
            ContentDigest.Of(draft.Document),
            draft.Document.Content,
            draft.Document.History,
            Findings(draft, desk)
        );

    static List<FieldProblem> Findings(Draft draft, AssessmentDesk desk) =>
        [
            .. desk.Check(draft.Document)
                .Where(finding => finding.Blocks)
                .Select(finding => new FieldProblem(finding.Subject, finding.Text, finding.Help)),
        ];

    static AssessmentShown Answer(HttpContext context, Draft draft, AssessmentDesk desk)
    {
        context.Response.Headers[HeaderNames.ETag] = Page.TagOf(Tag(draft)).ToString();
        return Shown(draft, desk);
    }

    static ProblemAnswer Refused(string why, List<FieldProblem>? findings = null) =>
        ProblemAnswer.Of(409, "Not allowed in this state", why) with
        {
            Errors = findings is { Count: > 0 } ? findings : null,
        };

    internal static ProblemAnswer NotFound() =>
        ProblemAnswer.Of(404, "No assessment has that id", "The id of a version looks like LIA-3.v1.");

    static string Tag(Draft draft) => string.Create(CultureInfo.InvariantCulture, $"{draft.Document.VersionId}-{draft.Revision}");
}
