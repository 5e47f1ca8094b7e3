using System.Diagnostics;
using MaySend.Records;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace MaySend.Server.Hosting;

/// <summary>Metrics and traces. Paths and queries hold addresses and tokens, so spans carry the route's pattern instead.</summary>
static class Telemetry
{
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // Where to is for the standard variables to say; without them nothing is traced and nothing leaves the process.
        if (builder.Configuration["OTEL_EXPORTER_OTLP_ENDPOINT"] is null)
            return;
        builder
            .Services.AddOpenTelemetry()
            .WithMetrics(metrics =>
                metrics.AddMeter(Meters.Name, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel").AddOtlpExporter()
            )
            .WithTracing(traces =>
                traces
                    .AddAspNetCoreInstrumentation(aspnet =>
                    {
                        aspnet.EnrichWithHttpRequest = (span, _) => Redact(span, null);
                        aspnet.EnrichWithHttpResponse = (span, response) =>
                            Redact(span, (response.HttpContext.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
                    })
                    .AddOtlpExporter()
            );
    }

    static void Redact(Activity span, string? route)
    {
        span.SetTag("url.path", route ?? "-");
        span.SetTag("url.query", null);
        span.SetTag("user_agent.original", null);
    }
}
