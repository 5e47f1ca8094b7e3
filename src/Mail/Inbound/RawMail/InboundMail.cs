using MaySend.Mail.Messages;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>The envelope a message came in (RFC 5321).</summary>
/// <param name="From">MAIL FROM; empty is the null sender; null if not known.</param>
/// <param name="To">RCPT TO, one or more.</param>
/// <param name="ReceivedAt">When it arrived (UTC).</param>
public sealed record MailEnvelope(string? From, IReadOnlyList<string> To, DateTimeOffset ReceivedAt);

/// <summary>
/// Reads a raw message that arrived at a feedback, bounce or opt-out address: a feedback report (RFC 5965), a delivery report (RFC 3464 and
/// the two older forms of Exim and qmail), a mailto opt-out, words of a person, or something else. Anybody can write a mail: each signal
/// says what proves it, and one that nothing proves waits for a person.
/// </summary>
/// <param name="tokens">Finds our own tokens in addresses and links.</param>
/// <param name="senders">Checks who sent a message; null if nothing is believed but tokens.</param>
public sealed class InboundMail(OwnTokens tokens, ISenderProof? senders = null)
{
    /// <summary>The largest message that is read, in octets.</summary>
    public const int LargestMessage = 10 * 1024 * 1024;

    /// <summary>Reads one message. Never throws on what the message holds.</summary>
    public InboundReading Read(ReadOnlyMemory<byte> message, MailEnvelope envelope)
    {
        if (message.Length > LargestMessage)
            return Refuse(
                "message",
                $"the message has {message.Length} bytes; MaySend reads at most {LargestMessage}",
                "nothing to do: a report or an opt-out is small"
            );
        MimeMessage parsed;
        try
        {
            parsed = MessageOctets.Parse(message);
        }
        catch (FormatException)
        {
            return Refuse("header", "this is not an RFC 5322 message", "look at the file: the header may be missing");
        }
        var draft = new MailDraft(parsed, message, envelope, tokens, senders);
        if (!(FeedbackReport.Read(draft) || JunkReport.Read(draft) || DeliveryReport.Read(draft) || OlderBounces.Read(draft)))
            MailtoOptOut.Read(draft);
        return draft.Done();
    }

    static InboundReading Refuse(string place, string says, string remedy) => new(Authenticity.Refused, [], [new(place, says, remedy)]);
}
