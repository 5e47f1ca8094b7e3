using MaySend.Ledger.Verify;
using MaySend.Stores;

namespace MaySend.Console.Evidence;

/// <summary>Verifies the store from outside, by the verifier that shares no code with the ledger.</summary>
sealed class LedgerProof(ConsoleOptions options)
{
    /// <summary>Reads every chain and checkpoint; takes as long as the ledger is large.</summary>
    /// <param name="kept">Checkpoints that somebody kept elsewhere: what they cover must still be as it was then.</param>
    public Task<VerificationReport> VerifyAsync(params string[] kept)
    {
        string[] keys = [.. EvidenceStores.VerifierKeys(options.Store, options.KeyFile)];
        return Task.Run(() => EvidenceStores.VerifyAsync(options.Store, keys, kept));
    }
}
