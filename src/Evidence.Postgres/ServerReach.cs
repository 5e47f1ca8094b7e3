using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

/// <summary>
/// What a server is asked for: the chains that it has by the map in the asker's hand, under the generation of keys in the asker's hand.
/// Where the server has less, or goes by other keys, it refuses rather than to say that there is nobody.
/// </summary>
sealed class ServerReach
{
    readonly IReadOnlySet<int>? chains;
    readonly int generation;

    internal ServerReach(IReadOnlySet<int>? chains, int generation) => (this.chains, this.generation) = (chains, generation);

    /// <summary>Everything, under whatever generation is the newest.</summary>
    internal static ServerReach Whole { get; } = new(null, 0);

    internal bool Has(int chain) => chains?.Contains(chain) ?? true;

    /// <exception cref="PartitionElsewhereException">Under these keys an address may fall in another partition.</exception>
    internal void Require(KeyRing keys)
    {
        if (chains is not null && keys.Current.Number != generation)
            throw new PartitionElsewhereException(
                $"the server uses generation {keys.Current.Number} of the keys, not generation {generation}"
            );
    }
}
