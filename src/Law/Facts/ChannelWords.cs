using System.Collections.Frozen;

namespace MaySend.Law.Facts;

/// <summary>
/// What a sender does by a channel, in everyday words. Nobody is mailed by telephone: whoever makes calls reads of calling, in every list,
/// report and answer.
/// </summary>
/// <param name="Reached">What is done to a person, after "may be": mailed, called.</param>
/// <param name="Reach">The same as an order, after "do not": mail, call.</param>
/// <param name="Done">What is done in an answer about one message, after "may be": sent, called.</param>
/// <param name="Do">The same as an order, after "do not": send, call.</param>
/// <param name="IsDoneToThem">True where it is done to the person (they are called), false where to the message (it is sent).</param>
public sealed record ChannelWords(string Reached, string Reach, string Done = "sent", string Do = "send", bool IsDoneToThem = false)
{
    static readonly ChannelWords Calling = new("called", "call", "called", "call", IsDoneToThem: true);
    static readonly ChannelWords Showing = new("shown the advert", "show it", "shown", "show");

    /// <summary>Where several channels are spoken of together.</summary>
    public static readonly ChannelWords AnyChannel = new("reached", "send");

    static readonly FrozenDictionary<string, ChannelWords> ByChannel = new Dictionary<string, ChannelWords>(StringComparer.Ordinal)
    {
        ["email"] = new("mailed", "mail"),
        ["sms"] = new("sent a text", "text"),
        ["direct-message"] = new("sent a direct message", "send it"),
        ["automated-call"] = Calling,
        ["live-call"] = Calling,
        ["artificial-voice-call"] = Calling,
        ["post"] = new("written to by post", "write"),
        ["inbox-advert"] = Showing,
        ["online-advert"] = Showing,
        ["fax"] = new("sent a fax", "fax"),
        ["push"] = new("sent a push message", "send it"),
        ["uploaded-audience"] = new("uploaded", "upload", "uploaded", "upload", IsDoneToThem: true),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Those of a channel, also under a name that senders use for one.</summary>
    /// <param name="channel">A word of <see cref="Words.Channels"/> or of <see cref="ChannelNames"/>.</param>
    public static ChannelWords Of(string? channel) =>
        channel is null ? AnyChannel : ByChannel.GetValueOrDefault(ChannelNames.InLaw(channel), AnyChannel);

    /// <summary>Of people on a list whom the verdict permits: "may be mailed".</summary>
    public string May => $"may be {Reached}";

    /// <summary>Of people on a list whom the verdict refuses: "must not be mailed".</summary>
    public string MustNot => $"must not be {Reached}";

    /// <summary>Of people on a list of whom it cannot be shown, or whom the verdict refuses: "do not mail".</summary>
    public string DoNot => $"do not {Reach}";

    /// <summary>In an answer about one message: "may be sent".</summary>
    public string ItMay => $"may be {Done}";

    /// <summary>In an answer about one message: "must not be sent".</summary>
    public string ItMustNot => $"must not be {Done}";

    /// <summary>In an answer about one message: "do not send".</summary>
    public string Leave => $"do not {Do}";

    /// <summary>In an answer about one message that is held back: "it is not sent", "they are not called".</summary>
    public string Held => IsDoneToThem ? $"they are not {Done}" : $"it is not {Done}";

    /// <summary>The message, or the person who is called, at the beginning of a sentence.</summary>
    public string Subject => IsDoneToThem ? "They" : "It";

    /// <summary>The same as an object.</summary>
    public string Object => IsDoneToThem ? "them" : "it";
}
