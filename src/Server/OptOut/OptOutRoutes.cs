using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Mail.OptOut;
using MaySend.Server.Hosting;
using MaySend.Server.Records;
using Microsoft.AspNetCore.DataProtection;

namespace MaySend.Server.OptOut;

/// <summary>
/// The public pages and the one-click address (RFC 8058). A POST opts out, whatever its body says and however often it comes; GET and HEAD change nothing. No cookie, no redirect, no sign-in,
/// and no limit on how often: the only thing asked for is the link, and all it can do is opt out.
/// </summary>
static class OptOutRoutes
{
    const int GreatestForm = 16 * 1024;

    public static void AddOptOut(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton<OptOutKeys>().AddSingleton<OptOutRegister>().AddSingleton<Spool>().AddSingleton<Taking>();
        services.AddHostedService<SpoolDrain>();
        services.AddDataProtection().SetApplicationName("MaySend");
        services.AddOptions<Microsoft.AspNetCore.DataProtection.KeyManagement.KeyManagementOptions>().Configure<ServerOptions, ILoggerFactory>((keys, options, log) =>
            keys.XmlRepository ??= new Microsoft.AspNetCore.DataProtection.Repositories.FileSystemXmlRepository(new DirectoryInfo(Path.Combine(options.DataFolder, "page-keys")), log));
    }

    public static void MapOptOut(this WebApplication app)
    {
        var pages = app.MapGroup("/o/{token}").AllowAnonymous().WithTags("opt-out").DisableAntiforgery();
        pages.MapMethods("", ["GET", "HEAD"], ShowAsync).WithSummary("The page with the button; changes nothing");
        pages.MapPost("", OneClickAsync).WithSummary("One-click unsubscribe (RFC 8058)");
        pages.MapPost("/stop", (HttpContext context, string token, Taking taking) => StopAsync(context, token, taking, OptOutExtent.Link)).ExcludeFromDescription();
        pages.MapPost("/everything", (HttpContext context, string token, Taking taking) => StopAsync(context, token, taking, OptOutExtent.Everything)).ExcludeFromDescription();
        pages.MapPost("/choose", ChooseAsync).ExcludeFromDescription();
        pages.MapPost("/undo", UndoAsync).ExcludeFromDescription();
        pages.MapMethods("/{**rest}", ["GET", "HEAD"], ShowAsync).ExcludeFromDescription();
    }

    static async Task ShowAsync(HttpContext context, string token, Taking taking)
    {
        if (taking.Read(token) is not { } read) await UnknownAsync(context);
        else await OptOutPage.WriteAsync(context, await taking.ContentAsync(token, read, PageState.Ask, context.RequestAborted));
    }

    /// <summary>What the body says is not looked at: who posts here asks to be left alone. So no encoding, size or fault of it can stand in the way.</summary>
    static async Task OneClickAsync(HttpContext context, string token, Taking taking)
    {
        if (taking.Read(token) is not { } read)
        {
            await UnknownAsync(context);
            return;
        }
        await taking.TakeAsync(token, read, [(OptOutExtent.Link, "")]);
        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync("unsubscribed\n");
    }

    static async Task StopAsync(HttpContext context, string token, Taking taking, OptOutExtent extent)
    {
        if (taking.Read(token) is not { } read)
        {
            await UnknownAsync(context);
            return;
        }
        var taken = await taking.TakeAsync(token, read, [(extent, "")]);
        await WriteDoneAsync(context, token, taking, read, taken, extent == OptOutExtent.Everything);
    }

    static async Task ChooseAsync(HttpContext context, string token, Taking taking)
    {
        if (taking.Read(token) is not { } read)
        {
            await UnknownAsync(context);
            return;
        }
        var form = await FormAsync(context);
        // Only words that were offered: what is typed into a request of one's own must not become a record of any length.
        var offered = await taking.ContentAsync(token, read, PageState.NothingTicked, context.RequestAborted);
        var wishes = form["channel"].Where(channel => channel is not null && Words.Channels.Contains(channel)).Select(channel => (OptOutExtent.Channel, channel!))
            .Concat(form["topic"].Where(topic => topic is not null && offered.Topics.Contains(topic)).Select(topic => (OptOutExtent.Topic, topic!))).Distinct().ToList();
        if (wishes.Count == 0)
        {
            await OptOutPage.WriteAsync(context, offered, 400);
            return;
        }
        await WriteDoneAsync(context, token, taking, read, await taking.TakeAsync(token, read, wishes), isEverything: false);
    }

    static async Task UndoAsync(HttpContext context, string token, Taking taking)
    {
        if (taking.Read(token) is not { } read)
        {
            await UnknownAsync(context);
            return;
        }
        var form = await FormAsync(context);
        var isUndone = await taking.UndoAsync(read, form["act"].ToString(), context.RequestAborted);
        await OptOutPage.WriteAsync(context, await taking.ContentAsync(token, read, isUndone ? PageState.Undone : PageState.UndoLate, context.RequestAborted), isUndone ? 200 : 409);
    }

