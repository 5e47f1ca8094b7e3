using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;

namespace MaySend.Decisions;

/// <summary>How a campaign that was described with the question was taken.</summary>
public enum InlineCampaign
{
    /// <summary>The campaign is the one on record.</summary>
    No,

    /// <summary>It replaces fields of the one on record, and neither key is better for it: it counts.</summary>
    Counted,

    /// <summary>A key would be better for it: it does not count, and the answer is about the campaign on record.</summary>
    NotCounted,

    /// <summary>No campaign of that id is on record: a what-if, by which nothing is sent.</summary>
    WhatIf,
}

/// <summary>One answer with what it was made of.</summary>
/// <param name="Decision">What was decided.</param>
/// <param name="Id">What names it.</param>
/// <param name="Dossier">What was on record.</param>
/// <param name="Campaign">What was asked about.</param>
/// <param name="Sending">Whether it may go out now.</param>
/// <param name="Deliverable">Whether mail arrives there.</param>
/// <param name="Inline">How a campaign that was described with the question was taken.</param>
public sealed record Answer(
    Decision Decision,
    DecisionId Id,
    Dossier Dossier,
    Campaign Campaign,
    Sending Sending,
    Deliverability Deliverable,
    InlineCampaign Inline
)
{
    /// <summary>Permitted, refused or not shown, for the day asked about; it never looks at a clock.</summary>
    public Verdict Verdict => Decision.Verdict;

    /// <summary>
    /// True only if it is permitted, and today is one of the campaign's days in the zone of every law that asks, and requests to stop can
    /// be taken. Whatever lets mail out asks for this, never for the verdict alone.
    /// </summary>
    public bool Send => Sending.May;

    /// <summary>
    /// One stable code for why: of the verdict where that is not "permitted", else what keeps it from going out now
    /// (<see cref="Sending.Reasons"/>), else the ground by which it is permitted.
    /// </summary>
    public string Code => Verdict == Verdict.Permitted && !Sending.Reasons.IsEmpty ? Sending.Reasons[0] : Decision.Reason.Code;

    /// <summary>The answer with reasons, citations and remedies.</summary>
    /// <param name="explainer">The law.</param>
    /// <param name="recipient">Whom it is about, as asked.</param>
    /// <param name="evidence">Where the evidence stands, in words.</param>
    public Explanation Explain(Explainer explainer, string recipient, string evidence) =>
        explainer.Explain(Decision, recipient, evidence) with
        {
            Decision = Id.ToString(),
            Now = Sending.Explain(Verdict),
            Deliverable = Deliverable.Word,
            Undeliverable = Deliverable.Says is { Length: > 0 } says ? says : null,
        };

    /// <summary>
    /// True when there is a contact to keep the decision under: asking about a stranger puts nothing about them on record.
    /// </summary>
    public bool CanBeLogged => Dossier.Contact is not null;
}
