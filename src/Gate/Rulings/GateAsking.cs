using System.Collections.Immutable;
using MaySend.Decisions;
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
/// <param name="asking">The one story of an answer.</param>
/// <param name="campaigns">Campaigns by their ids.</param>
sealed class GateAsking(EvidenceStore store, Asking asking, CampaignsOnRecord campaigns)
{
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
        var answer = await asking.AskAsync(address, new Asked(campaign), cancellation);
        return new(campaign, answer.Dossier, log.EntryOf(answer), answer.Decision.Reason.Code, answer.Verdict, answer.Sending.Reasons);
    }
}
