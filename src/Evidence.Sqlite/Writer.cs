using System.Diagnostics;
using System.Threading.Channels;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>
/// The one thread of this process that writes. It takes whatever is queued, up to a limit, into one transaction: while one commit waits for
/// the disk, the next group gathers.
/// </summary>
sealed partial class Writer : IAsyncDisposable
{
    const int GreatestGroup = 4096;
    const int QueueLength = 4096;
    const int GreatestVerified = 50_000;

    static readonly TimeSpan Quiet = TimeSpan.FromMicroseconds(200);

    readonly Session session;
    readonly SqliteLedgerOptions options;
    readonly Heads heads;
    readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    readonly Task ended;

    internal Writer(Session session, SqliteLedgerOptions options, IndexBinding binding)
    {
        (this.session, this.options) = (session, options);
        heads = new Heads(options.Clock, binding);
        ended = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Runs a change alone in its own commit.</summary>
    internal async Task<T> Change<T>(Func<Session, Heads, T> change, CancellationToken cancellation)
    {
        var job = new ChangeJob<T>(change);
        await Queue(job, cancellation);
        return await job.Answer.Task;
    }

    /// <summary>Runs something between commits, outside any transaction.</summary>
    internal async Task<T> Outside<T>(Func<Session, T> act, CancellationToken cancellation)
    {
        var job = new OutsideJob<T>(act);
        await Queue(job, cancellation);
        return await job.Answer.Task;
    }

    /// <summary>
    /// Appends sealed entries, all in one commit, together with whatever else is queued. Null, and nothing appended, when a contact they
    /// were sealed for came or went in the meantime.
    /// </summary>
    internal async Task<Written[]?> Append(IReadOnlyList<SealedEntry> entries, CancellationToken cancellation)
    {
        var job = new AppendJob(entries);
        await Queue(job, cancellation);
        return await job.Answer.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await ended;
        session.Dispose();
    }

    async ValueTask Queue(Job job, CancellationToken cancellation)
    {
        try
        {
            await queue.Writer.WriteAsync(job, cancellation);
        }
        catch (ChannelClosedException fault)
        {
            throw new LedgerUnavailableException(UnavailableBecause.Closed, $"the ledger {options.Path} has been closed", fault);
        }
    }

    void Run()
    {
        var group = new List<Job>();
        var expected = 0;
        while (queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            Linger(expected);
            group.Clear();
            var weight = 0;
            while (weight < GreatestGroup && queue.Reader.TryPeek(out var job) && (group.Count == 0 || (!job.Alone && !group[0].Alone)))
            {
                queue.Reader.TryRead(out _);
                group.Add(job);
                weight += job.Weight;
            }

            Commit(group);
            expected = group.Count + queue.Reader.Count;
        }
    }

    /// <summary>
    /// Those who were answered, and those who came meanwhile, come back together: gives them the processor for a moment, as long as they
    /// keep coming, rather than the disk a commit for the first of them alone. One producer on its own never waits.
    /// </summary>
    void Linger(int expected)
    {
        var (seen, since) = (0, Stopwatch.GetTimestamp());
        while (seen < expected && Stopwatch.GetElapsedTime(since) < Quiet)
        {
            var waiting = queue.Reader.Count;
            if (waiting > seen)
                (seen, since) = (waiting, Stopwatch.GetTimestamp());
            else
                Thread.Yield();
        }
    }

    void Commit(List<Job> group)
    {
        try
        {
            if (group[0].Outside)
                group[0].Run(this);
            else
                session.Change(_ => RunAll(group));
            heads.Kept();
        }
        catch (Exception fault)
        {
            heads.Forget();
            ForgetVerified();
            var told = fault is SqliteException sqlite ? SqliteFaults.Read(sqlite, options.Path) : fault;
            foreach (var job in group)
                job.Fail(told);
            return;
        }

        foreach (var job in group)
            job.Acknowledge();
    }

    bool RunAll(List<Job> group)
    {
        if (!heads.Begin(session) || group[0].Alone || verified.Count > GreatestVerified)
            ForgetVerified();
        foreach (var job in group)
            job.Run(this);
        heads.Set(session);
        return true;
    }
}
