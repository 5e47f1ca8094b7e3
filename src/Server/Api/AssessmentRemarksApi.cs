using System.Net.Mime;
using System.Security.Cryptography;
using System.Text;
using MaySend.Assessments.Documents;
using MaySend.Records;
using MaySend.Records.Assessing;
using MaySend.Records.Attaching;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>A remark as it is made.</summary>
/// <param name="About">What it is about: the id of a question, <c>purpose</c>, <c>necessity</c> or <c>balancing</c> for a test,
/// <c>scope</c> or <c>safeguards</c>.</param>
/// <param name="Says">What it says, up to 2,000 characters.</param>
sealed record RemarkMade(string About, string Says);

/// <summary>
/// What stands beside a version of an assessment: remarks on its answers, and files that support them. Both belong to the time before the
/// signature; after it they can be read and no longer changed.
/// </summary>
static class AssessmentRemarksApi
{
    const int KeyLength = 16;

    public static void MapAssessmentRemarks(this WebApplication app)
    {
        var read = app.MapScoped("/v1/assessments/{id}", ApiScopes.Read, "assessments");
        read.MapGet("/remarks", RemarksAsync).Refuses(404).WithSummary("List the remarks on a version, and which of them are settled");
        read.MapGet("/attachments", AttachmentsAsync).Refuses(404).WithSummary("List the files attached to a version");
        read.MapGet("/attachments/{file}", FileAsync)
            .Produces<string>(StatusCodes.Status200OK, MediaTypeNames.Application.Octet)
            .Refuses(404)
            .WithSummary("Get a file attached to a version");
        var write = app.MapScoped("/v1/assessments/{id}", ApiScopes.Record, "assessments");
        write
            .MapPost("/remarks", RemarkAsync)
            .ReadsIdempotencyKey()
            .Refuses(404, 409, 422)
            .WithSummary("Remark on an answer, a test, the scope or the safeguards of a version that is not signed yet")
            .Accepts<RemarkMade>("application/json");
        write
            .MapPost("/remarks/{remark}/settle", SettleAsync)
            .Refuses(404, 409)
            .WithSummary("Settle a remark; a second time changes nothing");
        write
            .MapPost("/attachments", AttachAsync)
            .ReadsQuery("name", "The file's name, such as report.pdf: its ending says what is inside.")
            .Refuses(404, 409, 413)
            .WithSummary("Attach a file to a version that is not signed yet; the same file a second time changes nothing")
            .Accepts<string>(MediaTypeNames.Application.Octet);
        write
            .MapDelete("/attachments/{file}", DetachAsync)
            .Refuses(404, 409)
            .WithSummary("Delete a file attached to a version that is not signed yet");
    }

    static async Task<Results<Ok<AssessmentRemarks>, ProblemAnswer>> RemarksAsync(
        string id,
        AssessmentDesk desk,
        AssessmentComments remarks,
        CancellationToken cancellation
    ) =>
        await desk.FindAsync(id) is null
            ? AssessmentsApi.NotFound()
            : TypedResults.Ok(new AssessmentRemarks([.. (await remarks.OfAsync(id, cancellation)).Select(Shown)]));

    static async Task<Results<Created<AssessmentRemark>, ProblemAnswer>> RemarkAsync(
        string id,
        HttpContext context,
        AssessmentDesk desk,
        AssessmentComments remarks
    )
    {
        var made = await JsonBody.ReadAsync<RemarkMade>(
            context.Request,
            (given, mistakes) =>
            {
                mistakes.Word("about", given.About, [.. AssessmentComments.Places]);
                if (string.IsNullOrWhiteSpace(given.Says) || given.Says.Length > AssessmentComments.Greatest)
                    mistakes.Add("says", $"is blank or longer than {AssessmentComments.Greatest} characters");
            }
        );
        if (await desk.FindAsync(id) is not { } draft)
            return AssessmentsApi.NotFound();
        if (IsOver(draft) is { } over)
            return over;
        var key = context.IdempotencyKey() is { } given
            ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{id} {given}")))[..KeyLength]
            : RandomNumberGenerator.GetHexString(KeyLength, lowercase: true);
        await remarks.AddAsync(id, made.About, made.Says, key, context.By(), context.RequestAborted);
        var kept = (await remarks.OfAsync(id, context.RequestAborted)).Single(one => one.Said.Id == $"comment-{key}");
        return kept.Said.About == made.About && kept.Said.Says == made.Says
            ? TypedResults.Created($"/v1/assessments/{id}/remarks", Shown(kept))
            : ProblemAnswer.Of(422, "This Idempotency-Key was used for another remark", "Use a key of its own for each remark.");
    }

