using System.Collections.Concurrent;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Evidence.Ledger.Writing;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// A ledger in one SQLite file: write-ahead log, <c>synchronous=FULL</c>. One thread writes, in groups; readers look at snapshots beside
/// it. Other processes may use the same file: writes take SQLite's write lock first and compare the chain head before they set it.
/// </summary>
public sealed partial class SqliteLedger : ILedger
{
    readonly SqliteLedgerOptions options;
    readonly byte[] storeId;
    readonly Owner controller;
    readonly RememberedOwners remembered = new();
    readonly ErasureList erasures;
    readonly IndexBinding binding;
    readonly Writer writer;
    readonly ConcurrentBag<Session> idle = [];
    volatile KeyRing ring;
    volatile bool closed;

    SqliteLedger(SqliteLedgerOptions options, KeyRing ring, byte[] storeId, ContactKey controllerKey, Session writing)
    {
        (this.options, this.ring, this.storeId) = (options, ring, storeId);
        controller = new(ContactId.Controller, Partition.Controller, controllerKey, null);
        erasures = ErasureList.Beside(options.KeyFile);
        binding = new(controllerKey, storeId, options.Clock);
        writer = new Writer(writing, options, binding);
    }

    /// <inheritdoc/>
    public string StoreId => Convert.ToHexStringLower(storeId);

    /// <summary>Finishes what is queued, then closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        if (closed)
            return;
        NoteReached();
        closed = true;
        await writer.DisposeAsync();
        while (idle.TryTake(out var session))
            session.Dispose();
    }

    /// <summary>Looks at one snapshot.</summary>
    T Look<T>(Func<Session, T> look) => LookOnce(session => session.Look(look));

    /// <summary>Looks with one statement, which is a snapshot by itself.</summary>
    T LookOnce<T>(Func<Session, T> look)
    {
        if (closed)
            throw Closed();
        Session? session = null;
        try
        {
            session = idle.TryTake(out var waiting) ? waiting : new Session(options);
            var seen = look(session);
            idle.Add(session);
            session = null;
            return seen;
        }
        catch (SqliteException fault)
        {
            throw SqliteFaults.Read(fault, options.Path);
        }
        finally
        {
            session?.Dispose();
        }
    }

    /// <summary>Keeps outside the store how far it has come.</summary>
    void NoteReached()
    {
        try
        {
            new ReachedFile(options.KeyFile).Note(StoreId, LookOnce(Reached));
        }
        catch (LedgerUnavailableException)
        {
            // What was noted last stands: it is the lower bound.
        }
    }

    static Dictionary<int, long> Reached(Session session)
    {
        var chains = new Dictionary<int, long>();
        using var rows = session[SelectHeads].Rows();
        while (rows.Read())
            chains[rows.GetInt32(0)] = rows.GetInt64(1);
        return chains;
    }

    Task<T> Change<T>(Func<Session, Heads, T> change, CancellationToken cancellation) => writer.Change(change, cancellation);

    LedgerUnavailableException Closed() => new(UnavailableBecause.Closed, $"the ledger {options.Path} has been closed");

    ContactKey Open(byte[] wrapped, int generation, ContactId owner) =>
        ContactKey.FromSecret(ring.Generation(generation).Unwrap(wrapped, owner));
}
