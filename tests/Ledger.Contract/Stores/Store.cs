using System.Security.Cryptography.X509Certificates;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Verify;

namespace MaySend.Ledger.Contract.Stores;

/// <summary>One store of one kind, fresh for each test, with the means to look at it and to harm it from outside.</summary>
public abstract class Store : IAsyncDisposable
{
    protected Store() => Folder = Directory.CreateTempSubdirectory("maysend-ledger-").FullName;

    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public string Folder { get; }

    public string KeyFile { get; set; } = "";

    public abstract string Kind { get; }

    /// <summary>What another process is told to open the same store.</summary>
    public abstract string Address { get; }

    public abstract Task<ILedger> CreateAsync();

    public abstract Task<ILedger> OpenAsync(TimeSpan? busyWait = null);

    /// <summary>Runs SQL behind the ledger's back.</summary>
    public abstract Task HarmAsync(string sql);

    /// <summary>The `where` of one entry.</summary>
    public static string Where(LedgerPosition position) => $"partition = {position.Partition.Number} and seq = {position.Seq}";

    /// <summary>A store like this one, at another place, filled from a backup; shares the key file.</summary>
    public abstract Task<(Store Store, Restoration Restoration)> RestoreAsync(string backup, string keyFile, RestoreTerms? terms = null);

    /// <summary>Steps forward from the layout of an older build.</summary>
    public abstract Task<long?> UpgradeAsync();

    /// <summary>Takes the store back to layout 1, as an older build left it but for what entries say.</summary>
    public abstract Task GoBackToLayout1Async();

    /// <summary>One cell of bytes.</summary>
    public abstract Task<byte[]> ColumnAsync(string sql);

    public abstract Task<VerificationReport> VerifyAsync(
        IReadOnlyList<string> verifierKeys,
        IReadOnlyList<string> kept,
        string? keyFile = null,
        X509Certificate2Collection? authorities = null
    );

    /// <summary>Proves an entry by a checkpoint.</summary>
    public abstract Task<ChainProof?> ProveAsync(LedgerPosition position, string under);

    /// <summary>Follows a checkpoint to the latest.</summary>
    public abstract Task<ConsistencyProof?> ConsistencyAsync(string earlier);

    protected static KeyedCheck? Keyed(string? keyFile) =>
        keyFile is null
            ? null
            : new(
                keyFile,
                (kind, verbatim) =>
                    (
                        (AddressKind)kind == AddressKind.Email
                            ? Evidence.Ledger.Identity.Address.Email(verbatim)
                            : Evidence.Ledger.Identity.Address.Telephone(verbatim)
                    )
                        .Required()
                        .Matching
            );

    /// <summary>Holds the store's write lock until disposed.</summary>
    public abstract Task<IAsyncDisposable> HoldWriteLockAsync(Partition partition);

    public virtual ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
