using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MaySend.Evidence.Entries;
using MaySend.Mail.Messages;
using MaySend.Records.Inbound;
using MaySend.Records.Messages;
using MaySend.Server.Http;

namespace MaySend.Server.Answered;

/// <summary>There is a hook for a platform.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Open">That its calls are accepted.</param>
sealed record HookOpen(string Platform, bool Open);

/// <summary>What became of the events of one call.</summary>
/// <param name="Recorded">New entries.</param>
/// <param name="Repeated">Events that were on record already.</param>
/// <param name="Conflicts">Somebody lifted a block at the platform; the refusal on record stays.</param>
/// <param name="ForAPerson">Events that wait in the inbox for a person.</param>
/// <param name="Nothing">Events that change nothing.</param>
/// <param name="Problems">What could not be read, each with its place.</param>
sealed record InboundTaken(int Recorded, int Repeated, int Conflicts, int ForAPerson, int Nothing, IReadOnlyList<FieldProblem> Problems)
{
    /// <summary>Out of the counts of a call, and what was wrong with it.</summary>
    public static InboundTaken Of(IntakeCounts counts, IReadOnlyList<FieldProblem> problems) =>
        new(counts.Recorded, counts.Repeated, counts.Conflicts, counts.ForAPerson, counts.Nothing, problems);
}

/// <summary>What waits, or waited, for a person.</summary>
/// <param name="Id">Names it.</param>
/// <param name="At">When it arrived; a request counts from then.</param>
/// <param name="Source">What brought it.</param>
/// <param name="Matter">What it is about.</param>
/// <param name="Says">What the reader could tell, without anything about the person.</param>
/// <param name="Holds">It holds the address it names until it is settled.</param>
/// <param name="Contact">The random id of the contact it names; left out where it names nobody on record.</param>
/// <param name="Outcome">How somebody settled it; left out while it waits, like everything below.</param>
/// <param name="SettledAt">When it was settled.</param>
/// <param name="SettledBy">Who settled it.</param>
/// <param name="Reason">Why; may be blank.</param>
sealed record InboxLine(
    string Id,
    DateTimeOffset At,
    string Source,
    [property: AllowedValues("message", "conflict", "security", "unreadable", "unknown-event")] string Matter,
    string Says,
    bool Holds,
    string? Contact,
    [property: AllowedValues("request", "nothing", "forged")] string? Outcome,
    DateTimeOffset? SettledAt,
    string? SettledBy,
    string? Reason
);

/// <summary>What waited, with what was written.</summary>
/// <param name="Item">What is on record of it.</param>
/// <param name="Address">Whom it names; left out where it names nobody, or the text is no longer kept.</param>
/// <param name="Words">What was written; left out where it is no longer kept.</param>
/// <param name="IsKept">False once the text is gone.</param>
sealed record InboxText(InboxLine Item, string? Address, string? Words, bool IsKept);

/// <summary>The inbox in numbers.</summary>
/// <param name="Waiting">How many nobody has settled.</param>
/// <param name="Holding">How many of them hold an address.</param>
/// <param name="Overdue">How many have waited for longer than the alarm allows.</param>
/// <param name="Oldest">When the oldest of them arrived; left out when nothing waits.</param>
/// <param name="Unproved">Platforms whose calls were not proved since the server started.</param>
/// <param name="WrongInSettings">What is wrong with <c>inbound.json</c> as it is now; empty when it is in force.</param>
/// <param name="Mailbox">How the mailbox is read; left out where the server reads none.</param>
sealed record InboxNumbers(
    int Waiting,
    int Holding,
    int Overdue,
    DateTimeOffset? Oldest,
    IReadOnlyList<CallsUnproved> Unproved,
    ImmutableArray<string> WrongInSettings,
    MailboxState? Mailbox
);

/// <summary>Calls from a platform that were not proved: nothing in them was read.</summary>
/// <param name="Platform">The platform.</param>
/// <param name="Calls">How many.</param>
/// <param name="Last">When the last came.</param>
sealed record CallsUnproved(string Platform, long Calls, DateTimeOffset Last);

