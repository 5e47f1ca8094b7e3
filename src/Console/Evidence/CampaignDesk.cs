using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;

namespace MaySend.Console.Evidence;

/// <summary>The campaigns on record: those described here or through the API, and those that were loaded with the evidence or asked about
/// from the command line.</summary>
sealed class CampaignDesk(ServerRecords records, CampaignsOnRecord onRecord, EvidenceStore store)
{
    /// <summary>Every campaign, the latest day first.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<Campaign>> AllAsync() =>
        [.. (await onRecord.AllAsync()).OrderByDescending(campaign => campaign.Day)];

    /// <summary>One by its id; null when there is none.</summary>
    public async ValueTask<Campaign?> FindAsync(string? id) => (await AllAsync()).FirstOrDefault(campaign => campaign.Id == id);

    /// <summary>Reads a campaign file and records it; a later one of the same id replaces it. What is wrong is said, with places, and
    /// then nothing is recorded.</summary>
    public async Task<IReadOnlyList<Problem>> AddAsync(Stream file, ControllerRecord controller, Actor by, CancellationToken cancellation)
    {
        var path = Path.GetTempFileName();
        try
        {
            await using (var target = new FileStream(path, FileMode.Create))
                await file.CopyToAsync(target, cancellation);
            var problems = new Problems();
            var campaign = CampaignFile.Read(path, controller, problems);
            if (!problems.IsEmpty || campaign is null)
                return [.. problems.List.Select(problem => problem with { Place = problem.Place with { File = "file" } })];
            await RecordAsync(campaign, by, cancellation);
            return [];
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>Records a campaign; a later one of the same id replaces it.</summary>
    /// <exception cref="NotEntitledException">The actor may not describe it; nothing was written.</exception>
    public async Task RecordAsync(Campaign campaign, Actor by, CancellationToken cancellation)
    {
        Entitlements.Check(by, new CampaignRegistered(campaign.Digest, campaign), "campaign-registered");
        // By its digest it stays on record for as long as decisions about it may be replayed, however it is described later.
        await new DecisionLog(store).RegisterAsync(campaign, by, cancellation);
        await records.AddAsync(new CampaignDescribed(campaign.Id, campaign), by, cancellation: cancellation);
    }
}
