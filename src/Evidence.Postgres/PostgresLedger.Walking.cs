using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;

namespace MaySend.Evidence.Postgres;

/// <summary>Reading a partition from end to end.</summary>
public sealed partial class PostgresLedger
{
    const string SelectHash = "select hash from entry where partition = $1 and seq = $2";

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
    public async ValueTask<PartitionSince> SinceAsync(
        Partition partition,
        ChainMark mark = default,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => await SinceAsync(partition, mark, asKnown, ServerReach.Whole, cancellation);

    internal Task<PartitionSince> SinceAsync(
        Partition partition,
        ChainMark mark,
        AsKnown asKnown,
        ServerReach reach,
        CancellationToken cancellation
    ) =>
        LookSteadily(
            async session =>
            {
                var from = await LeadsOver(session, partition, mark) ? mark : default;
                var contacts = await IndexedIn(session, partition);
                var entries = await Range(session, partition, from.Seq, asKnown, int.MaxValue);
                var heads = await session.Rows(Heads.ReadSealed, SelectSealedHeads, [new[] { (short)partition.Number }]);
                Heads.Require([(short)partition.Number], heads);
                var controllerSeq = reach.Has(Partition.Controller.Number) ? await Seq(session, Partition.Controller) : 0;
                return new PartitionSince(
                    new(new(partition, await Seq(session, partition)), controllerSeq),
                    from,
                    new(heads[0].Seq, heads[0].Hash),
                    controller.Key,
                    ContactsSince.Each(contacts, entries)
                );
            },
            cancellation
        );

    static async Task<bool> LeadsOver(Session session, Partition partition, ChainMark mark) =>
        mark.Seq > 0
        && await session.Value(SelectHash, (short)partition.Number, mark.Seq) is byte[] hash
        && mark.Hash.Span.SequenceEqual(hash);
}