    static async Task WriteDoneAsync(HttpContext context, string token, Taking taking, OptOutToken read, Taking.Taken taken, bool isEverything)
    {
        var content = await taking.ContentAsync(token, read, taken.IsSpooled ? PageState.Spooled : PageState.Done, context.RequestAborted);
        await OptOutPage.WriteAsync(context, content with { IsEverything = isEverything, Undo = taken.Undo });
    }

    static Task UnknownAsync(HttpContext context) => OptOutPage.WriteAsync(context, new PageContent(PageState.Unknown), 404);

    static async Task<IFormCollection> FormAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType || context.Request.ContentLength > GreatestForm) return FormCollection.Empty;
        try
        {
            return await context.Request.ReadFormAsync(context.RequestAborted);
        }
        catch (Exception fault) when (fault is InvalidDataException or IOException)
        {
            return FormCollection.Empty;
        }
    }
}

/// <summary>Takes wishes: into the store, or, when it does not answer in time, onto the disk. Either way they are safe before anybody is told so.</summary>
sealed class Taking(OptOutKeys keys, OptOutRegister register, Spool spool, EvidenceStore store, ServerRecords records, ServerOptions options, IDataProtectionProvider protection, TimeProvider clock)
{
    readonly IDataProtector undos = protection.CreateProtector("opt-out undo");

    /// <summary>What became of the wishes of one request.</summary>
    /// <param name="IsSpooled">At least one waits on disk.</param>
    /// <param name="Undo">What lets the page take back what was just added; null when nothing was.</param>
    public readonly record struct Taken(bool IsSpooled, string? Undo);

    public OptOutToken? Read(string token) => keys.TryRead(token, out var read) ? read : null;

    public async Task<Taken> TakeAsync(string token, OptOutToken read, IReadOnlyList<(OptOutExtent Extent, string Word)> wishes)
    {
        var contact = ContactOf(read);
        var isSpooled = false;
        var added = new List<string>();
        foreach (var wish in wishes.Select(each => new OptOutWish(contact, read.Scope, OptOutWish.NameOf(token), each.Extent, each.Word, clock.GetUtcNow())))
        {
            try
            {
                // Not tied to the connection: who hangs up has asked all the same.
                var taken = await register.RefuseAsync(wish, CancellationToken.None).AsTask().WaitAsync(options.OptOutPatience, clock);
                if (taken is { IsNew: true, RefusalId: { } id }) added.Add(id);
                Telemetry.OptOuts.Add(1, new KeyValuePair<string, object?>("kept", "store"));
            }
            catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException or LedgerKeyException)
            {
                spool.Add(wish);
                isSpooled = true;
                Telemetry.OptOuts.Add(1, new KeyValuePair<string, object?>("kept", "spool"));
            }
        }
        return new(isSpooled, added.Count == 0 ? null : undos.Protect(string.Join('\n', [contact, .. added])));
    }

    /// <summary>Takes back what one page added. The proof is sealed for this server and names contact and refusals, so that a link alone cannot take anything back.</summary>
    public async Task<bool> UndoAsync(OptOutToken read, string proof, CancellationToken cancellation)
    {
        string[] parts;
        try
        {
            parts = undos.Unprotect(proof).Split('\n');
        }
        catch (Exception fault) when (fault is System.Security.Cryptography.CryptographicException or FormatException or ArgumentException)
        {
            return false;
        }
        if (parts[0] != ContactOf(read)) return false;
        var all = true;
        foreach (var refusal in parts.Skip(1)) all &= await register.RetractAsync(parts[0], refusal, cancellation);
        return all;
    }

    /// <summary>What a page shows. A store that is down takes the sender's name from the page, never the button.</summary>
    public async Task<PageContent> ContentAsync(string token, OptOutToken read, PageState state, CancellationToken cancellation)
    {
        var known = records.LastRead;
        string? sender = null;
        try
        {
            known = await records.ReadAsync(cancellation).AsTask().WaitAsync(options.OptOutPatience, clock, cancellation);
            var controller = await store.ControllerAsync(cancellation: cancellation).AsTask().WaitAsync(options.OptOutPatience, clock, cancellation);
            if (known.Scopes.TryGetValue(read.Scope, out var named)) sender = controller.Senders.GetValueOrDefault(named.Sender)?.Name is { Length: > 0 } name ? name : named.Sender;
        }
        catch (Exception fault) when (fault is LedgerUnavailableException or TimeoutException)
        {
            // The page stands without it.
        }
        var scope = known.Scopes.GetValueOrDefault(read.Scope);
        var topics = known.Campaigns.Values.Where(each => scope is not null && each.Campaign.Sender == scope.Sender).SelectMany(each => each.Campaign.Topics)
            .Concat(scope?.Topic is { } topic ? [topic] : []).Distinct().Order(StringComparer.Ordinal).Take(40).ToList();
        return new PageContent(state) { Token = token, Sender = sender, Topics = topics };
    }

    static string ContactOf(OptOutToken token) => token.Contact.ToString("x32", System.Globalization.CultureInfo.InvariantCulture);
}
