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
sealed class SignInGuard(IDataProtectionProvider protection, TimeProvider clock, SignInLog log) : IDisposable
{
    const int AtOnce = 2;
    const int Tries = 30;
    const int TriesOfKnown = 10;
    const int TriesOfCode = 5;
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

    /// <summary>Checks a name and a password, and signs in where no second factor is asked for.</summary>
    public async Task<SignInStep> TryAsync(HttpContext context, SignInManager<ConsoleUser> signIn, string name, string password)
    {
        var users = signIn.UserManager;
        var user = await users.FindByNameAsync(name);
        var known = user is not null && KnownDevice(context) == user.Id;
        // Ways that differ in nothing that a stopwatch sees: one wait, one hash.
        if (!await checking.WaitAsync(Patience, context.RequestAborted))
            return SignInStep.Refused;
        try
        {
            var source = known ? $"device {user!.Id}" : Source(context);
            var mayTry = Counts(source, known ? TriesOfKnown : Tries);
            var isOpen = user is { ProvidedBy: null } && mayTry && (known || !await users.IsLockedOutAsync(user));
            if (!isOpen)
            {
                users.PasswordHasher.VerifyHashedPassword(Nobody, Nobody.PasswordHash!, password);
                return Refused(
                    context,
                    user?.Name,
                    user is null ? "no such account"
                        : user.ProvidedBy is not null ? "this account signs in with the provider"
                        : mayTry ? "locked"
                        : "too many tries"
                );
            }
            if (!await users.CheckPasswordAsync(user!, password))
            {
                if (!known)
                    await users.AccessFailedAsync(user!);
                return Refused(context, user!.Name, "wrong password");
            }
            if (source is not null)
                tries.TryRemove(source, out _);
        }
        finally
        {
            checking.Release();
        }
        if (user!.HasSecondFactor)
        {
            log.Add(context, user.Name, "password right, second factor asked");
            await PendingSignIn.BeginAsync(context, user);
            return SignInStep.SecondFactor;
        }
        await LetInAsync(context, signIn, user, "signed in");
        return SignInStep.In;
    }

    /// <summary>Takes a code of the authenticator app, or a recovery code, of whoever has just given the right password.</summary>
    public async Task<SignInStep> TryCodeAsync(HttpContext context, SignInManager<ConsoleUser> signIn, string code)
    {
        var users = signIn.UserManager;
        if (await PendingSignIn.OfAsync(context, users) is not { } user)
            return SignInStep.Refused;
        var known = KnownDevice(context) == user.Id;
        if (!Counts($"code {user.Id}", TriesOfCode) || (!known && await users.IsLockedOutAsync(user)))
            return Refused(context, user.Name, "too many tries");
        var given = code.Trim().Replace(" ", "", StringComparison.Ordinal);
        var isFromApp = given.Length == 6 && given.All(char.IsAsciiDigit);
        var isRight = isFromApp
            ? user.HasAuthenticator
                && UserStore.DigestOf(given) != user.LastCode
                && await users.VerifyTwoFactorTokenAsync(user, users.Options.Tokens.AuthenticatorTokenProvider, given)
            : (await users.RedeemTwoFactorRecoveryCodeAsync(user, given)).Succeeded;
        if (!isRight)
        {
            if (!known)
                await users.AccessFailedAsync(user);
            return Refused(context, user.Name, isFromApp ? "wrong code" : "wrong recovery code");
        }
        if (isFromApp)
        {
            user.LastCode = UserStore.DigestOf(given);
            if (!(await users.UpdateAsync(user)).Succeeded)
                return Refused(context, user.Name, "the account was changed in the meantime");
        }
        tries.TryRemove($"code {user.Id}", out _);
        await LetInAsync(context, signIn, user, isFromApp ? "signed in with a code" : "signed in with a recovery code");
        return SignInStep.In;
    }

    /// <summary>Takes what a passkey answered: it is possession and a finger or a PIN in one, and needs no password.</summary>
    public async Task<SignInStep> TryPasskeyAsync(HttpContext context, SignInManager<ConsoleUser> signIn, string credential)
    {
        if (!Counts(Source(context), Tries))
            return Refused(context, null, "too many tries");
        PasskeyAssertionResult<ConsoleUser> asserted;
        try
        {
            asserted = await signIn.PerformPasskeyAssertionAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked of this browser, or too long ago.
            return Refused(context, null, "passkey refused");
        }
        if (!asserted.Succeeded || !asserted.Passkey.IsUserVerified || asserted.User is { IsClosed: true } or { ProvidedBy: not null })
            return Refused(context, asserted.User?.Name, "passkey refused");
        await signIn.UserManager.AddOrUpdatePasskeyAsync(asserted.User, asserted.Passkey);
        await LetInAsync(context, signIn, asserted.User, "signed in with a passkey");
        return SignInStep.In;
    }

    async Task LetInAsync(HttpContext context, SignInManager<ConsoleUser> signIn, ConsoleUser user, string how)
    {
        await signIn.UserManager.ResetAccessFailedCountAsync(user);
        await PendingSignIn.EndAsync(context);
        await signIn.SignInAsync(user, isPersistent: false);
        Remember(context, user);
        log.Add(context, user.Name, how, isIn: true);
    }

    SignInStep Refused(HttpContext context, string? name, string why)
    {
        log.Add(context, name, why);
        return SignInStep.Refused;
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
