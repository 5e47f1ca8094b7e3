using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>What is on record at addresses, one or many in one round trip.</summary>
public sealed partial class PostgresLedger
{
    // Joined with what is asked rather than compared with any of it: in a store without statistics yet, as after a load, the server would
    // read all contacts for each few hundred.
    const string SelectKeyAndSeqOfAddresses = """
        select contact.id, contact.partition, contact.generation, contact.wrapped_key, contact.address, head.seq, contact.person, head.here,
          contact.address_mac
        from unnest($1) as asked (mac) join contact on contact.address_mac = asked.mac left join head on head.partition = contact.partition
        where head.here is not false
        """;

    const string SelectOfAddresses = """
        select entry.partition, entry.seq, entry.contact, entry.kind, entry.recorded_at, entry.content, entry.hash
        from unnest($1) as asked (mac) join contact on contact.address_mac = asked.mac join entry on entry.contact = contact.id
        where entry.seq <= $2 and entry.recorded_at <= $3 order by entry.seq
        """;

    const string SelectHoldsOfAddresses = """
        select hold.number, hold.placed_at, hold.reason, hold.contact
        from unnest($1) as asked (mac) join contact on contact.address_mac = asked.mac join hold on hold.contact = contact.id
        order by hold.number
        """;

    /// <inheritdoc/>
    public async ValueTask<AddressHistory> FindAsync(
        Address address,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => (await FindAsync([address], asKnown, ServerReach.Whole, cancellation))[0];

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<AddressHistory>> FindAsync(
        IReadOnlyList<Address> addresses,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    ) => await FindAsync(addresses, asKnown, ServerReach.Whole, cancellation);

    internal async Task<AddressHistory[]> FindAsync(
        IReadOnlyList<Address> addresses,
        AsKnown asKnown,
        ServerReach reach,
        CancellationToken cancellation
    )
    {
        return addresses.Count == 0 ? [] : await Look(Read, cancellation);

        async Task<AddressHistory[]> Read(Session session)
        {
            while (true)
            {
                var keys = ring;
                var asked = addresses.Select(address => new AskedAddress(address, keys)).ToList();
                // Once each: whoever is asked about twice is not to be given twice.
                var macs = asked.SelectMany(one => one.Index).DistinctBy(Hex).ToArray();
                var rows = await session.Together(
                    (BeginLook, []),
                    (SelectNewestGeneration, []),
                    (SelectSeq, [(short)Partition.Controller.Number]),
                    (SelectSuppressions, [asked.SelectMany(one => one.Suppressing).ToArray()]),
                    (SelectSealedHeads, [ChainsOf(keys, addresses, reach)]),
                    (SelectKeyAndSeqOfAddresses, [macs]),
                    (SelectHoldsOfAddresses, [macs]),
                    (SelectOfAddresses, [macs, asKnown.GreatestSeq, asKnown.LatestMicroseconds]),
                    ("commit", [])
                );
                await using (rows)
                {
                    if ((await Session.ReadNext(rows, row => row.GetInt32(0)))[0] == keys.Current.Number)
                    {
                        reach.Require(keys);
                        var controllerSeq = (await Session.ReadNext(rows, row => SeqIn(row, reach)))[0];
                        var suppressing = await Session.ReadNext(rows, Suppressing);
                        var heads = await Session.ReadNext(rows, Heads.ReadSealed);
                        var keyed = (await Session.ReadNext(rows, row => (Contact: KeyAndSeq(row), Mac: Hex((byte[])row[8])))).ToDictionary(
                            one => one.Mac,
                            one => one.Contact
                        );
                        var holds = (
                            await Session.ReadNext(rows, row => (Contact: ContactId.FromBytes((byte[])row[3]), Held: ReadHeld(row)))
                        ).ToLookup(one => one.Contact, one => one.Held);
                        var entries = (await Session.ReadNext(rows, SealedRow.Of)).ToLookup(row => row.Owner);
                        await rows.DisposeAsync();

                        var found = asked.ConvertAll(one => one.In(keyed));
                        await RequireKnown(session, addresses, [.. addresses.Where((_, i) => found[i] is null)], keys, heads, reach);
                        var suppressions = Suppressions(addresses, [.. asked.Select(one => one.Suppressing)], suppressing, keys);
                        return
                        [
                            .. found.Select(
                                (one, i) =>
                                    one is null
                                        ? new AddressHistory(null, suppressions[i], new(default, controllerSeq))
                                        : At(addresses[i], one, keys, [.. holds[one.Id]], entries[one.Id], suppressions[i], controllerSeq)
                            ),
                        ];
                    }
                }

                await CurrentRing(session);
            }
        }

        // The address that is sealed in the row is opened and compared: a row put in another's place lends nobody another's record.
        AddressHistory At(
            Address address,
            KeyedContact one,
            KeyRing keys,
            IReadOnlyList<HeldRow> held,
            IEnumerable<SealedRow> rows,
            IReadOnlyList<Suppression> suppressions,
            long controllerSeq
        )
        {
            var key = ContactKey.FromSecret(keys.Generation(one.Generation).Unwrap(one.Wrapped, one.Id));
            using var opening = key.Opening();
            var kept = AddressSeal.Open(one.Address, one.Id, opening);
            AddressSeal.Require(kept, one.Id, address);
            List<LedgerEntry> entries = [.. rows.Select(row => row.Open(opening))];
            var history = History(one, key, new IndexState(kept, one.Person, held), entries, controllerSeq, asKnown);
            return new(history, suppressions, history.Position);
        }
    }

    static short[] ChainsOf(KeyRing keys, IEnumerable<Address> addresses, ServerReach reach) =>
        [.. addresses.SelectMany(address => ChainsOf(keys, address, reach)).Distinct()];

    /// <summary>An address as the index knows it: under each generation of the keys, newest first.</summary>
    readonly record struct AskedAddress(byte[][] Index, byte[][] Suppressing)
    {
        internal AskedAddress(Address address, KeyRing keys)
            : this(IndexMacs(keys, address), SuppressionMacs(keys, address)) { }

        internal KeyedContact? In(Dictionary<string, KeyedContact> found)
        {
            foreach (var mac in Index)
            {
                if (found.TryGetValue(Hex(mac), out var contact))
                    return contact;
            }

            return null;
        }
    }
}
