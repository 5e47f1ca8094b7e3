using System.Text.RegularExpressions;
using MimeKit;
using static MaySend.Mail.Messages.MailFindingCode;
using static MaySend.Mail.Messages.MailFindingWeight;

namespace MaySend.Mail.Messages;

/// <summary>
/// What a whole message shows about itself, for a marketer ("this template offers no refusal") and as evidence for a template version. It
/// reads what is there; it cannot tell whether a link works or an address is staffed.
/// </summary>
/// <param name="SenderIdentified">The message says whom it comes from and does not disguise it (PECR reg 23(a)).</param>
/// <param name="RefusalOffered">A refusal is offered where the reader sees it (PECR reg 22(3)(c)); a header alone is not enough.</param>
/// <param name="StopAddress">There is an address to which a request to stop can be sent (PECR reg 23(b)).</param>
/// <param name="Tracking">An image that reports the opening was found (PECR reg 6).</param>
/// <param name="Unsubscribe">What its List-Unsubscribe fields are worth.</param>
/// <param name="Marks">Links and sentences of the body that the findings are about, and the opt-out that was found.</param>
/// <param name="Findings">Everything found, faults first.</param>
public sealed partial record MessageCheck(
    bool SenderIdentified,
    bool RefusalOffered,
    bool StopAddress,
    bool Tracking,
    ListUnsubscribeCheck Unsubscribe,
    IReadOnlyList<BodyMark> Marks,
    IReadOnlyList<MailFinding> Findings
)
{
    /// <summary>Checks one message as it would leave, or as it arrived.</summary>
    /// <param name="message">The parsed message.</param>
    /// <param name="recipient">The person the copy is for, to look for the address in opt-out links; null if not known.</param>
    public static MessageCheck Of(MimeMessage message, string? recipient = null)
    {
        var unsubscribe = ListUnsubscribeCheck.Of(message.Headers, recipient);
        var findings = new List<MailFinding>(unsubscribe.Findings);
        void Find(MailFindingCode code, MailFindingWeight weight, string place, string says, string cite) =>
            findings.Add(new(code, weight, place, says, cite));

        var replies = Replies(message);
        var body = BodyCheck.Of(message, unsubscribe.Https);
        var identified = CheckSender(message, Find);
        if (!body.OptOutVisible && body.OptOutHidden)
            Find(
                OptOutLinkHidden,
                Fault,
                "body",
                "the opt-out link is there, but the reader cannot see it",
                "PECR reg 22(3)(c); Directive 2002/58 art 13(2)"
            );
        else if (!body.OptOutVisible)
            Find(
                OptOutLinkMissing,
                Fault,
                "body",
                "this template offers the reader no way to opt out",
                "PECR reg 22(3)(c); Directive 2002/58 art 13(2)"
            );
        foreach (var mark in body.Marks)
            if (mark.Kind == BodyMarkKind.Unfilled)
                Find(
                    PlaceholderUnfilled,
                    Fault,
                    mark.Place,
                    $"the opt-out link still holds a placeholder: {mark.Href}",
                    "PECR reg 22(3)(c); Directive 2002/58 art 13(2)"
                );
            else if (mark.Kind == BodyMarkKind.Denial)
                Find(
                    RefusalDenied,
                    Fault,
                    mark.Place,
                    $"the message says that its reader cannot opt out: {mark.Text}",
                    "GDPR art 21(2)-(3); PECR reg 22(3)(c)"
                );
        foreach (var place in body.PartsWithoutOffer)
            Find(
                TextPartWithoutOptOut,
                Fault,
                place,
                "another version of this message offers an opt-out, but people who see this version see none",
                "PECR reg 22(3)(c); Directive 2002/58 art 13(2)"
            );
        var stop = body.PostalAddress || body.MailAddress || replies;
        if (!stop)
            Find(
                StopAddressMissing,
                Fault,
                "body",
                "the message gives no address to which a request to stop can be sent",
                "PECR reg 23(b); Directive 2002/58 art 13(4)"
            );
        if (!body.PostalAddress)
            Find(
                PostalAddressNotFound,
                Note,
                "body",
                "no postal address was recognised; some countries ask for one",
                "15 USC 7704(a)(5); CASL s 6(2)"
            );
        foreach (var (place, source) in body.Pixels)
            Find(
                TrackingPixel,
                Warning,
                place,
                $"an image reports to {HostOf(source)} that the message was opened; that needs its own consent",
                "PECR reg 6; Directive 2002/58 art 5(3)"
            );
        if (string.IsNullOrWhiteSpace(message.Headers[HeaderId.ListId]))
            Find(ListIdMissing, Note, "List-Id", "a List-Id per topic lets providers and readers tell one list from another", "RFC 2919");
        return new(
            identified,
            body.OptOutVisible,
            stop,
            body.Pixels.Count > 0,
            unsubscribe,
            body.Marks,
            [.. findings.OrderByDescending(f => f.Weight)]
        );
    }

    static bool CheckSender(MimeMessage message, Action<MailFindingCode, MailFindingWeight, string, string, string> find)
    {
        const string Rule = "PECR reg 23(a); RFC 5322 3.6.2";
        var from = message.From.Mailboxes.ToList();
        if (from.Count == 0 || !from.Exists(mailbox => mailbox.Address.Contains('@', StringComparison.Ordinal)))
        {
            find(SenderMissing, Fault, "From", "the message does not say who it comes from", Rule);
            return false;
        }
        if (from.Count > 1 && message.Sender is null)
            find(SenderAmbiguous, Warning, "From", "several authors and no Sender: a reader cannot tell who sent it", Rule);
        var disguised = from.Find(mailbox =>
            Address().Match(mailbox.Name ?? "") is { Success: true } shown
            && !shown.Value.Equals(mailbox.Address, StringComparison.OrdinalIgnoreCase)
        );
        if (disguised is null)
            return true;
        find(SenderDisguised, Fault, "From", $"the name shows an address other than {disguised.Address}", Rule);
        return false;
    }

    static bool Replies(MimeMessage message) =>
        message
            .ReplyTo.Mailboxes.Concat(message.From.Mailboxes)
            .Any(mailbox => mailbox.Address.Contains('@', StringComparison.Ordinal) && !NoReply().IsMatch(mailbox.Address));

    static string HostOf(string source)
    {
        var address = source.StartsWith("//", StringComparison.Ordinal) ? "https:" + source : source;
        return Uri.TryCreate(address, UriKind.Absolute, out var uri) ? uri.Host : "an unreadable address";
    }

    [GeneratedRegex(@"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+", RegexOptions.CultureInvariant)]
    private static partial Regex Address();

    [GeneratedRegex(@"^(?:do[-_.]?)?(?:no|not)[-_.]?(?:reply|answer|respond)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoReply();
}
