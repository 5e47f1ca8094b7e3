using MaySend.Mail.OptOut;

namespace MaySend.Mail.Inbound;

/// <summary>What arrived, in the words of the register; a closed set.</summary>
public enum InboundSignalKind
{
    /// <summary>The recipient asks to be left alone, in the scope of the signal.</summary>
    Unsubscribe,

    /// <summary>The recipient reported the message as spam: an objection to all marketing of the sender.</summary>
    Complaint,

    /// <summary>The address does not exist. Never an objection.</summary>
    HardBounce,

    /// <summary>This delivery failed; the address may be good.</summary>
    SoftBounce,

    /// <summary>The recipient says the message was not spam. Changes nothing.</summary>
    NotSpam,

    /// <summary>Somebody lifted a block at the platform. Never overrides the person's own refusal here.</summary>
    Reactivation,

    /// <summary>A report of fraud or malware in our name: for the security queue, no objection.</summary>
    Fraud,

    /// <summary>The person's address changed; refusals move along, permissions do not.</summary>
    AddressChanged,

    /// <summary>Nothing for the register; <see cref="InboundSignal.Ignored"/> says why.</summary>
    Ignored,
}

/// <summary>Why something that arrived changes nothing by itself; a closed set.</summary>
public enum IgnoredReason
{
    /// <summary>Accepted, delivered, delayed, opened, clicked: not about permission.</summary>
    DeliveryEvent,

    /// <summary>A word that this version does not know; kept for a person to look at.</summary>
    UnknownEvent,

    /// <summary>The platform checks or confirms the address of the hook.</summary>
    Handshake,

    /// <summary>The recipient asked for help.</summary>
    HelpRequest,

    /// <summary>The platform did not send because it already held a block; the act behind it has its own event.</summary>
    AlreadySuppressed,

    /// <summary>A bounce that our own gate caused by refusing.</summary>
    OwnRefusal,

    /// <summary>A machine answered (RFC 3834).</summary>
    AutomaticReply,

    /// <summary>An opt-out mailbox got mail from the null sender (RFC 5321 4.5.5).</summary>
    NullSender,

    /// <summary>A report about DKIM, SPF or DMARC.</summary>
    AuthenticationReport,

    /// <summary>A bounce in a form that cannot be read safely.</summary>
    UnreadableBounce,

    /// <summary>Somebody wrote something that a machine cannot settle: to the manual queue.</summary>
    NeedsAPerson,

    /// <summary>Somebody wrote, and nothing in it is about being left alone.</summary>
    OrdinaryWords,
}

/// <summary>What shows that a signal comes from whom it seems to come from; a closed set.</summary>
public enum SignalProof
{
    /// <summary>Nothing does. Such a request waits for a person and is no refusal by itself.</summary>
    None,

    /// <summary>A token of ours: only who got the message holds it.</summary>
    OwnToken,

    /// <summary>The sender's domain is authenticated and aligned (DKIM, RFC 6376; DMARC, RFC 7489).</summary>
    AlignedSender,

    /// <summary>A platform's call whose signature or secret was checked.</summary>
    VerifiedCall,
}

/// <summary>Who acted, as far as the source says.</summary>
public enum SignalActor
{
    /// <summary>Not said.</summary>
    Unknown,

    /// <summary>The person who received the message.</summary>
    Recipient,

    /// <summary>The sender's own staff or system at the platform.</summary>
    Sender,

    /// <summary>The platform or a mail system.</summary>
    Platform,
}

/// <summary>The channel of the address.</summary>
public enum SignalChannel
{
    /// <summary>An e-mail address.</summary>
    Email,

    /// <summary>A telephone number.</summary>
    Sms,

    /// <summary>A telephone number, reached by WhatsApp, RCS or another service of messages.</summary>
    DirectMessage,
}

/// <summary>What a platform's scope identifier names.</summary>
public enum SignalScopeKind
{
    /// <summary>All that this sender sends through this source.</summary>
    Everything,

    /// <summary>A message stream.</summary>
    Stream,

    /// <summary>A group or topic.</summary>
    Group,

    /// <summary>A list.</summary>
    List,
}

