using System.Diagnostics.Metrics;
using System.Text.Json;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Records.Walking;

/// <summary>
/// Walks through the store beside the requests, so many rows a minute, and holds each row against the chain: a row that was altered so that
/// nobody finds it any more is named before somebody runs a verification. From then on nothing goes out until the row is right again. How
/// far it has come, and what it found, is in <c>index-walk.json</c>, so that a restart neither forgets nor begins anew.
/// </summary>
public sealed partial class IndexWalk : PeriodicService
{
    const string FileName = "index-walk.json";
    const int Step = 500;

    static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };
    static readonly TimeSpan LongestRun = TimeSpan.FromSeconds(2);
    static readonly TimeSpan Pause = TimeSpan.FromMinutes(10);

    readonly ILedger ledger;
    readonly RecordsOptions options;
    readonly TimeProvider clock;
    readonly ILogger<IndexWalk> log;
    readonly string path;
    readonly Meter meter = new(Meters.Name);
    readonly Counter<long> walked;
    readonly SortedDictionary<int, string> faults = [];
    WalkPlace place = WalkPlace.Start;
    DateTimeOffset begun;
    DateTimeOffset? ended;
    bool isStarting = true;
    volatile IReadOnlyList<string> told = [];

    /// <summary>The walk through one store.</summary>
    public IndexWalk(EvidenceStore store, RecordsOptions options, TimeProvider clock, ILogger<IndexWalk> log)
        : base(TimeSpan.FromMinutes(1), clock)
    {
        (ledger, this.options, this.clock, this.log) = (store.Ledger, options, clock, log);
        path = Path.Combine(options.DataFolder, FileName);
        begun = clock.GetUtcNow();
        Resume();
        walked = meter.CreateCounter<long>("maysend.index.walked", "rows", "rows held against the chain");
        meter.CreateObservableGauge(
            "maysend.index.faults",
            () => told.Count,
            description: "chains with a row that was changed after it was written"
        );
        meter.CreateObservableGauge(
            "maysend.index.round_age",
            () => (clock.GetUtcNow() - (ended ?? begun)).TotalSeconds,
            "s",
            "since every row was last checked, or since the check began"
        );
    }

    /// <summary>What was found and still stands, a sentence for each chain; empty while everything is as it was written.</summary>
    public IReadOnlyList<string> Faults => told;

    /// <summary>When the last round ended; null before the first has.</summary>
    public DateTimeOffset? Ended => ended;

    /// <inheritdoc />
    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        // Not at the start, when there is enough to do.
        if (isStarting)
        {
            isStarting = false;
            return;
        }
        var started = clock.GetTimestamp();
        var left = options.WalkedRowsAMinute;
        // What was wrong comes first: once it is right, nothing should wait for a whole round.
        foreach (var chain in faults.Keys.ToList())
            left -= await AgainAsync(chain, left / 2, stopping);
        var isPausing = place == WalkPlace.Start && ended is { } last && clock.GetUtcNow() - last < Pause;
        while (!isPausing && left > 0 && clock.GetElapsedTime(started) < LongestRun)
        {
            left -= Math.Max(1, await OnAsync(Math.Min(left, Step), stopping));
            if (!place.IsEnd)
                continue;
            (place, ended) = (WalkPlace.Start, clock.GetUtcNow());
            break;
        }
        Keep();
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => Interrupted(fault.GetType().Name);

    /// <summary>One step on; a chain with a fault is left at it.</summary>
    async Task<int> OnAsync(int most, CancellationToken stopping)
    {
        try
        {
            var step = await ledger.WalkAsync(place, most, stopping);
            if (step.Next.Chain != place.Chain)
                RightAgain(place.Chain);
            place = step.Next;
            walked.Add(step.Rows);
            return step.Rows;
        }
        catch (LedgerUnavailableException fault) when (fault.Because == UnavailableBecause.Damaged)
        {
            Found(place.Chain, fault.Message);
            place = WalkPlace.OfChain(place.Chain + 1);
            return 1;
        }
    }

    /// <summary>Walks a chain with a fault once more: where it comes to the end, the fault is gone.</summary>
    async Task<int> AgainAsync(int chain, int most, CancellationToken stopping)
    {
        var (at, rows) = (WalkPlace.OfChain(chain), 0);
        try
        {
            while (at.Chain == chain && rows < most)
            {
                var step = await ledger.WalkAsync(at, Step, stopping);
                (at, rows) = (step.Next, rows + Math.Max(1, step.Rows));
            }
            if (at.Chain != chain)
                RightAgain(chain);
        }
        catch (LedgerUnavailableException fault) when (fault.Because == UnavailableBecause.Damaged)
        {
            Found(chain, fault.Message);
        }
        walked.Add(rows);
        return rows;
    }

    void Found(int chain, string what)
    {
        if (faults.TryGetValue(chain, out var known) && known == what)
            return;
        faults[chain] = what;
        told = [.. faults.Values];
        Damaged(what);
    }

    /// <summary>A chain was walked from end to end.</summary>
    void RightAgain(int chain)
    {
        if (!faults.Remove(chain))
            return;
        told = [.. faults.Values];
        Mended(chain);
    }

    void Resume()
    {
        try
        {
            if (!File.Exists(path) || JsonSerializer.Deserialize<Kept>(File.ReadAllBytes(path), Layout) is not { } kept)
                return;
            if (kept.Store != ledger.StoreId || kept.Place is null || kept.Place.IsEnd)
                return;
            (place, ended, begun) = (kept.Place, kept.Ended, kept.Begun);
            foreach (var (chain, what) in kept.Faults ?? [])
                faults[chain] = what;
            told = [.. faults.Values];
        }
        catch (Exception fault) when (fault is JsonException or IOException or UnauthorizedAccessException)
        {
            // Then it begins anew, which costs time and no certainty.
        }
    }

    void Keep()
    {
        try
        {
            OwnerOnly.WriteText(path, JsonSerializer.Serialize(new Kept(ledger.StoreId, place, begun, ended, new(faults)), Layout));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            Interrupted(fault.GetType().Name);
        }
    }

    sealed record Kept(string Store, WalkPlace? Place, DateTimeOffset Begun, DateTimeOffset? Ended, Dictionary<int, string>? Faults);

    [LoggerMessage(LogLevel.Critical, "the store is damaged, and nothing goes out: {What}")]
    partial void Damaged(string what);

    [LoggerMessage(LogLevel.Warning, "chain {Chain} is again as it was written")]
    partial void Mended(int chain);

    [LoggerMessage(LogLevel.Warning, "the check of the store was interrupted ({Fault}); it continues in a minute")]
    partial void Interrupted(string fault);
}
