using System.Globalization;
using System.Security.Cryptography;
using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using Npgsql;

namespace MaySend.Evidence.Postgres;

public sealed partial class PostgresLedger
{
    const string InsertStore =
        "insert into store (one, layout, store_id, controller_generation, controller_key) values (1, $1, $2, $3, $4)";
    const string InsertGeneration = "insert into key_generation (generation, check_value) values ($1, $2)";
    const string InsertHeads = """
        insert into head (partition, seq, hash, recorded_at, row_sum, seal, here)
        select partition, 0, hash, 0, $3, seal, $5 from unnest ($1, $2, $4) as new (partition, hash, seal)
        """;
    const string SelectStore = "select layout, store_id, controller_generation, controller_key from store";
    const string SelectGenerations = "select generation, check_value from key_generation order by generation";
    const string SelectNewestGeneration = "select max(generation) from key_generation";
    const string BeginLook = "begin isolation level repeatable read read only";

    /// <summary>Makes a new ledger in a schema that does not exist yet, with a new key file unless there is one already.</summary>
    public static async Task<PostgresLedger> CreateAsync(PostgresLedgerOptions options, CancellationToken cancellation = default)
    {
        return await Guarded(
            options,
            async session =>
            {
                await session.Run("begin");
                if (await session.Value("select 1 from pg_namespace where nspname = $1", options.Schema) is not null)
                    throw File.Exists(options.KeyFile)
                        ? new LedgerUnavailableException(
                            UnavailableBecause.Unreachable,
                            $"no ledger was made: the schema {options.Schema} already exists"
                        )
                        : new LedgerKeyException(
                            $"the schema {options.Schema} already holds a ledger, but there is no key file at {options.KeyFile}. "
                                + "Copy the key file from the server that made it: without it, no address can be found and no entry read"
                        );
                await session.Run($"create schema {options.Schema}");
                if (!File.Exists(options.KeyFile))
                    KeyRing.Create().Save(options.KeyFile);
                var ring = KeyRing.Load(options.KeyFile);
                await session.Run(Schema.Tables);
                var storeId = RandomNumberGenerator.GetBytes(16);
                var secret = RandomNumberGenerator.GetBytes(ContactKey.SecretSize);
                await session.Run(
                    InsertStore,
                    Schema.Version,
                    storeId,
                    ring.Current.Number,
                    ring.Current.Wrap(secret, ContactId.Controller)
                );
                foreach (var generation in ring.Generations)
                    await session.Run(InsertGeneration, generation.Number, generation.Check);
                var chains = Enumerable.Range(0, Checkpoint.Chains).Select(chain => (short)chain).ToArray();
                var binding = new IndexBinding(ContactKey.FromSecret(secret), storeId, options.Clock);
                var genesis = chains.Select(chain => Chain.Genesis(storeId, chain)).ToArray();
                var seals = chains.Select((chain, i) => binding.Seal(chain, 0, genesis[i], 0, IndexBinding.Nothing)).ToArray();
                await session.Run(InsertHeads, chains, genesis, IndexBinding.Nothing, seals, true);
                ErasureList.Beside(options.KeyFile).Begin();
                await session.Run("commit");
                return ring;
            }
        );
    }

