using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Sqlite;

public sealed partial class SqliteLedger
{
    const string SelectOlder = "select id, generation, wrapped_key, address from contact where generation < ?1 limit ?2";
    const string MoveContact = "update contact set address_mac = ?2, generation = ?3, wrapped_key = ?4 where id = ?1";
    const string MoveController = "update store set controller_generation = ?1, controller_key = ?2";

    /// <inheritdoc/>
    public async ValueTask RotateKeysAsync(bool destroyOldWrappingKeys, CancellationToken cancellation = default)
    {
        await Change((session, _) => AddGeneration(session), cancellation);
        while (await Change((session, _) => MoveSome(session), cancellation) > 0)
            cancellation.ThrowIfCancellationRequested();
        if (destroyOldWrappingKeys)
            await Change((session, _) => DestroyOld(session), cancellation);
        await ClearResidue([], cancellation);
    }

    int AddGeneration(Session session)
    {
        // The file first: a generation the store does not know is never used, one the file does not know would lock us out.
        var rotated = CurrentRing(session).WithSigningOf(options.KeyFile).Rotated();
        rotated.Save(options.KeyFile);
        session[InsertGeneration].Run(rotated.Current.Number, rotated.Current.Check);
        using var rows = session[SelectStore].Rows();
        rows.Read();
        var secret = rotated.Generation(rows.GetInt32(1)).Unwrap(rows.Blob(2), ContactId.Controller);
        session[MoveController].Run(rotated.Current.Number, rotated.Current.Wrap(secret, ContactId.Controller));
        return rotated.Current.Number;
    }

    int MoveSome(Session session)
    {
        var keys = CurrentRing(session);
        var older = new List<(ContactId Id, int Generation, byte[] Wrapped, byte[] Address)>();
        using (var rows = session[SelectOlder].Rows(keys.Current.Number, Chunk))
        {
            while (rows.Read())
                older.Add((rows.Contact(0), rows.GetInt32(1), rows.Blob(2), rows.Blob(3)));
        }

        foreach (var (id, generation, wrapped, sealedAddress) in older)
        {
            var secret = keys.Generation(generation).Unwrap(wrapped, id);
            var address = AddressSeal.Open(sealedAddress, id, ContactKey.FromSecret(secret));
            session[MoveContact]
                .Run(id.ToBytes(), keys.Current.AddressMac(address, out _), keys.Current.Number, keys.Current.Wrap(secret, id));
        }

        return older.Count;
    }

    bool DestroyOld(Session session)
    {
        var keys = CurrentRing(session);
        using var rows = session[SelectOlder].Rows(keys.Current.Number, 1);
        if (rows.Read())
            return false; // another process still wrote under the older generation; its contacts are moved by the next rotation
        keys.WithSigningOf(options.KeyFile).DestroyOldWrappingKeys().Save(options.KeyFile);
        return true;
    }
}
