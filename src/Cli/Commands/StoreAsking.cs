using System.Security.Cryptography;
using System.Text;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;
using MaySend.Records.Auditing;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend ask --data</c>: decides about one person from a store, and keeps the decision so that it can be replayed.</summary>
sealed class StoreAsking(OpenStore store, Decider decider)
{
    /// <summary>A folder whose entries about the sender are used instead of the store's.</summary>
    public string? SenderFolder { get; init; }

    /// <summary>A folder whose companion files are joined with the store.</summary>
    public string? AudienceFolder { get; init; }

    public TimeZoneInfo? Zone { get; init; }

    /// <summary>Another day of sending: a what-if, which is not kept.</summary>
    public DateOnly? On { get; init; }

    /// <summary>Evidence and readings of law as known by the end of a day: a what-if, which is not kept.</summary>
    public DateOnly? KnownAt { get; init; }

    public required Actor By { get; init; }

    public async Task<(Explanation Explanation, Verdict Verdict)> AskAsync(
        string addressText,
        string campaignName,
        CancellationToken cancellation
    )
    {
        var problems = new Problems();
        var address = problems.Note(() => StoreOptions.ReadAddress(addressText))!;
        var folder = SenderFolder is null ? null : problems.Note(() => Inputs.ReadController(SenderFolder));
        var campaign = (await problems.NoteAsync(() => store.CampaignAsync(folder, SenderFolder, campaignName, cancellation)))!;
        problems.ThrowIfAny();
        var isWhatIf = (On is { } on && !campaign.Has(on)) || KnownAt is not null;
        var log = new DecisionLog(store.Evidence);
        if (!isWhatIf)
            await log.RegisterAsync(campaign, By, cancellation);
        var question = new Asked(campaign)
        {
            Day = On,
            KnownAt = KnownAt,
            AsKnown = KnownAt is { } day ? AsKnown.At(Replayer.EndOf(day)) : AsKnown.Now,
            ControllerFiles = folder,
            FromFiles = FromFiles(address),
            FilesDigest = FilesDigest(),
        };
        var made = await new Asking(store.Evidence, decider).AskAsync(address, question, cancellation);
        if (!isWhatIf)
            await log.LogAsync(made, By, question.FilesDigest, cancellation);
        await store.ShownAsync(Viewed.Decision, made.Dossier.Contact, about: $"campaign {campaign.Id}");
        return (made.Explain(new Explainer(decider), addressText, Says(made, isWhatIf)), made.Verdict);
    }

    IReadOnlyList<Evidence.Entries.ContactEntry> FromFiles(Address address)
    {
        if (AudienceFolder is null)
            return [];
        using var audience = Inputs.OpenAudience(AudienceFolder, Zone);
        return audience.Find(address) ?? [];
    }

    string? FilesDigest()
    {
        var files = new List<string>();
        if (SenderFolder is not null)
            files.AddRange(
                Directory
                    .EnumerateFiles(SenderFolder)
                    .Where(path => path.EndsWith(".yaml", StringComparison.Ordinal) || path.EndsWith("map.csv", StringComparison.Ordinal))
            );
        if (AudienceFolder is not null)
            files.AddRange([
                AudienceFiles.InFolder(AudienceFolder, null).People,
                .. AudienceFiles.InFolder(AudienceFolder, null).Companions.Select(companion => companion.Path),
            ]);
        if (files.Count == 0)
            return null;
        var lines = files
            .Where(File.Exists)
            .Distinct()
            .Order(StringComparer.Ordinal)
            .Select(path => $"{FileDigest.Of(path)}  {Path.GetFileName(path)}\n");
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(lines))));
    }

    static string Says(Answer made, bool isWhatIf)
    {
        var state = made.Dossier.State switch
        {
            Evidence.Store.DossierState.Known => $"ledger {made.Id.Position}",
            Evidence.Store.DossierState.Suppressed => "erased: only the request to stop is kept",
            _ => "nobody on record at this address",
        };
        return isWhatIf ? $"{state}, what if (not kept)" : state;
    }
}
