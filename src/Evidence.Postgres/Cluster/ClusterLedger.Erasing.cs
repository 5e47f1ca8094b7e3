using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    /// <inheritdoc/>
    public async ValueTask SuppressAsync(Address address, ReadOnlyMemory<byte> covers, CancellationToken cancellation = default) =>
        await shards.ByMap(
            async route =>
            {
                await Home.SuppressAsync([address], covers, route.ReachOf(route.Map.Home), cancellation);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<ErasureOutcome> EraseAsync(ErasureRequest request, CancellationToken cancellation = default)
    {
        var outcome = await AmongPeopleAsync(
            async () =>
            {
                await FinishLinksAsync(cancellation);
                return await shards.ByMap(route => EraseAsync(request, route, cancellation), cancellation);
            },
            cancellation
        );
        await NoteReached();
        if (outcome is ErasureOutcome.Erased)
            foreach (var (_, ledger) in await shards.AllOf(shards.Now))
                await ledger.VacuumAsync(cancellation);
        return outcome;
    }

    /// <summary>
    /// The suppressions first, at home; then the contacts, server by server, each with its note at home in the moment before its commit.
    /// Where it breaks off, the address is suppressed, the list says who is to be forgotten, and whoever opens the server next does it.
    /// </summary>
    async Task<ErasureOutcome> EraseAsync(ErasureRequest request, Route route, CancellationToken cancellation)
    {
        var contacts = new List<Contact>();
        if (await ContactAtAsync(request.Address, route, cancellation) is { } found)
            foreach (var id in request.WithLinked ? [found, .. await NowLinkedAsync(found, cancellation)] : new List<ContactId> { found })
                if (await ContactAsync(id, cancellation) is { } contact)
                    contacts.Add(contact);
        var holds = new List<LegalHold>();
        foreach (var contact in contacts)
            holds.AddRange(await HoldsAsync(contact.Id, cancellation));
        if (holds.Count > 0)
            return new ErasureOutcome.Held(holds);

        await Home.SuppressAsync(
            [.. contacts.Select(contact => contact.Address).Append(request.Address).Distinct()],
            request.Covers,
            route.ReachOf(route.Map.Home),
            cancellation
        );
        var forgotten = 0;
        var own = route.ServersOf(request.Address);
        foreach (var server in own.Union(contacts.Select(contact => route.Map.OwnerOf(contact.Partition.Number))).ToList())
        {
            var ledger = await shards.Of(server);
            ledger.ForgetRemembered();
            var (gone, held) = await ledger.ForgetAsync(
                [.. contacts.Where(contact => route.Map.OwnerOf(contact.Partition.Number) == server).Select(contact => contact.Id)],
                own.Contains(server) ? request.Address : null,
                route.ReachOf(server),
                request.By,
                server == route.Map.Home ? null : ids => Home.NoteForgottenAsync(ids, request.By),
                despiteHolds: false,
                cancellation
            );
            if (held.Count > 0)
                return new ErasureOutcome.Held(held);
            forgotten += gone;
        }

        return new ErasureOutcome.Erased(forgotten, ResidueCleared: false);
    }
}
