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
    ) => (await FindAsync([address], asKnown, cancellation))[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AddressHistory>> FindAsync(
        IReadOnlyList<Address> addresses,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => addresses.Count == 0 ? [] : await shards.ByMap(route => FindAsync(addresses, asKnown, route, cancellation), cancellation);

    async Task<AddressHistory[]> FindAsync(IReadOnlyList<Address> addresses, AsKnown asKnown, Route route, CancellationToken cancellation)
    {
        var home = route.Map.Home;
        // Each server is asked about those who can be there, in one look.
        var asked = Enumerable
            .Range(0, addresses.Count)
            .SelectMany(place => route.ServersOf(addresses[place]).Select(server => (Server: server, Place: place)))
            .ToLookup(one => one.Server, one => one.Place);
        if (asked.Count == 1 && asked.Contains(home))
            return await Home.FindAsync(addresses, asKnown, route.ReachOf(home), cancellation);

        var suppressing = Home.SuppressionsAsync(addresses, route.ReachOf(home), cancellation);
        (int Place, AddressHistory Found)[][] found;
        try
        {
            found = await Task.WhenAll(
                asked.Select(async places =>
                {
                    Address[] there = [.. places.Select(place => addresses[place])];
                    var server = await shards.Of(places.Key);
                    return places.Zip(await server.FindAsync(there, asKnown, route.ReachOf(places.Key), cancellation)).ToArray();
                })
            );
        }
        finally
        {
            // Waited for even where another server failed: nothing of ours is left running.
            await suppressing.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }

        var (suppressions, controllerSeq) = await suppressing;
        var known = found
            .SelectMany(server => server)
            .Where(one => one.Found.History is not null)
            .ToLookup(one => one.Place, one => one.Found.History!);
        var all = new AddressHistory[addresses.Count];
        foreach (var histories in known)
        {
            if (histories.ToList() is not [var history])
                throw TwoAtOnce();
            var position = new DecisionPosition(history.Position.Contact, controllerSeq);
            places.Add(history.Contact, position.Contact.Partition.Number);
            all[histories.Key] = new(history with { Position = position }, suppressions[histories.Key], position);
        }

        // An erasure puts the suppression down before the contact goes. Whoever found nobody looks for it once more.
        int[] nobody = [.. Enumerable.Range(0, all.Length).Where(place => !known.Contains(place))];
        if (nobody.Length > 0)
        {
            var again = await Home.SuppressionsAsync([.. nobody.Select(place => addresses[place])], route.ReachOf(home), cancellation);
            foreach (var (place, kept) in nobody.Zip(again.Suppressions))
                all[place] = new(null, kept, new(default, again.ControllerSeq));
        }

        return all;
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
