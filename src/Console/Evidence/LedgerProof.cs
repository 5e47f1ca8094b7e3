using MaySend.Ledger.Verify;
using MaySend.Stores;

namespace MaySend.Console.Evidence;

/// <summary>Verifies the store from outside, by the verifier that shares no code with the ledger.</summary>
sealed class LedgerProof(ConsoleOptions options)
{
    /// <summary>Reads every chain and checkpoint; takes as long as the ledger is large.</summary>
    public Task<VerificationReport> VerifyAsync()
    {
        string[] keys = [.. EvidenceStores.VerifierKeys(options.Store, options.KeyFile)];
        return Task.Run(() => EvidenceStores.VerifyAsync(options.Store, keys, []));
    }
}
