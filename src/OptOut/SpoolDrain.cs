using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.OptOut;

/// <summary>Tries the spool again and again: what is on disk must not wait for a restart.</summary>
sealed partial class SpoolDrain(Spool spool, OptOutRegister register, RecordsOptions options, TimeProvider clock, ILogger<SpoolDrain> log)
    : PeriodicService(options.DrainEvery, clock)
{
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        if (spool.Unreadable > 0)
            Unreadable(spool.Unreadable);
        return base.StartAsync(cancellationToken);
    }

    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        if (!spool.Probe())
            NoRoom(spool.CanTake);
        var recorded = await spool.DrainAsync(async request => await register.RefuseAsync(request, cancellation: stopping), stopping);
        if (recorded > 0)
            Drained(recorded);
    }

    protected override void WentWrong(Exception fault) =>
        Waits(
            spool.Waiting,
            string.Join(
                ", ",
                (fault is AggregateException faults ? faults.InnerExceptions : [fault]).Select(one => one.GetType().Name).Distinct()
            )
        );

    [LoggerMessage(LogLevel.Error, "the spool's disk accepts no more data; opt-outs can still be taken: {CanTake}")]
    partial void NoRoom(bool canTake);

    [LoggerMessage(LogLevel.Warning, "recorded {Count} opt-outs from the spool: they are effective now")]
    partial void Drained(int count);

    [LoggerMessage(LogLevel.Error, "{Count} opt-outs wait in the spool and are not effective yet: {Fault}")]
    partial void Waits(int count, string fault);

    [LoggerMessage(
        LogLevel.Error,
        "{Count} lines of the spool cannot be read and may be opt-outs: check opt-outs.unreadable in the data folder"
    )]
    partial void Unreadable(int count);
}
