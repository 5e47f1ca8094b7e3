using System.Security.Claims;
using MaySend.Records.Auditing;
using MaySend.Server.Http;

namespace MaySend.Server.Hosting;

/// <summary>
/// Wraps everything else and writes down each request that was refused: a role or key without the right, or an unknown key.
/// </summary>
sealed partial class DenialNotes(RequestDelegate next, ILogger<DenialNotes> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        // A visitor without a key has been asked for one, no more.
        var isDenied = context.Response.StatusCode switch
        {
            StatusCodes.Status403Forbidden => true,
            StatusCodes.Status401Unauthorized => context.Request.Headers.Authorization.Count > 0,
            _ => false,
        };
        // Nobody is known at the public pages, and a webhook's proof is counted elsewhere.
        if (!isDenied || context.GetEndpoint() is null)
            return;
        var isConsole = context.Request.Path.StartsWithSegments("/console");
        var who =
            isConsole ? context.User.Identity?.Name ?? "nobody"
            : context.User.FindFirstValue(ClaimTypes.NameIdentifier) is null ? "an unknown key"
            : context.By().Name;
        if (!await Denials.NoteAsync(context, who, isConsole ? Doors.Console : Doors.Api))
            NotWritten();
    }

    [LoggerMessage(LogLevel.Warning, "a refused request could not be written into the audit trail")]
    partial void NotWritten();
}
