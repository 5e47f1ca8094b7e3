using MaySend.Evidence;
using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>
/// What is held about somebody: the link in a message has a fresh one sent to the address on record, and only with that can a right be
/// asked for. GET and HEAD change nothing.
/// </summary>
static class HeldRoutes
{
    const int LongestWords = 2000;

    /// <summary>Maps the pages.</summary>
    public static void MapHeld(this WebApplication app)
    {
        var group = app.MapGroup("").AllowAnonymous().DisableAntiforgery();
        group.MapPost("/o/{token}/held", SendAsync).ExcludeFromDescription();
        group.MapMethods("/h/{note}", ["GET", "HEAD"], ShowAsync).ExcludeFromDescription();
        group.MapPost("/h/{note}", AskAsync).ExcludeFromDescription();
    }

    static async Task SendAsync(HttpContext context, string token, HeldDesk desk, OptOutIntake intake)
    {
        var words = OptOutTexts.For(context.Request);
        try
        {
            if (await intake.ReadAsync(PublicForm.Plain(token)) is not { } read)
            {
                await OptOutPage.WriteAsync(context, new PageContent(PageState.Unknown), 404);
                return;
            }
            await desk.SendAsync(read, words, context.RequestAborted);
            await WriteAsync(context, words, words["join-sent"], words["held-sent"]);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException)
        {
            await NotNowAsync(context, words);
        }
    }

    static async Task ShowAsync(HttpContext context, string note, HeldDesk desk)
    {
        if (await ReadAsync(context, note, desk) is not { } held)
            return;
        var words = OptOutTexts.For(context.Request);
        var said = Said(held.SenderName);
        said["asks"] = true;
        said["note"] = PublicForm.Plain(note);
        said["notices"] = held.Notices.ToList();
        await PublicPage.WriteAsync(context, words, new("held", words["held-title"], HasLanguages: true), said);
    }

    static async Task AskAsync(HttpContext context, string note, HeldDesk desk)
    {
        if (await ReadAsync(context, note, desk) is not { } held)
            return;
        var words = OptOutTexts.For(context.Request);
        var form = await PublicForm.ReadAsync(context);
        var (right, wrote) = (form["right"].ToString(), form["words"].ToString().Trim());
        try
        {
            if (await desk.AskAsync(held, right, wrote.Length > LongestWords ? wrote[..LongestWords] : wrote) is { } id)
                await WriteAsync(context, words, words["held-received"], $"{words["held-received-says"]} {id}");
            else
                await WriteAsync(context, words, words["held-ask"], words["nothing-ticked"], 400);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException)
        {
            await NotNowAsync(context, words);
        }
    }

    static async Task<Held?> ReadAsync(HttpContext context, string note, HeldDesk desk)
    {
        var words = OptOutTexts.For(context.Request);
        try
        {
            if (await desk.ReadAsync(PublicForm.Plain(note), context.RequestAborted) is { } held)
                return held;
            await WriteAsync(context, words, words["confirm-gone"], words["confirm-gone-says"], 404);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException)
        {
            await NotNowAsync(context, words);
        }
        return null;
    }

    static Task WriteAsync(HttpContext context, OptOutWords words, string heading, string says, int status = 200)
    {
        var said = Said();
        said["said"] = says;
        return PublicPage.WriteAsync(context, words, new("held", heading, HasLanguages: false), said, status);
    }

    static Task NotNowAsync(HttpContext context, OptOutWords words)
    {
        context.Response.Headers.RetryAfter = "60";
        return WriteAsync(context, words, words["not-saved-title"], words["not-saved"], 503);
    }

    static ScriptObject Said(string sender = "") =>
        new()
        {
            ["asks"] = false,
            ["said"] = "",
            ["sender"] = sender,
        };
}
