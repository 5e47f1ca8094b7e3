using MaySend.Assessments.Documents;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Audiences;

namespace MaySend.Records.Imports;

/// <summary>What was recorded of a folder.</summary>
/// <param name="Added">Entries of the sender's own record that are new.</param>
/// <param name="Described">Entries of the sender's own record in the folder.</param>
/// <param name="StayEnded">Assessments that were ended on record: the folder's older description of them was left out.</param>
/// <param name="Files">What each companion file gave.</param>
public sealed record FolderOutcome(
    int Added,
    int Described,
    IReadOnlyList<string> StayEnded,
    IReadOnlyList<(string File, ImportOutcome Outcome)> Files
);

/// <summary>
/// What recording a folder would do: the sender's record and campaigns, and what happened with people. Every file has been read through.
/// </summary>
public sealed class FolderPlan
{
    readonly EvidenceStore store;
    readonly List<ControllerEntry> entries;
    readonly List<(string File, ImportPlan Plan)> plans;

    FolderPlan(EvidenceStore store, List<ControllerEntry> entries, List<(string File, ImportPlan Plan)> plans) =>
        (this.store, this.entries, this.plans) = (store, entries, plans);

    /// <summary>Reads a folder through, refusals first; nothing is recorded.</summary>
    /// <param name="store">The store to compare with.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="zone">The zone of times without one.</param>
    /// <param name="progress">Gets how far it is; null for nobody.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <exception cref="BadInputException">Anything in any file cannot be used, or is a question.</exception>
    public static async Task<FolderPlan> MakeAsync(
        EvidenceStore store,
        string folder,
        TimeZoneInfo? zone,
        IProgress<ImportProgress>? progress,
        CancellationToken cancellation
    )
    {
        var problems = new List<Problem>();
        var entries = await ApartAsync(store, ReadController(folder), folder, problems, cancellation);
        var files = AudienceFiles.InFolder(folder, zone);
        var companions = files
            .Companions.OrderBy(companion => companion.Kind != CompanionFiles.Refusals)
            .Select(companion => (companion.Kind, companion.Path));
        var plans = new List<(string, ImportPlan)>();
        problems.AddRange(files.Lost);
        foreach (var (kind, path) in companions.Append((CompanionFiles.People, files.People)).Where(file => File.Exists(file.Item2)))
        {
            try
            {
                var options = new ImportOptions
                {
                    Format = FormatOf(kind),
                    Zone = zone,
                    MayBeEmpty = kind != CompanionFiles.People,
                };
                var plan = await ImportPlan.MakeAsync(store, ImportSource.Open(path, options), progress, cancellation);
                problems.AddRange(plan.Summary.Questions.Select(question => new Problem(new Place(path), question.Text, question.Help)));
                plans.Add((Path.GetFileName(path), plan));
            }
            catch (BadInputException bad)
            {
                problems.AddRange(bad.Problems);
            }
        }
        return problems.Count == 0 ? new(store, entries, plans) : throw new BadInputException(problems);
    }

    /// <summary>How many people who may be written to now it would stop.</summary>
    public long NewlyStopped => plans.Sum(plan => plan.Plan.Summary.NewlyStopped);

    /// <summary>How many entries it would add about people.</summary>
    public long ToAdd => plans.Sum(plan => plan.Plan.Summary.ToAdd);

    /// <summary>Records it.</summary>
    /// <param name="by">Who does.</param>
    /// <param name="progress">Gets how far it is; null for nobody.</param>
    /// <param name="cancellation">Stops it between two files.</param>
    public async Task<FolderOutcome> ApplyAsync(Actor by, IProgress<ImportProgress>? progress, CancellationToken cancellation)
    {
        var (added, stayEnded) = await store.RecordChangesAsync(entries, by, cancellation);
        var results = new List<(string File, ImportOutcome Outcome)>();
        foreach (var (file, plan) in plans)
            results.Add((file, await plan.ApplyAsync(by, progress, cancellation)));
        return new(added, entries.Count, stayEnded, results);
    }

    /// <summary>The entries as they may be recorded beside those of other senders.</summary>
    static async ValueTask<List<ControllerEntry>> ApartAsync(
        EvidenceStore store,
        List<ControllerEntry> described,
        string folder,
        List<Problem> problems,
        CancellationToken cancellation
    )
    {
        var recorded = await store.ControllerEntriesAsync(cancellation: cancellation);
        var conflicts = new List<string>();
        var entries = OtherSenders.Apart(described, recorded.Select(one => one.Entry), conflicts);
        problems.AddRange(conflicts.Distinct().Select(conflict => new Problem(new Place(folder), conflict, OtherSenders.Help)));
        return [.. entries];
    }

    /// <summary>The sender's entries and campaigns; none where the folder holds companion files alone.</summary>
    static List<ControllerEntry> ReadController(string folder)
    {
        var problems = new Problems();
        if (!File.Exists(Path.Combine(folder, "sender.yaml")) && Directory.Exists(folder) && !SenderFolder.HoldsMore(folder))
            return [];
        List<ControllerEntry> entries = [.. SenderFolder.Read(folder, problems, AssessmentFolder.Read)];
        var record = new ControllerRecord(entries);
        var campaigns = Path.Combine(folder, "campaigns");
        if (Directory.Exists(campaigns))
            foreach (var path in Directory.EnumerateFiles(campaigns, "*.yaml").Order(StringComparer.Ordinal))
                if (CampaignFile.Read(path, record, problems) is { } campaign)
                    entries.Add(new CampaignRegistered(campaign.Digest, campaign));
        problems.ThrowIfAny();
        return entries;
    }

    static string FormatOf(CompanionFile kind) =>
        kind == CompanionFiles.People ? "contacts"
        : kind == CompanionFiles.Collections ? "orders"
        : kind.Name;
}