    /// <summary>
    /// Opens a ledger. <see cref="LedgerKeyException"/> when the key file is missing or belongs to another ledger;
    /// <see cref="LedgerUnavailableException"/> when the server cannot be reached, does not keep what it acknowledges (<c>fsync=off</c>),
    /// or holds no ledger in this schema.
    /// </summary>
    public static async Task<PostgresLedger> OpenAsync(PostgresLedgerOptions options, CancellationToken cancellation = default)
    {
        var ledger = await OpenAnyAsync(options);
        try
        {
            if (await ledger.ReadMapAsync(cancellation) is { } shared)
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    $"this server is `{shared.Self}` of a ledger on several servers: name the file of the cluster "
                        + "(`postgres-cluster:FILE`)"
                );
            await ledger.RequireNewest();
            return ledger;
        }
        catch
        {
            await ledger.DisposeAsync();
            throw;
        }
    }

    /// <summary>Opens a ledger that may be older than its erasure list.</summary>
    internal static Task<PostgresLedger> OpenAnyAsync(PostgresLedgerOptions options) =>
        Guarded(
            options,
            async session => Matching(await session.Rows(Generation, SelectGenerations), KeyRing.Load(options.KeyFile), options)
        );

    static async Task<PostgresLedger> Guarded(PostgresLedgerOptions options, Func<Session, Task<KeyRing>> prepare)
    {
        NpgsqlDataSource? source = Connect(options);
        try
        {
            await using var session = new Session(await source.OpenConnectionAsync());
            if ((string?)await session.Value("show fsync") != "on")
                throw new LedgerUnavailableException(
                    UnavailableBecause.Unreachable,
                    "the PostgreSQL server runs with fsync=off, so what it acknowledges may not be on disk"
                );
            var ring = await prepare(session);
            var stores = await session.Rows(
                rows => (Layout: rows.GetInt32(0), Id: (byte[])rows[1], Generation: rows.GetInt32(2), Key: (byte[])rows[3]),
                SelectStore
            );
            if (stores is [{ Layout: < Schema.Version }])
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"schema {options.Schema} has the layout of an older build. Stop every process that uses it, make a backup, and run "
                        + "`maysend ledger upgrade`"
                );
            if (stores is not [{ Layout: Schema.Version } store])
                throw new LedgerUnavailableException(
                    UnavailableBecause.Damaged,
                    $"schema {options.Schema} holds no ledger of layout {Schema.Version}"
                );
            var controllerKey = ContactKey.FromSecret(ring.Generation(store.Generation).Unwrap(store.Key, ContactId.Controller));
            var ledger = new PostgresLedger(options, source, ring, store.Id, controllerKey);
            source = null;
            return ledger;
        }
        catch (Exception fault) when (PostgresFaults.IsOfTheStore(fault))
        {
            throw PostgresFaults.Read(fault);
        }
        finally
        {
            if (source is not null)
                await source.DisposeAsync();
        }
    }

    static NpgsqlDataSource Connect(PostgresLedgerOptions options)
    {
        if (
            options.Schema.Length == 0
            || !options.Schema.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_')
            || char.IsAsciiDigit(options.Schema[0])
        )
            throw new ArgumentException($"`{options.Schema}` is not a valid schema name: use lower-case letters, digits and underscores");
        var text = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            SearchPath = options.Schema,
            MaxAutoPrepare = 100,
            AutoPrepareMinUsages = 2,
            Options = string.Create(
                CultureInfo.InvariantCulture,
                $"-c synchronous_commit=on -c lock_timeout={(long)options.BusyWait.TotalMilliseconds}"
            ),
        };
        text.ApplicationName ??= "maysend";
        return NpgsqlDataSource.Create(text);
    }

    static (int Number, byte[] Check) Generation(NpgsqlDataReader rows) => (rows.GetInt32(0), (byte[])rows[1]);

    /// <summary>The ring, cut to the generations this store knows; an error when one of them is missing or another.</summary>
    static KeyRing Matching(List<(int Number, byte[] Check)> known, KeyRing ring, PostgresLedgerOptions options)
    {
        foreach (var (number, check) in known)
        {
            if (!ring.Generations.Any(held => held.Number == number))
                throw new LedgerKeyException(
                    $"the key file {options.KeyFile} lacks generation {number} of schema {options.Schema}: it is an older "
                        + "copy. Restore the latest one"
                );
            if (!CryptographicOperations.FixedTimeEquals(ring.Generation(number).Check, check))
                throw new LedgerKeyException(
                    $"the key file {options.KeyFile} belongs to another ledger than schema {options.Schema}. Restore the key "
                        + "file that was saved with it"
                );
        }

        return known.Count > 0
            ? ring.UpTo(known[^1].Number)
            : throw new LedgerUnavailableException(
                UnavailableBecause.Damaged,
                $"schema {options.Schema} was never finished; drop it and make the ledger again"
            );
    }
}
