using System.Collections.Immutable;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records;

namespace MaySend.Gate.Rulings;

/// <summary>What was decided about one recipient, as far as the gate goes by it.</summary>
/// <param name="Campaign">The campaign, as it is on record.</param>
/// <param name="Dossier">What was on record about the recipient.</param>
/// <param name="Made">The decision as it is kept.</param>
/// <param name="Reason">The code of what decides.</param>
/// <param name="Verdict">The verdict for the campaign's day.</param>
/// <param name="InTheWay">What keeps a permitted message from going out now; empty where nothing does.</param>
sealed record GateAnswer(
    Campaign Campaign,
    Dossier Dossier,
    DecisionMade Made,
    string Reason,
    Verdict Verdict,
    ImmutableArray<string> InTheWay
)
{
    /// <summary>True only if it is permitted, and now is its day, and opt-outs can be taken.</summary>
    public bool MaySend => Verdict == Verdict.Permitted && InTheWay.IsEmpty;
}

/// <summary>Asks about one recipient of a campaign on record, at this moment. Nothing is written but the campaign's digest.</summary>
/// <param name="store">What is on record.</param>
/// <param name="decider">The law.</param>
/// <param name="campaigns">Campaigns by their ids.</param>
/// <param name="canStop">True while requests to stop can be taken.</param>
sealed class GateAsking(EvidenceStore store, Decider decider, CampaignsOnRecord campaigns, Func<bool> canStop)
{
    /// <summary>The campaign's first day has not come where the law that asks counts its days.</summary>
    public const string BeforeItsDay = "before-its-day";

    /// <summary>Its last day is over.</summary>
    public const string ItsDayHasPassed = "its-day-has-passed";

    /// <summary>Requests to stop cannot be taken now, so nothing may go out that somebody could want to stop.</summary>
    public const string OptOutsNotTaken = "opt-outs-not-taken";

    /// <summary>
    /// What the gate writes: what only the system knows, that a message was sent, and campaigns that are on record already.
    /// </summary>
    public static readonly Actor By = new Actor("gate", Rights.Record | Rights.Campaign).AsSystem();

    readonly DecisionLog log = new(store);

    /// <summary>The answer; null when no campaign of that id is on record.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer: nothing may be sent.</exception>
    public async ValueTask<GateAnswer?> AskAsync(string campaignId, Address address, CancellationToken cancellation)
    {
        if (await campaigns.FindAsync(campaignId, cancellation) is not { } campaign)
            return null;
        await log.RegisterAsync(campaign, By, cancellation);
        var made = await log.DecideAsync(decider, address, new StoreQuestion(campaign, campaign.Day), cancellation);
        var now = store.Clock.GetUtcNow();
        var kept = new DecisionMade(When.Of(now), made.Id.ToString())
        {
            Campaign = campaign.Id,
            Verdict = made.Decision.Verdict.Word(),
            Send = made.Decision.Send.Code,
            Process = made.Decision.Process.Code,
        };
        return new(
            campaign,
            made.Dossier,
            kept,
            made.Decision.Reason.Code,
            made.Decision.Verdict,
            [.. InTheWay(made.Decision, campaign, now)]
        );
    }

    IEnumerable<string> InTheWay(Decision decision, Campaign campaign, DateTimeOffset now)
    {
        var days = Today(decision, now);
        if (days.Any(day => day < campaign.Day))
            yield return BeforeItsDay;
        else if (days.Any(day => day > campaign.Day))
            yield return ItsDayHasPassed;
        if (!canStop())
            yield return OptOutsNotTaken;
    }

    /// <summary>Which day it is in the zone of every law that asks: where they differ, each must be the campaign's.</summary>
    HashSet<DateOnly> Today(Decision decision, DateTimeOffset now)
    {
        var zones = decision
            .Formula.Send.Elements.Concat(decision.Formula.Process.Elements)
            .Select(element => decider.Law.Find(element.Jurisdiction))
            // House rules stand beside a country's law and have no day of their own.
            .Where(jurisdiction => jurisdiction is { IsEverywhere: false })
            .Select(jurisdiction => jurisdiction!.Zone)
            .DefaultIfEmpty("Etc/UTC")
            .Distinct(StringComparer.Ordinal);
        return
        [
            .. zones.Select(zone =>
                DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime)
            ),
        ];
    }
}
