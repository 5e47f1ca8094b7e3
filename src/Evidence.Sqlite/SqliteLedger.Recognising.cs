using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectSuppressions = "select covers from suppression where address_mac = ?1 order by seq";
    const string SelectFull = "select id, partition, generation, wrapped_key, address from contact where id = ?1";
    const string SelectNextContacts = """
        select id, partition, generation, wrapped_key, address, address_mac from contact
        where address_mac > ?1 order by address_mac limit ?2
        """;
    const string CountContacts = "select count(*) from contact";
    const string SelectOfPerson = "select id from contact where person = ?1";
    const string SetPerson = "update contact set person = ?2 where id = ?1";

    /// <inheritdoc/>
    public async ValueTask<Recognition> RecogniseAsync(Address address, CancellationToken cancellation = default) =>
        (await RecogniseAsync([address], cancellation))[0];

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Recognition>> RecogniseAsync(IReadOnlyList<Address> addresses, CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<Recognition>>(
            Look(session =>
            {
                var keys = CurrentRing(session);
                IndexRows.RequireSuppressions(session, binding);
                return addresses
                    .Select(address => new Recognition(Find(session, keys, address), Suppressions(session, keys, address)))
                    .ToArray();
            })
        );
    }

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IReadOnlyList<Suppression>>> SuppressionsAsync(
        IReadOnlyList<Address> addresses,
        CancellationToken cancellation = default
    )
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult<IReadOnlyList<IReadOnlyList<Suppression>>>(
            Look(session =>
            {
                var keys = CurrentRing(session);
                IndexRows.RequireSuppressions(session, binding);
                return addresses.Select(address => Suppressions(session, keys, address)).ToArray();
            })
        );
    }

    /// <inheritdoc/>
    public ValueTask<Contact?> ContactAsync(ContactId id, CancellationToken cancellation = default) =>
        ValueTask.FromResult(Look(session => Full(session, id)));

    /// <inheritdoc/>
    public async IAsyncEnumerable<Contact> ContactsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        byte[] after = [];
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var chunk = Look(session =>
            {
                CurrentRing(session);
                var contacts = new List<Contact>();
                using var rows = session[SelectNextContacts].Rows(after, Chunk);
                while (rows.Read())
                {
                    contacts.Add(Full(rows));
                    after = rows.Blob(5);
                }

                return contacts;
            });
            foreach (var contact in chunk)
                yield return contact;
            if (chunk.Count < Chunk)
                yield break;
            await Task.Yield();
        }
    }

    /// <inheritdoc/>
    public ValueTask<long> CountContactsAsync(CancellationToken cancellation = default)
    {
        cancellation.ThrowIfCancellationRequested();
        return ValueTask.FromResult(Look(session => (long)session[CountContacts].Value()!));
    }

    /// <inheritdoc/>
    public async ValueTask<bool> LinkAsync(ContactId one, ContactId other, CancellationToken cancellation = default) =>
        await Change(
            (session, heads) =>
            {
                if (Indexed(session, one) is not { } first || Indexed(session, other) is not { } second)
                    return false;
                var person = first.State.Person ?? second.State.Person ?? RandomNumberGenerator.GetBytes(ContactId.Size);
                List<Owner> joining =
                [
                    .. Linked(session, one)
                        .Concat(Linked(session, other))
                        .Append(one)
                        .Append(other)
                        .Distinct()
                        .Select(id => Indexed(session, id)!.Value)
                        .Where(indexed => indexed.State.Person is not { } own || !own.AsSpan().SequenceEqual(person))
                        .Select(indexed => indexed.Owner),
                ];
                foreach (var owner in joining)
                {
                    session[SetPerson].Run(owner.Id.ToBytes(), person);
                    Bind(session, heads, owner, "linked");
                }

                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<ContactId>> LinkedAsync(ContactId contact, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<ContactId>>(Look(session => Linked(session, contact)));

    List<ContactId> Linked(Session session, ContactId contact) =>
        Indexed(session, contact)?.State.Person is { } person
            ? [.. session[SelectOfPerson].Rows(person).Blobs().Select(bytes => ContactId.FromBytes(bytes)).Where(id => id != contact)]
            : [];

    ContactId? Find(Session session, KeyRing keys, Address address) => new Resolving(session, keys, binding).ByAddress(address)?.Id;

    static List<Suppression> Suppressions(Session session, KeyRing keys, Address address)
    {
        var found = new List<Suppression>();
        for (var i = keys.Generations.Count - 1; i >= 0; i--)
        {
            var generation = keys.Generations[i];
            foreach (var covers in session[SelectSuppressions].Rows(generation.SuppressionMac(address)).Blobs())
                found.Add(SuppressionSeal.Open(generation, address, covers));
        }

        return found;
    }

    Contact? Full(Session session, ContactId id)
    {
        CurrentRing(session);
        using var rows = session[SelectFull].Rows(id.ToBytes());
        return rows.Read() ? Full(rows) : null;
    }

    Contact Full(Statement.Cursor rows)
    {
        var id = rows.Contact(0);
        return new(id, rows.Partition(1), AddressSeal.Open(rows.Blob(4), id, Open(rows.Blob(3), rows.GetInt32(2), id)));
    }
}
