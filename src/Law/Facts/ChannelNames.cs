using System.Collections.Frozen;
using System.Collections.Immutable;

namespace MaySend.Law.Facts;

/// <summary>
/// What senders call a channel, and what it is in law: a message stored until it is collected is electronic mail whatever carries it
/// (Directive 2002/58 Art 2(h), PECR reg 2(1)), and a recording left by a machine is an automated call. The answer says so; no name makes a
/// message freer than the channel it is.
/// </summary>
public static class ChannelNames
{
    /// <summary>Every such name, what it is in law, and why.</summary>
    public static readonly ImmutableArray<ChannelName> All =
    [
        new("whatsapp", "direct-message", "it is stored until the recipient collects it"),
        new("messenger", "direct-message", "it is stored until the recipient collects it"),
        new("rcs", "direct-message", "it is stored until the recipient collects it, and is not a text message of the telephone network"),
        new("in-app", "direct-message", "it is stored until the recipient opens the app"),
        new("mms", "sms", "it is a text message with more in it"),
        new("voicemail-drop", "automated-call", "a machine leaves a recording"),
        new("robocall", "automated-call", "a machine plays a recording"),
        new("ai-call", "artificial-voice-call", "a machine speaks and answers"),
        new("telefax", "fax", "it is another name for it"),
        new("letter", "post", "it is another name for it"),
        new("web-push", "push", "it is another form of it"),
        new("app-push", "push", "it is another form of it"),
        new("custom-audience", "uploaded-audience", "the addresses are handed to a platform that finds the people"),
        new("look-alike", "uploaded-audience", "the addresses are handed to a platform that finds people like them"),
    ];

    static readonly FrozenDictionary<string, ChannelName> ByName = All.ToFrozenDictionary(each => each.Name, StringComparer.Ordinal);

    /// <summary>The channel it is in law: of <see cref="Words.Channels"/> for a known name, and otherwise what was given.</summary>
    public static string InLaw(string name) => Find(name)?.Channel ?? name;

    /// <summary>The same for each of a set.</summary>
    public static NameSet? InLaw(NameSet? names) =>
        names is { IsEverything: false } && names.Names.Any(ByName.ContainsKey)
            ? NameSet.Of(names.Names.Select(InLaw), names.IsComplete)
            : names;

    /// <summary>A name that is no channel of the law's; null for others.</summary>
    public static ChannelName? Find(string? name) => name is null ? null : ByName.GetValueOrDefault(name);
}

/// <summary>What senders call a channel.</summary>
/// <param name="Name">The name.</param>
/// <param name="Channel">The channel it is in law.</param>
/// <param name="Why">Why, in words that follow "because".</param>
public sealed record ChannelName(string Name, string Channel, string Why)
{
    /// <summary>One sentence for an answer.</summary>
    public string Says => $"{Name} is {Channel} in law, because {Why}";
}
