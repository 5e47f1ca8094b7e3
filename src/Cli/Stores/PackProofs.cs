using System.Globalization;
using System.Text.Json;
using MaySend.Decisions.Packs;
using MaySend.Evidence.Store;
using MaySend.Ledger.Verify;
using MaySend.Stores;

namespace MaySend.Cli.Stores;

/// <summary>
/// What shows that the ledger holds an entry at each place a pack names, of that kind and recorded at that time: put into the pack, and
/// checked without the store. What an entry says is encrypted in the ledger, so its words are the pack's; the store itself shows them.
/// </summary>
static class PackProofs
{
    static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web);

    /// <summary>Makes one, as JSON.</summary>
    public static async ValueTask<string?> MakeAsync(string location, int chain, long seq, string checkpoint) =>
        await EvidenceStores.ProofAsync(location, chain, seq, checkpoint) is { } proof ? JsonSerializer.Serialize(proof, Layout) : null;

    /// <summary>Checks those of a pack.</summary>
    /// <param name="folder">The pack, whose files were compared with its manifest before.</param>
    /// <param name="verifierKeys">Keys that may have signed the checkpoint.</param>
    /// <returns>How many entries are proven, and what is wrong.</returns>
    public static (int Proven, IReadOnlyList<string> Faults) Check(string folder, IReadOnlyList<string> verifierKeys)
    {
        var faults = new List<string>();
        var content = PackContent.Read(File.ReadAllText(Path.Combine(folder, "pack.json")));
        var stated = content
            .Entries.Select(entry => new Stated(entry.Position, entry.Hash, EntryKinds.Of(entry.Entry), entry.RecordedAt))
            .Concat(
                content.ControllerEntries.Select(entry => new Stated(
                    entry.Position,
                    entry.Hash,
                    EntryKinds.Of(entry.Entry),
                    entry.RecordedAt
                ))
            )
            .ToList();
        var proven = new Dictionary<string, (string Hash, ProofStep Step)>(StringComparer.Ordinal);
        var proofs = Path.Combine(folder, EvidencePack.Proofs);
        string[] files = Directory.Exists(proofs) ? [.. Directory.EnumerateFiles(proofs, "*.json").Order(StringComparer.Ordinal)] : [];
        foreach (var path in files)
        {
            var name = $"{EvidencePack.Proofs}/{Path.GetFileName(path)}";
            try
            {
                if (
                    JsonSerializer.Deserialize<ChainProof>(File.ReadAllText(path), Layout)
                    is not { Steps: not null, Before: not null } proof
                )
                    faults.Add($"{name} is not a proof");
                else if (proof.Checkpoint != content.Checkpoint)
                    faults.Add($"{name} is about another checkpoint than the pack's");
                else if (!proof.Holds(verifierKeys))
                    faults.Add($"{name} does not lead to a checkpoint that one of the keys signed");
                else
                    foreach (var ((seq, hash), step) in proof.EntryHashes().Zip(proof.Steps))
                        proven[string.Create(CultureInfo.InvariantCulture, $"{proof.Chain}:{seq}")] = (hash, step);
            }
            catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException)
            {
                faults.Add($"{name} cannot be read: {fault.Message}");
            }
        }
        foreach (var one in stated)
            if (!proven.TryGetValue(one.Position, out var shown))
                faults.Add($"entry {one.Position} is not proven");
            else if (shown.Hash != one.Hash)
                faults.Add($"entry {one.Position} has another hash in the ledger than in the pack");
            else if (shown.Step.Kind != one.Kind)
                faults.Add($"entry {one.Position} is of kind {shown.Step.Kind} in the ledger, and {one.Kind} in the pack");
            else if (shown.Step.RecordedAt != Microseconds(one.RecordedAt))
                faults.Add($"entry {one.Position} was recorded at another time in the ledger than in the pack");
        return (stated.Count, faults);
    }

    static long Microseconds(DateTimeOffset at) => (at - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    /// <summary>What a pack says of where an entry stands.</summary>
    readonly record struct Stated(string Position, string Hash, string Kind, DateTimeOffset RecordedAt);
}
