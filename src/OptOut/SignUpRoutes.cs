using MaySend.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Records.SignUps;
using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>
/// The pages on which people sign up or come back: <c>/s/NAME</c>, and the confirmation that its mail leads to. GET and HEAD change nothing
/// anywhere. A POST of the first page has a mail sent and records nothing; only the POST of the confirmation does.
/// </summary>
static class SignUpRoutes
{
    /// <summary>Maps the pages.</summary>
    public static void MapSignUp(this WebApplication app)
    {
        var pages = app.MapGroup("/s").AllowAnonymous().WithTags("sign-up").DisableAntiforgery();
        pages.MapMethods("/confirm/{note}", ["GET", "HEAD"], ConfirmationAsync).ExcludeFromDescription();
        pages.MapPost("/confirm/{note}", ConfirmAsync).ExcludeFromDescription();
        pages.MapPost("/confirm/{note}/never", NeverAsync).ExcludeFromDescription();
        pages.MapMethods("/confirm/{note}/{**rest}", ["GET", "HEAD"], ConfirmationAsync).ExcludeFromDescription();
        pages.MapMethods("/{page}", ["GET", "HEAD"], ShowAsync).WithSummary("Show a sign-up page; changes nothing");
        pages.MapPost("/{page}", AskAsync).WithSummary("Send the confirmation of a sign-up to an address; records nothing");
        pages.MapGet("/{page}/form", FormAsync).WithSummary("Get the page's form as HTML for a page of your own; no script");
    }

    static async Task ShowAsync(HttpContext context, string page, SignUpDesk desk)
    {
        if (await SheetAsync(context, page, desk) is { } sheet)
            await WriteAsync(context, sheet, []);
    }

    static async Task FormAsync(HttpContext context, string page, SignUpDesk desk, PublicAddress address)
    {
        if (await SheetAsync(context, page, desk) is not { } sheet)
            return;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ContentLanguage = sheet.Words.Language;
        await context.Response.WriteAsync(SignUpSnippet.Of(sheet, address.Of($"s/{sheet.Page.Id}?lang={sheet.Words.Language}")));
    }

    static async Task AskAsync(HttpContext context, string page, SignUpDesk desk)
    {
        if (await SheetAsync(context, page, desk) is not { } sheet)
            return;
        var form = await PublicForm.ReadAsync(context);
        var ticked = sheet.Page.Topics.Where(topic => form["topic"].Contains(topic)).ToList();
        var (words, given) = (sheet.Words, form["address"].ToString().Trim());
        var isTicked = sheet.Page.Topics.IsEmpty ? form["yes"].Count > 0 : ticked.Count > 0;
        var whom = Address.Email(given).Address;
        if (!isTicked || whom is null)
        {
            var problem = isTicked ? words["join-no-address"] : words["join-no-tick"];
            await WriteAsync(context, sheet, ticked, given, problem, status: 400);
            return;
        }
        if (!desk.MayAsk(context))
        {
            context.Response.Headers.RetryAfter = "3600";
            await WriteAsync(context, sheet, ticked, given, words["join-many"], status: 429);
            return;
        }
        desk.Ask(sheet, whom, ticked);
        await PublicPage.WriteAsync(context, words, Face(words["join-sent"]), Said(said: words["join-sent-says"], isGood: true));
    }

    static async Task ConfirmationAsync(HttpContext context, string note, SignUpDesk desk)
    {
        if (await ReadAsync(context, note, desk) is not var (wish, sheet))
            return;
        var words = Chosen(context, sheet.Words);
        var said = Said(said: words.With("confirm-says", sheet.SenderName), wanted: wish.Topics);
        said["confirms"] = true;
        said["look"] = PublicLook.Style(sheet.Look);
        said["note"] = PublicForm.Plain(note);
        await PublicPage.WriteAsync(context, words, Face(words["confirm-title"]) with { HasLanguages = true }, said);
    }

