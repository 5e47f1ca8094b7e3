using MaySend.Console.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;

namespace MaySend.Console.Hosting;

/// <summary>
/// Signing in with an OpenID Connect provider: authorization code with PKCE, and a session like any other here. Off unless the host names
/// a provider.
/// </summary>
static class ProviderSignIn
{
    /// <summary>The scheme.</summary>
    public const string Scheme = "maysend-provider";

    const string Begin = $"{ConsoleOptions.Root}/sign-in/provider";
    const string End = $"{ConsoleOptions.Root}/sign-out/provider";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public static void Add(IServiceCollection services, ConsoleOptions console)
    {
        if (console.Provider is not { } provider)
            return;
        services.AddSingleton<ProvidedAccounts>();
        services.AddAuthentication().AddOpenIdConnect(Scheme, oidc => Set(oidc, provider));
    }

    public static void Map(WebApplication app, ConsoleOptions console)
    {
        if (console.Provider is null)
            return;
        // By GET, as links are: the form of a page may lead to no other site. What comes back is bound to this browser by state and nonce.
        app.MapGet(Begin, BeginAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapGet(End, EndAsync).AllowAnonymous().ExcludeFromDescription();
    }

    static void Set(OpenIdConnectOptions oidc, Provider provider)
    {
        oidc.Authority = provider.Authority.ToString();
        oidc.ClientId = provider.ClientId;
        oidc.ClientSecret = provider.Secret;
        oidc.RequireHttpsMetadata = !provider.Authority.IsLoopback;
        oidc.BackchannelTimeout = Patience;
        oidc.ResponseType = OpenIdConnectResponseType.Code;
        // In the query, so that the cookies that bind it to this browser need not be sent with forms of other sites.
        oidc.ResponseMode = OpenIdConnectResponseMode.Query;
        oidc.UsePkce = true;
        oidc.MapInboundClaims = false;
        oidc.ClaimActions.Clear();
        oidc.SaveTokens = false;
        oidc.Scope.Clear();
        foreach (var scope in provider.Scopes.Prepend("openid").Distinct())
            oidc.Scope.Add(scope);
        oidc.SignInScheme = IdentityConstants.ApplicationScheme;
        oidc.CallbackPath = $"{Begin}/back";
        oidc.SignedOutCallbackPath = $"{End}/back";
        oidc.SignedOutRedirectUri = $"{ConsoleOptions.Root}/sign-in";
        // A page elsewhere that makes a browser call an address would sign its user out.
        oidc.RemoteSignOutPath = PathString.Empty;
        foreach (var cookie in new[] { oidc.CorrelationCookie, oidc.NonceCookie })
        {
            cookie.Path = ConsoleOptions.Root;
            cookie.SameSite = SameSiteMode.Lax;
            cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
        }
        oidc.Events.OnTicketReceived = ReceivedAsync;
        oidc.Events.OnRemoteFailure = FailedAsync;
        oidc.Events.OnRedirectToIdentityProviderForSignOut = leaving =>
        {
            leaving.ProtocolMessage.ClientId = leaving.Options.ClientId;
            return Task.CompletedTask;
        };
    }

    static async Task ReceivedAsync(TicketReceivedContext ticket)
    {
        var services = ticket.HttpContext.RequestServices;
        var signIn = services.GetRequiredService<SignInManager<ConsoleUser>>();
        if (
            await services.GetRequiredService<ProvidedAccounts>().TakeAsync(ticket.HttpContext, ticket.Principal!, signIn.UserManager)
            is not { } user
        )
        {
            ticket.Response.Redirect($"{ConsoleOptions.Root}/sign-in?provider=no");
            ticket.HandleResponse();
            return;
        }
        ticket.Principal = await signIn.CreateUserPrincipalAsync(user);
        services.GetRequiredService<SignInLog>().Add(ticket.HttpContext, user.Name, "signed in with the provider", isIn: true);
    }

    static Task FailedAsync(RemoteFailureContext failure)
    {
        failure
            .HttpContext.RequestServices.GetRequiredService<SignInLog>()
            .Add(failure.HttpContext, null, "the provider's answer was not accepted");
        failure.Response.Redirect($"{ConsoleOptions.Root}/sign-in?provider=away");
        failure.HandleResponse();
        return Task.CompletedTask;
    }

    static async Task<IResult> BeginAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> options, string? next = null) =>
        await ConfigurationAsync(context, options) is null
            ? Results.LocalRedirect($"~{ConsoleOptions.Root}/sign-in?provider=away")
            : Results.Challenge(new AuthenticationProperties { RedirectUri = NextPage.Of(next) }, [Scheme]);

    /// <summary>Here nobody is signed in any more; at the provider they may be.</summary>
    static async Task<IResult> EndAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> options) =>
        await ConfigurationAsync(context, options) is { EndSessionEndpoint.Length: > 0 }
            ? Results.SignOut(null, [Scheme])
            : Results.LocalRedirect($"~{ConsoleOptions.Root}/sign-in");

    static async Task<OpenIdConnectConfiguration?> ConfigurationAsync(HttpContext context, IOptionsMonitor<OpenIdConnectOptions> options)
    {
        try
        {
            return await options.Get(Scheme).ConfigurationManager!.GetConfigurationAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidOperationException or IOException or HttpRequestException or TaskCanceledException)
        {
            return null;
        }
    }
}
