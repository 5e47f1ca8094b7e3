using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Records;

/// <summary>
/// The campaigns on record: those described through the API or the console, and those that were loaded with the evidence or asked about
/// from the command line. What was described here wins.
/// </summary>
public sealed class CampaignsOnRecord(ServerRecords records, EvidenceStore store)
{
    /// <summary>Every campaign, in the order of their ids; of those loaded under one id the latest.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<Campaign>> AllAsync(CancellationToken cancellation = default) =>
        [
            .. (await store.ControllerAsync(cancellation: cancellation))
                .Campaigns.Select(registered => registered.Campaign)
                .Concat((await records.ReadAsync(cancellation)).Campaigns.Values.Select(described => described.Campaign))
                .GroupBy(campaign => campaign.Id, StringComparer.Ordinal)
                .Select(same => same.Last())
                .OrderBy(campaign => campaign.Id, StringComparer.Ordinal),
        ];

    /// <summary>One by its id, or by its digest; null when there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<Campaign?> FindAsync(string id, CancellationToken cancellation = default) =>
        await FindAsync(id, await records.ReadAsync(cancellation), cancellation);

    /// <summary>One by its id, among records that the caller has read and among what was loaded; null when there is none.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<Campaign?> FindAsync(string id, RecordsAsOf known, CancellationToken cancellation = default) =>
        known.Campaigns.TryGetValue(id, out var described)
            ? described.Campaign
            : (await store.ControllerAsync(cancellation: cancellation)).Campaign(id);
}
