using MaySend.Law.Facts;

namespace MaySend.Evidence.Entries;

/// <summary>A message went out.</summary>
public sealed record MessageSent(When When, string Id, string Sender, string Channel, bool IsMarketing) : ContactEntry(When, Id)
{
    /// <summary>The channel; what senders call a channel is read as what it is in law.</summary>
    public string Channel { get; init; } = ChannelNames.InLaw(Channel);

    /// <summary>The template used; the version in force then says what it carried.</summary>
    public string? Template { get; init; }

    /// <summary>The identity of the decision on which it went out; null where another program sent it.</summary>
    public string? Decision { get; init; }
}

/// <summary>
/// A marketing message is about to be handed on: on disk before the next hop gets it, so that nothing goes out of which there is no record.
/// It counts towards a cap on messages as one that went out does, until <see cref="SendAbandoned"/> says that it did not go. The
/// <see cref="MessageSent"/> of the same id says that it did, and counts no second time.
/// </summary>
/// <param name="When">When.</param>
/// <param name="Id">Names this attempt; the message that follows bears the same id.</param>
/// <param name="Sender">The sender of the campaign.</param>
/// <param name="Channel">A word of <see cref="Message.Channel"/>.</param>
public sealed record SendIntended(When When, string Id, string Sender, string Channel) : ContactEntry(When, Id)
{
    /// <summary>The campaign's name for people.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>The identity of the decision that let it out.</summary>
    public string Decision { get; init; } = "";

    /// <summary>The template used.</summary>
    public string? Template { get; init; }

    /// <summary>A digest that names the message, so that the same one tried again is known.</summary>
    public string Message { get; init; } = "";
}

/// <summary>A message that was about to be handed on did not go: the next hop did not take it, or it is tried once more.</summary>
/// <param name="When">When that was known.</param>
/// <param name="Id">Names this entry.</param>
/// <param name="IntentId">The attempt.</param>
/// <param name="Because">A stable word: <c>next-hop</c>, <c>tried-again</c>, <c>overtaken</c>.</param>
public sealed record SendAbandoned(When When, string Id, string IntentId, string Because) : ContactEntry(When, Id);
