using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Provisions;

namespace MaySend.Screening.Runs;

/// <summary>
/// What one screening leaves on record, gathered while its rows are written, so that every row's decision can be found again by the person.
/// Not safe for several threads.
/// </summary>
/// <param name="order">Whom, for what.</param>
/// <param name="day">The day of sending.</param>
/// <param name="law">The law.</param>
/// <param name="controller">What the controller has on record.</param>
/// <param name="readFrom">When reading began.</param>
/// <param name="heads">How far each partition reached then.</param>
sealed class ManifestDraft(
    ScreeningOrder order,
    DateOnly day,
    LawBook law,
    ControllerRecord controller,
    DateTimeOffset readFrom,
    ImmutableArray<long> heads
)
{
    readonly string policy = controller.PolicyOn(day).Digest;
    readonly ImmutableSortedDictionary<string, long>.Builder later = ImmutableSortedDictionary.CreateBuilder<string, long>(
        StringComparer.Ordinal
    );
    readonly List<LedgerPosition> listed = [];

    /// <summary>The day as of which readings of the law are known.</summary>
    public DateOnly KnownAt { get; } = order.KnownAt ?? day;

    /// <summary>True once files have said anything about somebody.</summary>
    public bool HasFactsFromFiles { get; set; } = order.ControllerFiles is not null;

    /// <summary>Takes a row and gives what names its decision; blank where nobody is on record.</summary>
    public string Take(Screened row)
    {
        if (row.Person.OnRecord is not { Contact: { } contact } recorded)
            return "";
        var id = DecisionId.Of(contact, recorded.LastEvidence, order.Campaign.Digest, day, KnownAt, law.Digest, policy, controller.Seq);
        if (order.List is not null && recorded.Open().Entries is [var first, ..])
            listed.Add(first.Position);
        if (id.Position.Contact is var (partition, seq) && seq > heads[partition.Number])
            later[contact.ToString()] = seq;
        return id.ToString();
    }

    /// <summary>The manifest.</summary>
    /// <param name="summary">What came out.</param>
    /// <param name="output">Where the files stand.</param>
    public AudienceScreened Finish(ScreeningSummary summary, string output) =>
        new(IdOf(order.Campaign.Id, readFrom))
        {
            Campaign = order.Campaign.Id,
            CampaignDigest = order.Campaign.Digest,
            Channel = order.Campaign.Channel,
            Day = day,
            KnownAt = KnownAt,
            Law = law.Digest,
            Policy = policy,
            ControllerSeq = controller.Seq,
            ReadFrom = readFrom,
            Heads = heads,
            Later = later.ToImmutable(),
            ListedAt = order.List is null ? null : ListedPlaces.Pack(listed),
            HasFactsFromFiles = HasFactsFromFiles,
            Counts = summary.Counts.ToImmutableSortedDictionary(pair => pair.Key.Word(), pair => pair.Value, StringComparer.Ordinal),
            FilesIn = order.List is null
                ? Digests(order.ControllerPaths)
                : Digests(
                    order.List.Companions.Select(companion => companion.Path).Prepend(order.List.People).Concat(order.ControllerPaths)
                ),
            FilesOut = Digests(ListWriting.Names.Select(name => Path.Combine(output, name))),
        };

    /// <summary>What names a screening.</summary>
    /// <param name="campaign">The campaign's name.</param>
    /// <param name="readFrom">When reading began.</param>
    public static string IdOf(string campaign, DateTimeOffset readFrom) =>
        string.Create(CultureInfo.InvariantCulture, $"{campaign}-{readFrom.UtcDateTime:yyyyMMdd'T'HHmmss'.'fff'Z'}");

    /// <summary>SHA-256 of those files that there are, by name.</summary>
    public static ImmutableSortedDictionary<string, string> Digests(IEnumerable<string> paths) =>
        paths
            .Where(File.Exists)
            .DistinctBy(Path.GetFileName)
            .ToImmutableSortedDictionary(path => Path.GetFileName(path), FileDigest.Of, StringComparer.Ordinal);
}

/// <summary>SHA-256 of a file.</summary>
public static class FileDigest
{
    /// <summary>In lower-case hexadecimal digits.</summary>
    public static string Of(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
