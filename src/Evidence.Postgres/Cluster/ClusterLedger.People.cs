using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Postgres.Cluster;

public sealed partial class ClusterLedger
{
    /// <inheritdoc/>
    public async ValueTask<Recognition> RecogniseAsync(Address address, CancellationToken cancellation = default) =>
        await shards.ByMap(
            async route =>
            {
                var contact = await ContactAtAsync(address, route, cancellation);
                // After the contact: an erasure puts the suppression down before the contact goes.
                var home = route.Map.Home;
                return new Recognition(contact, (await Home.SuppressionsAsync(address, route.ReachOf(home), cancellation)).Suppressions);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyList<Suppression>>> SuppressionsAsync(
        IReadOnlyList<Address> addresses,
        CancellationToken cancellation = default
    ) =>
        addresses.Count == 0
            ? []
            : await shards.ByMap(
                async route => (await Home.SuppressionsAsync(addresses, route.ReachOf(route.Map.Home), cancellation)).Suppressions,
                cancellation
            );

    async Task<ContactId?> ContactAtAsync(Address address, Route route, CancellationToken cancellation)
    {
        ContactId? contact = null;
        foreach (var server in route.ServersOf(address))
        {
            var found = await (await shards.Of(server)).RecogniseAsync(address, route.ReachOf(server), cancellation);
            if (found.Contact is not null && contact is not null)
                throw TwoAtOnce();
            contact ??= found.Contact;
        }

        return contact;
    }

    /// <inheritdoc/>
    public async ValueTask<Contact?> ContactAsync(ContactId id, CancellationToken cancellation = default) =>
        await AtContact(id, (ledger, _) => ledger.ContactAsync(id, cancellation).AsTask(), contact => contact is null, cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Contact> ContactsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (var number = 0; number < Partition.Contacts; number++)
        {
            byte[] after = [];
            var partition = new Partition(number);
            while (true)
            {
                var from = after;
                var chunk = await AtPartition(
                    partition,
                    (ledger, _) => ledger.ContactsOfAsync(partition, from, cancellation),
                    cancellation
                );
                foreach (var contact in chunk)
                    yield return contact;
                if (chunk.Count < PostgresLedger.Chunk)
                    break;
                after = chunk[^1].Id.ToBytes();
            }
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountContactsAsync(CancellationToken cancellation = default) =>
        await shards.ByMap(
            async route =>
            {
                var counts = new Dictionary<int, long>();
                foreach (var (_, ledger) in await shards.AllOf(route))
                foreach (var (partition, contacts) in await ledger.CountHereAsync(cancellation))
                    counts[partition] = contacts;
                return counts.Count == Partition.Contacts
                    ? counts.Values.Sum()
                    : throw new PartitionElsewhereException("no server had one of the partitions");
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IdleContact>> IdleContactsAsync(
        DateTimeOffset lastRecordedBefore,
        CancellationToken cancellation = default
    ) =>
        await shards.ByMap(
            async route =>
            {
                var all = new List<IdleContact>();
                foreach (var (_, ledger) in await shards.AllOf(route))
                    all.AddRange(await ledger.IdleContactsAsync(lastRecordedBefore, cancellation));
                await RequireSameMapAsync(route, cancellation);
                return all.DistinctBy(idle => idle.Id).OrderBy(idle => idle.LastRecordedAt).ToList();
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<LegalHold?> PlaceHoldAsync(ContactId contact, string reason, CancellationToken cancellation = default) =>
        await AtContact(
            contact,
            (ledger, _) => ledger.PlaceHoldAsync(contact, reason, cancellation).AsTask(),
            hold => hold is null,
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<bool> LiftHoldAsync(ContactId contact, long number, CancellationToken cancellation = default) =>
        await AtContact(
            contact,
            (ledger, _) => ledger.LiftHoldAsync(contact, number, cancellation).AsTask(),
            lifted => !lifted,
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LegalHold>> HoldsAsync(ContactId contact, CancellationToken cancellation = default) =>
        await AtContact(contact, (ledger, _) => ledger.HoldsAsync(contact, cancellation).AsTask(), holds => holds.Count == 0, cancellation);

    /// <inheritdoc/>
    public async ValueTask<bool> LinkAsync(ContactId one, ContactId other, CancellationToken cancellation = default) =>
        await AmongPeopleAsync(
            async () =>
            {
                await FinishLinksAsync(cancellation);
                if (await ContactAsync(one, cancellation) is null || await ContactAsync(other, cancellation) is null)
                    return false;
                var (first, second) = (await PersonAsync(one, cancellation), await PersonAsync(other, cancellation));
                if (first is not null && second is not null && first.AsSpan().SequenceEqual(second))
                    return true;
                var person = first ?? second ?? RandomNumberGenerator.GetBytes(ContactId.Size);
                HashSet<ContactId> joining = [.. first is null ? [one] : Array.Empty<ContactId>()];
                if (second is null)
                    joining.Add(other);
                else if (first is not null)
                    joining.UnionWith(await OfPersonAsync(second, cancellation));
                // On record before the first is changed: where it breaks off, whoever comes next carries it through, and nobody who was
                // linked with one of them is left alone.
                await Home.BeginLinksAsync(joining, person);
                await FinishLinksAsync(cancellation);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ContactId>> LinkedAsync(ContactId contact, CancellationToken cancellation = default)
    {
        var linked = await NowLinkedAsync(contact, cancellation);
        if ((await Home.PendingLinksAsync(cancellation)).Count == 0)
            return linked;
        return await AmongPeopleAsync(
            async () =>
            {
                await FinishLinksAsync(cancellation);
                return await NowLinkedAsync(contact, cancellation);
            },
            cancellation
        );
    }

    async Task<List<ContactId>> NowLinkedAsync(ContactId contact, CancellationToken cancellation) =>
        await PersonAsync(contact, cancellation) is { } person
            ? [.. (await OfPersonAsync(person, cancellation)).Where(other => other != contact)]
            : [];

    Task<byte[]?> PersonAsync(ContactId contact, CancellationToken cancellation) =>
        AtContact(contact, (ledger, _) => ledger.PersonAsync(contact, cancellation), person => person is null, cancellation);

    Task<HashSet<ContactId>> OfPersonAsync(byte[] person, CancellationToken cancellation) =>
        shards.ByMap(
            async route =>
            {
                var all = new HashSet<ContactId>();
                foreach (var (_, ledger) in await shards.AllOf(route))
                    all.UnionWith(await ledger.OfPersonAsync(person, cancellation));
                await RequireSameMapAsync(route, cancellation);
                return all;
            },
            cancellation
        );

    async Task FinishLinksAsync(CancellationToken cancellation)
    {
        var pending = await Home.PendingLinksAsync(cancellation);
        foreach (var (contact, person) in pending)
            // Nobody there: erased since it was begun.
            await AtContact(contact, (ledger, _) => ledger.SetPersonAsync(contact, person, cancellation), set => !set, cancellation);
        if (pending.Count > 0)
            await Home.EndLinksAsync([.. pending.Select(one => one.Contact)]);
    }
}