    static async Task<Results<Ok<AssessmentRemark>, ProblemAnswer>> SettleAsync(
        string id,
        string remark,
        HttpContext context,
        AssessmentDesk desk,
        AssessmentComments remarks
    )
    {
        if (await desk.FindAsync(id) is not { } draft)
            return AssessmentsApi.NotFound();
        async Task<Comment?> FoundAsync() =>
            (await remarks.OfAsync(id, context.RequestAborted)).FirstOrDefault(one => one.Said.Id == remark);
        if (await FoundAsync() is not { } found)
            return ProblemAnswer.Of(404, "No remark on this version has that id");
        if (!found.IsOpen)
            return TypedResults.Ok(Shown(found));
        if (IsOver(draft) is { } over)
            return over;
        await remarks.SettleAsync(remark, context.By(), context.RequestAborted);
        return TypedResults.Ok(Shown((await FoundAsync())!));
    }

    static async Task<Results<Ok<AssessmentAttachments>, ProblemAnswer>> AttachmentsAsync(
        string id,
        AssessmentDesk desk,
        Attachments files,
        CancellationToken cancellation
    ) =>
        await desk.FindAsync(id) is null
            ? AssessmentsApi.NotFound()
            : TypedResults.Ok(
                new AssessmentAttachments([.. (await files.OfAsync(Attachments.ToAssessment(id), cancellation)).Select(Shown)])
            );

    static async Task<Results<FileContentHttpResult, ProblemAnswer>> FileAsync(
        string id,
        string file,
        Attachments files,
        CancellationToken cancellation
    ) =>
        // Whatever is in it, it is answered as octets to keep: nothing opens it as a page.
        await FindAsync(id, file, files, cancellation) is { } found
        && files.Read(found) is { } octets
            ? TypedResults.File(octets, MediaTypeNames.Application.Octet, found.Name)
            : NoFile();

    static async Task<Results<Created<AssessmentAttachment>, ProblemAnswer>> AttachAsync(
        string id,
        HttpContext context,
        AssessmentDesk desk,
        Attachments files
    )
    {
        var name = context.Request.Query["name"].ToString();
        if (name.Length == 0)
            return ProblemAnswer.Fields(new FieldProblem("name", "is missing", "?name=report.pdf"));
        if (await desk.FindAsync(id) is not { } draft)
            return AssessmentsApi.NotFound();
        if (IsOver(draft) is { } over)
            return over;
        // A little more than the most, so that a file that is too large is told so and not cut off.
        context.AllowBody(Attachments.Greatest + 1_000_000);
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var octets = body.ToArray();
        var to = Attachments.ToAssessment(id);
        if (await files.AttachAsync(to, name, octets, context.By(), context.RequestAborted) is { } fault)
            return ProblemAnswer.Fields(new FieldProblem("name", fault));
        var digest = Convert.ToHexStringLower(SHA256.HashData(octets));
        var kept = (await files.OfAsync(to, context.RequestAborted)).First(one => one.Digest == digest);
        return TypedResults.Created($"/v1/assessments/{id}/attachments/{kept.Id}", Shown(kept));
    }

    static async Task<Results<NoContent, ProblemAnswer>> DetachAsync(
        string id,
        string file,
        HttpContext context,
        AssessmentDesk desk,
        Attachments files
    )
    {
        if (await desk.FindAsync(id) is not { } draft)
            return AssessmentsApi.NotFound();
        if (await FindAsync(id, file, files, context.RequestAborted) is not { } found)
            return NoFile();
        if (IsOver(draft) is { } over)
            return over;
        await files.DetachAsync(found, context.By(), context.RequestAborted);
        return TypedResults.NoContent();
    }

    static async Task<FileAttached?> FindAsync(string id, string file, Attachments files, CancellationToken cancellation) =>
        await files.FindAsync(file, cancellation) is { } found && found.To == Attachments.ToAssessment(id) ? found : null;

    static ProblemAnswer? IsOver(Draft draft) =>
        draft.Document.Life.State is AssessmentState.Draft or AssessmentState.InReview
            ? null
            : ProblemAnswer.Of(
                409,
                "Not allowed in this state",
                "Remarks and attachments belong to the time before the signature; start the next version with POST .../revise."
            );

    static ProblemAnswer NoFile() => ProblemAnswer.Of(404, "No file of this version has that id, or it is not kept on this machine");

    static AssessmentRemark Shown(Comment one) =>
        new(one.Said.Id, one.Said.About, one.Said.Says, one.Said.By, one.Said.At, one.Settled?.By, one.Settled?.At);

    static AssessmentAttachment Shown(FileAttached file) => new(file.Id, file.Name, file.Length, file.Digest, file.By, file.At);
}
