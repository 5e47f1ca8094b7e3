using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Access;

/// <summary>
/// Checks a name and a password so that nobody who tries them out learns anything or stands in anybody's way: few are checked at once, each
/// answer takes one hash, an address has so many tries, and a browser that somebody has signed in with before is not shut out by strangers
/// who lock the name.
/// </summary>
public sealed class SignInGuard(IDataProtectionProvider protection, TimeProvider clock) : IDisposable
{
    const int AtOnce = 2;
    const int Tries = 30;
    const int TriesOfKnown = 10;
    const int GreatestRemembered = 20_000;
    const string DeviceCookie = "maysend-device";

    static readonly TimeSpan Window = TimeSpan.FromMinutes(15);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    static readonly TimeSpan DeviceKnownFor = TimeSpan.FromDays(180);

    // What is hashed when nobody has the name, or nobody may use it now, so that the answer takes as long.
    static readonly ConsoleUser Nobody = new()
    {
        Name = "nobody",
        PasswordHash = new PasswordHasher<ConsoleUser>().HashPassword(new ConsoleUser(), UserFile.NewStamp()),
    };

    readonly IDataProtector devices = protection.CreateProtector("MaySend.Console.Device");
    readonly SemaphoreSlim checking = new(AtOnce);
    readonly ConcurrentDictionary<string, (int Count, long Since)> tries = new(StringComparer.Ordinal);

    /// <summary>Signs somebody in; false whatever the reason.</summary>
    public async Task<bool> TryAsync(HttpContext context, SignInManager<ConsoleUser> signIn, string name, string password)
    {
        var users = signIn.UserManager;
        var user = await users.FindByNameAsync(name);
        var known = user is not null && KnownDevice(context) == user.Id;
        // Ways that differ in nothing that a stopwatch sees: one wait, one hash.
        if (!await checking.WaitAsync(Patience, context.RequestAborted))
            return false;
        try
        {
            var source = known ? $"device {user!.Id}" : Source(context);
            var mayTry = Counts(source, known ? TriesOfKnown : Tries);
            var isOpen = user is not null && mayTry && (known || !await users.IsLockedOutAsync(user));
            if (!isOpen)
            {
                users.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password);
                return false;
            }
            if (!await users.CheckPasswordAsync(user!, password))
            {
                if (!known)
                    await users.AccessFailedAsync(user!);
                return false;
            }
            await users.ResetAccessFailedCountAsync(user!);
            if (source is not null)
                tries.TryRemove(source, out _);
        }
        finally
        {
            checking.Release();
        }
        await signIn.SignInAsync(user!, isPersistent: false);
        Remember(context, user!);
        return true;
    }

    /// <inheritdoc />
    public void Dispose() => checking.Dispose();

    /// <summary>Counts a try; false when there were too many of this source lately.</summary>
    bool Counts(string? source, int most)
    {
        if (source is null)
            return true;
        if (tries.Count > GreatestRemembered)
            tries.Clear();
        var now = clock.GetTimestamp();
        var counted = tries.AddOrUpdate(
            source,
            (1, now),
            (_, before) => clock.GetElapsedTime(before.Since, now) > Window ? (1, now) : (before.Count + 1, before.Since)
        );
        return counted.Count <= most;
    }

    /// <summary>Where a try comes from; null where it cannot be told: behind a proxy every visitor has its address, and the limit is the
    /// proxy's to set.</summary>
    static string? Source(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && !IPAddress.IsLoopback(address) ? $"address {address}" : null;

    string? KnownDevice(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[DeviceCookie] is { } sealedId ? devices.ToTimeLimitedDataProtector().Unprotect(sealedId) : null;
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            return null;
        }
    }

    void Remember(HttpContext context, ConsoleUser user) =>
        context.Response.Cookies.Append(
            DeviceCookie,
            devices.ToTimeLimitedDataProtector().Protect(user.Id, DeviceKnownFor),
            new CookieOptions
            {
                Path = ConsoleOptions.Root,
                HttpOnly = true,
                Secure = context.Request.IsHttps,
                SameSite = SameSiteMode.Strict,
                MaxAge = DeviceKnownFor,
            }
        );
}
