using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.OptOut;

/// <summary>
/// Looks for keys of other servers every minute, so that a server that nobody asks anything has them on disk before the store goes away.
/// </summary>
sealed partial class OptOutKeyRefresh(OptOutKeys keys, TimeProvider clock, ILogger<OptOutKeyRefresh> log)
    : PeriodicService(TimeSpan.FromMinutes(1), clock)
{
    protected override Task RunOnceAsync(CancellationToken stopping) => keys.RefreshAsync(stopping);

    protected override void WentWrong(Exception fault) => NotRead(fault.GetType().Name);

    [LoggerMessage(
        LogLevel.Warning,
        "the store could not be asked for new opt-out keys ({Fault}); links with keys already known still " + "work"
    )]
    partial void NotRead(string fault);
}
