using MaySend.Mcp;
using MaySend.Records.Keys;
using MaySend.Server.Api;
using MaySend.Server.Http;
using MaySend.Server.Keys;
using ModelContextProtocol.AspNetCore;

namespace MaySend.Server.Hosting;

/// <summary>
/// <c>/mcp</c>: assistants ask over HTTP (Model Context Protocol, streamable, without sessions), each with an API key of its own. What
/// they are offered is what the scopes of the key include.
/// </summary>
static class AssistantHosting
{
    const string Path = "/mcp";

    /// <summary>Where the resource says how it is reached (RFC 9728, section 3.1).</summary>
    const string Metadata = "/.well-known/oauth-protected-resource" + Path;

    public static void AddAssistants(this WebApplicationBuilder builder, ServerOptions options) =>
        builder
            .Services.AddMcpServer()
            .WithHttpTransport(http =>
            {
                // Each request stands for itself, so that any process on the store can answer it.
                http.SessionMode = HttpServerSessionMode.Stateless;
                http.ConfigureSessionOptions = (context, server, _) =>
                {
                    var scopes = context.User.FindAll("scope").Select(claim => claim.Value).ToList();
                    AssistantTools.Offer(
                        server,
                        context.RequestServices,
                        new Caller(context.By(), scopes, OptOutLinks.PublicUrl(options, context))
                    );
                    return Task.CompletedTask;
                };
            });

    public static void MapAssistants(this WebApplication app, ServerOptions options)
    {
        app.MapMcp(Path)
            .RequireAuthorization()
            .RequireRateLimiting(ApiKeyHosting.PerKey)
            .WithMetadata(new ProtectedResource(context => At(options, context, Metadata)))
            .ExcludeFromDescription();
        app.MapGet(
                Metadata,
                (HttpContext context) =>
                    Results.Json(
                        new
                        {
                            resource = At(options, context, Path),
                            resource_name = "MaySend",
                            bearer_methods_supported = new[] { "header" },
                            scopes_supported = new[] { ApiScopes.Decide, ApiScopes.Read, ApiScopes.Objection },
                        }
                    )
            )
            .AllowAnonymous()
            .ExcludeFromDescription();
    }

    static string At(ServerOptions options, HttpContext context, string path) =>
        new Uri(OptOutLinks.PublicUrl(options, context), path.TrimStart('/')).AbsoluteUri;
}
