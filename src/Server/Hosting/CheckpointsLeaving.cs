using System.Diagnostics.Metrics;
using MaySend.Evidence.Store;
using MaySend.Records;
using MaySend.Stores.Checkpoints;

namespace MaySend.Server.Hosting;

/// <summary>
/// Has a checkpoint leave the machine at the interval that the settings name, and soon after every erasure. A place that is away is tried
/// again each minute, and holds up nothing.
/// </summary>
sealed partial class CheckpointsLeaving : PeriodicService
{
    static readonly TimeSpan TriedAgainAfter = TimeSpan.FromMinutes(1);

    readonly EvidenceStore store;
    readonly LeavingCheckpoints leaving;
    readonly TimeProvider clock;
    readonly ILogger<CheckpointsLeaving> log;
    readonly SemaphoreSlim turn = new(1);
    readonly CancellationTokenSource ending = new();
    readonly HashSet<string> away = new(StringComparer.Ordinal);
    readonly Meter meter = new(Meters.Name);
    string? latest;
    DateTimeOffset? madeAt;
    int isWanted;
    Task soon = Task.CompletedTask;

    public CheckpointsLeaving(EvidenceStore store, LeavingCheckpoints leaving, TimeProvider clock, ILogger<CheckpointsLeaving> log)
        : base(TriedAgainAfter, clock)
    {
        (this.store, this.leaving, this.clock, this.log) = (store, leaving, clock, log);
        if (leaving.Places.All.Count > 0)
            meter.CreateObservableGauge(
                "maysend.checkpoints.age",
                () => Measured(leaving.Age()),
                "s",
                "since the last checkpoint was sent to the place that is furthest behind"
            );
    }

    /// <summary>Somebody was erased: nothing may be able to hide it. Returns at once; erasures that come together share a
    /// checkpoint.</summary>
    public void Soon()
    {
        if (leaving.Places.All.Count > 0 && Interlocked.Exchange(ref isWanted, 1) == 0)
            soon = Task.Run(SoonAsync);
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host may be stopped twice, the second time when it has let go of everything.
        if (!ending.IsCancellationRequested)
            await ending.CancelAsync();
        await base.StopAsync(cancellationToken);
        await soon;
    }

    public override void Dispose()
    {
        if (!ending.IsCancellationRequested)
            ending.Cancel();
        turn.Dispose();
        ending.Dispose();
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        if (leaving.Places.All.Count == 0)
            return;
        await turn.WaitAsync(stopping);
        try
        {
            await LeaveAsync(stopping);
        }
        finally
        {
            turn.Release();
        }
    }

    protected override void WentWrong(Exception fault) => NotMade(fault.Message);

    async Task SoonAsync()
    {
        try
        {
            await RunOnceAsync(ending.Token);
        }
        catch (Exception fault)
        {
            if (!ending.IsCancellationRequested)
                WentWrong(fault);
        }
    }

    async Task LeaveAsync(CancellationToken stopping)
    {
        if (IsDue())
        {
            // Taken before it is made: who is erased meanwhile wants another.
            Volatile.Write(ref isWanted, 0);
            try
            {
                latest = (await store.Ledger.CheckpointAsync(stopping)).Note;
                madeAt = clock.GetUtcNow();
            }
            catch
            {
                Volatile.Write(ref isWanted, 1);
                throw;
            }
        }
        if (latest is not null)
            Say(await leaving.SendAsync(latest, stopping));
    }

    /// <summary>After a start the last that left counts: a server that is started again and again makes no more of them.</summary>
    bool IsDue() =>
        Volatile.Read(ref isWanted) == 1
        || (madeAt ?? leaving.Standing().Max(one => one.At)) is not { } last
        || clock.GetUtcNow() - last >= leaving.Places.Every;

    void Say(IReadOnlyList<CheckpointLeft> standing)
    {
        foreach (var one in standing)
            if (one.Fault is { } fault && away.Add(one.Place))
                Away(one.Place, fault);
            else if (one.Fault is null && away.Remove(one.Place))
                Back(one.Place);
    }

    static IEnumerable<Measurement<double>> Measured(TimeSpan? age) => age is { } known ? [new(known.TotalSeconds)] : [];

    [LoggerMessage(LogLevel.Error, "checkpoints cannot be sent to {Place}: {Fault}. MaySend tries again every minute")]
    partial void Away(string place, string fault);

    [LoggerMessage(LogLevel.Warning, "checkpoints are being sent to {Place} again")]
    partial void Back(string place);

    [LoggerMessage(LogLevel.Error, "no checkpoint could be made for sending: {Fault}")]
    partial void NotMade(string fault);
}
