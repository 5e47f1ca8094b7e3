using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>
/// A ledger in one PostgreSQL schema. Each process writes in groups over one connection; the heads of the partitions a group touches are
/// locked in order first, so any number of processes can write, and those that touch different partitions do not wait for each other.
/// </summary>
public sealed partial class PostgresLedger : ILedger
{
    readonly PostgresLedgerOptions options;
    readonly NpgsqlDataSource source;
    readonly byte[] storeId;
    readonly Owner controller;
    readonly RememberedOwners remembered = new();
    readonly ErasureList erasures;
    readonly IndexBinding binding;
    readonly Writer writer;
    volatile KeyRing ring;
    volatile bool closed;

    PostgresLedger(PostgresLedgerOptions options, NpgsqlDataSource source, KeyRing ring, byte[] storeId, ContactKey controllerKey)
    {
        (this.options, this.source, this.ring, this.storeId) = (options, source, ring, storeId);
        controller = new(ContactId.Controller, Partition.Controller, controllerKey, null);
        erasures = ErasureList.Beside(options.KeyFile);
        binding = new(controllerKey, storeId, options.Clock);
        writer = new Writer(source, options.Clock, binding, options.SuppressedElsewhere);
    }

    /// <inheritdoc/>
    public string StoreId => Convert.ToHexStringLower(storeId);

    /// <summary>Finishes what is queued, then closes the connections.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        if (options.Shard is null)
            await NoteReached();
        closed = true;
        await writer.DisposeAsync();
        await source.DisposeAsync();
    }

    async Task<T> Look<T>(Func<Session, Task<T>> look, CancellationToken cancellation)
    {
        if (closed)
            throw Closed();
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync(cancellation));
            return await look(session);
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
        catch (PartitionElsewhereException fault) when (options.Shard is null)
        {
            throw Shared(fault);
        }
    }

    static LedgerUnavailableException Shared(PartitionElsewhereException fault) =>
        new(
            UnavailableBecause.Unreachable,
            "this server now shares its ledger with others: end this process and name the file of the cluster instead of the server "
                + "(`postgres-cluster:FILE`)",
            fault
        );

    /// <summary>Keeps outside the store how far it has come.</summary>
    async Task NoteReached()
    {
        try
        {
            new ReachedFile(options.KeyFile).Note(StoreId, await Look(Reached, CancellationToken.None));
        }
        catch (LedgerUnavailableException)
        {
            // What was noted last stands: it is the lower bound.
        }
    }

    static async Task<Dictionary<int, long>> Reached(Session session) =>
        (await session.Rows(row => (Chain: (int)row.GetInt16(0), Seq: row.GetInt64(1)), SelectHeads)).ToDictionary(
            one => one.Chain,
            one => one.Seq
        );

    static LedgerUnavailableException Closed() => new(UnavailableBecause.Closed, "the ledger has been closed");

    /// <summary>A look at one snapshot that takes several round trips.</summary>
    Task<T> LookSteadily<T>(Func<Session, Task<T>> look, CancellationToken cancellation) =>
        Look(
            async session =>
            {
                await session.Run(BeginLook);
                var seen = await look(session);
                await session.Run("commit");
                return seen;
            },
            cancellation
        );

    async Task<T> Change<T>(Func<Session, Heads, Task<T>> change, CancellationToken cancellation)
    {
        try
        {
            return await writer.Change(change, cancellation);
        }
        catch (PartitionElsewhereException fault) when (options.Shard is null)
        {
            throw Shared(fault);
        }
    }

    /// <summary>
    /// Reads the key file again when another process has rotated the keys: an address must not look unknown because we hold an old ring.
    /// </summary>
    async Task<KeyRing> CurrentRing(Session session)
    {
        if (ring.Current.Number != (int)(await session.Value(SelectNewestGeneration))!)
            ring = Matching(await session.Rows(Generation, SelectGenerations), KeyRing.Load(options.KeyFile), options);
        return ring;
    }
}
