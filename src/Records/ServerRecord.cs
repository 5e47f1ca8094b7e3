using System.Collections.Immutable;
using System.Text.Json.Serialization;
using MaySend.Evidence.Entries;

namespace MaySend.Records;

/// <summary>
/// What the server itself keeps in the controller's chain, beside the evidence: it is the same for every process on one store, and it is
/// never lost with a folder.
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(ApiKeyIssued), "api-key-issued")]
[JsonDerivedType(typeof(ApiKeyRevoked), "api-key-revoked")]
[JsonDerivedType(typeof(CampaignDescribed), "campaign-described")]
[JsonDerivedType(typeof(AssessmentWritten), "assessment-written")]
[JsonDerivedType(typeof(OptOutScopeUsed), "opt-out-scope-used")]
[JsonDerivedType(typeof(OptOutKeyAdded), "opt-out-key-added")]
[JsonDerivedType(typeof(InboxArrived), "inbox-arrived")]
[JsonDerivedType(typeof(InboxSettled), "inbox-settled")]
[JsonDerivedType(typeof(InboxRunProposed), "inbox-run-proposed")]
[JsonDerivedType(typeof(SignUpPageOpened), "sign-up-page-opened")]
[JsonDerivedType(typeof(SignUpPageClosed), "sign-up-page-closed")]
[JsonDerivedType(typeof(SenderLookSet), "sender-look-set")]
[JsonDerivedType(typeof(RightsRequestReceived), "rights-request-received")]
[JsonDerivedType(typeof(RightsRequestAnswered), "rights-request-answered")]
[JsonDerivedType(typeof(FileAttached), "file-attached")]
[JsonDerivedType(typeof(FileDetached), "file-detached")]
[JsonDerivedType(typeof(AssessmentCommented), "assessment-commented")]
[JsonDerivedType(typeof(AssessmentCommentSettled), "assessment-comment-settled")]
[JsonDerivedType(typeof(InboundSettingsChanged), "inbound-settings-changed")]
public abstract record ServerRecord(string Id);

/// <summary>A key for the API. The secret itself is nowhere: only its digest.</summary>
/// <param name="Id">The public part of the key.</param>
/// <param name="Name">Who or what uses it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="SecretDigest">SHA-256 of the secret part (256 random bits, so that no slow hash is needed), in hexadecimal digits.</param>
public sealed record ApiKeyIssued(string Id, string Name, ImmutableArray<string> Scopes, string SecretDigest) : ServerRecord(Id);

/// <summary>A key that is good no longer.</summary>
public sealed record ApiKeyRevoked(string Id) : ServerRecord(Id);

/// <summary>A campaign as described; a later one of the same id replaces it.</summary>
public sealed record CampaignDescribed(string Id, Campaign Campaign) : ServerRecord(Id);

/// <summary>
/// A version of an assessment as it was written, with what had happened to it. It is the document that people work on; what decisions rest
/// on is the <c>AssessmentRecorded</c> that is recorded with it in one commit when it is signed or ended.
/// </summary>
/// <param name="Id">The version's name: <c>LIA-3.v1</c>.</param>
/// <param name="Revision">Counts the writings of this version from 1; of two people who write the same one, only the first is
/// taken.</param>
/// <param name="Document">The document file as <c>maysend assess</c> reads it.</param>
public sealed record AssessmentWritten(string Id, int Revision, string Document) : ServerRecord(Id);

/// <summary>A file attached to something on record; it lies sealed beside the store.</summary>
/// <param name="Id">Names it: random, 32 hexadecimal digits.</param>
/// <param name="To">What it is attached to: <c>assessment LIA-3.v1</c>, <c>form till@2026-01-01</c>.</param>
/// <param name="Name">The file's name.</param>
/// <param name="Length">Its length in octets.</param>
/// <param name="Digest">SHA-256 of what it holds, hexadecimal.</param>
/// <param name="Seal">The key it is sealed with, base64.</param>
/// <param name="By">Who attached it.</param>
/// <param name="At">When.</param>
public sealed record FileAttached(string Id, string To, string Name, long Length, string Digest, string Seal, string By, DateTimeOffset At)
    : ServerRecord(Id);

/// <summary>A file that was taken off and deleted.</summary>
/// <param name="Id">Which.</param>
/// <param name="By">Who took it off.</param>
/// <param name="At">When.</param>
sealed record FileDetached(string Id, string By, DateTimeOffset At) : ServerRecord(Id);

/// <summary>A remark on one answer of an assessment.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Version">The version's name.</param>
/// <param name="About">A question's id, a test, <c>scope</c> or <c>safeguards</c>.</param>
/// <param name="Says">The remark.</param>
/// <param name="By">Who remarked.</param>
/// <param name="At">When.</param>
public sealed record AssessmentCommented(string Id, string Version, string About, string Says, string By, DateTimeOffset At)
    : ServerRecord(Id);

/// <summary>A remark that somebody settled.</summary>
/// <param name="Id">Which.</param>
/// <param name="By">Who settled it.</param>
/// <param name="At">When.</param>
public sealed record AssessmentCommentSettled(string Id, string By, DateTimeOffset At) : ServerRecord(Id);

/// <summary>Somebody changed in the console, or over the API, what <c>inbound.json</c> says of a source.</summary>
/// <param name="Id">Which: a platform, <c>mail</c>, or the file as a whole.</param>
/// <param name="At">When.</param>
/// <param name="By">Who.</param>
/// <param name="Changes">What, as it was and as it is; of a secret only that it is another.</param>
public sealed record InboundSettingsChanged(string Id, DateTimeOffset At, string By, ImmutableArray<string> Changes) : ServerRecord(Id);

