using System.Security.Cryptography;
using MaySend.Console.Access;
using MaySend.Console.Pages;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Console.Hosting;

/// <summary>
/// Headers that keep other sites and injected text out of the console's pages, and one clear page when the store cannot answer or an act
/// is not allowed. Scripts run only with the page's nonce.
/// </summary>
sealed partial class PageProtection(RequestDelegate next, ILogger<PageProtection> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var nonce = ScriptNonce.Make(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action "
            + "'self'; base-uri 'none'; frame-ancestors 'none'";
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "same-origin";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";
        headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
        // Pages show personal data; nothing of them may stay in a shared cache or behind the back button after signing out.
        headers.CacheControl = "no-cache, no-store";
        headers.Pragma = "no-cache";
        var ours = headers.Keys.ToHashSet(StringComparer.OrdinalIgnoreCase);
        try
        {
            if (context.User.HasClaim(RoleClaims.MustChoosePassword, "yes") && !IsForChoosing(context.Request.Path))
            {
                context.Response.Redirect($"{ConsoleOptions.Root}/account");
                return;
            }
            if (context.User.HasClaim(RoleClaims.MustAddFactor, "yes") && !IsForChoosing(context.Request.Path))
            {
                context.Response.Redirect($"{ConsoleOptions.Root}/account/second-factor");
                return;
            }
            await next(context);
            // What ends without a page of its own ends with one all the same: nobody in a browser reads JSON or an empty answer.
            var response = context.Response;
            if (!response.HasStarted && response.StatusCode >= 400 && response.ContentType is null or "text/plain")
                await ShowTroubleAsync(context, ours, response.StatusCode);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException && !context.Response.HasStarted)
        {
            await ShowUnavailableAsync(context, ours, (fault as LedgerUnavailableException)?.Because ?? UnavailableBecause.Unreachable);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            var status = fault switch
            {
                NotEntitledException or UnauthorizedAccessException => StatusCodes.Status403Forbidden,
                BadHttpRequestException bad => bad.StatusCode,
                // A form whose octets are no text cannot carry a token that is right.
                AntiforgeryValidationException => StatusCodes.Status400BadRequest,
                _ => StatusCodes.Status500InternalServerError,
            };
            // The message of an unforeseen fault may quote what was sent; its type and place may not.
            if (status == StatusCodes.Status500InternalServerError)
                Fault(fault.GetType().Name, fault.StackTrace ?? "");
            await ShowTroubleAsync(context, ours, status);
        }
    }

    /// <summary>
    /// What somebody may reach who has to choose a password or add a second factor first: the page for it, the way out, and the files of
    /// pages.
    /// </summary>
    static bool IsForChoosing(PathString path) =>
        path.StartsWithSegments($"{ConsoleOptions.Root}/account")
        || path.StartsWithSegments($"{ConsoleOptions.Root}/sign-out")
        || path.StartsWithSegments($"{ConsoleOptions.Root}/sign-in")
        || path.StartsWithSegments($"{ConsoleOptions.Root}/files");

    Task ShowUnavailableAsync(HttpContext context, HashSet<string> ours, UnavailableBecause because)
    {
        StoreDown(because);
        // The message of the fault may name hosts and folders; the page says why in words of its own.
        return ShowAsync<Unavailable>(
            context,
            ours,
            StatusCodes.Status503ServiceUnavailable,
            new()
            {
                [nameof(Unavailable.Because)] = because,
                [nameof(Unavailable.Again)] = $"{context.Request.Path}{context.Request.QueryString}",
                [nameof(Unavailable.WasSent)] = !HttpMethods.IsGet(context.Request.Method),
            }
        );
    }

    static Task ShowTroubleAsync(HttpContext context, HashSet<string> ours, int status) =>
        ShowAsync<Trouble>(
            context,
            ours,
            status,
            new()
            {
                [nameof(Trouble.Status)] = status,
                [nameof(Trouble.Again)] = $"{context.Request.Path}{context.Request.QueryString}",
                [nameof(Trouble.WasSent)] = !HttpMethods.IsGet(context.Request.Method),
            }
        );

    /// <summary>Shows another page than the one asked for: what that one has begun, headers and renderer, is not taken up.</summary>
    static async Task ShowAsync<T>(HttpContext context, HashSet<string> ours, int status, Dictionary<string, object?> said)
        where T : IComponent
    {
        var headers = context.Response.Headers;
        foreach (var header in headers.Keys.Where(name => !ours.Contains(name)).ToList())
            headers.Remove(header);
        if (status == StatusCodes.Status503ServiceUnavailable)
            headers.RetryAfter = "5";
        var services = context.RequestServices;
        await using var afresh = services.CreateAsyncScope();
        context.RequestServices = afresh.ServiceProvider;
        try
        {
            await new RazorComponentResult<T>(said) { StatusCode = status }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    [LoggerMessage(LogLevel.Error, "fault {Type} at {Place}")]
    partial void Fault(string type, string place);

    [LoggerMessage(LogLevel.Error, "the store cannot answer: {Because}")]
    partial void StoreDown(UnavailableBecause because);
}
