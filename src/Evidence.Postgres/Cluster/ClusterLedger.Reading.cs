using System.Runtime.CompilerServices;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    /// <inheritdoc/>
    public async ValueTask<ContactHistory> ReadAsync(ContactId contact, AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        var history = await AtContact(
            contact,
            (ledger, reach) => ledger.ReadAsync(contact, asKnown, reach, cancellation).AsTask(),
            history => history.State != ContactState.Known,
            cancellation
        );
        return history with { Position = new(history.Position.Contact, await ControllerSeqAsync(cancellation)) };
    }

    /// <inheritdoc/>
    public async ValueTask<AddressHistory> FindAsync(
        Address address,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => await shards.ByMap(route => FindAsync(address, asKnown, route, cancellation), cancellation);

    async Task<AddressHistory> FindAsync(Address address, AsKnown asKnown, Route route, CancellationToken cancellation)
    {
        var home = route.Map.Home;
        var servers = route.ServersOf(address);
        if (servers.Count == 1 && servers[0] == home)
            return await Home.FindAsync(address, asKnown, route.ReachOf(home), cancellation);

        var kept = Home.SuppressionsAsync(address, route.ReachOf(home), cancellation);
        AddressHistory[] found;
        try
        {
            found = await Task.WhenAll(
                servers.Select(async server =>
                    await (await shards.Of(server)).FindAsync(address, asKnown, route.ReachOf(server), cancellation)
                )
            );
        }
        finally
        {
            // Waited for even where another server failed: nothing of ours is left running.
            await kept.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        var (suppressions, controllerSeq) = await kept;
        switch (found.Where(one => one.History is not null).Select(one => one.History!).ToList())
        {
            case []:
                // An erasure puts the suppression down before the contact goes. Whoever found nobody looks for it once more.
                (suppressions, controllerSeq) = await Home.SuppressionsAsync(address, route.ReachOf(home), cancellation);
                return new(null, suppressions, new(default, controllerSeq));
            case [var history]:
                var position = new DecisionPosition(history.Position.Contact, controllerSeq);
                places.Add(history.Contact, position.Contact.Partition.Number);
                return new(history with { Position = position }, suppressions, position);
            default:
                throw TwoAtOnce();
        }
    }

    static LedgerUnavailableException TwoAtOnce() =>
        new(UnavailableBecause.Damaged, "one address has two contacts, on two servers. Run `maysend ledger verify --keys`");

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LedgerEntry>> ReadControllerAsync(AsKnown asKnown = default, CancellationToken cancellation = default) =>
        Home.ReadControllerAsync(asKnown, cancellation);

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
            var chunk = await AtPartition(partition, (ledger, _) => ledger.ChunkAsync(partition, after, cancellation), cancellation);
            foreach (var entry in chunk.Where(entry => entry.Kind != IndexState.Kind))
                yield return entry;
            if (chunk.Count < PostgresLedger.Chunk)
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
    )
    {
        var since = await AtPartition(
            partition,
            (ledger, reach) => ledger.SinceAsync(partition, mark, asKnown, reach, cancellation),
            cancellation
        );
        foreach (var one in since.Contacts)
            places.Add(one.Contact.Id, partition.Number);
        return since with { Position = new(since.Position.Contact, await ControllerSeqAsync(cancellation)) };
    }

    /// <inheritdoc/>
    public async ValueTask<DecisionPosition> PositionAsync(ContactId contact, CancellationToken cancellation = default)
    {
        var position = await shards.ByMap(
            async route =>
            {
                if (await ServerOfAsync(contact, route, cancellation) is not { } server)
                    return default(LedgerPosition);
                return await (await shards.Of(server)).PositionAsync(new Partition(places.Find(contact) ?? 0), cancellation);
            },
            cancellation
        );
        return new(position, await ControllerSeqAsync(cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<LedgerPosition> PositionAsync(Partition partition, CancellationToken cancellation = default) =>
        await AtPartition(partition, (ledger, _) => ledger.PositionAsync(partition, cancellation).AsTask(), cancellation);

    /// <inheritdoc/>
    public async ValueTask<Walked> WalkAsync(WalkPlace place, int most, CancellationToken cancellation = default) =>
        place.Chain > Partition.Controller.Number
            ? await Home.WalkAsync(place, most, cancellation)
            : await AtPartition(
                new Partition(place.Chain),
                (ledger, _) => ledger.WalkAsync(place, most, cancellation).AsTask(),
                cancellation
            );

    async ValueTask<long> ControllerSeqAsync(CancellationToken cancellation) =>
        (await Home.PositionAsync(Partition.Controller, cancellation)).Seq;

    Task<T> AtPartition<T>(Partition partition, Func<PostgresLedger, ServerReach, Task<T>> ask, CancellationToken cancellation) =>
        shards.ByMap(
            async route =>
            {
                var server = route.Map.OwnerOf(partition.Number);
                return await ask(await shards.Of(server), route.ReachOf(server));
            },
            cancellation
        );

    /// <summary>Asks the server that has a contact. That there is nobody is only said where the map did not change meanwhile.</summary>
    Task<T> AtContact<T>(
        ContactId contact,
        Func<PostgresLedger, ServerReach, Task<T>> ask,
        Func<T, bool> isNobody,
        CancellationToken cancellation
    ) =>
        shards.ByMap(
            async route =>
            {
                var server = await ServerOfAsync(contact, route, cancellation) ?? route.Map.Home;
                var answer = await ask(await shards.Of(server), route.ReachOf(server));
                if (isNobody(answer))
                    await RequireSameMapAsync(route, cancellation);
                return answer;
            },
            cancellation
        );
}
