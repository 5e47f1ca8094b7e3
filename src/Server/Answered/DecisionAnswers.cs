using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using MaySend.Decisions;
using MaySend.Evidence.Fold;
using MaySend.Reading;
using MaySend.Server.Http;

namespace MaySend.Server.Answered;

/// <summary>The name of a decision and what it was made from; with all of it, the same decision can be made again.</summary>
/// <param name="Id">Its name; null for somebody about whom nothing is on record.</param>
/// <param name="Contact">The random id of the contact; null where nobody is on record.</param>
/// <param name="Campaign">The campaign's digest.</param>
/// <param name="Day">The day of sending; the answer is good for that day.</param>
/// <param name="KnownAt">The day as of which the law is known.</param>
/// <param name="Law">The law's digest.</param>
/// <param name="Policy">The digest of house policy.</param>
/// <param name="Ledger">How far the ledger was read.</param>
sealed record DecisionNamed(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Contact,
    Digest Campaign,
    DateOnly Day,
    DateOnly KnownAt,
    Digest Law,
    Digest Policy,
    string Ledger
);

/// <summary>May this message go to this person, and why? Only <c>send: true</c> lets it out.</summary>
/// <param name="Verdict">Whether both keys turn.</param>
/// <param name="Send">True only if it is permitted, and may go out at this moment.</param>
/// <param name="Reason">The stable code of what decides.</param>
/// <param name="NotSentBecause">What keeps it from going out now, besides the verdict: <c>before-its-day</c>, <c>its-day-has-passed</c>,
/// <c>opt-outs-not-taken</c>, <c>store-damaged</c>, <c>what-if</c>, or <c>channel-does-not-reach-the-address</c>: an email to a telephone
/// number, a call or text message to an email address.</param>
/// <param name="Deliverable">Whether mail arrives there; not part of the verdict.</param>
/// <param name="Undeliverable">Since when and why mail does not arrive; left out where nothing on record says so.</param>
/// <param name="Plainly">Why, in one everyday sentence; with <c>explain=brief</c>.</param>
/// <param name="Keys">Both keys, each in one sentence; with <c>explain=brief</c>.</param>
/// <param name="Remedies">Up to three real actions that would change the answer; with <c>explain=brief</c>.</param>
/// <param name="Decision">Its name, and what it was made from.</param>
/// <param name="Explanation">Every provision, ground and limb; with <c>explain=full</c>.</param>
sealed record DecisionAnswer(
    Verdict Verdict,
    bool Send,
    string Reason,
    IReadOnlyList<string> NotSentBecause,
    Deliverable Deliverable,
    string? Undeliverable,
    string? Plainly,
    IReadOnlyList<BriefKey>? Keys,
    IReadOnlyList<string>? Remedies,
    DecisionNamed Decision,
    Explanation? Explanation
);

/// <summary>
/// The answer to one line of many: a decision, or what is wrong with the line, which is then answered <c>not-shown</c>. Only
/// <c>send: true</c> lets a message out.
/// </summary>
/// <param name="Line">The number of the line that was asked, from 1; blank lines count and have no answer.</param>
/// <param name="Address">Whom it is about, as asked; left out where the line could not be read or decided.</param>
/// <param name="Verdict">Whether both keys turn.</param>
/// <param name="Send">True only if it is permitted, and may go out at this moment.</param>
/// <param name="Reason">The stable code of what decides; left out if there are <c>errors</c>, like everything below.</param>
/// <param name="NotSentBecause">What keeps it from going out now, besides the verdict: <c>before-its-day</c>, <c>its-day-has-passed</c>,
/// <c>opt-outs-not-taken</c>, <c>store-damaged</c>, <c>what-if</c>, or <c>channel-does-not-reach-the-address</c>: an email to a telephone
/// number, a call or text message to an email address.</param>
/// <param name="Deliverable">Whether mail arrives there; not part of the verdict.</param>
/// <param name="Undeliverable">Since when and why mail does not arrive; left out where nothing on record says so.</param>
/// <param name="Plainly">Why, in one everyday sentence; with <c>explain=brief</c>.</param>
/// <param name="Keys">Both keys, each in one sentence; with <c>explain=brief</c>.</param>
/// <param name="Remedies">Up to three real actions that would change the answer; with <c>explain=brief</c>.</param>
/// <param name="Decision">Its name, and what it was made from.</param>
/// <param name="Explanation">Every provision, ground and limb; with <c>explain=full</c>.</param>
/// <param name="Errors">What is wrong with the line; left out where it was decided.</param>
sealed record DecisionLine(
    long Line,
    string? Address,
    Verdict Verdict,
    bool Send,
    string? Reason,
    IReadOnlyList<string>? NotSentBecause,
    Deliverable? Deliverable,
    string? Undeliverable,
    string? Plainly,
    IReadOnlyList<BriefKey>? Keys,
    IReadOnlyList<string>? Remedies,
    DecisionNamed? Decision,
    Explanation? Explanation,
    IReadOnlyList<FieldProblem>? Errors
);

/// <summary>A campaign is on record.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Digest">Identifies what it says; decisions name the campaign by it.</param>
sealed record CampaignOnRecord(string Id, Digest Digest);

/// <summary>Decisions about a person that are on record.</summary>
/// <param name="Decisions">Oldest first.</param>
sealed record DecisionsAbout(IReadOnlyList<DecisionAbout> Decisions);

/// <summary>One decision about a person.</summary>
/// <param name="Id">Its name, by which the decision can be made again.</param>
/// <param name="Campaign">The campaign's name for people.</param>
/// <param name="Day">The day of sending it was made for.</param>
/// <param name="At">When it was made; for a screening, when reading began; left out if that is not on record.</param>
/// <param name="Verdict">What was answered; left out for a screening, whose lists say so.</param>
/// <param name="Screening">The screening it belongs to; left out if somebody asked about this person alone.</param>
sealed record DecisionAbout(
    string Id,
    string Campaign,
    DateOnly Day,
    DateTimeOffset? At,
    [property: AllowedValues("permitted", "refused", "not-shown")] string? Verdict,
    string? Screening
);
