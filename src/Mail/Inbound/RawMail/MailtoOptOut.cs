using MaySend.Mail.Messages;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Mail to an opt-out mailbox (RFC 2369 3.2). The token in the envelope recipient or in To decides, and nothing else: subject and body are
/// not read,
/// the sender address is not believed, and nothing is answered.
/// </summary>
static class MailtoOptOut
{
    const string Source = "mailto";

    public static void Read(MailDraft draft)
    {
        if (draft.IsFromNobody)
        {
            draft.Ignore(Source, "envelope", IgnoredReason.NullSender);
            return;
        }
        if (AutoSubmitted.IsByMachine(draft.Message.Headers))
        {
            draft.Ignore(Source, "header Auto-Submitted", IgnoredReason.AutomaticReply);
            return;
        }
        var found = draft
            .Envelope.To.Select(address => (address, place: "envelope"))
            .Concat(draft.Message.To.Mailboxes.Select(mailbox => (address: mailbox.Address, place: "header To")))
            .Select(candidate => (Reference: draft.Tokens.InAddress(candidate.address), candidate.place))
            .Where(candidate => candidate.Reference is not null)
            .DistinctBy(candidate => candidate.Reference)
            .ToList();
        foreach (var (reference, place) in found)
            draft.Add(
                new()
                {
                    Kind = InboundSignalKind.Unsubscribe,
                    Source = Source,
                    EventId = "",
                    When = draft.When,
                    By = SignalActor.Recipient,
                    Reference = reference,
                    Place = place,
                }
            );
        if (found.Count == 0)
            draft.Ignore(Source, "envelope", IgnoredReason.NeedsAPerson, "no token");
    }
}
