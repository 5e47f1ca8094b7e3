using System.Diagnostics;
using System.Threading.Channels;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;
using Npgsql;

namespace MaySend.Evidence.Postgres;

/// <summary>
/// Writes for this process over one connection. It takes whatever is queued, up to a limit, into one transaction: while one commit waits
/// for the server, the next group gathers.
/// </summary>
sealed partial class Writer : IAsyncDisposable
{
    const int GreatestGroup = 4096;
    const int QueueLength = 4096;
    const int GreatestTries = 5;

    static readonly TimeSpan Quiet = TimeSpan.FromMicroseconds(200);

    readonly NpgsqlDataSource source;
    readonly TimeProvider clock;
    readonly IndexBinding binding;
    readonly Func<byte[][], Task<List<byte[]>>>? suppressedElsewhere;
    readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
    readonly Task ended;
    Session? open;

    /// <param name="source">The server.</param>
    /// <param name="clock">The clock that recorded-at is read from.</param>
    /// <param name="binding">Seals the heads.</param>
    /// <param name="suppressedElsewhere">Which of some addresses, by their hashes, are suppressed, where another server says so.</param>
    internal Writer(
        NpgsqlDataSource source,
        TimeProvider clock,
        IndexBinding binding,
        Func<byte[][], Task<List<byte[]>>>? suppressedElsewhere
    )
    {
        (this.source, this.clock, this.binding, this.suppressedElsewhere) = (source, clock, binding, suppressedElsewhere);
        ended = Task.Run(Run);
    }

    /// <summary>
    /// Runs a change alone in its own commit. It may run again after a deadlock, so it must not keep anything outside the store.
    /// </summary>
    internal async Task<T> Change<T>(Func<Session, Heads, Task<T>> change, CancellationToken cancellation)
    {
        var job = new ChangeJob<T>(change);
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
        await Drop();
    }

    async ValueTask Queue(Job job, CancellationToken cancellation)
    {
        try
        {
            await queue.Writer.WriteAsync(job, cancellation);
        }
        catch (ChannelClosedException fault)
        {
            throw new LedgerUnavailableException(UnavailableBecause.Closed, "the ledger has been closed", fault);
        }
    }

    async Task Run()
    {
        var group = new List<Job>();
        var expected = 0;
        while (await queue.Reader.WaitToReadAsync())
        {
            await Linger(expected);
            group.Clear();
            var weight = 0;
            while (
                weight < GreatestGroup
                && queue.Reader.TryPeek(out var job)
                && (group.Count == 0 || (job is AppendJob && group[0] is AppendJob))
            )
            {
                queue.Reader.TryRead(out _);
                group.Add(job);
                weight += job is AppendJob append ? append.Entries.Count : 1;
            }

            var fault = await Commit(group);
            expected = group.Count + queue.Reader.Count;
            if (fault is not null)
                group.ForEach(job => job.Fail(fault));
            else
                group.ForEach(job => job.Acknowledge());
        }
    }

    /// <summary>
    /// Those who were answered, and those who came meanwhile, come back together: gives them the processor for a moment, as long as they
    /// keep coming, rather than the server a commit for the first of them alone. One producer on its own never waits.
    /// </summary>
    async Task Linger(int expected)
    {
        var (seen, since) = (0, Stopwatch.GetTimestamp());
        while (seen < expected && Stopwatch.GetElapsedTime(since) < Quiet)
        {
            var waiting = queue.Reader.Count;
            if (waiting > seen)
                (seen, since) = (waiting, Stopwatch.GetTimestamp());
            else
                await Task.Yield();
        }
    }

    /// <summary>Null once the group is on disk, else why it is not known to be.</summary>
    async Task<Exception?> Commit(List<Job> group)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                open ??= await Open();
                if (group[0] is AppendJob)
                    await AppendAll(open, group.ConvertAll(job => (AppendJob)job));
                else
                    await RunAlone(open, group[0]);
                return null;
            }
            catch (Exception fault)
            {
                await Drop();
                if (PostgresFaults.CanRepeat(fault) && tries < GreatestTries)
                    continue;
                return PostgresFaults.IsOfTheStore(fault) ? PostgresFaults.Read(fault) : fault;
            }
        }
    }

    async Task<Session> Open()
    {
        var session = new Session(await source.OpenConnectionAsync());

        // Every statement here looks up a few rows by key. Plans made while the tables were small would otherwise read them whole for ever.
        await session.Run("set enable_seqscan = off");
        await session.Run("set enable_hashjoin = off");
        await session.Run("set enable_mergejoin = off");
        return session;
    }

    async Task RunAlone(Session session, Job job)
    {
        await session.Run("begin");
        var heads = new Heads(clock, binding);
        await job.Run(session, heads);
        if (heads.Moved() is { } moved)
            await session.Value(Heads.Set, moved);
        await session.Run("commit");
        heads.Kept();
    }

    /// <summary>Closing a connection rolls back what it had begun.</summary>
    async Task Drop()
    {
        if (open is { } session)
        {
            open = null;
            await session.DisposeAsync();
        }
    }

    abstract class Job
    {
        internal abstract Task Run(Session session, Heads heads);

        internal abstract void Acknowledge();

        internal abstract void Fail(Exception fault);
    }

    sealed class ChangeJob<T>(Func<Session, Heads, Task<T>> change) : Job
    {
        T? result;

        internal TaskCompletionSource<T> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override async Task Run(Session session, Heads heads) => result = await change(session, heads);

        internal override void Acknowledge() => Answer.SetResult(result!);

        internal override void Fail(Exception fault) => Answer.SetException(fault);
    }

    sealed class AppendJob(IReadOnlyList<SealedEntry> entries) : Job
    {
        internal IReadOnlyList<SealedEntry> Entries => entries;

        internal Written[]? Written { get; set; }

        internal TaskCompletionSource<Written[]?> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        internal override Task Run(Session session, Heads heads) => Task.CompletedTask;

        internal override void Acknowledge() => Answer.SetResult(Written);

        internal override void Fail(Exception fault) => Answer.SetException(fault);
    }
}
