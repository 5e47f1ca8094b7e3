using System.Globalization;
using Microsoft.AspNetCore.Authentication.Cookies;

namespace MaySend.Console.Hosting;

/// <summary>A session is prolonged while it is used, and ends all the same: twelve hours after the password was given.</summary>
static class SessionEnd
{
    /// <summary>The longest session.</summary>
    internal static readonly TimeSpan After = TimeSpan.FromHours(12);

    const string Began = "began";

    /// <summary>Notes when it began; prolonging it changes nothing of that.</summary>
    internal static Task BeginAsync(CookieSigningInContext signingIn)
    {
        var now = signingIn.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        signingIn.Properties.Items.TryAdd(Began, now.ToString("O", CultureInfo.InvariantCulture));
        return Task.CompletedTask;
    }

    /// <summary>True when it is over, or nobody can say since when it is.</summary>
    internal static bool HasCome(CookieValidatePrincipalContext session) =>
        !session.Properties.Items.TryGetValue(Began, out var began)
        || !DateTimeOffset.TryParse(began, CultureInfo.InvariantCulture, out var at)
        || session.HttpContext.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow() - at > After;
}
