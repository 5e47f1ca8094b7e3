using System.Collections.Immutable;
using MaySend.Assessments.Life;

namespace MaySend.Assessments.Documents;

/// <summary>Where a version of an assessment stands. Only <see cref="Signed"/> carries a message.</summary>
public enum AssessmentState
{
    /// <summary>Being written.</summary>
    Draft,

    /// <summary>Handed to a second person.</summary>
    InReview,

    /// <summary>Signed: it governs, and never changes.</summary>
    Signed,

    /// <summary>A later version was signed.</summary>
    Superseded,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Its review fell due, or something happened that it did not weigh.</summary>
    Lapsed,
}

/// <summary>What can happen to a version of an assessment.</summary>
public enum LifeEventKind
{
    /// <summary>Somebody began to write it.</summary>
    Drafted,

    /// <summary>Somebody else changed what it says while it was a draft, and is a writer of it from then on.</summary>
    Edited,

    /// <summary>Handed in for review.</summary>
    Submitted,

    /// <summary>The reviewer sent it back.</summary>
    Returned,

    /// <summary>The reviewer found it good.</summary>
    Approved,

    /// <summary>Signed.</summary>
    Signed,

    /// <summary>A later version took its place.</summary>
    Superseded,

    /// <summary>Taken back.</summary>
    Withdrawn,

    /// <summary>Something happened that it did not weigh.</summary>
    Lapsed,
}

/// <summary>One thing that happened to a version of an assessment.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="By">Who did it: a name or a role.</param>
/// <param name="On">The day.</param>
/// <param name="Reason">Why.</param>
public sealed record LifeEvent(LifeEventKind Kind, string By, DateOnly On, string Reason)
{
    /// <summary>SHA-256 of what the document said then; on submitting, approving and signing only.</summary>
    public string? Content { get; init; }

    /// <summary>The trigger that made it lapse.</summary>
    public string? Trigger { get; init; }
}

/// <summary>What follows from a history.</summary>
/// <param name="State">Where it stands by events alone; <see cref="Documents.AssessmentDocument.StateOn"/> adds the time limit.</param>
/// <param name="Writers">Who wrote it, changed it or handed it in; none of them reviews or signs it.</param>
/// <param name="Submitted">The last handing in.</param>
/// <param name="Approved">The approval that still counts.</param>
/// <param name="SignedBy">The signature.</param>
/// <param name="Ended">What ended it.</param>
public sealed record LifeState(
    AssessmentState State,
    ImmutableArray<string> Writers,
    LifeEvent? Submitted = null,
    LifeEvent? Approved = null,
    LifeEvent? SignedBy = null,
    LifeEvent? Ended = null
)
{
    static readonly LifeState New = new(AssessmentState.Draft, []);

    /// <summary>The fold over a history.</summary>
    public static LifeState Of(IEnumerable<LifeEvent> history) => history.Aggregate(New, (state, happened) => state.After(happened));

    LifeState After(LifeEvent happened) =>
        happened.Kind switch
        {
            LifeEventKind.Drafted or LifeEventKind.Edited => this with { Writers = Writers.Add(happened.By) },
            LifeEventKind.Submitted => this with
            {
                State = AssessmentState.InReview,
                Writers = Writers.Add(happened.By),
                Submitted = happened,
                Approved = null,
            },
            LifeEventKind.Returned => this with { State = AssessmentState.Draft, Submitted = null, Approved = null },
            LifeEventKind.Approved => this with { Approved = happened },
            LifeEventKind.Signed => this with { State = AssessmentState.Signed, SignedBy = happened },
            LifeEventKind.Superseded => this with { State = AssessmentState.Superseded, Ended = happened },
            LifeEventKind.Withdrawn => this with { State = AssessmentState.Withdrawn, Ended = happened },
            _ => this with { State = AssessmentState.Lapsed, Ended = happened },
        };
}