/// <summary>What became of an attempt to settle.</summary>
/// <param name="Settled">What was settled now.</param>
/// <param name="Left">What was not settled.</param>
sealed record InboxSettledNow(IReadOnlyList<string> Settled, IReadOnlyList<InboxLeft> Left);

/// <summary>What was not settled.</summary>
/// <param name="Id">Which.</param>
/// <param name="Why">Why not.</param>
sealed record InboxLeft(string Id, string Why);

/// <summary>Somebody proposes to settle many at once; it is done when somebody else agrees.</summary>
/// <param name="Id">Names the proposal.</param>
/// <param name="Items">How many it settles.</param>
sealed record InboxRunWaiting(string Id, int Items);

/// <summary>What a message shows before it is sent.</summary>
/// <param name="SenderIdentified">It says who it comes from and does not disguise it.</param>
/// <param name="RefusalOffered">A refusal is offered where the reader sees it; a header alone is not enough.</param>
/// <param name="StopAddress">There is an address to which a request to stop can be sent.</param>
/// <param name="Tracking">An image that reports when it is opened was found.</param>
/// <param name="Unsubscribe">What its List-Unsubscribe fields are worth.</param>
/// <param name="Marks">Links and sentences of the body that the findings are about, and the opt-out that was found.</param>
/// <param name="Findings">Everything found, faults first.</param>
/// <param name="Template">The facts of the campaign's template as this message shows them; left out where no campaign was named.</param>
sealed record MessageChecked(
    bool SenderIdentified,
    bool RefusalOffered,
    bool StopAddress,
    bool Tracking,
    ListUnsubscribeCheck Unsubscribe,
    IReadOnlyList<BodyMark> Marks,
    IReadOnlyList<MailFinding> Findings,
    TemplateFacts? Template
)
{
    /// <summary>Out of a check, and of what it says for a template.</summary>
    public static MessageChecked Of(MessageCheck check, TemplateFacts? template) =>
        new(
            check.SenderIdentified,
            check.RefusalOffered,
            check.StopAddress,
            check.Tracking,
            check.Unsubscribe,
            check.Marks,
            check.Findings,
            template
        );
}

/// <summary>Somebody asked for a right of theirs.</summary>
/// <param name="Id">Names the request.</param>
/// <param name="At">When it was received.</param>
/// <param name="Right">What was asked for.</param>
/// <param name="Contact">The random id of the contact.</param>
/// <param name="Outcome">How it was answered; left out while it is open, and so is all below.</param>
/// <param name="AnsweredAt">When.</param>
/// <param name="AnsweredBy">By whom.</param>
/// <param name="Reason">What was done, or why not; may be blank.</param>
sealed record RightsRequestLine(
    string Id,
    DateTimeOffset At,
    [property: AllowedValues("access", "rectification", "erasure", "objection")] string Right,
    string Contact,
    [property: AllowedValues("done", "refused")] string? Outcome,
    DateTimeOffset? AnsweredAt,
    string? AnsweredBy,
    string? Reason
);

/// <summary>A request, with whose it is and what they wrote.</summary>
/// <param name="Request">What is on record of it.</param>
/// <param name="Address">Whose it is; left out once the person was erased.</param>
/// <param name="Words">What they wrote; left out once the person was erased.</param>
sealed record RightsRequestText(RightsRequestLine Request, string? Address, string? Words);

/// <summary>The answer to a request was recorded.</summary>
/// <param name="Id">Which.</param>
/// <param name="Outcome">How it was answered.</param>
sealed record RightsRequestClosed(string Id, [property: AllowedValues("done", "refused")] string Outcome);

/// <summary>A page on which people sign up, or come back.</summary>
/// <param name="Id">Its name in the address.</param>
/// <param name="Sender">The sender that people say yes to.</param>
/// <param name="Topics">The topics they may choose from; none for everything the sender writes about.</param>
/// <param name="Notice">Where the privacy information is; left out if the page links to none.</param>
/// <param name="Signature">Who opened it, and why.</param>
/// <param name="Url">Where the page is.</param>
/// <param name="Form">Where its form is, to be put into a page of your own.</param>
sealed record SignUpPageShown(
    string Id,
    string Sender,
    ImmutableArray<string> Topics,
    string? Notice,
    Signature Signature,
    string Url,
    string Form
);
