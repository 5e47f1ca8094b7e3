using Microsoft.AspNetCore.Http.Features;

namespace MaySend.Server.Http;

/// <summary>Operations that take more than an ordinary body say how much.</summary>
static class BodySize
{
    /// <summary>Lets the body of this request have as many octets.</summary>
    public static void AllowBody(this HttpContext context, long? greatest)
    {
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } size)
            size.MaxRequestBodySize = greatest;
    }
}
