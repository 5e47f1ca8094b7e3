using System.Security.Claims;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// Somebody who has given the right password and not yet the second factor: for five minutes, in a cookie that opens nothing.
/// </summary>
static class PendingSignIn
{
    /// <summary>The cookie's scheme.</summary>
    public const string Scheme = "maysend-second";

    /// <summary>How long the second factor is waited for.</summary>
    public static readonly TimeSpan For = TimeSpan.FromMinutes(5);

    const string Stamp = "stamp";

    public static Task BeginAsync(HttpContext context, ConsoleUser user) =>
        context.SignInAsync(
            Scheme,
            new ClaimsPrincipal(
                new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, user.Id), new Claim(Stamp, user.SecurityStamp)], Scheme)
            )
        );

    /// <summary>Who that is; null where nobody is, or the account has changed since.</summary>
    public static async Task<ConsoleUser?> OfAsync(HttpContext context, UserManager<ConsoleUser> users) =>
        (await context.AuthenticateAsync(Scheme)).Principal is { } pending
        && pending.FindFirstValue(ClaimTypes.NameIdentifier) is { } id
        && await users.FindByIdAsync(id) is { } user
        && user.SecurityStamp == pending.FindFirstValue(Stamp)
            ? user
            : null;

    public static Task EndAsync(HttpContext context) => context.SignOutAsync(Scheme);
}
