using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string InsertHold = "insert into hold (contact, placed_at, reason) values ($1, $2, $3) returning number";
    const string DeleteHold = "delete from hold where contact = $1 and number = $2";
    const string SelectHolds = "select number, placed_at, reason from hold where contact = $1 order by number";

    const string SelectIdle = """
        select contact, max(recorded_at) as last, exists (select 1 from hold where hold.contact = entry.contact)
        from entry
        where contact in (select contact.id from contact join head on head.partition = contact.partition where head.here)
          and kind <> 'index-bound'
        group by contact having max(recorded_at) < $1 order by last
        """;

    /// <inheritdoc/>
    public async ValueTask<LegalHold?> PlaceHoldAsync(ContactId contact, string reason, CancellationToken cancellation = default) =>
        await Change(
            async (session, heads) =>
            {
                // A lock an erasure takes first: a hold is placed before it, and refuses it, or after it, and finds nobody.
                if (await Locked(session, heads, [contact]) is not [{ } indexed])
                    return null;
                var placed = LedgerTime.ToMicroseconds(options.Clock.GetUtcNow());
                var sealedReason = HoldSeal.Seal(reason, indexed.Owner.Key);
                var number = (long)(await session.Value(InsertHold, contact.ToBytes(), placed, sealedReason))!;
                await Bind(session, heads, indexed.Owner, "hold placed");
                return new LegalHold(number, LedgerTime.FromMicroseconds(placed), reason);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<bool> LiftHoldAsync(ContactId contact, long number, CancellationToken cancellation = default) =>
        await Change(
            async (session, heads) =>
            {
                if (
                    await Locked(session, heads, [contact]) is not [{ } indexed]
                    || await session.Run(DeleteHold, contact.ToBytes(), number) != 1
                )
                    return false;
                await Bind(session, heads, indexed.Owner, "hold lifted");
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<LegalHold>> HoldsAsync(ContactId contact, CancellationToken cancellation = default) =>
        await LookSteadily(session => Holds(session, contact), cancellation);

    /// <inheritdoc/>
    public async ValueTask<IReadOnlyList<IdleContact>> IdleContactsAsync(
        DateTimeOffset lastRecordedBefore,
        CancellationToken cancellation = default
    ) =>
        await Look(
            session =>
                session.Rows(
                    row => new IdleContact(
                        ContactId.FromBytes((byte[])row[0]),
                        LedgerTime.FromMicroseconds(row.GetInt64(1)),
                        row.GetBoolean(2)
                    ),
                    SelectIdle,
                    LedgerTime.ToMicroseconds(lastRecordedBefore)
                ),
            cancellation
        );

    async Task<List<LegalHold>> Holds(Session session, ContactId contact) =>
        await Indexed(session, contact) is { } indexed
            ?
            [
                .. indexed.State.Holds.Select(hold => new LegalHold(
                    hold.Number,
                    LedgerTime.FromMicroseconds(hold.PlacedAt),
                    HoldSeal.Open(hold.Reason, indexed.Owner.Key)
                )),
            ]
            : [];

    /// <summary>
    /// Contacts with the heads of their partitions locked, found to be as the chain states; fewer than asked when one is gone. A contact
    /// stays in its partition, so the look before the lock cannot mislead.
    /// </summary>
    async Task<List<(Owner Owner, IndexState State)?>> Locked(Session session, Heads heads, IReadOnlyCollection<ContactId> contacts)
    {
        var chains = await session.Rows(
            row => (int)row.GetInt16(0),
            "select partition from contact where id = any ($1)",
            [contacts.Select(contact => contact.ToBytes()).ToArray()]
        );
        await heads.LockAll(session, chains);
        var found = new List<(Owner, IndexState)?>();
        foreach (var contact in contacts)
            if (await Indexed(session, contact) is { } indexed)
                found.Add(indexed);
        return found;
    }
}
