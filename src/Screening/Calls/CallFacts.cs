using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;

namespace MaySend.Screening.Calls;

/// <summary>A look-up in a register that a law asks for.</summary>
/// <param name="Register">The register's id.</param>
/// <param name="Day">The day of the register used.</param>
/// <param name="Until">The last day on which the look-up counts.</param>
/// <param name="Listed"><c>yes</c> or <c>no</c>; blank where the result is not recorded.</param>
public sealed record LookUpOnRecord(string Register, DateOnly Day, DateOnly Until, string Listed);

/// <summary>What is known about calling one person for one campaign of calls, for whoever looks at the person.</summary>
/// <param name="Campaign">The campaign, on the day asked about.</param>
/// <param name="Verdict">The answer for that day and the campaign's hours.</param>
/// <param name="MayBeCalled">The windows of a week; blank where there are none.</param>
/// <param name="GoodUntil">The last day on which a permission holds if nothing new is recorded; null where there is none.</param>
/// <param name="Directory">How the number stands in the directory; blank where nothing says so.</param>
/// <param name="Region">The region, where regions keep holidays of their own; blank where nothing says so.</param>
/// <param name="Tried">Calls of the sender in the thirty days before; null where nobody vouches that all are on record.</param>
/// <param name="RestUntil">The last day of the rest after a refusal of calls; null where none runs.</param>
/// <param name="LookUps">Look-ups in the registers that the person's law asks about.</param>
public sealed record CallFacts(
    Campaign Campaign,
    Verdict Verdict,
    string MayBeCalled,
    DateOnly? GoodUntil,
    string Directory,
    string Region,
    long? Tried,
    DateOnly? RestUntil,
    IReadOnlyList<LookUpOnRecord> LookUps
)
{
    /// <summary>The file in which a screening of calls says the same of every person.</summary>
    public const string TimesFile = CallTimes.FileName;

    /// <summary>For a campaign of calls; null for one by another channel.</summary>
    /// <param name="decider">Decides.</param>
    /// <param name="controller">What the controller has on record.</param>
    /// <param name="campaign">The campaign, on the day asked about.</param>
    /// <param name="knownAt">The day as of which readings of the law are known.</param>
    /// <param name="entries">What is on record about the person.</param>
    /// <param name="address">The person's number.</param>
    public static CallFacts? Of(
        Decider decider,
        ControllerRecord controller,
        Campaign campaign,
        DateOnly knownAt,
        IReadOnlyList<ContactEntry> entries,
        string address
    )
    {
        if (CallTimes.For(decider, controller, campaign, knownAt) is not { } times)
            return null;
        var facts = times.Facts(entries, address);
        var verdict = times.VerdictOn(facts);
        var tried = facts.Recipient[Calling.CallsLast30Days];
        return new CallFacts(
            campaign,
            verdict,
            times.Week(facts),
            verdict == Verdict.Permitted ? times.GoodUntil(facts) : null,
            Calling.Directory.Write(facts.Recipient[Calling.Directory]),
            Calling.Region.Write(facts.Recipient[Calling.Region]),
            tried.IsRecorded ? tried.Number : null,
            times.RestUntil(facts),
            [.. times.LookUpsOf(facts)]
        );
    }
}
