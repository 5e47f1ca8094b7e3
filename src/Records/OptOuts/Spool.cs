using System.Globalization;
using System.Text;
using MaySend.Evidence;

namespace MaySend.Records.OptOuts;

/// <summary>
/// Requests that came while the store could not be reached, on disk before anybody is told "done". Each process writes to a file of its own
/// (<c>opt-outs.spool</c>, then
/// <c>opt-outs.1.spool</c> and so on) and takes over the files of processes that are gone. A file is emptied only when every request in it
/// has been recorded; recording one
/// twice adds nothing.
/// </summary>
public sealed class Spool : IDisposable
{
    /// <summary>More than any request takes.</summary>
    const int TrialLength = 1024;
    static readonly TimeSpan TryEvery = TimeSpan.FromSeconds(30);

    readonly Lock gate = new();
    readonly SemaphoreSlim draining = new(1);
    readonly string folder;
    readonly string own;
    readonly SpoolFile file;
    readonly SpoolFile.Writing write;
    readonly List<OptOutRequest> waiting = [];
    readonly HashSet<OptOutRequest> written = [];
    DateTimeOffset tried;
    bool isTaking;

    /// <summary>Opens the spool of this process, or makes it.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public Spool(RecordsOptions options)
        : this(options, SpoolFile.ToDisk) { }

    internal Spool(RecordsOptions options, SpoolFile.Writing write)
    {
        (folder, this.write) = (options.DataFolder, write);
        Directory.CreateDirectory(folder);
        (own, file) = OpenOwn();
        Keep(file);
        TakeOver();
    }

    /// <summary>
    /// False while the disk refuses requests: nothing may go out meanwhile that somebody could want to stop. Tried anew, in a file beside
    /// the spool that is gone again afterwards, where the last time was half a minute ago.
    /// </summary>
    /// <param name="now">Now.</param>
    public bool IsTaking(DateTimeOffset now)
    {
        lock (gate)
        {
            if ((now - tried).Duration() < TryEvery)
                return isTaking;
            tried = now;
            try
            {
                using var trial = File.OpenHandle(
                    $"{own}.trial",
                    FileMode.Create,
                    FileAccess.Write,
                    FileShare.ReadWrite | FileShare.Delete,
                    FileOptions.DeleteOnClose
                );
                write(trial, new byte[TrialLength], 0);
                isTaking = true;
            }
            catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
            {
                isTaking = false;
            }
            return isTaking;
        }
    }

    /// <summary>How many requests wait.</summary>
    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>The requests of one contact that wait.</summary>
    public IReadOnlyList<OptOutRequest> WaitingOf(string contact)
    {
        lock (gate)
            return waiting.Count == 0 ? [] : [.. waiting.Where(request => request.Contact == contact)];
    }

    /// <summary>
    /// What waits in a folder, read by a process that takes nothing over: a command beside a server, or after one that is gone.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Another process holds requests that nobody else can read now.</exception>
    public static IReadOnlyList<OptOutRequest> Read(string folder)
    {
        if (!Directory.Exists(folder))
            return [];
        return
        [
            .. Directory
                .EnumerateFiles(folder, "opt-outs*.spool")
                .Where(path => new FileInfo(path) is { Exists: true, Length: > 0 })
                .SelectMany(SpoolFile.Look),
        ];
    }

    /// <summary>
    /// Lines that could not be read since the start; they are kept in <c>opt-outs.unreadable</c> for a person to look at.
    /// </summary>
    public int Unreadable { get; private set; }

    /// <summary>
    /// Keeps a request; it is on disk when this returns. One that waits already is not written again, so that repeating a request cannot
    /// fill the disk.
    /// </summary>
    /// <exception cref="IOException">The disk refused: then nobody may be told that it was taken.</exception>
    public void Add(OptOutRequest request)
    {
        lock (gate)
        {
            if (written.Contains(Timeless(request)))
                return;
            try
            {
                file.Append([request]);
                isTaking = true;
            }
            catch
            {
                isTaking = false;
                throw;
            }
            waiting.Add(request);
            written.Add(Timeless(request));
        }
    }

