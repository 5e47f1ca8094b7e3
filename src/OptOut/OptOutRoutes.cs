using System.Globalization;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Mail.OptOut;
using MaySend.Records;
using MaySend.Records.OptOuts;
using MaySend.Records.Outbox;
using MaySend.Records.Requests;
using MaySend.Records.SignUps;

namespace MaySend.OptOut;

/// <summary>
/// The public pages and the one-click address (RFC 8058). A POST opts out, whatever its body says and however often it comes; GET and HEAD
/// change nothing. No cookie, no redirect, no sign-in, and no limit on how often: the only thing asked for is the link, and all it can do
/// is opt out.
/// </summary>
public static class OptOutRoutes
{
    /// <summary>
    /// Registers what the pages need; the host has registered the records and <see cref="MaySend.Records.RecordsOptions"/>.
    /// </summary>
    public static void AddOptOut(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<OptOutKeys>().AddSingleton<OptOutRegister>().AddSingleton<Spool>().AddSingleton<OptOutIntake>();
        services.AddSingleton<OptOutStamp>().AddSingleton<PublicAddress>();
        services.AddSingleton<SignUpPages>().AddSingleton<SignUpRegister>().AddSingleton<SignUpDesk>();
        services.AddSingleton<RightsRequests>().AddSingleton<HeldDesk>();
        services.AddSingleton<MailLimits>().AddSingleton<MailOutbox>();
        services
            .AddHostedService(provider => provider.GetRequiredService<OptOutKeys>())
            .AddHostedService(provider => provider.GetRequiredService<MailOutbox>())
            .AddHostedService<OptOutKeyRefresh>()
            .AddHostedService<SpoolDrain>();
    }

    /// <summary>Maps the pages.</summary>
    public static void MapOptOut(this WebApplication app)
    {
        // What this process took, it knows: before the store has it, too.
        var (spool, register) = (app.Services.GetRequiredService<Spool>(), app.Services.GetRequiredService<OptOutRegister>());
        app.Services.GetRequiredService<EvidenceStore>().Waiting = contact => register.AsTheyWait(spool.WaitingOf(contact.ToString()));
        var pages = app.MapGroup("/o/{token}").AllowAnonymous().WithTags("opt-out").DisableAntiforgery();
        pages.MapMethods("", ["GET", "HEAD"], ShowAsync).WithSummary("Show the page with the opt-out button; changes nothing");
        pages.MapPost("", OneClickAsync).WithSummary("Unsubscribe with one click (RFC 8058)");
        pages
            .MapPost(
                "/stop",
                (HttpContext context, string token, OptOutIntake intake) => StopAsync(context, token, intake, OptOutExtent.Link)
            )
            .ExcludeFromDescription();
        pages
            .MapPost(
                "/everything",
                (HttpContext context, string token, OptOutIntake intake) => StopAsync(context, token, intake, OptOutExtent.Everything)
            )
            .ExcludeFromDescription();
        pages.MapPost("/choose", ChooseAsync).ExcludeFromDescription();
        pages.MapPost("/less", LessAsync).ExcludeFromDescription();
        pages.MapPost("/undo", UndoAsync).ExcludeFromDescription();
        pages.MapMethods("/{**rest}", ["GET", "HEAD"], ShowAsync).ExcludeFromDescription();
        app.MapSignUp();
        app.MapHeld();
        app.MapTexts();
    }

    static async Task ShowAsync(HttpContext context, string token, OptOutIntake intake)
    {
        token = PublicForm.Plain(token);
        if (await ReadAsync(context, token, intake) is { } read)
            await OptOutPage.WriteAsync(context, await intake.ContentAsync(token, read, PageState.Ask, context.RequestAborted));
    }

    /// <summary>
    /// What the body says is not looked at: who posts here asks to be left alone. So no encoding, size or fault of it can stand in the way.
    /// </summary>
    static async Task OneClickAsync(HttpContext context, string token, OptOutIntake intake)
    {
        token = PublicForm.Plain(token);
        if (await ReadAsync(context, token, intake) is not { } read)
            return;
        context.Response.ContentType = "text/plain; charset=utf-8";
        var taken = await intake.TakeAsync(token, read, [(OptOutExtent.Link, "")], isOnPage: false);
        // A provider that knows 503 asks again; one that does not has at least not been told that it was done.
        if (taken.Kept == OptOutKept.Nowhere)
            NotSaved(context);
        await context.Response.WriteAsync(taken.Kept == OptOutKept.Nowhere ? "not recorded: try again later\n" : "unsubscribed\n");
    }

