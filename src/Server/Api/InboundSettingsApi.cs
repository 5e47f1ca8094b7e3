using System.Globalization;
using MaySend.Records.Inbound;
using MaySend.Records.Keys;
using MaySend.Server.Answered;
using MaySend.Server.Api.Bodies;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/inbound-settings</c>: what <c>inbound.json</c> says, and changes of it. They are made where the console makes them.
/// </summary>
static class InboundSettingsApi
{
    const string Changed = "changed",
        Same = "same",
        Preview = "preview",
        PreviewSays = "`true` only says what would change, and what MaySend would no longer hear.";

    public static void MapInboundSettings(this WebApplication app)
    {
        var reading = app.MapScoped("/v1/inbound-settings", ApiScopes.Read, "inbound");
        reading.MapGet("", List).WithSummary("Say what MaySend listens to, without secrets").Produces<InboundSettingsShown>();
        reading.MapGet("/changes", ChangesAsync).WithSummary("List what was changed over the API and in the console, the latest first");
        reading
            .MapGet("/{id}", Show)
            .Refuses(404)
            .WithSummary("Say what is set for one platform, or for `mail`, without its secret")
            .Produces<InboundSourceShown>();
        var changing = app.MapScoped("/v1/inbound-settings", ApiScopes.Admin, "inbound");
        changing
            .MapPut("/{id}", PutAsync)
            .ReadsIfMatch()
            .ReadsQuery(Preview, PreviewSays, "true", "false")
            .Refuses(404, 409, 412)
            .WithSummary("Listen to a platform, or change what is set for it or for `mail`; in force at once")
            .Accepts<InboundSourceAsked>("application/json");
        changing
            .MapDelete("/{id}", RemoveAsync)
            .ReadsIfMatch()
            .ReadsQuery(Preview, PreviewSays, "true", "false")
            .Refuses(404, 409, 412)
            .WithSummary("Stop listening to a platform, or forget what is set for `mail`");
        changing
            .MapPost("/restore", RestoreAsync)
            .Refuses(409, 412)
            .WithSummary("Put the settings in use back in place of an `inbound.json` that cannot be read, which is kept beside it");
    }

    static IResult List(HttpContext context, InboundDesk desk, SealedTags tags)
    {
        var standing = desk.Read();
        return tags.Answer(
            context,
            standing.State,
            new InboundSettingsShown(
                [.. standing.Sources.Select(one => InboundSourceShown.Of(one.Key, one.Value))],
                standing.Faults,
                InboundDesk.Platforms
            )
        );
    }

    static IResult Show(string id, HttpContext context, InboundDesk desk, SealedTags tags)
    {
        var standing = desk.Read();
        return standing.Of(id) is { } source
            ? tags.Answer(context, standing.State, InboundSourceShown.Of(id.ToLowerInvariant(), source))
            : NotThere(id);
    }

    static async Task<Ok<Page<InboundSettingsChangeLine>>> ChangesAsync(
        HttpContext context,
        InboundDesk desk,
        int limit = Page.Default,
        string after = ""
    )
    {
        var all = await desk.HistoryAsync(context.RequestAborted);
        // Numbered from the first on, so that a change made meanwhile moves none to another page.
        var numbered = all.Select((change, at) => (Number: all.Count - at, Change: change));
        return TypedResults.Ok(
            Page.Of(
                after.Length == 0 ? numbered
                    : int.TryParse(after, CultureInfo.InvariantCulture, out var last) ? numbered.Where(one => one.Number < last)
                    : [],
                limit,
                one => new InboundSettingsChangeLine(one.Change.Id, one.Change.At, one.Change.By, one.Change.Changes),
                one => one.Number.ToString(CultureInfo.InvariantCulture)
            )
        );
    }

    static async Task<Results<Ok<InboundSettingsChange>, Created<InboundSettingsChange>, ProblemAnswer>> PutAsync(
        string id,
        HttpContext context,
        InboundDesk desk,
        SealedTags tags
    )
    {
        if (id != InboundSource.Mail && !InboundDesk.Platforms.Contains(id))
            return NotThere(id);
        var asked = await JsonBody.ReadAsync<InboundSourceAsked>(
            context.Request,
            (given, mistakes) =>
            {
                if (given.Id != id)
                    mistakes.Add("id", "differs from the id in the URL");
            }
        );
        var standing = desk.Read();
        var before = standing.Of(id);
        if (Hindrance(context, tags, standing, before is not null) is { } hindrance)
            return hindrance;
        var (after, secret) = (asked.After(before), asked.SignsIn);
        var mistakes = new Mistakes();
        asked.Check(mistakes);
        Add(await desk.ProblemsAsync(id, before, after, secret is not null), asked, mistakes);
        mistakes.ThrowIfAny();
        var lost = InboundChange.Lost(id, before, after);
        if (IsPreview(context))
            return TypedResults.Ok(new InboundSettingsChange(id, Preview, InboundChange.Between(before, after, secret), lost));
        var result = await desk.ChangeAsync(id, after, secret, standing.State, context.By(), context.RequestAborted);
        if (result.Outcome == InboundOutcome.Wrong)
        {
            Add(result.Problems, asked, mistakes);
            mistakes.ThrowIfAny();
        }
        if (NotMade(result) is { } refused)
            return refused;
        tags.Set(context, desk.Read().State);
        var change = Made(id, result, lost);
        return before is null ? TypedResults.Created((string?)null, change) : TypedResults.Ok(change);
    }

