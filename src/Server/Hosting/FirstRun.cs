using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Records.Keys;
using MaySend.Stores;

namespace MaySend.Server.Hosting;

/// <summary>
/// Opens the store, or makes it on the first run. The one administrator's key, shown once, is made only when the server listens: a start
/// that came to nothing does not use it up.
/// </summary>
public static class FirstRun
{
    /// <summary>Opens or makes the store.</summary>
    /// <exception cref="LedgerUnavailableException">It is there and cannot be used, or it cannot be made.</exception>
    /// <exception cref="LedgerKeyException">The key file is missing or another's.</exception>
    public static async Task<EvidenceStore> OpenAsync(ServerOptions options, CancellationToken cancellation = default)
    {
        OwnerOnly.ForThisProcess();
        OwnerOnly.MakeFolder(options.DataFolder);
        // Two processes that start on an empty folder at the same moment take turns: half a store is none.
        await using var turn = await TurnAsync(Path.Combine(options.DataFolder, "first-run.lock"), cancellation);
        return await OpenOrCreateAsync(options);
    }

    /// <summary>
    /// Makes the administrator's key, once the server listens; null where there are keys already, and for whoever came second on a first
    /// run of two.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public static async Task<string?> KeyAsync(EvidenceStore store, CancellationToken cancellation = default)
    {
        var records = new ServerRecords(store);
        if ((await records.ReadAsync(cancellation)).Keys.Count > 0)
            return null;
        var (key, issued) = ApiKey.Create("administrator", ApiScopes.All);
        // Of two processes that start on an empty store at the same moment, the ledger takes one key and the other is forgotten.
        var outcome = await records.AddAsync(issued, new Actor("first run", Rights.None).AsSystem(), "first administrator", cancellation);
        return outcome == AppendOutcome.Added ? key : null;
    }

    static async Task<FileStream> TurnAsync(string path, CancellationToken cancellation)
    {
        for (var waited = 0; ; waited++)
        {
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < 300)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System, cancellation);
            }
        }
    }

    static async Task<EvidenceStore> OpenOrCreateAsync(ServerOptions options)
    {
        var isThere = options.Postgres is null ? EvidenceStores.Exists(options.DataFolder) : File.Exists(options.KeyFile);
        if (isThere)
            return await EvidenceStores.OpenAsync(options.Location, options.KeyFile, options.Clock);
        try
        {
            return await EvidenceStores.CreateAsync(options.Location, options.KeyFile, options.Clock);
        }
        catch (LedgerUnavailableException) when (File.Exists(options.KeyFile))
        {
            // Somebody else made it in the meantime; anything else that is wrong shows on opening.
            return await EvidenceStores.OpenAsync(options.Location, options.KeyFile, options.Clock);
        }
    }
}
