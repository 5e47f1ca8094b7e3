using System.Collections.Immutable;
using System.Security.Cryptography;
using MaySend.Decisions.Replay;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Files;
using MaySend.Reading;

namespace MaySend.Decisions.Packs;

/// <summary>
/// Puts together what a regulator or a court asks for about one person or one campaign: a folder with <c>index.html</c>, <c>pack.json</c>,
/// the law relied on and <c>manifest.sha256</c> over all of it. It can be checked, and its decisions made again, without the store and
/// without a network.
/// </summary>
public sealed class EvidencePack(EvidenceStore store, LawArchive archive)
{
    /// <summary>The list of digests, in the form that <c>sha256sum -c</c> reads.</summary>
    public const string Manifest = "manifest.sha256";

    /// <summary>The folder of what shows that the entries are the ledger's own, a file for each chain they stand in.</summary>
    public const string Proofs = "proofs";

    /// <summary>
    /// Makes what shows that an entry, and every later one of its chain, is part of a checkpoint, as JSON: gets the chain, the entry's
    /// number and the checkpoint's note. Null where the host has none, and then the pack holds hashes alone.
    /// </summary>
    public Func<int, long, string, ValueTask<string?>>? Proof { get; init; }

    /// <summary>The folder of what forms showed: the screenshot of each version that has one, named by its SHA-256.</summary>
    public const string Screenshots = "screenshots";

    /// <summary>
    /// Finds a screenshot by its SHA-256: its ending, such as <c>.png</c>, and its content. Null where the host keeps none, or not this
    /// one; the fingerprint stands in the pack all the same.
    /// </summary>
    public Func<string, ValueTask<(string Ending, byte[] Content)?>>? Screenshot { get; init; }

    /// <summary>Packs one person; somebody erased is a pack with the suppression alone.</summary>
    public async ValueTask<PackContent> OfPersonAsync(Address address, string folder, CancellationToken cancellation = default)
    {
        var dossier = await store.FindAsync(address, cancellation: cancellation);
        var hashes = dossier.Contact is { } contact
            ? (await store.Ledger.ReadAsync(contact, cancellation: cancellation)).Entries.ToDictionary(
                entry => entry.Position,
                entry => entry.Hash
            )
            : [];
        var decisions = ImmutableArray.CreateBuilder<PackedDecision>();
        foreach (var made in dossier.Entries.Select(recorded => recorded.Entry).OfType<DecisionMade>())
            decisions.Add(await PackAsync(made, cancellation));
        foreach (var one in await DecisionOnRecord.FindAsync(store, dossier, cancellation: cancellation))
            if (one.Screening is { } screening)
                decisions.Add(await PackAsync(screening, one.Id, cancellation));
        return await WriteAsync(
            folder,
            new PackContent
            {
                About = address.Verbatim,
                Ledger = store.Ledger.StoreId,
                MadeAt = store.Clock.GetUtcNow(),
                Checkpoint = (await store.Ledger.CheckpointAsync(cancellation)).Note,
                Entries =
                [
                    .. dossier.Entries.Select(recorded => new PackedEntry(
                        recorded.Position.ToString(),
                        recorded.RecordedAt,
                        recorded.By,
                        recorded.Source?.FileDigest,
                        recorded.Source?.Row,
                        Convert.ToHexStringLower(hashes[recorded.Position].Span),
                        recorded.Entry,
                        recorded.Rights
                    )),
                ],
                Suppressions = dossier.Suppressions,
                ControllerEntries = await ControllerAsync(entry => entry is not AudienceScreened, cancellation),
                Decisions = decisions.ToImmutable(),
            },
            decisions.Select(decision => DecisionId.Parse(decision.Id)!.Law),
            cancellation
        );
    }

    /// <summary>
    /// Packs one campaign: how it was described, what the sender had on record, and every screening; nobody's own entries.
    /// </summary>
    /// <exception cref="BadInputException">No such campaign is on record.</exception>
    public async ValueTask<PackContent> OfCampaignAsync(string nameOrDigest, string folder, CancellationToken cancellation = default)
    {
        if ((await store.ControllerAsync(cancellation: cancellation)).Campaign(nameOrDigest) is not { } campaign)
            throw new BadInputException(new Place("--campaign"), $"`{nameOrDigest}` is not a campaign on record");
        var entries = await ControllerAsync(
            entry =>
                entry switch
                {
                    CampaignRegistered registered => registered.Campaign.Id == campaign.Id,
                    AudienceScreened screened => screened.Campaign == campaign.Id,
                    _ => true,
                },
            cancellation
        );
        return await WriteAsync(
            folder,
            new PackContent
            {
                About = campaign.Id,
                Ledger = store.Ledger.StoreId,
                MadeAt = store.Clock.GetUtcNow(),
                Checkpoint = (await store.Ledger.CheckpointAsync(cancellation)).Note,
                ControllerEntries = entries,
            },
            entries.Select(packed => packed.Entry).OfType<AudienceScreened>().Select(screened => screened.Law),
            cancellation
        );
    }

    async ValueTask<PackedDecision> PackAsync(DecisionMade made, CancellationToken cancellation)
    {
        var replay = await new Replayer(store, archive).RunAsync(DecisionId.Parse(made.Id)!, cancellation: cancellation);
        if (replay is not Replay.ReplayResult.Done done)
            return new(
                made.Id,
                made.When.At,
                made.Verdict,
                made.Send,
                made.Process,
                $"not replayed: {((Replay.ReplayResult.Impossible)replay).Why}",
                [],
                null
            );
        return new(
            made.Id,
            made.When.At,
            made.Verdict,
            made.Send,
            made.Process,
            done.Differences.Count == 0 ? "the same" : string.Join("; ", done.Differences),
            LawFiles(done),
            Explain(done)
        );
    }

