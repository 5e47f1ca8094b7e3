namespace MaySend.Server.Hosting;

/// <summary>Headers that every answer carries unless its page says otherwise: nothing is framed, sniffed, referred or stored.</summary>
static class SecureHeaders
{
    public static void UseSecureHeaders(this WebApplication app, ServerOptions options) =>
        app.Use(
            (context, next) =>
            {
                // Behind a proxy that ends TLS a request comes in plain, under any name it likes: what the operator said stands, so that
                // cookies are for TLS alone and no redirect leads where a Host header says.
                if (options.PublicUrl is { } known && known.Scheme == Uri.UriSchemeHttps)
                    (context.Request.Scheme, context.Request.Host) = (known.Scheme, new HostString(known.Authority));
                var headers = context.Response.Headers;
                headers.XContentTypeOptions = "nosniff";
                headers["Referrer-Policy"] = "no-referrer";
                headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";
                headers["Cross-Origin-Opener-Policy"] = "same-origin";
                headers["Cross-Origin-Resource-Policy"] = "same-origin";
                headers["Permissions-Policy"] = "camera=(), geolocation=(), microphone=()";
                headers.CacheControl = "no-store";
                if (context.Request.IsHttps)
                    headers.StrictTransportSecurity = "max-age=31536000";
                return next(context);
            }
        );
}
