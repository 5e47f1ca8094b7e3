using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectKeyedByAddress = """
        select contact.id, contact.partition, contact.generation, contact.wrapped_key, contact.address_mac, contact.address
        from contact left join head on head.partition = contact.partition where contact.address_mac = any ($1) and head.here is not false
        """;
    const string SelectKeyedById = "select id, partition, generation, wrapped_key, address_mac from contact where id = any ($1)";
    const string SelectWithEntries = "select distinct contact from entry where contact = any ($1)";
    const int GreatestTries = 20;

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<Appended>> AppendAsync(
        IReadOnlyList<AppendRequest> requests,
        CancellationToken cancellation = default
    ) => AppendAsync(requests, ServerReach.Whole, cancellation);

    internal async ValueTask<IReadOnlyList<Appended>> AppendAsync(
        IReadOnlyList<AppendRequest> requests,
        ServerReach reach,
        CancellationToken cancellation
    )
    {
        for (var tries = 0; tries < GreatestTries; tries++)
        {
            if (await AppendOnce(requests, reach, cancellation) is { } answers)
                return answers;
            remembered.Forget();
        }

        throw new LedgerUnavailableException(
            UnavailableBecause.Busy,
            "the contacts in this batch change faster than MaySend can write to them; try again"
        );
    }

    /// <summary>Seals and writes the requests; null when a contact came or went meanwhile and they must be sealed again.</summary>
    async Task<Appended[]?> AppendOnce(IReadOnlyList<AppendRequest> requests, ServerReach reach, CancellationToken cancellation)
    {
        var answers = new Appended[requests.Count];
        var owners = await OwnersOf(requests, answers, reach, cancellation);
        var (entries, places) = SealedEntry.Of(requests, owners);
        if (entries.Count == 0)
            return answers;
        if (await writer.Append(entries, cancellation) is not { } written)
            return null;
        for (var k = 0; k < written.Length; k++)
        {
            var (request, owner) = (requests[places[k]], owners[places[k]]!);
            var contact = owner.Id == ContactId.Controller || written[k].Position is null ? (ContactId?)null : owner.Id;
            answers[places[k]] = new(written[k].Outcome, written[k].Position, contact);
            if (contact is not null)
                remembered.Add(request.Subject, owner);
        }

        return answers;
    }

    /// <summary>Whose entries they are: as remembered, else as the store says. Where there is nobody, the answer says why.</summary>
    async Task<Owner?[]> OwnersOf(
        IReadOnlyList<AppendRequest> requests,
        Appended[] answers,
        ServerReach reach,
        CancellationToken cancellation
    )
    {
        if (closed)
            throw Closed();
        var owners = requests
            .Select(request => request.Subject is EntrySubject.Controller ? controller : remembered.Find(request.Subject))
            .ToArray();
        var unknown = Enumerable.Range(0, owners.Length).Where(i => owners[i] is null).ToList();
        if (unknown.Count == 0)
            return owners;
        var found = await Look(session => FindOwners(session, unknown.ConvertAll(i => requests[i].Subject), reach), cancellation);
        foreach (var i in unknown)
        {
            owners[i] = found.Of(requests[i].Subject);
            if (owners[i] is null)
                answers[i] = new(
                    found.WasErased(requests[i].Subject) ? AppendOutcome.ContactErased : AppendOutcome.ContactUnknown,
                    null,
                    null
                );
        }

        return owners;
    }

    /// <summary>Every contact that is named, in one round trip.</summary>
    async Task<Owners> FindOwners(Session session, IReadOnlyList<EntrySubject> subjects, ServerReach reach)
    {
        var ids = subjects.OfType<EntrySubject.Contact>().Select(subject => subject.Id).Distinct().ToList();
        var addresses = subjects.OfType<EntrySubject.At>().Select(subject => subject.Address).Distinct().ToList();
        while (true)
        {
            var keys = ring;
            var macs = addresses
                .SelectMany(address =>
                    keys.Generations.Select(generation => (Address: address, Mac: generation.AddressMac(address, out _)))
                )
                .ToList();
            var idBytes = ids.Select(id => id.ToBytes()).ToArray();
            var rows = await session.Together(
                (BeginLook, []),
                (SelectNewestGeneration, []),
                (SelectKeyedById, [idBytes]),
                (SelectKeyedByAddress, [macs.Select(one => one.Mac).ToArray()]),
                (SelectWithEntries, [idBytes]),
                ("commit", [])
            );
            var newest = (await Session.ReadNext(rows, row => row.GetInt32(0)))[0];
            if (newest != keys.Current.Number)
            {
                await rows.DisposeAsync();
                await CurrentRing(session);
                continue;
            }

            await using (rows)
            {
                var byId = await Session.ReadNext(rows, row => (Owner: Keyed(row, keys), Mac: (byte[])row[4]));
                var byMac = await Session.ReadNext(
                    rows,
                    row => (Owner: Keyed(row, keys), Mac: Convert.ToHexString((byte[])row[4]), Sealed: (byte[])row[5])
                );
                var withEntries = await Session.ReadNext(rows, row => ContactId.FromBytes((byte[])row[0]));
                var found = byMac.ToDictionary(one => one.Mac);
                var at = new Dictionary<Address, Owner>();
                foreach (var (address, mac) in macs)
                {
                    if (!found.TryGetValue(Convert.ToHexString(mac), out var one))
                        continue;
                    AddressSeal.Require(one.Sealed, one.Owner.Id, one.Owner.Key, address);
                    at[address] = one.Owner;
                }

                List<Address> strangers = [.. addresses.Where(address => !at.ContainsKey(address))];
                await rows.DisposeAsync();
                if (strangers.Count > 0)
                    reach.Require(keys);
                await RequireRows(session, strangers, keys, reach);
                foreach (var address in strangers)
                    at[address] = Owner.Stranger(address, keys);
                return new(byId.ToDictionary(one => one.Owner.Id, one => one.Owner), at, [.. withEntries]);
            }
        }
    }

    static Owner Keyed(Npgsql.NpgsqlDataReader row, KeyRing keys)
    {
        var id = ContactId.FromBytes((byte[])row[0]);
        return new(
            id,
            new Partition(row.GetInt16(1)),
            ContactKey.FromSecret(keys.Generation(row.GetInt32(2)).Unwrap((byte[])row[3], id)),
            null
        );
    }
}
