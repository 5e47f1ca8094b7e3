using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;
using MaySend.Records.Inbound;
using MaySend.Server.Http;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/inbound/{platform}</c>: what mail platforms report. The platform proves itself by its signature or shared secret, not by an API
/// key, and is never limited: each call may be somebody's opt-out.
/// </summary>
static class Inbound
{
    public static void MapInbound(this WebApplication app)
    {
        app.MapGet("/v1/inbound/{platform}", LookAsync)
            .AllowAnonymous()
            .WithTags("inbound")
            .WithSummary("Whether there is a hook for a platform; with a query, a text message that a platform reports by GET");
        app.MapPost("/v1/inbound/{platform}", TakeAsync)
            .AllowAnonymous()
            .WithTags("inbound")
            .WithSummary("Unsubscribes, complaints and bounces of a mail platform");
    }

    static ProblemAnswer NoHook() => ProblemAnswer.Of(404, "There is no hook for this platform", "Name it in inbound.json.");

    /// <summary>
    /// Mailchimp looks before it keeps the address of a hook. Platforms of text messages may call by GET unless their account says
    /// otherwise, and a reply of theirs that was answered "open" would be lost.
    /// </summary>
    static async Task<IResult> LookAsync(
        string platform,
        HttpContext context,
        SignalIntake intake,
        UnprovedCalls unproved,
        HookCalls calls,
        ServerOptions options,
        TimeProvider clock
    )
    {
        if (intake.Find(platform) is not { } hook)
            return NoHook();
        return Webhooks.IsOfTextMessages(hook.Source.Platform) && context.Request.Query.Keys.Any(name => name != "key")
            ? await TakeAsync(platform, context, intake, unproved, calls, options, clock)
            : Results.Json(new { platform, open = true }, Json.Web);
    }

    static async Task<IResult> TakeAsync(
        string platform,
        HttpContext context,
        SignalIntake intake,
        UnprovedCalls unproved,
        HookCalls calls,
        ServerOptions options,
        TimeProvider clock
    )
    {
        if (intake.Find(platform) is not { } hook)
            return NoHook();
        var isByQuery = HttpMethods.IsGet(context.Request.Method);
        context.AllowBody(WebhookRequest.LargestBody);
        using var body = new MemoryStream();
        if (isByQuery)
            body.Write(Encoding.UTF8.GetBytes(context.Request.QueryString.Value!.TrimStart('?')));
        else
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        var url = new Uri(
            OptOutLinks.PublicUrl(options, context),
            $"{context.Request.Path.Value!.TrimStart('/')}{context.Request.QueryString}"
        ).AbsoluteUri;
        var call = new WebhookRequest(
            body.ToArray(),
            context.Request.Headers.ToDictionary(field => field.Key, field => field.Value.ToString()),
            url,
            clock.GetUtcNow()
        )
        {
            IsByQuery = isByQuery,
        };
        var reading = Webhooks.Read(hook.Source, call);
        var problems = reading.Problems.Select(problem => new FieldProblem(problem.Place, problem.Says, problem.Remedy)).ToList();
        if (reading.Authenticity == Authenticity.Refused)
        {
            unproved.Count(hook.Source.Platform.ToString().ToLowerInvariant());
            return ProblemAnswer.Of(401, "The call was not proved, and nothing was read") with { Errors = problems };
        }
        var counts = await intake.RecordAsync(hook, reading.Signals, context.RequestAborted);
        var unread = reading.Problems.Where(problem => !reading.Signals.Any(signal => signal.Place == problem.Place)).ToList();
        counts = await intake.KeepUnreadAsync(
            hook.Source.Platform.ToString().ToLowerInvariant(),
            counts,
            unread,
            Encoding.UTF8.GetString(call.Body.Span),
            context.RequestAborted
        );
        // What was wrong names a place and a rule, never what was sent.
        calls.Count(
            hook.Source.Platform.ToString().ToLowerInvariant(),
            counts,
            [.. unread.Select(problem => $"{problem.Place}: {problem.Says}")]
        );
        // The good events of a batch are recorded and the others kept for a person; a call that says nothing readable is also given back.
        return problems.Count > 0 && reading.Signals.All(signal => signal.Words is not null)
            ? ProblemAnswer.Of(400, "Nothing in the call could be read") with
            {
                Errors = problems,
            }
            : Results.Json(
                new
                {
                    counts.Recorded,
                    counts.Repeated,
                    counts.Conflicts,
                    forAPerson = counts.ForAPerson,
                    counts.Nothing,
                    problems,
                },
                Json.Web
            );
    }
}
