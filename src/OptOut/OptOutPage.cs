using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using MaySend.Records.OptOuts;
using Scriban;
using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>What a page says.</summary>
public enum PageState
{
    /// <summary>One clear button, and finer choices below it.</summary>
    Ask,

    /// <summary>The same, after a choice without a tick.</summary>
    NothingTicked,

    /// <summary>It was recorded.</summary>
    Done,

    /// <summary>It is on disk and takes effect shortly.</summary>
    Spooled,

    /// <summary>It was taken back.</summary>
    Undone,

    /// <summary>It can no longer be taken back.</summary>
    UndoLate,

    /// <summary>Neither the store nor the disk took it: nothing was changed.</summary>
    NotSaved,

    /// <summary>The link is none of ours.</summary>
    Unknown,
}

/// <summary>What a page shows besides its words.</summary>
public sealed record PageContent(PageState State)
{
    /// <summary>The link's token; blank on the page for links that are none.</summary>
    public string Token { get; init; } = "";

    /// <summary>The sender's name; null when it cannot be known now.</summary>
    public string? Sender { get; init; }

    /// <summary>Topics that can be stopped one by one.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>False while the store cannot say which topics there are.</summary>
    public bool AreTopicsKnown { get; init; }

    /// <summary>What was just stopped; a choice of several counts as topics.</summary>
    public OptOutExtent Extent { get; init; } = OptOutExtent.Link;

    /// <summary>What lets this page take back the refusal just made; null when there is nothing to take back.</summary>
    public string? Undo { get; init; }
}

/// <summary>
/// Renders the pages: no script, no picture, nothing from elsewhere; it works on a phone, with a keyboard, in the dark, and in a text
/// browser.
/// </summary>
static class OptOutPage
{
    static readonly string[] Channels = ["email", "sms", "direct-message", "live-call", "automated-call", "post"];
    static readonly Template Page = Template.Parse(Source());

    /// <summary>Writes a page with its status.</summary>
    public static async Task WriteAsync(HttpContext context, PageContent content, int status = 200)
    {
        var words = OptOutTexts.For(context.Request);
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = words.Language;
        response.Headers.Vary = "Accept-Language";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        var octets = Encoding.UTF8.GetBytes(Render(words, content, nonce));
        response.ContentLength = octets.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(octets, context.RequestAborted);
    }

    static string Heading(PageContent content) =>
        (content.State, content.Extent) switch
        {
            (PageState.Done or PageState.Spooled, OptOutExtent.Everything) => "done-all",
            (PageState.Done or PageState.Spooled, OptOutExtent.Link) => "done",
            (PageState.Done or PageState.Spooled, _) => "done-chosen",
            (PageState.Undone, _) => "undone",
            _ => "title",
        };

    /// <summary>A page as text.</summary>
    internal static string Render(OptOutWords words, PageContent content, string nonce)
    {
        var text = new ScriptObject();
        foreach (var (key, value) in words.Words)
            text[key] = value;
        // A result is there for the asking only once; another language would show the question again, and the way to undo would be gone.
        var languages = content.State is PageState.Ask or PageState.NothingTicked or PageState.Unknown ? OptOutTexts.InOrder : [];
        var page = new ScriptObject
        {
            ["heading"] = words[Heading(content)],
            ["asks"] = content is { State: PageState.Ask or PageState.NothingTicked or PageState.NotSaved, Undo: null },
            ["here"] = content.Token.Length == 0 ? "" : $"/o/{content.Token}",
            ["t"] = text,
            ["lang"] = words.Language,
            ["nonce"] = nonce,
            ["token"] = content.Token,
            ["state"] = content.State.ToString(),
            ["from"] = content.Sender is { } sender ? words["from"].Replace("{0}", sender, StringComparison.Ordinal) : "",
            ["channels"] = Channels.Select(channel => new ScriptObject { ["id"] = channel, ["name"] = words.Channel(channel) }).ToList(),
            ["topics"] = content.Topics.ToList(),
            ["everything"] = content is { State: PageState.Done or PageState.Spooled, Extent: OptOutExtent.Everything },
            ["undo"] = content.Undo ?? "",
            ["languages"] = languages
                .Select(each => new ScriptObject
                {
                    ["id"] = each.Language,
                    ["name"] = each["name"],
                    ["dir"] = each["dir"],
                })
                .ToList(),
        };
        var context = new TemplateContext { StrictVariables = true };
        context.PushGlobal(page);
        return Page.Render(context);
    }

    static string Source()
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("MaySend.OptOut.page.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
