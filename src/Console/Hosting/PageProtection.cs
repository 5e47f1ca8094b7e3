using System.Security.Cryptography;
using MaySend.Console.Pages;
using MaySend.Evidence;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Console.Hosting;

/// <summary>
/// Headers that keep other sites and injected text out of the console's pages, and one clear page when the store cannot answer. Scripts run
/// only with the page's nonce.
/// </summary>
sealed partial class PageProtection(RequestDelegate next, ILogger<PageProtection> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var nonce = ScriptNonce.Make(context);
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy =
            $"default-src 'none'; script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
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
            await next(context);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException && !context.Response.HasStarted)
        {
            await ShowUnavailableAsync(context, ours, (fault as LedgerUnavailableException)?.Because ?? UnavailableBecause.Unreachable);
        }
    }

    async Task ShowUnavailableAsync(HttpContext context, HashSet<string> ours, UnavailableBecause because)
    {
        StoreDown(because);
        // What the page that broke off has begun, headers and renderer, is not taken up: this is another page.
        var headers = context.Response.Headers;
        foreach (var header in headers.Keys.Where(name => !ours.Contains(name)).ToList())
            headers.Remove(header);
        headers.RetryAfter = "5";
        var services = context.RequestServices;
        await using var afresh = services.CreateAsyncScope();
        context.RequestServices = afresh.ServiceProvider;
        try
        {
            // The message of the fault may name hosts and folders; the page says why in words of its own.
            await new RazorComponentResult<Unavailable>(
                new Dictionary<string, object?>
                {
                    [nameof(Unavailable.Because)] = because,
                    [nameof(Unavailable.Again)] = $"{context.Request.Path}{context.Request.QueryString}",
                    [nameof(Unavailable.WasSent)] = !HttpMethods.IsGet(context.Request.Method),
                }
            )
            {
                StatusCode = StatusCodes.Status503ServiceUnavailable,
            }.ExecuteAsync(context);
        }
        finally
        {
            context.RequestServices = services;
        }
    }

    [LoggerMessage(LogLevel.Error, "the store cannot answer: {Because}")]
    partial void StoreDown(UnavailableBecause because);
}
