using MaySend.Decisions;
using MaySend.Gate.Delivery;
using MaySend.Gate.Doors;
using MaySend.Gate.Messages;
using MaySend.Gate.Protocol;
using MaySend.Mail.Messages;

namespace MaySend.Gate.Rulings;

/// <summary>
/// The story of one message: whose it is, which campaign, one ruling for each recipient, the recipient's own opt-out link, the intent to
/// send on disk, then the next hop. Whatever fails before the next hop has the message is 451: it waits where it came from, and nothing
/// unlawful leaves.
/// </summary>
sealed class Intake(
    RecipientRulings rulings,
    OptOutFields fields,
    NextHop hop,
    MessageSigner? signer,
    Trace trace,
    HeldMail held,
    GateCounts counts
)
{
    /// <summary>How often what comes on record at the same moment is waited for.</summary>
    const int GreatestTries = 3;

    /// <summary>Recipients of one message that are taken care of at once.</summary>
    const int AtATime = 8;

    readonly KeyedLock turns = new();

    /// <summary>One message for one recipient.</summary>
    sealed record Message(SmtpEnvelope Envelope, MessageHeader Header, string Recipient, GateCredential Credential);

    /// <summary>One reply for each recipient, in their order.</summary>
    public async Task<IReadOnlyList<Reply>> TakeAsync(
        SmtpEnvelope envelope,
        byte[] octets,
        GateCredential credential,
        CancellationToken cancellation
    )
    {
        if (MessageHeader.Read(octets) is not { } header)
            return Each(envelope, new(554, "5.6.0", "the header cannot be read"));
        // RFC 5322 3.6: who says nothing of whom it is from, or two things, has no message that can be shown to be lawful.
        if (header.Count("From") != 1)
            return Each(envelope, new(554, "5.6.0", "the message does not have one From field"));
        if (trace.IsInALoop(header))
            return Each(envelope, new(554, "5.4.6", "a routing loop: a message that the gate passed on has come back to it"));
        // A report goes back to who sent (RFC 5321 4.5.5), and is no marketing whoever hands it in.
        if (credential.Class == MailClass.Service)
            return await PassAsync(envelope, header, cancellation);
        return await EachAsync(envelope, recipient => TakeAsync(envelope, header, recipient, credential, cancellation));
    }

    /// <summary>Marketing for one recipient.</summary>
    async Task<Reply> TakeAsync(
        SmtpEnvelope envelope,
        MessageHeader header,
        string recipient,
        GateCredential credential,
        CancellationToken cancellation
    )
    {
        try
        {
            if (Unfit(envelope, header) is { } no)
                return no;
            if (Campaign(envelope, header, credential) is not { } campaign)
                return Counted(Ruling.Undecided("no-campaign-named"), credential).ToReply();
            // One person at a time: of two campaigns at once, the second sees that the first is on its way, and a cap holds.
            using var turn = await turns.EnterAsync(recipient.ToLowerInvariant(), cancellation);
            var message = new Message(envelope, header, recipient, credential);
            var asked = new RecipientAsked(campaign, recipient, MessageKey.Of(header, campaign, recipient));
            for (var tries = 0; tries < GreatestTries; tries++)
            {
                var ruled = await rulings.AskAsync(asked, cancellation);
                if (ruled.IsSentAlready)
                    return new(250, "2.0.0", $"ok, taken before ref={ruled.Ruling.Reference}");
                if (ruled.Ruling.Answer != RulingAnswer.Send)
                    return await RefuseAsync(message, ruled, cancellation);
                if (await SendAsync(message, asked, ruled, cancellation) is { } reply)
                    return reply;
            }
            return Counted(Ruling.Undecided("cannot-decide-now"), credential).ToReply();
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            counts.Fault(fault);
            return Ruling.Undecided("cannot-decide-now").ToReply();
        }
    }

    /// <summary>The reply; null when something came on record meanwhile and it must be asked once more.</summary>
    async Task<Reply?> SendAsync(Message message, RecipientAsked asked, Ruled ruled, CancellationToken cancellation)
    {
        var (envelope, header, recipient, credential) = message;
        var links = await fields.OfAsync(ruled.Answer!, credential, cancellation);
        var stamped = await IsStampedByUsAsync(header, credential, ruled.Answer!, links, cancellation)
            ? Stamp.Off(header, trace.Of(envelope))
            : Stamp.On(header, trace.Of(envelope), links.Fields, credential, ruled.Answer!.Campaign.Id);
        if (credential.BodyPlaceholder is { } placeholder)
        {
            if (BodyLink.Put(stamped, placeholder, links.Url) is not { } put)
                return new(554, "5.6.0", "a text part does not hold the place for the opt-out link");
            stamped = put;
        }
        var whole = signer is null ? stamped : signer.Sign(stamped);
        if (await rulings.IntendAsync(asked, ruled, cancellation) is not { } intent)
            return null;
        Counted(ruled.Ruling, credential);
        // From here on it may be out: what is not acknowledged is sent once more, and a person may get it twice, never against the ruling.
        var reply = await hop.SendAsync(envelope, recipient, whole, cancellation);
        GateCounts.HandedOn(credential.Name, reply.Code);
        if (reply.IsPositive)
        {
            rulings.Sent(intent);
            return new(250, "2.0.0", $"ok ref={ruled.Ruling.Reference}");
        }
        // A hop that broke off after the data may have it all the same: that intent stays open.
        if (reply != NextHop.CutOff)
            rulings.NotSent(intent);
        return reply;
    }

    async Task<Reply> RefuseAsync(Message message, Ruled ruled, CancellationToken cancellation)
    {
        var (envelope, header, recipient, credential) = message;
        var ruling = Counted(ruled.Ruling, credential);
        // An answer may park a message; a fault or a day that has not come never does: the mail waits where it came from.
        if (ruling.Answer == RulingAnswer.Later)
            return ruling.ToReply();
        await rulings.KeepAsync(ruled, cancellation);
        if (credential.WhenRefused == WhenRefused.Refuse)
            return ruling.ToReply();
        if (credential.WhenRefused == WhenRefused.Hold)
            await held.KeepAsync(envelope, header, recipient, credential.Name, ruling, cancellation);
        return new(250, "2.0.0", $"not sent on: verdict={ruling.Verdict} reason={ruling.Word}{ruling.Ref}");
    }

    /// <summary>Service mail, as it came, to all its recipients.</summary>
    async Task<IReadOnlyList<Reply>> PassAsync(SmtpEnvelope envelope, MessageHeader header, CancellationToken cancellation)
    {
        var octets = Stamp.Off(header, trace.Of(envelope));
        return await EachAsync(envelope, recipient => PassAsync(envelope, recipient, octets, cancellation));
    }

    /// <summary>For one of them: what fails there says nothing of the others, who have it.</summary>
    async Task<Reply> PassAsync(SmtpEnvelope envelope, string recipient, byte[] octets, CancellationToken cancellation)
    {
        try
        {
            return await hop.SendAsync(envelope, recipient, octets, cancellation);
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            counts.Fault(fault);
            return new(451, "4.3.0", "it cannot be passed on now");
        }
    }

    /// <summary>Why a message cannot be marketing that we stamp; null when it can.</summary>
    static Reply? Unfit(SmtpEnvelope envelope, MessageHeader header) =>
        StampRules.Decide(header.ToHeaderList(), envelope.From) switch
        {
            StampDecision.Stamp => null,
            StampDecision.SignedTooEarly => new(
                554,
                "5.7.7",
                "the signature covers the opt-out fields before they were added; sign behind the gate, or let the gate sign"
            ),
            _ => new(550, "5.7.1", "not permitted: verdict=undecided reason=no-marketing-message"),
        };

    static string? Campaign(SmtpEnvelope envelope, MessageHeader header, GateCredential credential) =>
        credential.CampaignOf(
            credential.CampaignFrom switch
            {
                CampaignFrom.Header => header.One(credential.HeaderField),
                CampaignFrom.EnvelopeTag => Tag(envelope.From),
                _ => null,
            }
        );

    static string? Tag(string from)
    {
        var (plus, at) = (from.IndexOf('+', StringComparison.Ordinal), from.LastIndexOf('@'));
        return plus >= 0 && plus < at ? from[(plus + 1)..at] : null;
    }

    async ValueTask<bool> IsStampedByUsAsync(
        MessageHeader header,
        GateCredential credential,
        Answer answer,
        Links own,
        CancellationToken cancellation
    ) =>
        credential.BroughtFields == BroughtFields.KeepIfOurs
        && header.Count("List-Unsubscribe") == 1
        && header.Count("List-Unsubscribe-Post") == 1
        && header.One("List-Unsubscribe-Post") == ListUnsubscribeHeaders.OneClick
        && header.IsPlain("List-Unsubscribe")
        && await fields.IsOfAsync(header.One("List-Unsubscribe")!, answer, own, cancellation);

    static Ruling Counted(Ruling ruling, GateCredential credential)
    {
        GateCounts.Ruled(credential.Name, ruling);
        return ruling;
    }

    /// <summary>Several recipients at a time, and their replies in the order of the recipients.</summary>
    static async Task<IReadOnlyList<Reply>> EachAsync(SmtpEnvelope envelope, Func<string, Task<Reply>> take)
    {
        var replies = new Reply[envelope.Recipients.Count];
        await Parallel.ForEachAsync(
            Enumerable.Range(0, replies.Length),
            new ParallelOptions { MaxDegreeOfParallelism = AtATime },
            async (at, _) => replies[at] = await take(envelope.Recipients[at])
        );
        return replies;
    }

    static Reply[] Each(SmtpEnvelope envelope, Reply reply) => [.. envelope.Recipients.Select(_ => reply)];
}
