using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;

namespace MaySend.Server.Http;

/// <summary>A JSON answer with an ETag; one the caller already has is answered 304.</summary>
/// <param name="Body">What is answered.</param>
/// <param name="State">What the tag is made of.</param>
sealed record TaggedAnswer<T>(T Body, string State) : IResult, IEndpointMetadataProvider
{
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var tag = Page.TagOf(State);
        httpContext.Response.Headers.ETag = tag.ToString();
        // It may be kept, if it is asked about each time.
        httpContext.Response.Headers.CacheControl = "private, no-cache";
        if (httpContext.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
        {
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        return httpContext.Response.WriteAsJsonAsync(Body, Json.Web, httpContext.RequestAborted);
    }

    static void IEndpointMetadataProvider.PopulateMetadata(MethodInfo method, EndpointBuilder builder) =>
        builder.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status200OK, typeof(T), ["application/json"]));
}
