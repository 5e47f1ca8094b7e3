using System.Text.RegularExpressions;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// Mail to an opt-out mailbox (RFC 2369 3.2). A token of ours in the envelope recipient, in To or in Cc is proof enough: subject and body
/// are not read, the sender address is not believed, and nothing is answered. Without a token the words decide, and they wait unless the
/// sender is proved.
/// </summary>
static partial class MailtoOptOut
{
    const string Source = "mailto";

    public static void Read(MailDraft draft)
    {
        var message = draft.Message;
        if (draft.IsFromNobody && !message.Headers.Contains("X-Apple-Unsubscribe"))
        {
            draft.Ignore(Source, "envelope", IgnoredReason.NullSender);
            return;
        }
        if (AutomaticReply.IsOne(message))
        {
            draft.Ignore(Source, "header", IgnoredReason.AutomaticReply);
            return;
        }
        var found = draft
            .Envelope.To.Select(address => (address, place: "envelope"))
            .Concat(message.To.Mailboxes.Select(mailbox => (address: mailbox.Address, place: "header To")))
            .Concat(message.Cc.Mailboxes.Select(mailbox => (address: mailbox.Address, place: "header Cc")))
            .Concat(Delivered(draft).Select(address => (address, place: "header Delivered-To")))
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
                    Proof = SignalProof.OwnToken,
                    Place = place,
                }
            );
        if (found.Count == 0)
            WrittenReply.Read(draft, IsOptOutMailbox(draft));
    }

    // What the last server wrote stands first; a field further down may be the writer's own, and a token there is still a token of ours.
    static IEnumerable<string> Delivered(MailDraft draft) =>
        draft
            .Message.Headers.Where(field =>
                field.Field.Equals("Delivered-To", StringComparison.OrdinalIgnoreCase)
                || field.Field.Equals("X-Original-To", StringComparison.OrdinalIgnoreCase)
                || field.Field.Equals("Envelope-To", StringComparison.OrdinalIgnoreCase)
            )
            .Take(20)
            .Select(field => field.Value.Trim());

    static bool IsOptOutMailbox(MailDraft draft) =>
        draft
            .Envelope.To.Concat(draft.Message.To.Mailboxes.Select(mailbox => mailbox.Address))
            .Any(address => OptOutMailboxes().IsMatch(address));

    [GeneratedRegex(
        @"^<?(?:unsubscribe|unsub|opt-?out|remove|leave|list-unsubscribe|abmeld\w*|abbestell\w*|desabon\w*|desinscri\w*|baja"
            + @"|disiscri\w*|afmeld\w*)(?:[+._-][^@]*)?@",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant
    )]
    private static partial Regex OptOutMailboxes();
}
