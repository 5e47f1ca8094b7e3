using System.Globalization;
using MaySend.Law.Facts;
using MaySend.Records;
using MaySend.Records.OptOuts;
using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>What a page says.</summary>
enum PageState
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

/// <summary>A part of what is stopped: channels and topics, nulls for all of them.</summary>
/// <param name="Channels">The channels.</param>
/// <param name="Topics">The topics.</param>
/// <param name="AtMost">How many messages in 30 days are still wanted; null for none.</param>
sealed record StoppedPart(NameSet? Channels, NameSet? Topics, int? AtMost = null)
{
    internal string In(OptOutWords words)
    {
        var named = string.Join(" · ", [.. Names(Channels).Select(words.Channel), .. Names(Topics)]);
        var what = named.Length > 0 ? named : words["stopped-all"];
        return AtMost is { } most ? string.Create(CultureInfo.InvariantCulture, $"{what}: ≤ {most} / 30") : what;
    }

    static IEnumerable<string> Names(NameSet? names) => names is { IsEverything: false } ? names.Names : [];
}

/// <summary>What a page shows besides its words.</summary>
sealed record PageContent(PageState State)
{
    /// <summary>The link's token; blank on the page for links that are none.</summary>
    public string Token { get; init; } = "";

    /// <summary>The sender's name; null when it cannot be known now.</summary>
    public string? Sender { get; init; }

    /// <summary>Topics that can be stopped one by one.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    /// <summary>False while the store cannot say which topics there are.</summary>
    public bool AreTopicsKnown { get; init; }

    /// <summary>What is stopped at this address already, in the words of the page.</summary>
    public IReadOnlyList<StoppedPart> Before { get; init; } = [];

    /// <summary>What was stopped just now.</summary>
    public IReadOnlyList<StoppedPart> Now { get; init; } = [];

    /// <summary>The path of the page where the person can come back; null where there is none.</summary>
    public string? Back { get; init; }

    /// <summary>True where a fresh link to what is held can be sent.</summary>
    public bool CanAsk { get; init; }

    /// <summary>How the sender wants its pages to look; null for the server's own look.</summary>
    public SenderLookSet? Look { get; init; }

    /// <summary>What was just stopped; a choice of several counts as topics.</summary>
    public OptOutExtent Extent { get; init; } = OptOutExtent.Link;

    /// <summary>What lets this page take back the refusal just made; null when there is nothing to take back.</summary>
    public string? Undo { get; init; }
}

/// <summary>The page of an opt-out link in each of its states.</summary>
static class OptOutPage
{
    static readonly string[] Channels = ["email", "sms", "direct-message", "live-call", "automated-call", "post"];

    /// <summary>How many messages in 30 days somebody can ask for instead of none.</summary>
    internal static readonly IReadOnlyList<int> Times = [1, 2, 4];

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
        new("stop", words[Heading(content)], content.State is PageState.Ask or PageState.NothingTicked or PageState.Unknown);

    static string Heading(PageContent content) =>
        (content.State, content.Extent) switch
        {
            (PageState.Done or PageState.Spooled, OptOutExtent.Everything) => "done-all",
            (PageState.Done or PageState.Spooled, OptOutExtent.Link) => "done",
            (PageState.Done or PageState.Spooled, OptOutExtent.LessOften) => "less-done",
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
            ["before"] = content
                .Before.Select(part => part.In(words))
                .Distinct()
                .Except(content.Now.Select(part => part.In(words)))
                .Take(12)
                .ToList(),
            ["now"] = content.Now.Select(part => part.In(words)).Distinct().ToList(),
            ["back"] = content.Back ?? "",
            ["can_ask"] = content.CanAsk,
            ["times"] = Times,
            ["look"] = PublicLook.Style(content.Look),
            ["logo"] = content.Look?.Logo ?? "",
        };
}
