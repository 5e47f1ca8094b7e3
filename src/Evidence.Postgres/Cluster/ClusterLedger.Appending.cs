using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    const int GreatestTries = 20;

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Appended>> AppendAsync(
        IReadOnlyList<AppendRequest> requests,
        CancellationToken cancellation = default
    )
    {
        foreach (var request in requests)
            EntrySeal.Check(request);
        var answers = new Appended?[requests.Count];
        for (var tries = 0; tries < GreatestTries; tries++)
        {
            await shards.ByMap(route => AppendAsync(requests, answers, route, cancellation), cancellation);
            if (answers.All(answer => answer is not null))
                return [.. answers.Select(answer => answer!.Value)];
        }

        throw new LedgerUnavailableException(
            UnavailableBecause.Busy,
            "the contacts in this batch change faster than MaySend can write to them; try again"
        );
    }

    /// <summary>
    /// Appends what has no answer yet, server by server: contacts first, home last, so that what the controller says was done is not said
    /// before it is. An answer stays open where an address lost its contact in between.
    /// </summary>
    async Task<int> AppendAsync(IReadOnlyList<AppendRequest> requests, Appended?[] answers, Route route, CancellationToken cancellation)
    {
        var parts = new Dictionary<string, List<(int Place, AppendRequest Request)>>();
        for (var i = 0; i < requests.Count; i++)
        {
            if (answers[i] is not null)
                continue;
            var (server, request) = await RoutedAsync(requests[i], route, cancellation);
            if (!parts.TryGetValue(server, out var part))
                parts[server] = part = [];
            part.Add((i, request));
        }

        foreach (var (server, part) in parts.OrderBy(part => part.Key == route.Map.Home))
        {
            var ledger = await shards.Of(server);
            var given = await ledger.AppendAsync(part.ConvertAll(one => one.Request), route.ReachOf(server), cancellation);
            var isNobody = given.Any(answer => answer.Outcome is AppendOutcome.ContactErased or AppendOutcome.ContactUnknown);
            if (isNobody)
                await RequireSameMapAsync(route, cancellation);
            for (var k = 0; k < part.Count; k++)
            {
                var (place, sent) = part[k];
                // Found on another server than the newcomer's, and erased before it was written to: to be looked for again.
                if (
                    given[k].Outcome is AppendOutcome.ContactErased or AppendOutcome.ContactUnknown
                    && requests[place].Subject is EntrySubject.At
                )
                    continue;
                answers[place] = given[k];
                if (given[k] is { Contact: { } contact, Position: { } position })
                    places.Add(contact, position.Partition.Number);
            }
        }

        return requests.Count;
    }

    /// <summary>Where a request goes, and as what.</summary>
    async Task<(string Server, AppendRequest Request)> RoutedAsync(AppendRequest request, Route route, CancellationToken cancellation)
    {
        switch (request.Subject)
        {
            case EntrySubject.Controller:
                return (route.Map.Home, request);
            case EntrySubject.Contact(var id):
                return (await ServerOfAsync(id, route, cancellation) ?? route.Map.Home, request);
            case EntrySubject.At(var address):
                var servers = route.ServersOf(address);
                foreach (var other in servers.Skip(1))
                {
                    var ledger = await shards.Of(other);
                    if ((await ledger.RecogniseAsync(address, route.ReachOf(other), cancellation)).Contact is { } contact)
                        return (other, request with { Subject = new EntrySubject.Contact(contact) });
                }

                return (servers[0], request);
            default:
                throw new ArgumentException($"no such subject: {request.Subject}");
        }
    }

    /// <summary>The server that has a contact, or had it until it was erased; null where no server has anything of it.</summary>
    async Task<string?> ServerOfAsync(ContactId contact, Route route, CancellationToken cancellation)
    {
        if (places.Find(contact) is { } known)
            return route.Map.OwnerOf(known);
        foreach (var (_, ledger) in await shards.AllOf(route))
            if (await ledger.PlaceAsync(contact, cancellation) is { } place)
            {
                places.Add(contact, place);
                return route.Map.OwnerOf(place);
            }

        // A partition that went from one server to another while they were asked would have been seen on neither.
        await RequireSameMapAsync(route, cancellation);
        return null;
    }

    /// <summary>Nobody is only said where the map that was asked by still stands.</summary>
    async Task RequireSameMapAsync(Route route, CancellationToken cancellation)
    {
        await shards.RefreshAsync(cancellation);
        if (shards.Now != route)
            throw new PartitionElsewhereException("the map of partitions changed while MaySend was asking the servers");
    }
}
