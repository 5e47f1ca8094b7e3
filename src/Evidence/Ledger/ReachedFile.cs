using System.Text.Json;
using MaySend.Reading;

namespace MaySend.Evidence.Ledger;

/// <summary>
/// How far a ledger had come when it was last closed, checkpointed or erased from, kept beside the key file (<c>KEYFILE.reached</c>): the
/// number of the last entry of each chain. A store that has less is an older copy of itself, put in the newer one's place.
/// </summary>
public sealed class ReachedFile(string keyFile)
{
    static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>Where it is.</summary>
    public string Path { get; } = keyFile + ".reached";

    /// <summary>
    /// Notes how far each chain has come, never less than was noted before. A disk that refuses is no reason to end anything: what stands
    /// is then the lower bound.
    /// </summary>
    public void Note(string storeId, IReadOnlyDictionary<int, long> chains)
    {
        try
        {
            var known = Read() is { } read && read.Store == storeId ? read.Chains : [];
            List<KeyValuePair<int, long>> further = [.. chains.Where(one => one.Value > known.GetValueOrDefault(one.Key))];
            if (further.Count == 0)
                return;
            foreach (var (chain, seq) in further)
                known[chain] = seq;
            OwnerOnly.WriteText(Path, JsonSerializer.Serialize(new Reached(storeId, known), Layout));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // Told when the store itself cannot be written.
        }
    }

    /// <summary>Ends the operation when a chain has less than was noted.</summary>
    /// <param name="storeId">The ledger.</param>
    /// <param name="chains">How far each chain has come.</param>
    /// <param name="store">What it is called in the message.</param>
    /// <param name="isHere">The chains that this store has to have; null for all of them.</param>
    /// <exception cref="LedgerUnavailableException">The store is older than it was.</exception>
    public void Require(string storeId, IReadOnlyDictionary<int, long> chains, string store, Func<int, bool>? isHere = null)
    {
        if (Read() is not { } read || read.Store != storeId)
            return;
        foreach (var (chain, seq) in read.Chains.Where(one => isHere?.Invoke(one.Key) ?? true).OrderBy(one => one.Key))
            if (chains.GetValueOrDefault(chain) is var has && has < seq)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"{store} is older than it was: chain {chain} had {seq} entries and has {has}. What was recorded since, including "
                        + "requests to stop, is not in it. Put the newer one back; or, if there is none, restore a backup with `maysend "
                        + $"ledger restore`, which records that a stretch of time is missing ({Path} says how far it had come)"
                );
    }

    /// <summary>After a restoration: the store is older, and that is on record.</summary>
    public void Forget() => File.Delete(Path);

    Reached? Read()
    {
        try
        {
            return File.Exists(Path) ? JsonSerializer.Deserialize<Reached>(File.ReadAllBytes(Path), Layout) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    sealed record Reached(string Store, Dictionary<int, long> Chains);
}
