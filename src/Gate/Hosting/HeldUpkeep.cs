using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Gate.Rulings;
using MaySend.Records;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Hosting;

/// <summary>Lets messages go that were set aside for long enough, and those to people who were erased meanwhile.</summary>
sealed partial class HeldUpkeep(HeldMail held, EvidenceStore store, TimeProvider clock, ILogger<HeldUpkeep> log)
    : PeriodicService(TimeSpan.FromHours(1), clock)
{
    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        foreach (var message in held.List())
            if (
                Address.Email(message.Recipient).Address is { } address
                && (await store.FindAsync(address, cancellation: stopping)).State == DossierState.Suppressed
            )
                held.Forget(message.Id);
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotDone(fault.GetType().Name);

    [LoggerMessage(LogLevel.Error, "messages that were set aside long ago could not be deleted ({Fault})")]
    partial void NotDone(string fault);
}
