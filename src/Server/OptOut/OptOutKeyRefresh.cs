using MaySend.Server.Hosting;

namespace MaySend.Server.OptOut;

/// <summary>Looks for keys of other servers every minute, so that a server that nobody asks anything has them on disk before the store goes away.</summary>
sealed partial class OptOutKeyRefresh(OptOutKeys keys, TimeProvider clock, ILogger<OptOutKeyRefresh> log)
    : Rounds(TimeSpan.FromMinutes(1), clock)
{
    protected override Task RoundAsync(CancellationToken stopping) => keys.RefreshAsync(stopping);

    protected override void WentWrong(Exception fault) => NotRead(fault.GetType().Name);

    [LoggerMessage(LogLevel.Warning, "the store was not asked for new opt-out keys ({Fault}); links of those already known work on")]
    partial void NotRead(string fault);
}
