using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Verify;
using MaySend.Stores;

namespace MaySend.Console.Evidence;

/// <summary>Verifies the store from outside, by the verifier that shares no code with the ledger.</summary>
public sealed class LedgerProof(ConsoleOptions options)
{
    /// <summary>Reads every chain and checkpoint; takes as long as the ledger is large.</summary>
    public Task<VerificationReport> VerifyAsync()
    {
        var server = EvidenceStores.ConnectionString(options.Store);
        var folder = server is null ? options.Store : EvidenceStores.DefaultFolder;
        string[] keys = [KeyRing.Load(options.KeyFile ?? Path.Combine(folder, EvidenceStores.KeyFileName)).Signing.VerifierKey];
        return server is null
            ? Task.Run(() => Verifier.SqliteAsync(Path.Combine(folder, EvidenceStores.DatabaseName), keys, []))
            : Verifier.PostgresAsync(server, "maysend", keys, []);
    }
}
