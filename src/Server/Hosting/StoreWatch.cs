using System.Diagnostics.Metrics;
using System.Globalization;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Records;
using MaySend.Records.OptOuts;

namespace MaySend.Server.Hosting;

/// <summary>
/// Asks every server of the store four times a minute what it has and whether it answers, and this server whether it is ready, so that
/// whoever watches sees which partitions are away, and how long opt-outs wait, before anybody complains.
/// </summary>
sealed partial class StoreWatch : PeriodicService
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(15);
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    readonly EvidenceStore store;
    readonly Readiness readiness;
    readonly ILogger<StoreWatch> log;
    readonly Meter meter = new(Meters.Name);
    readonly HashSet<string> away = new(StringComparer.Ordinal);
    volatile LedgerStanding? latest;
    volatile bool isReady;

    public StoreWatch(EvidenceStore store, Readiness readiness, Spool spool, TimeProvider clock, ILogger<StoreWatch> log)
        : base(Every, clock)
    {
        (this.store, this.readiness, this.log) = (store, readiness, log);
        meter.CreateObservableGauge("maysend.ready", () => isReady ? 1 : 0, description: "1 while decisions can be given, 0 while not");
        meter.CreateObservableGauge("maysend.spool.waiting", () => spool.Waiting, description: "opt-outs on disk that wait to be recorded");
        meter.CreateObservableGauge(
            "maysend.spool.can_take",
            () => spool.CanTake ? 1 : 0,
            description: "1 while an opt-out can be kept though the store does not answer, 0 while not"
        );
        meter.CreateObservableGauge(
            "maysend.shard.up",
            () => Of(server => server.Fault is null ? 1 : 0),
            description: "1 while a server of the store answers, 0 while not"
        );
        meter.CreateObservableGauge("maysend.shard.chains", () => Of(server => server.Chains), description: "chains that a server has");
        meter.CreateObservableGauge(
            "maysend.shard.answer_time",
            () => Of(server => server.Took.TotalSeconds),
            "s",
            "how long a server took to say what it has"
        );
        meter.CreateObservableGauge(
            "maysend.shard.moving",
            () => Known(standing => standing.Moving is null ? 0 : 1),
            description: "1 while a partition is on its way from one server to another"
        );
        meter.CreateObservableGauge(
            "maysend.partition.entries",
            Entries,
            description: "entries of a chain: 0 to 255 hold people, 256 the controller's entries, 257 the suppressions"
        );
    }

    /// <summary>What each server had when it was last asked; null before the first time.</summary>
    public LedgerStanding? Latest => latest;

    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        latest = await store.Ledger.StandingAsync(Patience, stopping);
        foreach (var server in latest.Servers)
            if (server.Fault is { } fault && away.Add(server.Name))
                Away(server.Name, server.Chains, fault);
            else if (server.Fault is null && away.Remove(server.Name))
                Back(server.Name);
        (isReady, _) = await readiness.AskAsync(latest, stopping);
    }

    protected override void WentWrong(Exception fault)
    {
        // Whoever cannot find out whether it is ready is not.
        isReady = false;
        NotAsked(fault.GetType().Name);
    }

    IEnumerable<Measurement<T>> Of<T>(Func<ServerStanding, T> what)
        where T : struct =>
        [
            .. (latest?.Servers ?? []).Select(server => new Measurement<T>(
                what(server),
                new KeyValuePair<string, object?>("server", server.Name)
            )),
        ];

    IEnumerable<Measurement<T>> Known<T>(Func<LedgerStanding, T> what)
        where T : struct => latest is { } known ? [new(what(known))] : [];

    IEnumerable<Measurement<long>> Entries() =>
        [
            .. (latest?.Servers ?? []).SelectMany(server =>
                server.Entries.Select(chain => new Measurement<long>(
                    chain.Value,
                    new KeyValuePair<string, object?>("server", server.Name),
                    new KeyValuePair<string, object?>("partition", chain.Key.ToString(CultureInfo.InvariantCulture))
                ))
            ),
        ];

    [LoggerMessage(LogLevel.Error, "server {Server} of the store does not answer; nobody in its {Chains} chains can be mailed: {Fault}")]
    partial void Away(string server, int chains, string fault);

    [LoggerMessage(LogLevel.Warning, "server {Server} of the store answers again")]
    partial void Back(string server);

    [LoggerMessage(LogLevel.Error, "the store could not be asked what it has ({Fault})")]
    partial void NotAsked(string fault);
}
