using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string InsertHold = "insert into hold (contact, placed_at, reason) values (?1, ?2, ?3) returning number";
    const string DeleteHold = "delete from hold where contact = ?1 and number = ?2";
    const string SelectHolds = "select number, placed_at, reason from hold where contact = ?1 order by number";

    const string SelectIdle = """
        select contact, max(recorded_at) as last, exists (select 1 from hold where hold.contact = entry.contact)
        from entry where contact in (select id from contact) and kind <> 'index-bound'
        group by contact having last < ?1 order by last
        """;

    /// <inheritdoc/>
    public async ValueTask<LegalHold?> PlaceHoldAsync(ContactId contact, string reason, CancellationToken cancellation = default) =>
        await Change(
            (session, heads) =>
            {
                if (Indexed(session, contact) is not { } indexed)
                    return null;
                var placed = LedgerTime.ToMicroseconds(options.Clock.GetUtcNow());
                var number = (long)session[InsertHold].Value(contact.ToBytes(), placed, HoldSeal.Seal(reason, indexed.Owner.Key))!;
                Bind(session, heads, indexed.Owner, "hold placed");
                return new LegalHold(number, LedgerTime.FromMicroseconds(placed), reason);
            },
            cancellation
        );

    /// <inheritdoc/>
    public async ValueTask<bool> LiftHoldAsync(ContactId contact, long number, CancellationToken cancellation = default) =>
        await Change(
            (session, heads) =>
            {
                if (Indexed(session, contact) is not { } indexed || session[DeleteHold].Run(contact.ToBytes(), number) != 1)
                    return false;
                Bind(session, heads, indexed.Owner, "hold lifted");
                return true;
            },
            cancellation
        );

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<LegalHold>> HoldsAsync(ContactId contact, CancellationToken cancellation = default) =>
        ValueTask.FromResult<IReadOnlyList<LegalHold>>(Look(session => Holds(session, contact)));

    /// <inheritdoc/>
    public ValueTask<IReadOnlyList<IdleContact>> IdleContactsAsync(
        DateTimeOffset lastRecordedBefore,
        CancellationToken cancellation = default
    ) =>
        ValueTask.FromResult<IReadOnlyList<IdleContact>>(
            Look(session =>
            {
                var idleContacts = new List<IdleContact>();
                using var rows = session[SelectIdle].Rows(LedgerTime.ToMicroseconds(lastRecordedBefore));
                while (rows.Read())
                    idleContacts.Add(new(rows.Contact(0), LedgerTime.FromMicroseconds(rows.GetInt64(1)), rows.GetInt64(2) == 1));
                return idleContacts;
            })
        );

    List<LegalHold> Holds(Session session, ContactId contact)
    {
        if (Indexed(session, contact) is not { } indexed)
            return [];
        return
        [
            .. indexed.State.Holds.Select(hold => new LegalHold(
                hold.Number,
                LedgerTime.FromMicroseconds(hold.PlacedAt),
                HoldSeal.Open(hold.Reason, indexed.Owner.Key)
            )),
        ];
    }
}
