using MaySend.Records.OptOuts;
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

/// <summary>The page of an opt-out link in each of its states.</summary>
static class OptOutPage
{
    static readonly string[] Channels = ["email", "sms", "direct-message", "live-call", "automated-call", "post"];

    /// <summary>Writes the page with its status.</summary>
    public static Task WriteAsync(HttpContext context, PageContent content, int status = 200)
    {
        var words = OptOutTexts.For(context.Request);
        return PublicPage.WriteAsync(context, words, Face(words, content), Said(words, content), status);
    }

    /// <summary>The page as text.</summary>
    internal static string Render(OptOutWords words, PageContent content, string nonce) =>
        PublicPage.Render(words, Face(words, content), Said(words, content), nonce);

    // A result is there for the asking only once; another language would show the question again, and the way to undo would be gone.
    static PublicPage.Face Face(OptOutWords words, PageContent content) =>
        new(
            "stop",
            words[Heading(content)],
            content.State is not (PageState.Ask or PageState.NothingTicked or PageState.Unknown) ? null
                : content.Token.Length == 0 ? ""
                : $"/o/{content.Token}"
        );

    static string Heading(PageContent content) =>
        (content.State, content.Extent) switch
        {
            (PageState.Done or PageState.Spooled, OptOutExtent.Everything) => "done-all",
            (PageState.Done or PageState.Spooled, OptOutExtent.Link) => "done",
            (PageState.Done or PageState.Spooled, _) => "done-chosen",
            (PageState.Undone, _) => "undone",
            _ => "title",
        };

    static ScriptObject Said(OptOutWords words, PageContent content) =>
        new()
        {
            ["asks"] = content is { State: PageState.Ask or PageState.NothingTicked or PageState.NotSaved, Undo: null },
            ["token"] = content.Token,
            ["state"] = content.State.ToString(),
            ["from"] = content.Sender is { } sender ? words["from"].Replace("{0}", sender, StringComparison.Ordinal) : "",
            ["channels"] = Channels.Select(channel => new ScriptObject { ["id"] = channel, ["name"] = words.Channel(channel) }).ToList(),
            ["topics"] = content.Topics.ToList(),
            ["everything"] = content is { State: PageState.Done or PageState.Spooled, Extent: OptOutExtent.Everything },
            ["undo"] = content.Undo ?? "",
        };
}
