using MaySend.Records.Start;

namespace MaySend.Records.Imports;

/// <summary>
/// At the start and once an hour deletes files that somebody brought to be imported and did not go on with, and interviews that are over.
/// </summary>
public sealed partial class StagedImportsUpkeep(
    StagedImports staged,
    Interviews interviews,
    TimeProvider clock,
    ILogger<StagedImportsUpkeep> log
) : PeriodicService(TimeSpan.FromHours(1), clock)
{
    /// <inheritdoc />
    protected override Task RunOnceAsync(CancellationToken stopping)
    {
        staged.Tidy();
        interviews.All();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotTidied(fault.GetType().Name);

    [LoggerMessage(LogLevel.Warning, "files waiting to be imported were not checked ({Fault})")]
    partial void NotTidied(string fault);
}
