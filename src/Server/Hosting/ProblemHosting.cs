using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Diagnostics;

namespace MaySend.Server.Hosting;

/// <summary>Every failure ends as problem+json; none of them as a permission. Messages name no person.</summary>
static partial class ProblemHosting
{
    public static void AddProblems(this WebApplicationBuilder builder) =>
        builder.Services.AddExceptionHandler<Handler>().AddProblemDetails();

    public static void UseProblems(this WebApplication app)
    {
        app.UseExceptionHandler();
        app.UseStatusCodePages(context =>
            context.HttpContext.Response.ContentType is null && !IsPublicPage(context.HttpContext.Request.Path)
                ? Of(context.HttpContext.Response.StatusCode).ExecuteAsync(context.HttpContext)
                : Task.CompletedTask
        );
    }

    static bool IsPublicPage(PathString path) =>
        path.StartsWithSegments("/o") || path.StartsWithSegments("/s") || path.StartsWithSegments("/h");

    static ProblemAnswer Of(int status) =>
        status switch
        {
            404 => ProblemAnswer.Of(404, "Nothing is at this address"),
            405 => ProblemAnswer.Of(405, "This method is not supported here"),
            415 => ProblemAnswer.Of(415, "Unsupported content type", "Send the content type that the API description names."),
            _ => ProblemAnswer.Of(status, "The request could not be answered"),
        };

    static ProblemAnswer Of(Exception fault, HttpContext context)
    {
        switch (fault)
        {
            case ProblemException known:
                return known.Problem;
            case NotEntitledException missing:
                return ProblemAnswer.Of(403, "This key is not allowed to do that", $"Nothing was written: {missing.Message}.");
            case BadHttpRequestException bad:
                return ProblemAnswer.Of(
                    bad.StatusCode,
                    bad.StatusCode == 413 ? "The body is too large" : "The request cannot be read",
                    bad.StatusCode == 413 ? null : "It is not valid HTTP."
                );
            case LedgerUnavailableException or TimeoutException:
                context.Response.Headers.RetryAfter = "5";
                return ProblemAnswer.Of(
                    503,
                    "The store cannot answer now",
                    "Nothing is decided and nothing is sent. Ask again later; writing again with the same Idempotency-Key is safe."
                ) with
                {
                    Type = "urn:maysend:store-unavailable",
                };
            default:
                return ProblemAnswer.Of(500, "Something went wrong on the server", "Nothing is decided and nothing is sent.");
        }
    }

    sealed partial class Handler(ILogger<Handler> log) : IExceptionHandler
    {
        public async ValueTask<bool> TryHandleAsync(HttpContext context, Exception fault, CancellationToken cancellation)
        {
            if (context.RequestAborted.IsCancellationRequested)
                return true;
            var problem = Of(fault, context);
            if (fault is LedgerUnavailableException unavailable)
                StoreDown(unavailable.Because.ToString());
            // The message of an unforeseen fault may quote what was sent; its type and place may not.
            else if (problem.Status == 500)
                Fault(fault.GetType().Name, fault.StackTrace ?? "");
            await problem.ExecuteAsync(context);
            return true;
        }

        [LoggerMessage(LogLevel.Error, "the store cannot answer: {Because}")]
        partial void StoreDown(string because);

        [LoggerMessage(LogLevel.Error, "fault {Type} at {Place}")]
        partial void Fault(string type, string place);
    }
}
