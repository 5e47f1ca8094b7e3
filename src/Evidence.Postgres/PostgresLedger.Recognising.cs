using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using Npgsql;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectIdsByAddress = "select id from contact where address_mac = any ($1)";
    const string SelectSuppressions = "select generation, covers from suppression where address_mac = any ($1) order by seq";
    const string SelectFull = "select id, partition, generation, wrapped_key, address from contact where id = $1";
    const string SelectNextContacts =
        "select id, partition, generation, wrapped_key, address from contact where id > $1 order by id limit $2";
    const string CountContacts = "select count(*) from contact";
    const string SelectPersons = "select id, person from contact where id = any ($1) order by id for update";
    const string SelectLinked =
        "select other.id from contact one join contact other on other.person = one.person where one.id = $1 and other.id <> $1";
    const string SetPerson = "update contact set person = $2 where id = any ($1) or person = any ($3)";

    /// <inheritdoc/>
    public async ValueTask<Recognition> RecogniseAsync(Address address, CancellationToken cancellation = default) =>
        await Look(
            async session =>
            {
                while (true)
                {
                    var keys = ring;
                    var rows = await session.Together(
                        (BeginLook, []),
                        (SelectNewestGeneration, []),
                        (SelectIdsByAddress, [IndexMacs(keys, address)]),
                        (SelectSuppressions, [SuppressionMacs(keys, address)]),
                        ("commit", [])
                    );
                    await using (rows)
                    {
                        var newest = (await Session.ReadNext(rows, row => row.GetInt32(0)))[0];
                        var ids = await Session.ReadNext(rows, row => ContactId.FromBytes((byte[])row[0]));
                        var suppressions = await Session.ReadNext(rows, row => Opened(row, keys, address));
                        if (newest == keys.Current.Number)
                            return new Recognition(ids.Count > 0 ? ids[0] : null, suppressions);
                    }

                    await CurrentRing(session);
                }
            },
            cancellation
        );

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
            async (session, _) =>
            {
                byte[][] both = [one.ToBytes(), other.ToBytes()];
                var persons = await session.Rows(row => row[1] as byte[], SelectPersons, [both]);
                if (persons.Count != (one == other ? 1 : 2))
                    return false;
                var known = persons.OfType<byte[]>().ToArray();
                await session.Run(SetPerson, both, known.Length > 0 ? known[0] : RandomNumberGenerator.GetBytes(ContactId.Size), known);
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<ContactId>> LinkedAsync(ContactId contact, CancellationToken cancellation = default) =>
        await Look(session => Linked(session, contact), cancellation);

    static Task<List<ContactId>> Linked(Session session, ContactId contact) =>
        session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectLinked, contact.ToBytes());

    static Suppression Opened(NpgsqlDataReader row, KeyRing keys, Address address) =>
        SuppressionSeal.Open(keys.Generation(row.GetInt32(0)), address, (byte[])row[1]);

    static byte[][] IndexMacs(KeyRing keys, Address address) =>
        [.. keys.Generations.Select(generation => generation.AddressMac(address, out _))];

    static byte[][] SuppressionMacs(KeyRing keys, Address address) =>
        [.. keys.Generations.Select(generation => generation.SuppressionMac(address))];

    static async Task<ContactId?> Find(Session session, KeyRing keys, Address address)
    {
        var ids = await session.Rows(row => ContactId.FromBytes((byte[])row[0]), SelectIdsByAddress, [IndexMacs(keys, address)]);
        return ids.Count > 0 ? ids[0] : null;
    }

    async Task<Contact?> Full(Session session, ContactId id) =>
        await session.Rows(Sealed, SelectFull, id.ToBytes()) is [var found] ? await Opened(found) : null;

    async Task<Contact> Opened(SealedContact contact)
    {
        var key = await Open(contact.Wrapped, contact.Generation, contact.Id);
        return new(contact.Id, contact.Partition, AddressSeal.Open(contact.Address, contact.Id, key));
    }

    static SealedContact Sealed(NpgsqlDataReader row) =>
        new(ContactId.FromBytes((byte[])row[0]), new Partition(row.GetInt16(1)), row.GetInt32(2), (byte[])row[3], (byte[])row[4]);

    sealed record SealedContact(ContactId Id, Partition Partition, int Generation, byte[] Wrapped, byte[] Address);
}
