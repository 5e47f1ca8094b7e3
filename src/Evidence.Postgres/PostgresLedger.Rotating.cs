using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string SelectOlder =
        "select id, partition, generation, wrapped_key, address from contact where generation < $1 order by id limit $2 for update";
    const string MoveContact = "update contact set address_mac = $2, generation = $3, wrapped_key = $4 where id = $1";
    const string MoveController = "update store set controller_generation = $1, controller_key = $2";

    /// <inheritdoc/>
    public async ValueTask RotateKeysAsync(bool destroyOldWrappingKeys, CancellationToken cancellation = default)
    {
        await Change(AddGeneration, cancellation);
        while (await Change(MoveSome, cancellation) > 0)
            cancellation.ThrowIfCancellationRequested();
        if (destroyOldWrappingKeys)
            await Change(DestroyOld, cancellation);
        await Vacuum(cancellation);
    }

    async Task<int> AddGeneration(Session session, Heads heads)
    {
        // Every head: no group of another process is under way that still admits newcomers under the older generation.
        await heads.LockAll(session, Enumerable.Range(0, Checkpoint.Chains));

        // The file first: a generation the store does not know is never used, one the file does not know would lock us out.
        var rotated = (await CurrentRing(session)).WithSigningOf(options.KeyFile).Rotated();
        rotated.Save(options.KeyFile);
        await session.Run(InsertGeneration, rotated.Current.Number, rotated.Current.Check);
        var (generation, wrapped) = (await session.Rows(row => (row.GetInt32(2), (byte[])row[3]), SelectStore))[0];
        var secret = rotated.Generation(generation).Unwrap(wrapped, ContactId.Controller);
        await session.Run(MoveController, rotated.Current.Number, rotated.Current.Wrap(secret, ContactId.Controller));
        return rotated.Current.Number;
    }

    async Task<int> MoveSome(Session session, Heads heads)
    {
        if (options.SuppressedElsewhere is null)
            await heads.LockAll(session, [Partition.Controller.Number]);
        var keys = await CurrentRing(session);
        var older = await session.Rows(Sealed, SelectOlder, keys.Current.Number, Chunk);
        foreach (var contact in older)
        {
            var secret = keys.Generation(contact.Generation).Unwrap(contact.Wrapped, contact.Id);
            var address = AddressSeal.Open(contact.Address, contact.Id, ContactKey.FromSecret(secret));
            await session.Run(
                MoveContact,
                contact.Id.ToBytes(),
                keys.Current.AddressMac(address, out _),
                keys.Current.Number,
                keys.Current.Wrap(secret, contact.Id)
            );
        }

        return older.Count;
    }

    async Task<bool> DestroyOld(Session session, Heads heads)
    {
        await heads.LockAll(session, [Partition.Controller.Number]);
        var keys = await CurrentRing(session);
        if ((await session.Rows(Sealed, SelectOlder, keys.Current.Number, 1)).Count > 0)
            return false; // another process still wrote under the older generation; its contacts are moved by the next rotation
        keys.WithSigningOf(options.KeyFile).DestroyOldWrappingKeys().Save(options.KeyFile);
        return true;
    }
}