    static async Task<Results<Ok<InboundSettingsChange>, ProblemAnswer>> RemoveAsync(
        string id,
        HttpContext context,
        InboundDesk desk,
        SealedTags tags
    )
    {
        var standing = desk.Read();
        var before = standing.Of(id);
        if (Hindrance(context, tags, standing, before is not null) is { } hindrance)
            return hindrance;
        if (before is null)
            return NotThere(id);
        id = id.ToLowerInvariant();
        var lost = InboundChange.Lost(id, before, null);
        if (IsPreview(context))
            return TypedResults.Ok(new InboundSettingsChange(id, Preview, InboundChange.Between(before, null), lost));
        var result = await desk.ChangeAsync(id, null, null, standing.State, context.By(), context.RequestAborted);
        return NotMade(result) is { } refused ? refused : TypedResults.Ok(Made(id, result, lost));
    }

    static async Task<Results<Ok<InboundSettingsChange>, ProblemAnswer>> RestoreAsync(HttpContext context, InboundDesk desk)
    {
        var standing = desk.Read();
        if (standing.Faults.Count == 0)
            return ProblemAnswer.Of(409, "inbound.json has no errors", "There is nothing to put back.");
        var result = await desk.PutBackAsync(standing.State, context.By(), context.RequestAborted);
        return NotMade(result) is { } refused ? refused : TypedResults.Ok(Made("inbound.json", result, []));
    }

    static bool IsPreview(HttpContext context) =>
        context.Request.Query[Preview].ToString() switch
        {
            "" or "false" => false,
            "true" => true,
            // A word that nobody understands must not be taken for consent to the change.
            _ => throw new ProblemException(ProblemAnswer.Fields(new FieldProblem(Preview, "must be true or false"))),
        };

    static InboundSettingsChange Made(string id, InboundResult result, IReadOnlyList<string> lost) =>
        new(id, result.Outcome == InboundOutcome.Same ? Same : Changed, result.Changes, lost);

    /// <summary>Problems of the file, at the members of the body.</summary>
    static void Add(IReadOnlyList<SourceProblem> problems, InboundSourceAsked asked, Mistakes mistakes)
    {
        foreach (var problem in problems)
        {
            // A mailbox has its secret in a file, and is given it as a password or token.
            var field = asked.IsOfMail && problem.Field == "secret" ? (asked.Token is null ? "password" : "token") : problem.Field;
            if (!mistakes.List.Any(known => known.Field == field))
                mistakes.Add(field, problem.Text, problem.Help);
        }
    }

    static ProblemAnswer? Hindrance(HttpContext context, SealedTags tags, InboundStanding standing, bool isThere)
    {
        if (standing.Faults.Count > 0)
            return ProblemAnswer.Of(
                409,
                "inbound.json has errors",
                "Nothing can be changed until somebody corrects it, or puts the settings in use back (POST /v1/inbound-settings/restore)."
            );
        return tags.MayReplace(context, standing.State, isThere) ? null : Meanwhile();
    }

    static ProblemAnswer? NotMade(InboundResult result) =>
        result.Outcome switch
        {
            InboundOutcome.Changed or InboundOutcome.Same => null,
            InboundOutcome.Meanwhile => Meanwhile(),
            _ => ProblemAnswer.Of(
                409,
                "MaySend could not write inbound.json",
                "Nothing changed. The user that runs the server needs to be allowed to write it and its folder, and it must not be a "
                    + "link to a file elsewhere."
            ),
        };

    static ProblemAnswer Meanwhile() =>
        ProblemAnswer.Of(
            412,
            "inbound.json has changed in the meantime",
            "Nothing was written. GET it again, and send If-Match with its ETag."
        );

    static ProblemAnswer NotThere(string id) =>
        id == InboundSource.Mail || InboundDesk.Platforms.Contains(id.ToLowerInvariant())
            ? ProblemAnswer.Of(404, "Nothing is set for it", "PUT it to listen to it.")
            : ProblemAnswer.Of(404, "MaySend knows no such source", $"{InboundSource.Mail}, {string.Join(", ", InboundDesk.Platforms)}");
}
