using MaySend.Mail.Inbound.Sms;
using MimeKit;

namespace MaySend.Mail.Inbound.RawMail;

/// <summary>
/// A mail in which somebody asks in their own words. What they quote of our message is not theirs and is not read: it says "unsubscribe" in
/// every footer. The words count at once if the sender's domain is authenticated and aligned; else they wait, and the address is held.
/// </summary>
static class WrittenReply
{
    const string Source = "reply";

    public static void Read(MailDraft draft, bool toOptOutMailbox)
    {
        var subject = (draft.Message.Subject ?? "").Trim();
        var body = OwnWords.Of(draft.Message);
        // A reply repeats our own subject, which may say anything.
        var said = IsReply(subject) ? body : subject + "\n" + body;
        var meaning = SmsReply.Read(said);
        if (meaning != SmsMeaning.Stop && !IsReply(subject) && SmsReply.Read(subject) == SmsMeaning.Stop)
            meaning = SmsMeaning.Stop;
        if (meaning == SmsMeaning.Stop && IsNewsletter(draft.Message, said))
            meaning = SmsMeaning.Unclear;
        var from = draft.Message.From.Mailboxes.FirstOrDefault()?.Address;
        var address = from is null ? null : MailDraft.Mailbox(from);
        var unclear = meaning == SmsMeaning.Unclear || (toOptOutMailbox && meaning != SmsMeaning.Start);
        if (meaning != SmsMeaning.Stop && !unclear)
        {
            draft.Ignore(Source, "part 1", meaning == SmsMeaning.Help ? IgnoredReason.HelpRequest : IgnoredReason.OrdinaryWords);
            return;
        }
        var stop = meaning == SmsMeaning.Stop && address is not null;
        draft.Add(
            new()
            {
                Kind = stop ? InboundSignalKind.Unsubscribe : InboundSignalKind.Ignored,
                Ignored = stop ? null : IgnoredReason.NeedsAPerson,
                Source = Source,
                EventId = "",
                Address = address,
                When = draft.When,
                By = SignalActor.Recipient,
                Proof = draft.SenderIsProved ? SignalProof.AlignedSender : SignalProof.None,
                MayBeStop = true,
                Words = said.Length > Longest ? said[..Longest] : said,
                Detail = "text",
                Place = "part 1",
            }
        );
    }

    /// <summary>As much is kept for the person who reads it, in characters.</summary>
    const int Longest = 4_000;

    /// <summary>As long is a text that nobody writes who only wants to be left alone, in characters.</summary>
    const int Long = 1_000;

    /// <summary>
    /// Somebody else's newsletter says how to leave it, and is no wish of its sender. A list through which people write bears the same
    /// field, so a person looks.
    /// </summary>
    static bool IsNewsletter(MimeMessage message, string said) =>
        said.Length > Long
        && message.Headers.Contains(HeaderId.ListUnsubscribe)
        && message.InReplyTo is null
        && message.References.Count == 0;

    static bool IsReply(string subject) =>
        subject.IndexOf(':', StringComparison.Ordinal) is > 0 and <= 6
        && subject[..subject.IndexOf(':', StringComparison.Ordinal)].All(char.IsLetter);
}
