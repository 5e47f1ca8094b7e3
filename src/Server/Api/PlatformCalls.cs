using System.Text;
using MaySend.Mail.Inbound;
using MaySend.Mail.Inbound.Platforms;
using MaySend.Records.Inbound;
using MaySend.Server.Answered;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>Takes the calls of mail platforms: reads one, proves it, records what it says, and counts it for whoever looks after
/// them.</summary>
sealed class PlatformCalls(SignalIntake intake, UnprovedCalls unproved, HookCalls counted, ServerOptions options, TimeProvider clock)
{
    /// <summary>The answer where nobody opened a hook.</summary>
    public static ProblemAnswer NoHook => ProblemAnswer.Of(404, "No hook is set up for this platform", "Name it in inbound.json.");

    /// <summary>The hook of a platform; null where it has none.</summary>
    public InboundHook? Hook(string platform) => intake.Find(platform);

    /// <summary>Takes one call, by POST or with everything in its query.</summary>
    public async Task<Results<Ok<InboundTaken>, ProblemAnswer>> TakeAsync(InboundHook hook, HttpContext context)
    {
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
        counted.Count(
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
            : TypedResults.Ok(InboundTaken.Of(counts, problems));
    }
}