    /// <summary>Of a screening the lists say what was answered; what the same question gives on the same evidence stands here.</summary>
    async ValueTask<PackedDecision> PackAsync(AudienceScreened screening, DecisionId id, CancellationToken cancellation)
    {
        var asked = $"screening {screening.Id}";
        return await new Replayer(store, archive).RunAsync(id, cancellation: cancellation) switch
        {
            Replay.ReplayResult.Done done => new(
                id.ToString(),
                screening.ReadFrom,
                done.Again.Verdict.Word(),
                done.Again.Send.Code,
                done.Again.Process.Code,
                $"{asked}: decided again for this pack",
                LawFiles(done),
                Explain(done)
            ),
            var other => new(
                id.ToString(),
                screening.ReadFrom,
                "in its lists",
                "",
                "",
                $"{asked}, not replayed: {((Replay.ReplayResult.Impossible)other).Why}",
                [],
                null
            ),
        };
    }

    static Explanation Explain(Replay.ReplayResult.Done done) =>
        new Explainer(done.Decider).Explain(done.Again, done.Dossier.Address.Verbatim, $"ledger {done.Id.Position}") with
        {
            Decision = done.Id.ToString(),
        };

    static ImmutableArray<string> LawFiles(Replay.ReplayResult.Done done) =>
        [
            .. done
                .Again.Formula.Keys.SelectMany(key => key.Elements)
                .Where(element => element.Provision is not null)
                .Select(element => $"{element.Id}.yaml")
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    async ValueTask<ImmutableArray<PackedControllerEntry>> ControllerAsync(
        Func<ControllerEntry, bool> isWanted,
        CancellationToken cancellation
    ) =>
        [
            .. (await store.ControllerEntriesAsync(cancellation: cancellation))
                .Where(recorded => isWanted(recorded.Entry))
                .Select(recorded => new PackedControllerEntry(
                    recorded.Position.ToString(),
                    recorded.RecordedAt,
                    recorded.By,
                    recorded.Hash,
                    recorded.Entry,
                    recorded.Rights
                )),
        ];

    /// <summary>Writes beside the target and gives the folder its name last: a pack is whole or not there.</summary>
    async ValueTask<PackContent> WriteAsync(string folder, PackContent content, IEnumerable<string> laws, CancellationToken cancellation)
    {
        using var pack = new DraftedFolder(folder, "a pack needs a folder of its own");
        var draft = pack.Draft;
        foreach (var law in laws.Distinct(StringComparer.Ordinal))
            if (archive.Find(law) is { } kept)
                CopyLaw(kept, Path.Combine(draft, "law", law));
        await ProveAsync(content, Path.Combine(draft, Proofs), cancellation);
        if (Screenshot is { } find)
            await PackScreenshots.WriteAsync(content, find, Path.Combine(draft, Screenshots), cancellation);
        await File.WriteAllTextAsync(Path.Combine(draft, "pack.json"), content.ToJson(), cancellation);
        await File.WriteAllTextAsync(Path.Combine(draft, "index.html"), PackPage.Write(content), cancellation);
        await File.WriteAllTextAsync(Path.Combine(draft, Manifest), Digests(draft), cancellation);
        pack.Commit();
        return content;
    }

    async ValueTask ProveAsync(PackContent content, string folder, CancellationToken cancellation)
    {
        if (Proof is null)
            return;
        // From its first entry on, the way to the head passes every other entry of the pack in that chain.
        var first = content
            .Entries.Select(entry => entry.Position)
            .Concat(content.ControllerEntries.Select(entry => entry.Position))
            .Select(position => position.Split(':'))
            .Select(parts =>
                (
                    Chain: int.Parse(parts[0], System.Globalization.CultureInfo.InvariantCulture),
                    Seq: long.Parse(parts[1], System.Globalization.CultureInfo.InvariantCulture)
                )
            )
            .GroupBy(place => place.Chain)
            .Select(places => (Chain: places.Key, Seq: places.Min(place => place.Seq)));
        Directory.CreateDirectory(folder);
        foreach (var (chain, seq) in first)
            if (await Proof(chain, seq, content.Checkpoint) is { } proof)
                await File.WriteAllTextAsync(
                    Path.Combine(folder, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{chain}.json")),
                    proof,
                    cancellation
                );
    }

    static void CopyLaw(string kept, string target)
    {
        foreach (var (path, name) in LawReader.Files(kept))
        {
            Directory.CreateDirectory(Path.GetDirectoryName(Path.Combine(target, name))!);
            File.Copy(path, Path.Combine(target, name));
        }
    }

    static string Digests(string folder) =>
        string.Concat(FilesIn(folder).Select(name => $"{DigestOf(Path.Combine(folder, name))}  {name}\n"));

    internal static IEnumerable<string> FilesIn(string folder) =>
        Directory
            .EnumerateFiles(folder, "*", SearchOption.AllDirectories)
            .Select(path => Path.GetRelativePath(folder, path).Replace('\\', '/'))
            .Where(name => name != Manifest)
            .Order(StringComparer.Ordinal);

    internal static string DigestOf(string path)
    {
        using var stream = File.OpenRead(path);
        return Convert.ToHexStringLower(SHA256.HashData(stream));
    }
}