    static Task StopAsync(HttpContext context, string token, OptOutIntake intake, OptOutExtent extent) =>
        TakeAsync(context, token, intake, _ => Task.FromResult<IReadOnlyList<(OptOutExtent, string)>>([(extent, "")]));

    static Task ChooseAsync(HttpContext context, string token, OptOutIntake intake) =>
        TakeAsync(
            context,
            token,
            intake,
            async read =>
            {
                var form = await PublicForm.ReadAsync(context);
                var offered = await intake.ContentAsync(PublicForm.Plain(token), read, PageState.NothingTicked, context.RequestAborted);
                var chosen = OptOutIntake.Chosen(form, offered);
                if (chosen.Count == 0)
                    await OptOutPage.WriteAsync(context, offered, 400);
                return chosen;
            }
        );

    static Task LessAsync(HttpContext context, string token, OptOutIntake intake) =>
        TakeAsync(
            context,
            token,
            intake,
            async read =>
            {
                var asked = (await PublicForm.ReadAsync(context))["times"].ToString();
                if (OptOutPage.Times.Any(times => times.ToString(CultureInfo.InvariantCulture) == asked))
                    return [(OptOutExtent.LessOften, asked)];
                var page = await intake.ContentAsync(PublicForm.Plain(token), read, PageState.NothingTicked, context.RequestAborted);
                await OptOutPage.WriteAsync(context, page, 400);
                return [];
            }
        );

    static async Task TakeAsync(
        HttpContext context,
        string token,
        OptOutIntake intake,
        Func<OptOutToken, Task<IReadOnlyList<(OptOutExtent Extent, string Word)>>> requests
    )
    {
        token = PublicForm.Plain(token);
        if (await ReadAsync(context, token, intake) is not { } read)
            return;
        if (await requests(read) is not { Count: > 0 } wanted)
            return;
        var taken = await intake.TakeAsync(token, read, wanted, isOnPage: true);
        if (taken.Kept == OptOutKept.Nowhere)
        {
            await NotSavedAsync(context, token);
            return;
        }
        var content = await intake.ContentAsync(
            token,
            read,
            taken.Kept == OptOutKept.OnDisk ? PageState.Spooled : PageState.Done,
            context.RequestAborted
        );
        await OptOutPage.WriteAsync(
            context,
            content with
            {
                Extent = wanted.Count == 1 ? wanted[0].Extent : OptOutExtent.Topic,
                Now = [.. wanted.Select(one => intake.Part(read, one.Extent, one.Word))],
                Undo = taken.Undo,
            }
        );
    }

    static async Task UndoAsync(HttpContext context, string token, OptOutIntake intake)
    {
        token = PublicForm.Plain(token);
        if (await ReadAsync(context, token, intake) is not { } read)
            return;
        var proof = (await PublicForm.ReadAsync(context))["act"].ToString();
        bool isUndone;
        try
        {
            isUndone = await intake.UndoAsync(read, proof, context.RequestAborted);
        }
        catch (Exception) when (!context.RequestAborted.IsCancellationRequested)
        {
            // The refusal stands, and the page says that nothing was changed.
            await NotSavedAsync(context, token, proof);
            return;
        }
        await OptOutPage.WriteAsync(
            context,
            await intake.ContentAsync(token, read, isUndone ? PageState.Undone : PageState.UndoLate, context.RequestAborted),
            isUndone ? 200 : 409
        );
    }

    /// <summary>
    /// What the link says; null once it is answered that it is none of ours, or that nobody can say now: "no such link" would be taken for
    /// the last word.
    /// </summary>
    static async Task<OptOutToken?> ReadAsync(HttpContext context, string token, OptOutIntake intake)
    {
        try
        {
            if (await intake.ReadAsync(token) is { } read)
                return read;
            await OptOutPage.WriteAsync(context, new PageContent(PageState.Unknown), 404);
        }
        catch (LedgerUnavailableException)
        {
            await NotSavedAsync(context, token);
        }
        return null;
    }

    static Task NotSavedAsync(HttpContext context, string token, string? undo = null)
    {
        NotSaved(context);
        return OptOutPage.WriteAsync(context, new PageContent(PageState.NotSaved) { Token = token, Undo = undo }, 503);
    }

    static void NotSaved(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.RetryAfter = "60";
    }
}
