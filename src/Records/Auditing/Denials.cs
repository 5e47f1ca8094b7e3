using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace MaySend.Records.Auditing;

/// <summary>Requests that were refused because of who asked are written down with what they tried: the method and the route.</summary>
public static class Denials
{
    /// <summary>Writes down that a request was refused. What stood in its address or body is not kept.</summary>
    /// <param name="http">The request.</param>
    /// <param name="who">The account or key.</param>
    /// <param name="door">One of <see cref="Doors"/>.</param>
    /// <returns>False where it could not be written down; it was refused all the same.</returns>
    public static Task<bool> NoteAsync(HttpContext http, string who, string door)
    {
        var route = (http.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "nothing";
        return http
            .RequestServices.GetRequiredService<AuditTrail>()
            .DeniedAsync(who, door, $"{Method(http)} /{route.TrimStart('/')}", $"{http.Connection.RemoteIpAddress}");
    }

    /// <summary>One of the known methods: a stranger may send any word as one.</summary>
    static string Method(HttpContext http) =>
        HttpMethods.IsGet(http.Request.Method) ? "GET"
        : HttpMethods.IsPost(http.Request.Method) ? "POST"
        : HttpMethods.IsPut(http.Request.Method) ? "PUT"
        : HttpMethods.IsDelete(http.Request.Method) ? "DELETE"
        : "OTHER";
}
