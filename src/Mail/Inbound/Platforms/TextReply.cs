using MaySend.Mail.Inbound.Sms;
using static MaySend.Mail.Inbound.InboundSignalKind;

namespace MaySend.Mail.Inbound.Platforms;

/// <summary>
/// What somebody wrote back to a text message, whichever platform brought it. What the platform understood counts, and what we understand
/// counts too: either is enough to stop.
/// </summary>
/// <param name="Place">Where the words stand.</param>
/// <param name="From">Who wrote: a number, as the platform writes it.</param>
/// <param name="Body">The words.</param>
/// <param name="Id">The platform's id of the message, or a digest.</param>
sealed record TextReply(string Place, string? From, string Body, string Id)
{
    /// <summary>When it was written; null for its arrival.</summary>
    public SignalTime? When { get; init; }

    /// <summary>How wide a stop is.</summary>
    public SignalScope Scope { get; init; }

    /// <summary>The platform's id of the message, where it has one.</summary>
    public string? MessageId { get; init; }

    /// <summary>STOP, START or HELP, as the platform understood it; null where it says nothing.</summary>
    public string? Understood { get; init; }

    /// <summary>What carried it, in the platform's word; null where the number itself may say (<c>whatsapp:+44...</c>).</summary>
    public string? Carrier { get; init; }

    public void Read(ReadingDraft draft)
    {
        var carrier = Carrier ?? SignalAddresses.Carrier(From);
        var (from, channel) = (SignalAddresses.IsByNumber(carrier) ? From : null, SignalAddresses.Channel(carrier));
        void Add(InboundSignalKind kind) =>
            draft.Add(
                kind,
                Place,
                from,
                When ?? draft.Arrival,
                Id,
                Understood ?? "text",
                SignalActor.Recipient,
                Scope,
                MessageId,
                channel: channel
            );

        var meaning = SmsReply.Read(Body);
        if (Understood == "STOP" || meaning == SmsMeaning.Stop)
            Add(Unsubscribe);
        else if (Understood == "START" || meaning == SmsMeaning.Start)
            Add(Reactivation);
        else if (Understood == "HELP" || meaning == SmsMeaning.Help)
            draft.Ignore(Place, IgnoredReason.HelpRequest, Understood, Id);
        else
            draft.Ask(Place, from, channel, meaning == SmsMeaning.Unclear, Body, Id, When);
    }
}