/// <summary>A hint at the scope: the host maps the identifier to a sender and topic, or takes everything.</summary>
/// <param name="Kind">What the identifier names.</param>
/// <param name="Id">The platform's identifier; null for everything.</param>
public readonly record struct SignalScope(SignalScopeKind Kind, string? Id)
{
    /// <summary>No narrower scope was said.</summary>
    public static SignalScope Everything => default;

    /// <summary>The narrower scope if the platform names one, else everything: when in doubt a refusal is wide.</summary>
    public static SignalScope Of(SignalScopeKind kind, string? id) => string.IsNullOrEmpty(id) ? default : new(kind, id);
}

/// <summary>How far an instant can be trusted.</summary>
public enum TimeCertainty
{
    /// <summary>The source states an instant: epoch, or a time with its offset.</summary>
    Stated,

    /// <summary>The source states a time without a zone; it was read in the account's zone, or else as UTC.</summary>
    ZoneAssumed,

    /// <summary>The source states no time; this is when it arrived.</summary>
    ArrivalOnly,
}

/// <summary>When the act happened (UTC), and how certain that is.</summary>
public readonly record struct SignalTime(DateTimeOffset Instant, TimeCertainty Certainty);

/// <summary>What one of our own tokens in the message says: it names the contact where the address is redacted.</summary>
public readonly record struct OptOutReference(uint Tenant, UInt128 Contact, uint Scope)
{
    internal static OptOutReference Of(OptOutToken token) => new(token.Tenant, token.Contact, token.Scope);
}

/// <summary>
/// One thing that arrived. <see cref="Key"/> is the same each time the platform delivers it, so that applying it twice is applying it once;
/// <see cref="When"/> is the time of the act, so that order of arrival does not matter.
/// </summary>
public sealed record InboundSignal
{
    /// <summary>What it is.</summary>
    public required InboundSignalKind Kind { get; init; }

    /// <summary>Where it came from, e.g. <c>sendgrid</c>, <c>arf</c>, <c>dsn</c>, <c>mailto</c>.</summary>
    public required string Source { get; init; }

    /// <summary>The source's own id of the event, or a digest of what identifies it where the source has none.</summary>
    public required string EventId { get; init; }

    /// <summary>The address or number; null where the source redacts it and only a token or message id is left.</summary>
    public string? Address { get; init; }

    /// <summary>The new address of <see cref="InboundSignalKind.AddressChanged"/>.</summary>
    public string? NewAddress { get; init; }

    /// <summary>The channel of <see cref="Address"/>.</summary>
    public SignalChannel Channel { get; init; }

    /// <summary>When the act happened.</summary>
    public required SignalTime When { get; init; }

    /// <summary>How wide it is.</summary>
    public SignalScope Scope { get; init; }

    /// <summary>Who acted.</summary>
    public SignalActor By { get; init; }

    /// <summary>Why nothing follows; set for <see cref="InboundSignalKind.Ignored"/> only.</summary>
    public IgnoredReason? Ignored { get; init; }

    /// <summary>Our own token found in the message.</summary>
    public OptOutReference? Reference { get; init; }

    /// <summary>The Message-ID of the message it is about, without angle brackets.</summary>
    public string? MessageId { get; init; }

    /// <summary>The source's own word, e.g. <c>group_unsubscribe</c> or <c>5.1.1</c>; for the log and for a person.</summary>
    public string? Detail { get; init; }

    /// <summary>What shows whom it comes from.</summary>
    public SignalProof Proof { get; init; }

    /// <summary>It may be a request to stop: while it waits for a person, the address it names is held.</summary>
    public bool MayBeStop { get; init; }

    /// <summary>What somebody wrote, for the person who settles it; null where nothing was written. Keep it sealed.</summary>
    public string? Words { get; init; }

    /// <summary>Where in the input it stands: a JSON path, a form field or a MIME part.</summary>
    public required string Place { get; init; }

    /// <summary>The idempotency key: source and event id.</summary>
    public string Key => $"{Source}:{EventId}";

    /// <summary>For logs: what it is and where it stands, without the address.</summary>
    public override string ToString() => $"{Kind} {Key} at {Place}";
}
