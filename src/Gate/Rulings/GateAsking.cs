using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Records;

namespace MaySend.Gate.Rulings;

/// <summary>Asks about one recipient of a campaign on record, at this moment. Nothing is written but the campaign's digest.</summary>
/// <param name="asking">The one asking.</param>
/// <param name="campaigns">Campaigns by their ids.</param>
/// <param name="log">Where campaigns are registered before they are decided.</param>
sealed class GateAsking(Asking asking, CampaignsOnRecord campaigns, DecisionLog log)
{
    /// <summary>
    /// What the gate writes: what only the system knows, that a message was sent, and campaigns that are on record already.
    /// </summary>
    public static readonly Actor By = new Actor("gate", Rights.Record | Rights.Campaign).AsSystem();

    /// <summary>The answer; null when no campaign of that id is on record.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer: nothing may be sent.</exception>
    public async ValueTask<Answer?> AskAsync(string campaignId, Address address, CancellationToken cancellation)
    {
        if (await campaigns.FindAsync(campaignId, cancellation) is not { } campaign)
            return null;
        await log.RegisterAsync(campaign, By, cancellation);
        return await asking.AskAsync(address, new Asked(campaign), cancellation);
    }

    /// <summary>What is kept of an answer.</summary>
    public NewEntry Kept(Answer answer) => log.Entry(answer, By);
}
