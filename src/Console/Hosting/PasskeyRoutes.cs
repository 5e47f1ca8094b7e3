using MaySend.Console.Access;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Identity;

namespace MaySend.Console.Hosting;

/// <summary>What the script of passkeys asks and hands over (WebAuthn): the challenge, and the browser's answer, as a form.</summary>
static class PasskeyRoutes
{
    const int LongestCredential = 16 * 1024;
    const int LongestName = 60;
    const int MostPasskeys = 10;

    public static void Map(WebApplication app)
    {
        var entering = app.MapGroup($"{ConsoleOptions.Root}/sign-in/passkey").AllowAnonymous().ExcludeFromDescription();
        entering.MapPost("/options", AskAsync);
        entering.MapPost("", EnterAsync);
        var own = app.MapGroup($"{ConsoleOptions.Root}/account/passkey").RequireAuthorization(Permit.Enter).ExcludeFromDescription();
        own.MapPost("/options", OfferAsync);
        own.MapPost("", AddAsync);
    }

    static async Task<IResult> AskAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<ConsoleUser> signIn) =>
        await antiforgery.IsRequestValidAsync(context)
            ? Results.Text(await signIn.MakePasskeyRequestOptionsAsync(null), "application/json")
            : Results.BadRequest();

    static async Task<IResult> EnterAsync(
        HttpContext context,
        IAntiforgery antiforgery,
        SignInManager<ConsoleUser> signIn,
        SignInGuard guard
    )
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var credential = form["credential"].ToString();
        var next = NextPage.Of(form["next"]);
        var step = credential.Length is 0 or > LongestCredential
            ? SignInStep.Refused
            : await guard.TryPasskeyAsync(context, signIn, credential);
        return Results.LocalRedirect(
            step == SignInStep.In ? $"~{next}" : $"~{ConsoleOptions.Root}/sign-in?passkey=no&next={Uri.EscapeDataString(next)}"
        );
    }

    static async Task<IResult> OfferAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<ConsoleUser> signIn)
    {
        if (
            !await antiforgery.IsRequestValidAsync(context)
            || await signIn.UserManager.GetUserAsync(context.User) is not { ProvidedBy: null } user
        )
            return Results.BadRequest();
        return Results.Text(
            await signIn.MakePasskeyCreationOptionsAsync(
                new PasskeyUserEntity
                {
                    Id = user.Id,
                    Name = user.Name,
                    DisplayName = user.Name,
                }
            ),
            "application/json"
        );
    }

    static async Task<IResult> AddAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<ConsoleUser> signIn, SignInLog log)
    {
        var users = signIn.UserManager;
        if (!await antiforgery.IsRequestValidAsync(context) || await users.GetUserAsync(context.User) is not { ProvidedBy: null } user)
            return Results.BadRequest();
        var form = await context.Request.ReadFormAsync(context.RequestAborted);
        var (credential, name) = (form["credential"].ToString(), form["name"].ToString().Trim());
        PasskeyAttestationResult? attested = null;
        try
        {
            if (credential.Length is > 0 and <= LongestCredential && user.Passkeys.Length < MostPasskeys)
                attested = await signIn.PerformPasskeyAttestationAsync(credential);
        }
        catch (InvalidOperationException)
        {
            // Nothing was asked of this browser, or too long ago.
        }
        if (attested is null || !attested.Succeeded || attested.UserEntity.Id != user.Id)
            return Back("no");
        attested.Passkey.Name = name.Length == 0 ? "passkey" : name[..Math.Min(name.Length, LongestName)];
        if (!(await users.AddOrUpdatePasskeyAsync(user, attested.Passkey)).Succeeded)
            return Back("no");
        // Sessions that a password alone began end.
        await users.UpdateSecurityStampAsync(user);
        await signIn.RefreshSignInAsync(user);
        log.Add(context, user.Name, "passkey added");
        return Back("added");
    }

    static IResult Back(string passkey) => Results.LocalRedirect($"~{ConsoleOptions.Root}/account/second-factor?passkey={passkey}");
}