/// <summary>What the number in an opt-out link stands for.</summary>
/// <param name="Id">The number in decimal.</param>
/// <param name="Sender">The sender whose messages carry the link.</param>
/// <param name="Channel">The channel of those messages.</param>
/// <param name="Topic">The topic it is about; null for all.</param>
public sealed record OptOutScopeUsed(string Id, string Sender, string Channel, string? Topic) : ServerRecord(Id)
{
    /// <summary>The brand that the message shows; null where that was not said.</summary>
    public string? Brand { get; init; }
}

/// <summary>A key of opt-out links; it is accepted for ever. The chain keeps it encrypted, and nothing shows it.</summary>
/// <param name="Id">Its number in decimal, 0 to 255. Two keys have the same one only if servers made them before the ring was in the
/// store.</param>
/// <param name="IssuesFrom">From when it issues.</param>
/// <param name="Secret">32 octets.</param>
sealed record OptOutKeyAdded(string Id, DateTimeOffset IssuesFrom, ReadOnlyMemory<byte> Secret) : ServerRecord(Id);

/// <summary>Something waits for a person. Whom it names and what it says are not here: the text lies sealed beside the store.</summary>
/// <param name="Id">Names it: of one event, however often it is reported, the same.</param>
/// <param name="At">When it arrived; a request counts from then.</param>
/// <param name="Source">What brought it: a platform's name, <c>mail</c>, <c>sms</c>.</param>
/// <param name="Matter">What it is about: <c>message</c>, <c>conflict</c>, <c>security</c>, <c>unreadable</c>,
/// <c>unknown-event</c>.</param>
/// <param name="Says">What the reader could tell, without anything about the person.</param>
/// <param name="Digest">SHA-256 of the sealed text, hexadecimal.</param>
/// <param name="Holds">True where it holds the address it names.</param>
public sealed record InboxArrived(string Id, DateTimeOffset At, string Source, string Matter, string Says, string Digest, bool Holds)
    : ServerRecord(Id)
{
    /// <summary>The random id of the contact it names; null where it names nobody on record.</summary>
    public string? Contact { get; init; }

    /// <summary>The key of the text, base64, where no contact is on record to keep it; null otherwise.</summary>
    public string? Seal { get; init; }
}

/// <summary>Somebody settled what waited.</summary>
/// <param name="Id">What.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">A word of <c>InboxOutcome</c>.</param>
/// <param name="Reason">Why, in words that say nothing of the person; may be blank.</param>
/// <param name="By">Who.</param>
public sealed record InboxSettled(string Id, DateTimeOffset At, string Outcome, string Reason, string By) : ServerRecord(Id);

/// <summary>Somebody proposes to settle many at once; it is done when somebody else agrees.</summary>
/// <param name="Id">Names the run.</param>
/// <param name="At">When it was proposed.</param>
/// <param name="Items">What it settles: what waited then.</param>
/// <param name="Outcome">A word of <c>InboxOutcome</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="By">Who proposes.</param>
public sealed record InboxRunProposed(string Id, DateTimeOffset At, ImmutableArray<string> Items, string Outcome, string Reason, string By)
    : ServerRecord(Id);

/// <summary>
/// A page on which people sign up, or come back. The signature says who answers for what it asks and how; the words themselves are the
/// server's, and the wording confirmed stands on record as a form version.
/// </summary>
/// <param name="Id">Its name in the address <c>/s/NAME</c>.</param>
/// <param name="Sender">The sender that people say yes to.</param>
/// <param name="Topics">The topics they may choose from; none for everything the sender writes about.</param>
/// <param name="Notice">Where the privacy information stands; null where the page links to none.</param>
/// <param name="Signature">Who opened it, and why.</param>
public sealed record SignUpPageOpened(string Id, string Sender, ImmutableArray<string> Topics, string? Notice, Signature Signature)
    : ServerRecord(Id);

/// <summary>A page that takes no sign-ups any longer.</summary>
sealed record SignUpPageClosed(string Id) : ServerRecord(Id);

/// <summary>Somebody asked for a right of theirs, proven by a fresh link to their address. Their words stand with the contact.</summary>
/// <param name="Id">Names it.</param>
/// <param name="At">When it was received.</param>
/// <param name="Right">A word of <c>RightsRequests.Rights</c>.</param>
/// <param name="Contact">The random id of the contact.</param>
public sealed record RightsRequestReceived(string Id, DateTimeOffset At, string Right, string Contact) : ServerRecord(Id);

/// <summary>Such a request was answered.</summary>
/// <param name="Id">Which.</param>
/// <param name="At">When.</param>
/// <param name="Outcome">A word of <c>RightsRequests.Outcomes</c>.</param>
/// <param name="Reason">Why, or what was done, in words that say nothing of the person.</param>
/// <param name="By">Who.</param>
public sealed record RightsRequestAnswered(string Id, DateTimeOffset At, string Outcome, string Reason, string By) : ServerRecord(Id);

/// <summary>How the public pages of a sender look; nulls for the server's own look.</summary>
/// <param name="Id">The sender.</param>
/// <param name="Colour"><c>#rrggbb</c>.</param>
/// <param name="Logo">A small picture as a <c>data:</c> address.</param>
public sealed record SenderLookSet(string Id, string? Colour, string? Logo) : ServerRecord(Id);
