using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Server.Console.Pages;
using Microsoft.AspNetCore.Http.HttpResults;

namespace MaySend.Server.Console;

/// <summary>
/// Headers that keep other sites and injected text out of the console's pages, and one clear page when the store cannot answer. Scripts run only with the page's nonce.
/// </summary>
sealed class PageProtection(RequestDelegate next)
{
    const string NonceKey = "maysend-nonce";

    /// <summary>The nonce of this response's scripts.</summary>
    public static string Nonce(HttpContext context) => context.Items[NonceKey] as string ?? "";

    public async Task InvokeAsync(HttpContext context)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(18));
        context.Items[NonceKey] = nonce;
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
        try
        {
            await next(context);
        }
        catch (LedgerUnavailableException fault) when (!context.Response.HasStarted)
        {
            context.Response.Headers.RetryAfter = "5";
            await new RazorComponentResult<Unavailable>(new Dictionary<string, object?> { [nameof(Unavailable.Because)] = fault.Message }) { StatusCode = StatusCodes.Status503ServiceUnavailable }
                .ExecuteAsync(context);
        }
    }
}
