using System.Globalization;
using System.Text.Json;
using MaySend.Decisions.Packs;
using MaySend.Ledger.Verify;
using MaySend.Stores;

namespace MaySend.Cli.Stores;

/// <summary>What shows that the entries of a pack are the ledger's own: put into the pack, and checked without the store.</summary>
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
            .Entries.Select(entry => (entry.Position, entry.Hash))
            .Concat(content.ControllerEntries.Select(entry => (entry.Position, entry.Hash)))
            .ToList();
        var proven = new Dictionary<string, string>(StringComparer.Ordinal);
        var proofs = Path.Combine(folder, EvidencePack.Proofs);
        string[] files = Directory.Exists(proofs) ? [.. Directory.EnumerateFiles(proofs, "*.json").Order(StringComparer.Ordinal)] : [];
        foreach (var path in files)
        {
            var name = $"{EvidencePack.Proofs}/{Path.GetFileName(path)}";
            try
            {
                var proof = JsonSerializer.Deserialize<ChainProof>(File.ReadAllText(path), Layout)!;
                if (proof.Checkpoint != content.Checkpoint)
                    faults.Add($"{name} is about another checkpoint than the pack's");
                else if (!proof.Holds(verifierKeys))
                    faults.Add($"{name} does not lead to a checkpoint that one of the keys signed");
                else
                    foreach (var (seq, hash) in proof.EntryHashes())
                        proven[string.Create(CultureInfo.InvariantCulture, $"{proof.Chain}:{seq}")] = hash;
            }
            catch (Exception fault) when (fault is JsonException or FormatException or ArgumentException)
            {
                faults.Add($"{name} cannot be read: {fault.Message}");
            }
        }
        foreach (var (position, hash) in stated)
            if (!proven.TryGetValue(position, out var shown))
                faults.Add($"entry {position} is not proven");
            else if (shown != hash)
                faults.Add($"entry {position} has another hash in the ledger than in the pack");
        return (stated.Count, faults);
    }
}
