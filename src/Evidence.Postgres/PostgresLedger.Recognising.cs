using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Npgsql;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectByAddress = """
        select contact.id, contact.partition, contact.generation, contact.wrapped_key, contact.address, contact.address_mac
        from contact left join head on head.partition = contact.partition where contact.address_mac = any ($1) and head.here is not false
        """;
    const string SelectSuppressions = "select generation, covers, address_mac from suppression where address_mac = any ($1) order by seq";
    const string SelectFull = """
        select contact.id, contact.partition, contact.generation, contact.wrapped_key, contact.address, head.here
        from contact join head on head.partition = contact.partition where contact.id = $1
        """;
    const string SelectNextContacts =
        "select id, partition, generation, wrapped_key, address from contact where id > $1 order by id limit $2";
    const string CountContacts = "select count(*) from contact";
    const string SelectOfPerson = "select id from contact where person = $1 and id <> $2";
    const string SetPerson = "update contact set person = $2 where id = $1";

    /// <inheritdoc/>
    public ValueTask<Recognition> RecogniseAsync(Address address, CancellationToken cancellation = default) =>
        RecogniseAsync(address, ServerReach.Whole, cancellation);

    internal async ValueTask<Recognition> RecogniseAsync(Address address, ServerReach reach, CancellationToken cancellation) =>
        await Look(
            async session =>
            {
                while (true)
                {
                    var keys = ring;
                    var rows = await session.Together(
                        (BeginLook, []),
                        (SelectNewestGeneration, []),
                        (SelectByAddress, [IndexMacs(keys, address)]),
                        (SelectSuppressions, [SuppressionMacs(keys, address)]),
                        (SelectSealedHeads, [ChainsOf(keys, address, reach)]),
                        ("commit", [])
                    );
                    await using (rows)
                    {
                        var newest = (await Session.ReadNext(rows, row => row.GetInt32(0)))[0];
                        var found = await Session.ReadNext(rows, Sealed);
                        var suppressions = await Session.ReadNext(rows, row => Opened(row, keys, address));
                        var heads = await Session.ReadNext(rows, Heads.ReadSealed);
                        if (newest == keys.Current.Number)
                        {
                            reach.Require(keys);
                            await rows.DisposeAsync();
                            await RequireKnown(session, [address], found.Count == 0 ? [address] : [], keys, heads, reach);
                            return new Recognition(found.Count > 0 ? RequireAt(found[0], keys, address) : null, suppressions);
                        }
                    }

                    await CurrentRing(session);
                }
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<Recognition>> RecogniseAsync(
        IReadOnlyList<Address> addresses,
        CancellationToken cancellation = default
    ) => addresses.Count == 0 ? [] : await Look(session => Recognise(session, addresses), cancellation);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IReadOnlyList<Suppression>>> SuppressionsAsync(
        IReadOnlyList<Address> addresses,
        CancellationToken cancellation = default
    ) => addresses.Count == 0 ? [] : (await SuppressionsAsync(addresses, ServerReach.Whole, cancellation)).Suppressions;

    /// <summary>Many people in one round trip, and another where somebody is nowhere.</summary>
    async Task<Recognition[]> Recognise(Session session, IReadOnlyList<Address> addresses)
    {
        while (true)
        {
            var keys = ring;
            var (index, asked) = (
                addresses.Select(address => IndexMacs(keys, address)).ToList(),
                addresses.Select(address => SuppressionMacs(keys, address)).ToList()
            );
            var rows = await session.Together(
                (BeginLook, []),
                (SelectNewestGeneration, []),
                (SelectByAddress, [index.SelectMany(macs => macs).ToArray()]),
                (SelectSuppressions, [asked.SelectMany(macs => macs).ToArray()]),
                (SelectSealedHeads, [new[] { (short)Checkpoint.Suppressions }]),
                ("commit", [])
            );
            await using (rows)
            {
                var newest = (await Session.ReadNext(rows, row => row.GetInt32(0)))[0];
                var found = (await Session.ReadNext(rows, row => (Sealed: Sealed(row), Mac: Hex((byte[])row[5])))).ToLookup(
                    one => one.Mac,
                    one => one.Sealed
                );
                var suppressing = await Session.ReadNext(rows, Suppressing);
                var heads = await Session.ReadNext(rows, Heads.ReadSealed);
                if (newest == keys.Current.Number)
                {
                    await rows.DisposeAsync();
                    var contacts = addresses
                        .Select(
                            (address, i) =>
                                index[i].SelectMany(mac => found[Hex(mac)]).FirstOrDefault() is { } at
                                    ? RequireAt(at, keys, address)
                                    : (ContactId?)null
                        )
                        .ToArray();
                    // That somebody has no suppression is only said of suppressions that were found to stand; so with strangers.
                    var strangers = addresses.Where((_, i) => contacts[i] is null).ToList();
                    Heads.Require([Checkpoint.Suppressions], heads);
                    if (strangers.Count == 0 && heads.Exists(head => !binding.IsKnown(head.Chain, head.Sum)))
                        strangers.Add(addresses[0]);
                    await RequireRows(session, strangers, keys, ServerReach.Whole);
                    var suppressions = Suppressions(addresses, asked, suppressing, keys);
                    return [.. contacts.Select((contact, i) => new Recognition(contact, suppressions[i]))];
                }
            }

            await CurrentRing(session);
        }
    }

    static (int Generation, byte[] Covers, string Mac) Suppressing(NpgsqlDataReader row) =>
        (row.GetInt32(0), (byte[])row[1], Hex((byte[])row[2]));

    /// <summary>Gives each of several addresses the suppressions that were found under its hashes.</summary>
    static IReadOnlyList<Suppression>[] Suppressions(
        IReadOnlyList<Address> addresses,
        List<byte[][]> asked,
        List<(int Generation, byte[] Covers, string Mac)> found,
        KeyRing keys
    )
    {
        var byMac = found.ToLookup(one => one.Mac);
        return
        [
            .. addresses.Select(
                IReadOnlyList<Suppression> (address, i) =>
                    [
                        .. asked[i]
                            .SelectMany(mac => byMac[Hex(mac)])
                            .Select(one => SuppressionSeal.Open(keys.Generation(one.Generation), address, one.Covers)),
                    ]
            ),
        ];
    }

    static string Hex(byte[] mac) => Convert.ToHexString(mac);

    /// <inheritdoc/>
    public async ValueTask<Contact?> ContactAsync(ContactId id, CancellationToken cancellation = default) =>
        await Look(session => Full(session, id), cancellation);

    /// <inheritdoc/>
    public async IAsyncEnumerable<Contact> ContactsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] after = [];
        while (true)
        {
            var chunk = await Look(session => session.Rows(Sealed, SelectNextContacts, after, Chunk), cancellation);
            foreach (var contact in chunk)
                yield return await Opened(contact);
            if (chunk.Count < Chunk)
                yield break;
            after = chunk[^1].Id.ToBytes();
        }
    }

    /// <inheritdoc/>
    public async ValueTask<long> CountContactsAsync(CancellationToken cancellation = default) =>
        await Look(async session => (long)(await session.Value(CountContacts))!, cancellation);

    /// <inheritdoc/>
    public async ValueTask<bool> LinkAsync(ContactId one, ContactId other, CancellationToken cancellation = default) =>
        await Change(
            async (session, heads) =>
            {
                // One link at a time: who is linked with whom is looked at before the partitions of all of them can be locked.
                await heads.LockAll(session, [Partition.Controller.Number]);
                List<ContactId> all = [one, other, .. await Linked(session, one), .. await Linked(session, other)];
                var indexed = await Locked(session, heads, [.. all.Distinct()]);
                if (
                    indexed.Find(known => known!.Value.Owner.Id == one) is not { } first
                    || indexed.Find(known => known!.Value.Owner.Id == other) is not { } second
                )
                    return false;
                var person = first.State.Person ?? second.State.Person ?? RandomNumberGenerator.GetBytes(ContactId.Size);
                foreach (var known in indexed.OfType<(Owner Owner, IndexState State)>())
                {
                    if (known.State.Person is { } own && own.AsSpan().SequenceEqual(person))
                        continue;
                    await session.Run(SetPerson, known.Owner.Id.ToBytes(), person);
                    await Bind(session, heads, known.Owner, "linked");
                }

                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ContactId>> LinkedAsync(ContactId contact, CancellationToken cancellation = default) =>
        await LookSteadily(session => Linked(session, contact), cancellation);

    async Task<List<ContactId>> Linked(Session session, ContactId contact) =>
        (await Indexed(session, contact))?.State.Person is { } person
            ? await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectOfPerson, person, contact.ToBytes())
            : [];

    static short[] ChainsOf(KeyRing keys, Address address, ServerReach reach) =>
        [
            .. keys.PartitionsOf(address)
                .Select(partition => (int)partition.Number)
                .Append(Checkpoint.Suppressions)
                .Where(reach.Has)
                .Select(chain => (short)chain),
        ];

    /// <summary>
    /// That somebody is nowhere, or has no suppression, is only said once the rows there are have been found to be those that were made.
    /// </summary>
    async Task RequireKnown(
        Session session,
        IReadOnlyList<Address> asked,
        IReadOnlyList<Address> strangers,
        KeyRing keys,
        IReadOnlyCollection<SealedHead> heads,
        ServerReach reach
    )
    {
        Heads.Require(ChainsOf(keys, asked, reach), heads);
        var bearing = ChainsOf(keys, strangers, reach).Append((short)Checkpoint.Suppressions).ToHashSet();
        if (heads.Any(head => bearing.Contains((short)head.Chain) && !binding.IsKnown(head.Chain, head.Sum)))
            await RequireRows(session, strangers.Count > 0 ? strangers : [asked[0]], keys, reach);
    }

    /// <summary>The contact of a row that was found by an address: the address sealed in it is opened and compared.</summary>
    static ContactId RequireAt(SealedContact found, KeyRing keys, Address asked)
    {
        var key = ContactKey.FromSecret(keys.Generation(found.Generation).Unwrap(found.Wrapped, found.Id));
        AddressSeal.Require(found.Address, found.Id, key, asked);
        return found.Id;
    }

    static Suppression Opened(NpgsqlDataReader row, KeyRing keys, Address address) =>
        SuppressionSeal.Open(keys.Generation(row.GetInt32(0)), address, (byte[])row[1]);

    static byte[][] IndexMacs(KeyRing keys, Address address) =>
        [.. keys.Generations.Select(generation => generation.AddressMac(address, out _))];

    static byte[][] SuppressionMacs(KeyRing keys, Address address) =>
        [.. keys.Generations.Select(generation => generation.SuppressionMac(address))];

    async Task<ContactId?> Find(Session session, KeyRing keys, Address address)
    {
        var found = await session.Rows(Sealed, SelectByAddress, [IndexMacs(keys, address)]);
        if (found.Count > 0)
            return RequireAt(found[0], keys, address);
        await RequireRows(session, ChainsOf(keys, address, ServerReach.Whole));
        return null;
    }

    async Task<Contact?> Full(Session session, ContactId id) =>
        await session.Rows(SealedHere, SelectFull, id.ToBytes()) is [var found] ? await Opened(found) : null;

    async Task<Contact> Opened(SealedContact contact)
    {
        var key = await Open(contact.Wrapped, contact.Generation, contact.Id);
        return new(contact.Id, contact.Partition, AddressSeal.Open(contact.Address, contact.Id, key));
    }

    static SealedContact Sealed(NpgsqlDataReader row) =>
        new(ContactId.FromBytes((byte[])row[0]), new Partition(row.GetInt16(1)), row.GetInt32(2), (byte[])row[3], (byte[])row[4]);

    /// <exception cref="PartitionElsewhereException">The row is what a move has left, or brings.</exception>
    static SealedContact SealedHere(NpgsqlDataReader row) =>
        row.GetBoolean(5) ? Sealed(row) : throw new PartitionElsewhereException($"partition {row.GetInt16(1)} is not on this server");

    sealed record SealedContact(ContactId Id, Partition Partition, int Generation, byte[] Wrapped, byte[] Address);
}
