using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectKeyForHold = "select generation, wrapped_key from contact where id = $1 for update";
    const string SelectKey = "select generation, wrapped_key from contact where id = $1";
    const string InsertHold = "insert into hold (contact, placed_at, reason) values ($1, $2, $3) returning number";
    const string DeleteHold = "delete from hold where contact = $1 and number = $2";
    const string SelectHolds = "select number, placed_at, reason from hold where contact = $1 order by number";

    const string SelectIdle = """
        select contact, max(recorded_at) as last, exists (select 1 from hold where hold.contact = entry.contact)
        from entry where contact in (select id from contact)
        group by contact having max(recorded_at) < $1 order by last
        """;

    /// <inheritdoc/>
    public async ValueTask<LegalHold?> PlaceHoldAsync(ContactId contact, string reason, CancellationToken cancellation = default) =>
        await Change(
            async (session, heads) =>
            {
                // The lock an erasure takes first: a hold is placed before it, and refuses it, or after it, and finds nobody.
                await heads.LockAll(session, [Partition.Controller.Number]);
                if (await KeyOf(session, SelectKeyForHold, contact) is not { } key)
                    return null;
                var placed = LedgerTime.ToMicroseconds(options.Clock.GetUtcNow());
                var number = (long)(await session.Value(InsertHold, contact.ToBytes(), placed, HoldSeal.Seal(reason, key)))!;
                return new LegalHold(number, LedgerTime.FromMicroseconds(placed), reason);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<bool> LiftHoldAsync(ContactId contact, long number, CancellationToken cancellation = default) =>
        await Change(async (session, _) => await session.Run(DeleteHold, contact.ToBytes(), number) == 1, cancellation);

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
        await KeyOf(session, SelectKey, contact) is { } key
            ? await session.Rows(
                row => new LegalHold(row.GetInt64(0), LedgerTime.FromMicroseconds(row.GetInt64(1)), HoldSeal.Open((byte[])row[2], key)),
                SelectHolds,
                contact.ToBytes()
            )
            : [];

    async Task<ContactKey?> KeyOf(Session session, string select, ContactId contact) =>
        await session.Rows(row => (Generation: row.GetInt32(0), Wrapped: (byte[])row[1]), select, contact.ToBytes()) is [var found]
            ? await Open(found.Wrapped, found.Generation, contact)
            : null;
}