    static async Task ConfirmAsync(HttpContext context, string note, SignUpDesk desk)
    {
        if (await ReadAsync(context, note, desk) is not var (wish, sheet))
            return;
        var words = Chosen(context, sheet.Words);
        try
        {
            var said = Said(said: words.With("confirmed-says", sheet.SenderName), isGood: true, wanted: wish.Topics);
            // Not tied to the connection: who hangs up has confirmed all the same.
            said["stop"] = await desk.ConfirmAsync(wish, sheet, CancellationToken.None);
            await PublicPage.WriteAsync(context, words, Face(words["confirmed"]), said);
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException)
        {
            await NotSavedAsync(context, words);
        }
    }

    static async Task NeverAsync(HttpContext context, string note, SignUpDesk desk)
    {
        if (await ReadAsync(context, note, desk) is not var (wish, sheet))
            return;
        var words = Chosen(context, sheet.Words);
        try
        {
            await desk.NeverAgainAsync(wish, CancellationToken.None);
            await PublicPage.WriteAsync(context, words, Face(words["never-done"]), Said(said: words["done-now"], isGood: true));
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException or IOException)
        {
            await NotSavedAsync(context, words);
        }
    }

    /// <summary>The page; null once it is answered that there is none, or that nobody can say now.</summary>
    static async Task<SignUpSheet?> SheetAsync(HttpContext context, string page, SignUpDesk desk)
    {
        var words = OptOutTexts.For(context.Request);
        try
        {
            if (await desk.SheetAsync(PublicForm.Plain(page), words, context.RequestAborted) is { } sheet)
                return sheet;
            await PublicPage.WriteAsync(context, words, Face(words["join-closed"]), Said(), 404);
        }
        catch (LedgerUnavailableException)
        {
            await NotSavedAsync(context, words);
        }
        return null;
    }

    static async Task<(SignUpWish Wish, SignUpSheet Sheet)?> ReadAsync(HttpContext context, string note, SignUpDesk desk)
    {
        var words = OptOutTexts.For(context.Request);
        try
        {
            if (await desk.ReadAsync(PublicForm.Plain(note), context.RequestAborted) is { } read)
                return read;
            await PublicPage.WriteAsync(context, words, Face(words["confirm-gone"]), Said(said: words["confirm-gone-says"]), 404);
        }
        catch (LedgerUnavailableException)
        {
            await NotSavedAsync(context, words);
        }
        return null;
    }

    /// <summary>The mail's language, unless another was chosen.</summary>
    static OptOutWords Chosen(HttpContext context, OptOutWords ofTheMail) =>
        context.Request.Query.ContainsKey("lang") ? OptOutTexts.For(context.Request) : ofTheMail;

    static Task WriteAsync(
        HttpContext context,
        SignUpSheet sheet,
        IReadOnlyList<string> ticked,
        string given = "",
        string problem = "",
        int status = 200
    )
    {
        var said = Said(problem, sheet.Words["join-says"]);
        said["asks"] = true;
        said["page"] = sheet.Page.Id;
        said["box"] = sheet.Box;
        said["address"] = given;
        said["notice"] = sheet.Page.Notice ?? "";
        said["look"] = PublicLook.Style(sheet.Look);
        said["logo"] = sheet.Look?.Logo ?? "";
        said["topics"] = sheet
            .Page.Topics.Select(topic => new ScriptObject { ["id"] = topic, ["ticked"] = ticked.Contains(topic) })
            .ToList();
        var face = Face(sheet.Words.With("join-title", sheet.SenderName)) with { HasLanguages = true };
        return PublicPage.WriteAsync(context, sheet.Words, face, said, status);
    }

    static Task NotSavedAsync(HttpContext context, OptOutWords words)
    {
        context.Response.Headers.RetryAfter = "60";
        return PublicPage.WriteAsync(context, words, Face(words["not-saved-title"]), Said(words["not-saved"]), 503);
    }

    static PublicPage.Face Face(string heading) => new("join", heading, HasLanguages: false);

    static ScriptObject Said(string problem = "", string said = "", bool isGood = false, IReadOnlyList<string>? wanted = null) =>
        new()
        {
            ["problem"] = problem,
            ["said"] = said,
            ["good"] = isGood,
            ["wanted"] = (wanted ?? []).ToList(),
            ["asks"] = false,
            ["confirms"] = false,
            ["stop"] = "",
        };
}
