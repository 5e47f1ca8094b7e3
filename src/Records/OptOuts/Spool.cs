using System.Globalization;
using System.Text;
using MaySend.Evidence;
using MaySend.Reading;

namespace MaySend.Records.OptOuts;

/// <summary>
/// Requests that came while the store could not be reached, on disk before anybody is told "done". Each process writes to a file of its own
/// (<c>opt-outs.spool</c>, then <c>opt-outs.1.spool</c> and so on) and takes over the files of processes that are gone. A file is emptied
/// only when every request in it has been recorded; recording one twice adds nothing.
/// </summary>
public sealed class Spool : IDisposable
{
    static readonly TimeSpan LookAtOthers = TimeSpan.FromMilliseconds(500);

    readonly Lock gate = new();
    readonly SemaphoreSlim draining = new(1);
    readonly string folder;
    readonly string own;
    readonly SpoolFile file;
    readonly SpoolFile.Writing write;
    readonly TimeProvider clock;
    readonly SpoolReserve reserve;
    readonly List<OptOutRequest> waiting = [];
    readonly HashSet<OptOutRequest> written = [];
    List<OptOutRequest> others = [];
    long? othersAt;
    bool isRefused;

    /// <summary>Opens the spool of this process, or makes it.</summary>
    /// <exception cref="IOException">The folder cannot be written to.</exception>
    public Spool(RecordsOptions options, TimeProvider clock)
        : this(options, SpoolFile.ToDisk, clock) { }

    internal Spool(RecordsOptions options, SpoolFile.Writing? write = null, TimeProvider? clock = null)
    {
        (folder, this.write, this.clock) = (options.SpoolIn, write ?? SpoolFile.ToDisk, clock ?? TimeProvider.System);
        OwnerOnly.MakeFolder(folder);
        SpoolPlace.Say(options.DataFolder, folder);
        reserve = new(folder, this.write);
        (own, file) = OpenOwn();
        Keep(file);
        TakeOver();
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

    /// <summary>
    /// The requests of one contact that wait, here and with other processes on this folder: those are looked at twice a second.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">Another process has written down what cannot be read.</exception>
    public IReadOnlyList<OptOutRequest> WaitingOf(string contact)
    {
        lock (gate)
        {
            if (othersAt is null || clock.GetElapsedTime(othersAt.Value) > LookAtOthers)
                (others, othersAt) = (Others(), clock.GetTimestamp());
            return waiting.Count == 0 && others.Count == 0 ? [] : [.. waiting.Concat(others).Where(request => request.Contact == contact)];
        }
    }

    /// <summary>True while an opt-out can be kept if the store does not take it: the disk has room, or some was set aside.</summary>
    public bool CanTake => !isRefused || reserve.IsThere;

    /// <summary>
    /// Finds out whether this disk takes anything now, and sets room aside again where it was used up. To be called now and then, and
    /// before saying that all is well.
    /// </summary>
    /// <returns>False when the disk refuses: what comes then lives on what was set aside.</returns>
    public bool Probe()
    {
        lock (gate)
            return !(isRefused = !reserve.Probe());
    }

    List<OptOutRequest> Others() => [.. FilesIn(folder).Where(path => path != own).SelectMany(SpoolFile.Look)];

    static IEnumerable<string> FilesIn(string folder) =>
        Directory.EnumerateFiles(folder, "opt-outs*.spool").Where(path => new FileInfo(path) is { Exists: true, Length: > 0 });

    /// <summary>
    /// What waits in a folder, read by a process that takes nothing over: a command beside a server, or after one that is gone.
    /// </summary>
    /// <param name="dataFolder">The folder of the store; a spool that was put elsewhere is found from it.</param>
    /// <exception cref="LedgerUnavailableException">Requests wait there that cannot be read now.</exception>
    public static IReadOnlyList<OptOutRequest> Read(string dataFolder) =>
        [.. SpoolPlace.Of(dataFolder).Where(Directory.Exists).SelectMany(FilesIn).SelectMany(SpoolFile.Look)];

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
            Append([request]);
            waiting.Add(request);
            written.Add(Timeless(request));
        }
    }

    /// <summary>
    /// Gives every waiting request to <paramref name="record"/>, oldest first, and forgets those it records. One that fails does not hold
    /// up the others, unless the store as a whole does not answer.
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

    /// <summary>Where the disk refuses, the room that was set aside is given up for it.</summary>
    void Append(IReadOnlyList<OptOutRequest> requests)
    {
        try
        {
            file.Append(requests);
        }
        catch (IOException)
        {
            isRefused = true;
            if (!reserve.GiveUp())
                throw;
            file.Append(requests);
        }
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
        foreach (var path in FilesIn(folder).Where(path => path != own))
        {
            using var left = SpoolFile.TryOpen(path, write);
            if (left is null)
                continue;
            lock (gate)
            {
                if (left.Requests.Count > 0)
                    Append(left.Requests);
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
            $"no file for opt-outs can be opened in {folder}: 64 others are in use by other processes, or the disk does not let them be "
                + "opened"
        );
    }

    static OptOutRequest Timeless(OptOutRequest request) => request with { At = default };
}