    /// <summary>
    /// Gives every waiting request to <paramref name="record"/>, oldest first, and forgets those it records. One that fails does not hold
    /// up the others, unless the store as a whole
    /// does not answer.
    /// </summary>
    /// <returns>How many were recorded.</returns>
    /// <exception cref="AggregateException">Some were not recorded and wait on.</exception>
    public async Task<int> DrainAsync(Func<OptOutRequest, ValueTask> record, CancellationToken cancellation = default)
    {
        await draining.WaitAsync(cancellation);
        List<OptOutRequest> left = [];
        List<Exception> faults = [];
        Queue<OptOutRequest> untried = new();
        var tried = 0;
        try
        {
            untried = new(Round());
            tried = untried.Count;
            while (untried.TryPeek(out var request))
            {
                try
                {
                    await record(request);
                }
                catch (Exception fault) when (!cancellation.IsCancellationRequested)
                {
                    faults.Add(fault);
                    if (fault is TimeoutException or LedgerUnavailableException { Because: not UnavailableBecause.Damaged })
                        break;
                    left.Add(request);
                }
                untried.Dequeue();
            }
        }
        finally
        {
            Forget(tried, [.. left, .. untried]);
            draining.Release();
        }
        return faults.Count == 0 ? tried : throw new AggregateException(faults);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        file.Dispose();
        draining.Dispose();
    }

    List<OptOutRequest> Round()
    {
        TakeOver();
        lock (gate)
        {
            // Who asks again from now on may have taken an earlier request back: it is written down anew.
            written.Clear();
            return [.. waiting];
        }
    }

    /// <summary>So many had their turn, and these of them are left.</summary>
    void Forget(int tried, IReadOnlyList<OptOutRequest> left)
    {
        lock (gate)
        {
            waiting.RemoveRange(0, tried);
            waiting.InsertRange(0, left);
            written.UnionWith(waiting.Select(Timeless));
            if (waiting.Count == 0 && !file.IsEmpty)
                file.Clear();
        }
    }

    /// <summary>
    /// A process that is gone left its file: its requests are this one's now. On this disk twice for a moment rather than not at all.
    /// </summary>
    void TakeOver()
    {
        foreach (
            var path in Directory
                .EnumerateFiles(folder, "opt-outs*.spool")
                .Where(path => path != own && new FileInfo(path) is { Exists: true, Length: > 0 })
        )
        {
            using var left = SpoolFile.TryOpen(path, write);
            if (left is null)
                continue;
            lock (gate)
            {
                if (left.Requests.Count > 0)
                    file.Append(left.Requests);
                Keep(left);
            }
            left.Clear();
        }
    }

    void Keep(SpoolFile opened)
    {
        waiting.AddRange(opened.Requests);
        written.UnionWith(opened.Requests.Select(Timeless));
        if (opened.Unreadable.Count == 0)
            return;
        Unreadable += opened.Unreadable.Count;
        using var aside = new FileStream(Path.Combine(folder, "opt-outs.unreadable"), FileMode.Append, FileAccess.Write, FileShare.Read);
        aside.Write(Encoding.UTF8.GetBytes(string.Concat(opened.Unreadable.Select(line => line + '\n'))));
        aside.Flush(flushToDisk: true);
    }

    (string, SpoolFile) OpenOwn()
    {
        // Two processes on one folder must not share a file: one would empty it while the other writes.
        for (var number = 0; number < 64; number++)
        {
            var path = Path.Combine(
                folder,
                number == 0 ? "opt-outs.spool" : string.Create(CultureInfo.InvariantCulture, $"opt-outs.{number}.spool")
            );
            if (SpoolFile.TryOpen(path, write) is { } opened)
                return (path, opened);
        }
        throw new IOException(
            $"no file for opt-outs can be opened in {folder}: 64 others are held by other processes, or the disk does not let them be opened"
        );
    }

    static OptOutRequest Timeless(OptOutRequest request) => request with { At = default };
}
