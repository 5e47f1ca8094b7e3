using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Postgres;

/// <summary>The steps of a rotation on one of several servers.</summary>
public sealed partial class PostgresLedger
{
    const string InsertMissingGeneration = "insert into key_generation (generation, check_value) values ($1, $2) on conflict do nothing";

    /// <summary>The newest generation of keys that this server goes by.</summary>
    internal Task<int> GenerationAsync(CancellationToken cancellation = default) =>
        Look(async session => (int)(await session.Value(SelectNewestGeneration))!, cancellation);

    /// <summary>Takes this server to a generation of the key file; nothing is done where it goes by it already.</summary>
    internal Task AdoptGenerationAsync(int number) =>
        Change(
            async (session, heads) =>
            {
                // Every head that is here: no group of another process is under way that still admits newcomers under the older generation.
                var here = await session.Rows(row => (int)row.GetInt16(0), "select partition from head where here order by partition");
                await heads.LockAll(session, here);
                var keys = KeyRing.Load(options.KeyFile).UpTo(number);
                await session.Run(InsertMissingGeneration, number, keys.Generation(number).Check);
                var (generation, wrapped) = (await session.Rows(row => (row.GetInt32(2), (byte[])row[3]), SelectStore))[0];
                if (generation < number)
                {
                    var secret = keys.Generation(generation).Unwrap(wrapped, ContactId.Controller);
                    await session.Run(MoveController, number, keys.Generation(number).Wrap(secret, ContactId.Controller));
                }

                return number;
            },
            CancellationToken.None
        );

    /// <summary>Moves every contact that is here to the newest generation.</summary>
    internal async Task MoveContactsAsync(CancellationToken cancellation)
    {
        while (await Change(MoveSome, cancellation) > 0)
            cancellation.ThrowIfCancellationRequested();
    }

    /// <summary>True while a contact is here whose key is wrapped under an older generation.</summary>
    internal Task<bool> HasOlderAsync(CancellationToken cancellation) =>
        Look(
            async session => (await session.Rows(Sealed, SelectOlder, (await CurrentRing(session)).Current.Number, 1)).Count > 0,
            cancellation
        );
}
