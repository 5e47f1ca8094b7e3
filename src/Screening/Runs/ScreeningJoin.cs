using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Screening.Outputs;
using MaySend.Screening.Reports;

namespace MaySend.Screening.Runs;

/// <summary>
/// Joins the shares of one screening, each screened by a machine of its own, into the lists, the report and the one manifest that one
/// machine would have written. A share that is missing, that stands twice, that belongs to another screening or that was changed since ends
/// it, and nothing is written.
/// </summary>
public sealed class ScreeningJoin(EvidenceStore store, Decider decider)
{
    /// <summary>Joins shares, writes the lists, and puts the manifest on record. The same shares again add nothing.</summary>
    /// <param name="folders">The folder of each share, in any order.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="output">The folder for the files.</param>
    /// <param name="cancellation">Stops it; then nothing is put on record.</param>
    /// <exception cref="BadInputException">The shares are not one whole screening of this store by this law.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async Task<ScreeningOutcome> RunAsync(
        IReadOnlyList<string> folders,
        Actor by,
        string output,
        CancellationToken cancellation = default
    )
    {
        var parts = Read(folders);
        if (parts.Find(part => IsSame(part.Folder, output)) is { Folder: { } own })
            throw new BadInputException(new Place("--out"), $"{own} holds a share: its lists would be written over", "another folder");
        var first = parts[0].Share.Manifest;
        var registered = (await store.ControllerAsync(cancellation: cancellation)).Campaigns;
        var campaign =
            registered.FirstOrDefault(one => string.Equals(one.Id, first.CampaignDigest, StringComparison.Ordinal))?.Campaign
            ?? throw new BadInputException(new Place(parts[0].Folder), $"campaign {first.Campaign} of this share is not on record");
        var controller = await store.ControllerAsync(AsKnown.UpTo(first.ControllerSeq), cancellation);
        var writing = new ListWriting(decider, controller, campaign.OnDay(first.Day), first.KnownAt);
        var shares = parts.Select(part => part.Share).ToList();
        var summary = writing.Join(shares);
        var counts = CountsOf(shares);
        Write(parts, writing.Mark(isWhatIf: false), HtmlReport.Write(summary, decider.Law), counts, output, cancellation);
        var manifest = Whole(shares, counts, output);
        await store.RecordAsync(manifest, by.AsSystem(), idempotencyKey: $"joined {manifest.Id}", cancellation: CancellationToken.None);
        return new(summary, manifest);
    }

    List<(string Folder, ScreenedShare Share)> Read(IReadOnlyList<string> folders)
    {
        var problems = new Problems();
        List<(string Folder, ScreenedShare Share)> parts = [];
        foreach (var folder in folders)
            if (ScreenedShare.Read(folder, problems) is { } share)
                parts.Add((folder, share));
        problems.ThrowIfAny();
        if (parts.Count == 0)
            throw new BadInputException(new Place("join"), "no share is named", "maysend join DIR DIR ... --data STORE --out DIR");
        parts.Sort((one, other) => one.Share.Number.CompareTo(other.Share.Number));
        var first = parts[0].Share;
        foreach (var (folder, share) in parts)
            if (Difference(first, share) is { } difference)
                problems.Add(new Place(folder), difference);
        problems.ThrowIfAny();
        foreach (var number in Enumerable.Range(1, first.Of))
            switch (parts.Where(part => part.Share.Number == number).Select(part => part.Folder).ToList())
            {
                case []:
                    problems.Add(new Place("join"), $"share {number}/{first.Of} is missing", "a list without it would lack people");
                    break;
                case [_, .. var others]:
                    foreach (var folder in others)
                        problems.Add(new Place(folder), $"share {number}/{first.Of} is named twice");
                    break;
            }
        problems.ThrowIfAny();
        return parts;
    }

    /// <summary>Why a share does not belong to this store, this law, or the screening of the first; null where it does.</summary>
    string? Difference(ScreenedShare first, ScreenedShare share)
    {
        var (ours, its) = (first.Manifest, share.Manifest);
        return share.Store != store.Ledger.StoreId ? "this share is of another store"
            : its.Law != decider.Law.Digest
                ? $"this share was screened by law {Short(its.Law)}, and the law here is {Short(decider.Law.Digest)}"
            : share.Of != first.Of ? $"this is share {share.Share}, and the first is {first.Share}"
            : its.CampaignDigest != ours.CampaignDigest
                ? $"this share is for campaign {its.Campaign} as it was then, the first for {ours.Campaign}"
            : its.Day != ours.Day || its.KnownAt != ours.KnownAt
                ? string.Create(
                    CultureInfo.InvariantCulture,
                    $"this share is for {its.Day:d MMM yyyy}, the first for {ours.Day:d MMM yyyy}"
                )
            : its.ControllerSeq != ours.ControllerSeq || its.Policy != ours.Policy
                ? $"the sender's record changed between the shares (entries {ours.ControllerSeq} and {its.ControllerSeq}): screen the "
                    + "older one again"
            : null;
    }

    static string Short(string digest) => digest.Length > 12 ? digest[..12] : digest;

    static void Write(
        List<(string Folder, ScreenedShare Share)> parts,
        string mark,
        string report,
        ImmutableSortedDictionary<string, int> counts,
        string output,
        CancellationToken cancellation
    )
    {
        Directory.CreateDirectory(output);
        var written = new List<DraftedText>();
        var rows = new Dictionary<string, int>(StringComparer.Ordinal);
        try
        {
            foreach (var name in parts.SelectMany(part => part.Share.Manifest.FilesOut.Keys).Distinct(StringComparer.Ordinal).ToList())
            {
                var whole = new DraftedText(Path.Combine(output, name));
                written.Add(whole);
                if (name == HtmlReport.FileName)
                    whole.Writer.Write(report);
                else
                    rows[name] = Join(
                        parts.Where(part => part.Share.Manifest.FilesOut.ContainsKey(name)),
                        name,
                        mark,
                        whole.Writer,
                        cancellation
                    );
                whole.End();
            }
            foreach (var verdict in Enum.GetValues<Verdict>())
            {
                var (counted, listed) = (counts.GetValueOrDefault(verdict.Word()), RowsOf(verdict, rows));
                if (counted != listed)
                    throw new BadInputException(
                        new Place(output),
                        $"{counted} people were counted as {verdict.Word()} and {listed} are on the lists: the run is void"
                    );
            }
            foreach (var stale in ListWriting.Names.Select(name => Path.Combine(output, name)).Except(written.Select(file => file.Path)))
                File.Delete(stale);
            foreach (var file in written)
                file.Commit();
        }
        finally
        {
            foreach (var file in written)
                file.Dispose();
        }
    }

    static int RowsOf(Verdict verdict, Dictionary<string, int> rows) =>
        rows.GetValueOrDefault($"{verdict.Word()}.csv")
        + (verdict == Verdict.Permitted ? rows.GetValueOrDefault(VerdictFiles.Undeliverable) : 0);

    static bool IsSame(string folder, string other) =>
        string.Equals(
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)),
            Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)),
            StringComparison.Ordinal
        );

    /// <summary>One list after the other, with one header, and the mark of a share taken off each row.</summary>
    /// <returns>How many rows were written.</returns>
    static int Join(
        IEnumerable<(string Folder, ScreenedShare Share)> parts,
        string name,
        string mark,
        StreamWriter whole,
        CancellationToken cancellation
    )
    {
        string? header = null;
        var rows = 0;
        foreach (var (folder, share) in parts)
        {
            cancellation.ThrowIfCancellationRequested();
            var path = Path.Combine(folder, name);
            using var part = new StreamReader(path, Encoding.UTF8);
            var top = part.ReadLine();
            if (header is null)
                whole.WriteLine(header = top);
            else if (top != header)
                throw new BadInputException(new Place(path), "the columns are not those of the first share");
            var end = $",{share.Mark}";
            for (; part.ReadLine() is { } row; rows++)
                whole.WriteLine(row.EndsWith(end, StringComparison.Ordinal) ? $"{row[..^share.Mark.Length]}{mark}" : row);
        }
        return rows;
    }

    static ImmutableSortedDictionary<string, int> CountsOf(List<ScreenedShare> shares) =>
        shares
            .SelectMany(share => share.Manifest.Counts)
            .GroupBy(count => count.Key, StringComparer.Ordinal)
            .ToImmutableSortedDictionary(same => same.Key, same => same.Sum(count => count.Value), StringComparer.Ordinal);

    static AudienceScreened Whole(List<ScreenedShare> shares, ImmutableSortedDictionary<string, int> counts, string output)
    {
        var heads = ImmutableArray.CreateBuilder<long>(Partition.Contacts);
        var later = ImmutableSortedDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        foreach (var share in shares)
        {
            foreach (var partition in share.Share.Partitions)
                heads.Add(share.Manifest.Heads[partition.Number]);
            later.AddRange(share.Manifest.Later);
        }
        var (first, readFrom) = (shares[0].Manifest, shares.Min(share => share.Manifest.ReadFrom));
        return first with
        {
            Id = ManifestDraft.IdOf(first.Campaign, readFrom),
            ReadFrom = readFrom,
            Heads = heads.MoveToImmutable(),
            Later = later.ToImmutable(),
            Counts = counts,
            FilesOut = ManifestDraft.Digests(ListWriting.Names.Select(name => Path.Combine(output, name))),
        };
    }
}
