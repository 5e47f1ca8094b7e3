using MaySend.Console.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Hosting;

/// <summary>The two short cookies of signing in: that a password was right, and what a passkey was asked.</summary>
static class SecondFactorCookies
{
    public static void Add(IServiceCollection services) =>
        services
            .AddAuthentication()
            .AddCookie(PendingSignIn.Scheme, cookie => Set(cookie, "maysend-second"))
            .AddCookie(IdentityConstants.TwoFactorUserIdScheme, cookie => Set(cookie, "maysend-passkey"));

    static void Set(CookieAuthenticationOptions cookie, string name)
    {
        cookie.Cookie.Name = name;
        cookie.Cookie.Path = ConsoleOptions.Root;
        cookie.Cookie.HttpOnly = true;
        cookie.Cookie.SameSite = SameSiteMode.Strict;
        cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        cookie.ExpireTimeSpan = PendingSignIn.For;
        cookie.SlidingExpiration = false;
        // Neither opens a page: whoever has only these is nobody.
        cookie.Events.OnRedirectToLogin = context =>
        {
            context.Response.StatusCode = StatusCodes.Status401Unauthorized;
            return Task.CompletedTask;
        };
    }
}
