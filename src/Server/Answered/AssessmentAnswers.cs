using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using MaySend.Assessments.Documents;
using MaySend.Server.Http;

namespace MaySend.Server.Answered;

/// <summary>A version of an assessment, in one line.</summary>
/// <param name="Id">Names the version: <c>LIA-3.v1</c>, or as it was recorded.</param>
/// <param name="Title">What it is about.</param>
/// <param name="State">Its state today, in words; for one written here <c>draft</c>, <c>in review</c>, <c>signed</c>,
/// <c>superseded</c>, <c>withdrawn</c> or <c>lapsed</c>.</param>
/// <param name="ReviewDue">When its review is due; left out while nobody has said so.</param>
/// <param name="WrittenHere">False for one that was signed elsewhere and is on record here.</param>
sealed record AssessmentLine(string Id, string Title, string State, DateOnly? ReviewDue, bool WrittenHere);

/// <summary>A version of an assessment that is written here.</summary>
/// <param name="Id">Names the version: <c>LIA-3.v1</c>.</param>
/// <param name="State">Where it stands today.</param>
/// <param name="Digest">SHA-256 of what it says.</param>
/// <param name="Content">What it says.</param>
/// <param name="History">What happened to it, oldest first.</param>
/// <param name="Findings">What keeps it from being signed; empty where nothing does.</param>
sealed record AssessmentShown(
    string Id,
    [property: AllowedValues("draft", "in review", "signed", "superseded", "withdrawn", "lapsed")] string State,
    string Digest,
    AssessmentContent Content,
    ImmutableArray<LifeEvent> History,
    IReadOnlyList<FieldProblem> Findings
);

/// <summary>Whether a version of an assessment may be signed.</summary>
/// <param name="Id">Names the version.</param>
/// <param name="Ready">Nothing keeps it from being signed.</param>
/// <param name="Findings">What keeps it from being signed; empty if nothing does.</param>
sealed record AssessmentReadiness(string Id, bool Ready, IReadOnlyList<FieldProblem> Findings);

/// <summary>An assessment that was signed elsewhere has ended: from now on, nothing can rely on it.</summary>
/// <param name="Id">Names it.</param>
/// <param name="State">That it ended.</param>
sealed record AssessmentEnded(string Id, [property: AllowedValues("ended")] string State);

/// <summary>Remarks on a version of an assessment, the oldest first.</summary>
/// <param name="Items">The remarks.</param>
sealed record AssessmentRemarks(IReadOnlyList<AssessmentRemark> Items);

/// <summary>A remark on a version of an assessment; it is not part of what is signed.</summary>
/// <param name="Id">Names it.</param>
/// <param name="About">What it is about: the id of a question, <c>purpose</c>, <c>necessity</c> or <c>balancing</c> for a test,
/// <c>scope</c> or <c>safeguards</c>.</param>
/// <param name="Says">What it says.</param>
/// <param name="By">Who made it.</param>
/// <param name="At">When.</param>
/// <param name="SettledBy">Who settled it; left out while it is open.</param>
/// <param name="SettledAt">When it was settled; left out while it is open.</param>
sealed record AssessmentRemark(
    string Id,
    string About,
    string Says,
    string By,
    DateTimeOffset At,
    string? SettledBy,
    DateTimeOffset? SettledAt
);

/// <summary>Files attached to a version of an assessment, the oldest first.</summary>
/// <param name="Items">The files.</param>
sealed record AssessmentAttachments(IReadOnlyList<AssessmentAttachment> Items);

/// <summary>A file attached to a version of an assessment.</summary>
/// <param name="Id">Names it.</param>
/// <param name="Name">Its name.</param>
/// <param name="Length">Its length in bytes.</param>
/// <param name="Digest">SHA-256 of what it holds, in hexadecimal digits.</param>
/// <param name="By">Who attached it.</param>
/// <param name="At">When.</param>
sealed record AssessmentAttachment(string Id, string Name, long Length, string Digest, string By, DateTimeOffset At);
