using System.Security.Claims;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace MaySend.Console.Tests;

/// <summary>An OpenID Connect provider (OpenIddict) at which somebody is always signed in; says of them what it is told.</summary>
sealed class LoginProvider : IAsyncDisposable
{
    public const string ClientId = "maysend";
    public const string Secret = "a secret between the two";

    WebApplication app = null!;

    public string Subject { get; set; } = "1001";

    public string? Name { get; set; } = "Frida Falk";

    public string[] Groups { get; set; } = ["privacy"];

    public string Url { get; private set; } = "";

    public static async Task<LoginProvider> StartAsync()
    {
        var provider = new LoginProvider();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Services.AddRouting();
        builder.Services.AddAuthentication();
        builder.Services.AddOpenIddict().AddServer(provider.Set);
        provider.app = builder.Build();
        provider.app.UseRouting();
        provider.app.UseAuthentication();
        await provider.app.StartAsync();
        provider.Url = provider.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        return provider;
    }

    /// <summary>The file of <c>--oidc</c> for this provider.</summary>
    public string FileIn(string folder)
    {
        var (path, secret) = (Path.Combine(folder, "oidc.json"), Path.Combine(folder, "oidc.secret"));
        File.WriteAllText(secret, Secret + "\n");
        File.WriteAllText(
            path,
            $$"""
            {"authority": "{{Url}}", "clientId": "{{ClientId}}", "secretFile": "{{secret}}", "title": "Shop login",
             "roles": {"privacy": ["data-protection-officer"], "shop-admins": ["administrator"]}
            }
            """
        );
        return path;
    }

    public ValueTask DisposeAsync() => app.DisposeAsync();

    void Set(OpenIddictServerBuilder server)
    {
        server
            .EnableDegradedMode()
            .SetAuthorizationEndpointUris("authorize")
            .SetTokenEndpointUris("token")
            .SetEndSessionEndpointUris("logout")
            .AllowAuthorizationCodeFlow()
            .RequireProofKeyForCodeExchange()
            .RegisterScopes(Scopes.Profile)
            .AddEphemeralEncryptionKey()
            .AddEphemeralSigningKey();
        server.UseAspNetCore().DisableTransportSecurityRequirement();
        server.AddEventHandler<OpenIddictServerEvents.ValidateAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (
                    context.ClientId != ClientId
                    || context.RedirectUri?.EndsWith("/console/sign-in/provider/back", StringComparison.Ordinal) != true
                )
                    context.Reject(Errors.InvalidClient);
                return default;
            })
        );
        server.AddEventHandler<OpenIddictServerEvents.ValidateTokenRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                if (context.ClientId != ClientId || context.ClientSecret != Secret)
                    context.Reject(Errors.InvalidClient);
                return default;
            })
        );
        server.AddEventHandler<OpenIddictServerEvents.ValidateEndSessionRequestContext>(handler => handler.UseInlineHandler(_ => default));
        server.AddEventHandler<OpenIddictServerEvents.HandleAuthorizationRequestContext>(handler =>
            handler.UseInlineHandler(context =>
            {
                context.SignIn(Person(context.Request.GetScopes()));
                return default;
            })
        );
    }

    ClaimsPrincipal Person(IEnumerable<string> scopes)
    {
        var identity = new ClaimsIdentity("login", Claims.Name, Claims.Role);
        identity.AddClaim(new Claim(Claims.Subject, Subject));
        if (Name is not null)
            identity.AddClaim(new Claim(Claims.PreferredUsername, Name));
        identity.AddClaims(Groups.Select(group => new Claim("groups", group)));
        identity.SetDestinations(_ => [Destinations.IdentityToken]);
        var person = new ClaimsPrincipal(identity);
        person.SetScopes(scopes);
        return person;
    }
}
