using MaySend.Mail.Inbound.Platforms;
using MaySend.Server.Answered;
using MaySend.Server.Http;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Api;

/// <summary>
/// <c>/v1/inbound/{platform}</c>: what mail platforms report. The platform proves itself by its signature or shared secret, not by an API
/// key, and is never limited: each call may be somebody's opt-out.
/// </summary>
static class InboundApi
{
    public static void MapInbound(this WebApplication app)
    {
        app.MapGet("/v1/inbound/{platform}", LookAsync)
            .AllowAnonymous()
            .Produces<HookOpen>()
            .AlsoAnswers(typeof(InboundTaken))
            .Refuses(400, 401, 404, 503)
            .WithTags("inbound")
            .WithSummary("Check whether there is a hook for a platform; with a query, report a text message (for platforms that use GET)");
        // Mandrill asks so before it keeps the address of a hook, and keeps none where that is no 200.
        app.MapMethods("/v1/inbound/{platform}", [HttpMethods.Head], Look).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/v1/inbound/{platform}", TakeAsync)
            .AllowAnonymous()
            .Refuses(400, 401, 404, 503)
            .WithTags("inbound")
            .WithSummary("Report unsubscribes, complaints and bounces from a mail platform");
    }

    /// <summary>
    /// Mailchimp looks before it keeps the address of a hook. Platforms of text messages may call by GET unless their account says
    /// otherwise, and a reply of theirs that was answered "open" would be lost.
    /// </summary>
    static async Task<IResult> LookAsync(string platform, HttpContext context, PlatformCalls calls)
    {
        if (calls.Hook(platform) is not { } hook)
            return PlatformCalls.NoHook;
        return Webhooks.IsOfTextMessages(hook.Source.Platform) && context.Request.Query.Keys.Any(name => name != "key")
            ? await calls.TakeAsync(hook, context)
            : TypedResults.Ok(new HookOpen(platform, Open: true));
    }

    static IResult Look(string platform, PlatformCalls calls) => calls.Hook(platform) is null ? PlatformCalls.NoHook : TypedResults.Ok();

    static async Task<Results<Ok<InboundTaken>, ProblemAnswer>> TakeAsync(string platform, HttpContext context, PlatformCalls calls) =>
        calls.Hook(platform) is { } hook ? await calls.TakeAsync(hook, context) : PlatformCalls.NoHook;
}
