using System.Collections.Concurrent;
using MaySend.Evidence;
using MaySend.Evidence.Store;
using MaySend.Records;

namespace MaySend.Console.Evidence;

/// <summary>
/// What the overview shows of the ledger: how many entries of a kind there are for each month in which they happened. Whom they are about
/// is not looked at.
/// </summary>
/// <param name="Contacts">People who can be read.</param>
/// <param name="Entries">Entries in all chains.</param>
/// <param name="Months">By month (its first day) and kind.</param>
/// <param name="At">When this was counted.</param>
sealed record LedgerCount(long Contacts, long Entries, IReadOnlyDictionary<(DateOnly Month, string Kind), long> Months, DateTimeOffset At)
{
    /// <summary>Stands for the month of what says no day.</summary>
    public static readonly DateOnly Undated = DateOnly.MinValue;

    /// <summary>
    /// A kind month by month, from the first that has one up to the month of counting, and of those the last 24: a month without any is a
    /// zero and not left out.
    /// </summary>
    public IReadOnlyList<(DateOnly Month, long Count)> Trend(string kind)
    {
        var dated = Months.Keys.Where(key => key.Kind == kind && key.Month > Undated).Select(key => key.Month).ToList();
        if (dated.Count == 0)
            return [];
        var last = new DateOnly(At.Year, At.Month, 1);
        var first = new[] { dated.Min(), last.AddMonths(-23) }.Max();
        return
        [
            .. Enumerable
                .Range(0, 24)
                .Select(first.AddMonths)
                .TakeWhile(month => month <= last)
                .Select(month => (month, Months.GetValueOrDefault((month, kind)))),
        ];
    }
}

/// <summary>
/// Counts the ledger in the background, at the start and every minute, each time only what was added since. Pages never wait for it.
/// </summary>
sealed partial class LedgerCounts(EvidenceStore store, ILogger<LedgerCounts> log) : PeriodicService(TimeSpan.FromMinutes(1), store.Clock)
{
    readonly long[] reached = new long[Partition.Count];
    readonly ConcurrentDictionary<(DateOnly Month, string Kind), long> months = new();

    /// <summary>The latest count; null until the first is done.</summary>
    public LedgerCount? Latest { get; private set; }

    /// <inheritdoc />
    protected override Task RunOnceAsync(CancellationToken stopping) => CountAsync(stopping);

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) =>
        CannotCount(log, (fault as LedgerUnavailableException)?.Because.ToString() ?? fault.GetType().Name);

    /// <summary>Counts what was added since the last time.</summary>
    public async Task CountAsync(CancellationToken cancellation)
    {
        for (var number = 0; number < Partition.Count; number++)
        {
            await foreach (var entry in store.Ledger.StreamAsync(new Partition(number), reached[number], cancellation))
            {
                reached[number] = entry.Position.Seq;
                // When it happened, unless the person was erased: then only when it was recorded can be read.
                var at = (entry.Content?.HappenedAt ?? entry.RecordedAt).UtcDateTime;
                var month = new DateOnly(at.Year, at.Month, 1);
                months.AddOrUpdate((month, entry.Kind), 1, (_, count) => count + 1);
            }
        }
        var contacts = await store.Ledger.CountContactsAsync(cancellation);
        Latest = new(contacts, reached.Sum(), months.ToDictionary(pair => pair.Key, pair => pair.Value), store.Clock.GetUtcNow());
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The overview cannot be counted now: the ledger does not answer ({Because})")]
    static partial void CannotCount(ILogger log, string because);
}
