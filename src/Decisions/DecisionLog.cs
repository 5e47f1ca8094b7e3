using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Decisions;

/// <summary>
/// Keeps what was decided, so that it can be replayed: the campaign by digest, the decision beside the evidence. Safe for many threads.
/// </summary>
public sealed class DecisionLog(EvidenceStore store)
{
    /// <summary>Puts the campaign on record, unless it is.</summary>
    public async ValueTask RegisterAsync(Campaign campaign, Actor by, CancellationToken cancellation = default)
    {
        if ((await store.ControllerAsync(cancellation: cancellation)).Campaigns.Any(registered => registered.Id == campaign.Digest))
            return;
        await store.RecordAsync(
            new CampaignRegistered(campaign.Digest, campaign),
            by,
            idempotencyKey: $"campaign {campaign.Digest}",
            cancellation: cancellation
        );
    }

    /// <summary>A decision as it is kept, for those who record it together with what they did on it.</summary>
    public DecisionMade EntryOf(Answer made) =>
        new(When.Of(store.Clock.GetUtcNow()), made.Id.ToString())
        {
            Campaign = made.Decision.Campaign.Message.Id,
            Verdict = made.Verdict.Word(),
            Send = made.Decision.Send.Code,
            Process = made.Decision.Process.Code,
        };

    /// <summary>Keeps a decision. The same one again adds nothing. Its campaign must be on record before it is decided.</summary>
    public async ValueTask LogAsync(Answer made, Actor by, string? filesDigest = null, CancellationToken cancellation = default)
    {
        if (!made.CanBeLogged)
            return;
        var entry = EntryOf(made) with { Files = filesDigest };
        await store.RecordAsync(
            made.Dossier.Address,
            entry,
            by.AsSystem(),
            idempotencyKey: $"decision {made.Id} {filesDigest}",
            cancellation: cancellation
        );
    }
}
