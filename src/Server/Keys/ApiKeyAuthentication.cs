using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text.Encodings.Web;
using System.Threading.RateLimiting;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Server.Http;
using MaySend.Server.OpenApi;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.Extensions.Options;

namespace MaySend.Server.Keys;

/// <summary>
/// Who calls: <c>Authorization: Bearer ms_...</c>. A store that cannot answer ends the request; nobody is let in on a guess. The records
/// that the key was found in go with the request.
/// </summary>
sealed class ApiKeyAuthentication(
    IOptionsMonitor<AuthenticationSchemeOptions> options,
    ILoggerFactory loggers,
    UrlEncoder encoder,
    ServerRecords records,
    KeyUses uses
) : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "ApiKey";
    const string Bearer = "Bearer ";

    // Whom a key stands for; a key is read anew when the record of it changes, and then has another entry here.
    static readonly ConditionalWeakTable<ApiKeyIssued, ClaimsPrincipal> Principals = [];

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        var known = await records.ReadAsync(Context.RequestAborted);
        if (ApiKey.Find(header[Bearer.Length..].Trim(), known) is not { } key)
            return AuthenticateResult.Fail("the key is not valid");
        Context.Features.Set(known);
        uses.Used(key.Id);
        return AuthenticateResult.Success(new AuthenticationTicket(Principals.GetValue(key, PrincipalOf), SchemeName));
    }

    static ClaimsPrincipal PrincipalOf(ApiKeyIssued key) =>
        new(
            new ClaimsIdentity(
                [
                    new Claim(ClaimTypes.NameIdentifier, key.Id),
                    new Claim(ClaimTypes.Name, key.Name),
                    .. key.Scopes.Select(scope => new Claim("scope", scope)),
                ],
                SchemeName
            )
        );

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var where = Context.GetEndpoint()?.Metadata.GetMetadata<ProtectedResource>()?.MetadataOf(Context);
        Response.Headers.WWWAuthenticate = "Bearer realm=\"maysend\"" + (where is null ? "" : $", resource_metadata=\"{where}\"");
        return ProblemAnswer.Of(401, "An API key is needed", "Send `Authorization: Bearer ms_...` with a valid key.").ExecuteAsync(Context);
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) =>
        ProblemAnswer
            .Of(
                403,
                "This key is not allowed to do that",
                $"It has the scopes: {string.Join(", ", Context.User.FindAll("scope").Select(claim => claim.Value))}."
            )
            .ExecuteAsync(Context);
}

/// <summary>Wires keys, scopes and the limit per key.</summary>
static class ApiKeyHosting
{
    public const string PerKey = "per-key";

    public static void AddApiKeys(this WebApplicationBuilder builder, ServerOptions options)
    {
        builder
            .Services.AddAuthentication(ApiKeyAuthentication.SchemeName)
            .AddScheme<AuthenticationSchemeOptions, ApiKeyAuthentication>(ApiKeyAuthentication.SchemeName, null);
        var authorization = builder.Services.AddAuthorizationBuilder();
        foreach (var scope in ApiScopes.All)
            authorization.AddPolicy(scope, policy => policy.RequireClaim("scope", scope, ApiScopes.Admin));
        builder.Services.AddRateLimiter(limiter =>
        {
            limiter.AddPolicy(
                PerKey,
                context =>
                    RateLimitPartition.GetTokenBucketLimiter(
                        context.User.FindFirstValue(ClaimTypes.NameIdentifier) ?? "",
                        _ => new TokenBucketRateLimiterOptions
                        {
                            TokenLimit = options.RequestsPerSecond * 2,
                            TokensPerPeriod = Math.Max(1, options.RequestsPerSecond / 10),
                            ReplenishmentPeriod = TimeSpan.FromMilliseconds(100),
                            QueueLimit = 0,
                        }
                    )
            );
            limiter.OnRejected = async (rejected, _) =>
            {
                rejected.HttpContext.Response.Headers.RetryAfter = "1";
                await ProblemAnswer
                    .Of(
                        429,
                        "Too many requests",
                        "This key has used up its requests for the moment. Nothing was decided, so nothing is sent."
                    )
                    .ExecuteAsync(rejected.HttpContext);
            };
        });
    }

    /// <summary>A group of API endpoints that needs a scope and counts against the key's limit.</summary>
    public static RouteGroupBuilder MapScoped(this IEndpointRouteBuilder routes, string prefix, string scope, string tag)
    {
        var group = routes.MapGroup(prefix);
        group
            .RequireAuthorization(scope)
            .RequireRateLimiting(PerKey)
            .WithMetadata(new DescribedQuery())
            .Refuses(400, 401, 403, 429, 503)
            .WithTags(tag);
        return group;
    }
}
