using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Postgres;

/// <summary>Reading a partition from end to end.</summary>
public sealed partial class PostgresLedger
{
    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => await Look(session => Range(session, Partition.Controller, 0, asKnown, int.MaxValue), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<LedgerEntry> StreamAsync(
        Partition partition,
        long afterSeq = 0,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        while (true)
        {
            var after = afterSeq;
            var chunk = await Look(session => Range(session, partition, after, default, Chunk), cancellation);
            foreach (var entry in chunk.Where(entry => entry.Kind != IndexState.Kind))
                yield return entry;
            if (chunk.Count < Chunk)
                yield break;
            afterSeq = chunk[^1].Position.Seq;
        }
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<ContactHistory> HistoriesAsync(
        Partition partition,
        AsKnown asKnown = default,
        [EnumeratorCancellation] CancellationToken cancellation = default
    )
    {
        var (entries, position) = await WholeAsync(partition, asKnown, ServerReach.Whole, cancellation);
        foreach (var history in Histories(entries, position))
        {
            cancellation.ThrowIfCancellationRequested();
            yield return history;
        }
    }

    internal Task<(List<LedgerEntry> Entries, DecisionPosition Position)> WholeAsync(
        Partition partition,
        AsKnown asKnown,
        ServerReach reach,
        CancellationToken cancellation
    ) =>
        LookSteadily(
            async session =>
            {
                var all = await Range(session, partition, 0, asKnown, int.MaxValue);
                if (asKnown == AsKnown.Now)
                    await RequireStated(session, partition, all);
                var reached = new LedgerPosition(partition, await Seq(session, partition));
                var controllerSeq = reach.Has(Partition.Controller.Number) ? await Seq(session, Partition.Controller) : 0;
                return (all, new DecisionPosition(reached, controllerSeq));
            },
            cancellation
        );

    internal static IEnumerable<ContactHistory> Histories(List<LedgerEntry> entries, DecisionPosition position) =>
        entries
            .Where(entry => entry.Contact is not null && entry.Content is not null && entry.Kind != IndexState.Kind)
            .GroupBy(entry => entry.Contact!.Value)
            .Select(ofContact => new ContactHistory(ofContact.Key, ContactState.Known, [.. ofContact], position));
}
