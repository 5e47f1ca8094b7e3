using MaySend.Console.Access;
using MaySend.Console.Assessing;
using MaySend.Console.Evidence;
using MaySend.Console.Lists;
using MaySend.Console.Pages;
using MaySend.Console.Requests;
using MaySend.Evidence.Import;
using MaySend.Reading;
using MaySend.Records.Auditing;
using MaySend.Records.Imports;
using MaySend.Records.Signing;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.WebUtilities;

namespace MaySend.Console.Hosting;

/// <summary>
/// Hangs the console on a host: pages under <see cref="ConsoleOptions.Root"/>, rendered on the server, with sign-in of their own. The host
/// registers an <see cref="MaySend.Evidence.Store.EvidenceStore"/>, a <see cref="MaySend.Decisions.Decider"/> and a
/// <see cref="TimeProvider"/>.
/// </summary>
public static class ConsoleHost
{
    /// <summary>Registers what the console needs.</summary>
    public static WebApplicationBuilder AddConsole(this WebApplicationBuilder builder, ConsoleOptions options)
    {
        OwnerOnly.MakeFolder(options.DataFolder);
        OwnerOnly.MakeFolder(Path.Combine(options.DataFolder, "console-keys"));
        // Files of an older build may be everybody's to read.
        OwnerOnly.CloseTree(Path.Combine(options.DataFolder, "console-keys"));
        var services = builder.Services;
        services.AddSingleton(options);
        services.AddRazorComponents(razor => razor.DetailedErrors = false);
        services.AddHttpContextAccessor();
        services
            .AddDataProtection()
            .SetApplicationName("MaySend")
            .PersistKeysToFileSystem(new DirectoryInfo(Path.Combine(options.DataFolder, "console-keys")));
        services.AddAntiforgery(antiforgery =>
        {
            antiforgery.Cookie.Name = "maysend-form";
            antiforgery.Cookie.HttpOnly = true;
            antiforgery.Cookie.SameSite = SameSiteMode.Strict;
            antiforgery.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        });
        AddAccess(services);
        ProviderSignIn.Add(services, options);
        services.AddSingleton<CampaignDesk>();
        services.AddSingleton<DecisionKeeper>();
        services.AddSingleton<SigningDesk>();
        services.AddSingleton<ControllerForms>();
        services.AddSingleton<StagedImports>();
        services.AddSingleton<ImportRuns>();
        services.AddHostedService<StagedImportsUpkeep>();
        services.AddSingleton<TakingBack>();
        services.AddSingleton<RefusedDomains>();
        services.AddSingleton<MapFallout>();
        services.AddSingleton<OptOutCount>();
        services.AddSingleton<CasesOnFile>();
        services.AddSingleton<LedgerProof>();
        services.AddSingleton<LedgerCounts>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerCounts>());
        return builder;
    }

    /// <summary>Maps the console's pages, files and downloads; the host has put authentication and authorization before them.</summary>
    public static WebApplication MapConsole(this WebApplication app)
    {
        app.UseWhen(
            context => context.Request.Path.StartsWithSegments(ConsoleOptions.Root),
            branch => branch.UseMiddleware<PageProtection>()
        );
        app.UseAntiforgery();
        app.MapRazorComponents<ConsolePage>();
        app.MapGet($"{ConsoleOptions.Root}/files/{{name}}", ConsoleFiles.Get)
            .AllowAnonymous()
            .DisableAntiforgery()
            .ExcludeFromDescription();
        ConsoleLists.Map(app);
        ScreeningDownloads.Map(app);
        AssessmentDownloads.Map(app);
        PersonDownloads.Map(app);
        PackDownloads.Map(app);
        AttachmentDownloads.Map(app);
        ImportProgressAnswer.Map(app);
        OptOutCountProgress.Map(app);
        ImportMapping.Map(app);
        RequestLetters.Map(app);
        PasskeyRoutes.Map(app);
        ProviderSignIn.Map(app, app.Services.GetRequiredService<ConsoleOptions>());
        // Without the console's scheme nobody is known here, and the form's token, which names its person, is never right.
        app.MapPost($"{ConsoleOptions.Root}/sign-out", SignOutAsync)
            .RequireAuthorization(policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser())
            .ExcludeFromDescription();
        app.MapFallback(
                $"{ConsoleOptions.Root}/{{**rest}}",
                () => new RazorComponentResult<Pages.NotFound> { StatusCode = StatusCodes.Status404NotFound }
            )
            .ExcludeFromDescription();
        app.Services.GetRequiredService<AdministratorSetup>().Announce();
        return app;
    }

    static void AddAccess(IServiceCollection services)
    {
        services.AddSingleton<UserFile>();
        services.AddSingleton<AdministratorSetup>();
        services.AddSingleton<SignInGuard>();
        services.AddSingleton<SignInLog>();
        services
            .AddIdentityCore<ConsoleUser>(identity =>
            {
                identity.Password = new PasswordOptions
                {
                    RequiredLength = 12,
                    RequireDigit = false,
                    RequireLowercase = false,
                    RequireUppercase = false,
                    RequireNonAlphanumeric = false,
                    RequiredUniqueChars = 5,
                };
                identity.Lockout = new LockoutOptions
                {
                    AllowedForNewUsers = true,
                    MaxFailedAccessAttempts = 5,
                    DefaultLockoutTimeSpan = TimeSpan.FromMinutes(15),
                };
                identity.User.AllowedUserNameCharacters = "";
            })
            .AddUserStore<UserStore>()
            .AddPasswordValidator<GuessedPasswords>()
            .AddClaimsPrincipalFactory<RoleClaims>()
            .AddTokenProvider<AuthenticatorTokenProvider<ConsoleUser>>(TokenOptions.DefaultAuthenticatorProvider)
            .AddSignInManager();
        services.Configure<IdentityPasskeyOptions>(passkeys =>
        {
            // Possession and knowledge in one: without a finger or a PIN it would be one factor.
            passkeys.UserVerificationRequirement = "required";
            passkeys.ResidentKeyRequirement = "required";
        });
        SecondFactorCookies.Add(services);
        services
            .AddAuthentication()
            .AddCookie(
                IdentityConstants.ApplicationScheme,
                cookie =>
                {
                    cookie.Cookie.Name = "maysend-console";
                    cookie.Cookie.Path = ConsoleOptions.Root;
                    cookie.Cookie.HttpOnly = true;
                    cookie.Cookie.SameSite = SameSiteMode.Lax;
                    cookie.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
                    cookie.ExpireTimeSpan = TimeSpan.FromHours(8);
                    cookie.SlidingExpiration = true;
                    cookie.LoginPath = $"{ConsoleOptions.Root}/sign-in";
                    cookie.AccessDeniedPath = $"{ConsoleOptions.Root}/denied";
                    cookie.ReturnUrlParameter = "next";
                    cookie.Events.OnSigningIn = SessionEnd.BeginAsync;
                    cookie.Events.OnValidatePrincipal = ValidateAsync;
                    cookie.Events.OnRedirectToAccessDenied = DenyAsync;
                }
            );
        var authorization = services.AddAuthorizationBuilder();
        foreach (var (permit, roles) in Permit.Roles)
            authorization.AddPolicy(
                permit,
                policy => policy.AddAuthenticationSchemes(IdentityConstants.ApplicationScheme).RequireAuthenticatedUser().RequireRole(roles)
            );
    }

    /// <summary>Every request asks the store: a role taken away, or an account closed, ends at once.</summary>
    static async Task ValidateAsync(CookieValidatePrincipalContext cookie)
    {
        if (
            !SessionEnd.HasCome(cookie)
            && await cookie
                .HttpContext.RequestServices.GetRequiredService<SignInManager<ConsoleUser>>()
                .ValidateSecurityStampAsync(cookie.Principal)
                is not null
        )
            return;
        cookie.RejectPrincipal();
        await cookie.HttpContext.SignOutAsync(IdentityConstants.ApplicationScheme);
    }

    /// <summary>Leads to the page that says who may, and writes down that somebody tried.</summary>
    static async Task DenyAsync(RedirectContext<CookieAuthenticationOptions> denied)
    {
        await Denials.NoteAsync(denied.HttpContext, denied.HttpContext.User.Signs(), Doors.Console);
        // What lies under a page may be for others than the page itself.
        var needs = denied
            .HttpContext.GetEndpoint()
            ?.Metadata.GetOrderedMetadata<IAuthorizeData>()
            .Select(one => one.Policy)
            .LastOrDefault(policy => policy is not null && Permit.Roles.ContainsKey(policy));
        denied.Response.Redirect(needs is null ? denied.RedirectUri : QueryHelpers.AddQueryString(denied.RedirectUri, "needs", needs));
    }

    static async Task<IResult> SignOutAsync(HttpContext context, IAntiforgery antiforgery, SignInManager<ConsoleUser> signIn)
    {
        if (!await antiforgery.IsRequestValidAsync(context))
            return Results.BadRequest();
        context.RequestServices.GetRequiredService<SignInLog>().Add(context, context.User.Signs(), "signed out");
        var isProvided = context.User.HasClaim(RoleClaims.Provided, "yes");
        await signIn.SignOutAsync();
        return Results.LocalRedirect($"~{ConsoleOptions.Root}/sign-in{(isProvided ? "?provider=out" : "")}");
    }
}
