using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Records.Screenings;

/// <summary>
/// The screenings of this machine: each in a folder of its own with <c>run.json</c>, what was uploaded until it is read, and its verdict
/// files. They are personal data, so they go after <see cref="RecordsOptions.KeepScreenings"/>.
/// </summary>
public sealed class ScreeningRuns
{
    /// <summary>The lists that a screening may have, by their names without <c>.csv</c>.</summary>
    public static readonly IReadOnlyList<string> Lists = ["permitted", "refused", "not-shown", "undeliverable", "call-times", "fridays"];

    const string RunFile = "run.json";

    readonly RecordsOptions options;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, ScreeningRun> runs = new(StringComparer.Ordinal);
    readonly Dictionary<string, CancellationTokenSource> underWay = new(StringComparer.Ordinal);
    readonly Dictionary<string, HashSet<Address>> erasedMeanwhile = new(StringComparer.Ordinal);
    readonly Lock alone = new();
    readonly Channel<string> waiting = Channel.CreateBounded<string>(20);

    /// <summary>Finds the screenings of earlier runs of this program; one that was under way ended with it.</summary>
    public ScreeningRuns(RecordsOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        OwnerOnly.MakeFolder(options.Screenings);
        OwnerOnly.CloseTree(options.Screenings);
        foreach (
            var path in Directory
                .EnumerateDirectories(options.Screenings)
                .Select(folder => Path.Combine(folder, RunFile))
                .Where(File.Exists)
        )
        {
            if (JsonSerializer.Deserialize<ScreeningRun>(File.ReadAllBytes(path)) is not { } run)
                continue;
            // Its files stay until they are old: another program, such as one for assistants, may be at it in the same folder.
            runs[run.Id] = run.IsOver
                ? run
                : run with
                {
                    State = ScreeningState.Failed,
                    Problems = ["the program was stopped before the screening finished; start it again"],
                };
        }
    }

    /// <summary>What is to be done, in order of asking.</summary>
    public ChannelReader<string> Waiting => waiting.Reader;

    /// <summary>Everything kept, the newest first.</summary>
    public IReadOnlyList<ScreeningRun> All => [.. runs.Values.OrderByDescending(run => run.AskedAt)];

    /// <summary>The last screening of each campaign that came to a result, the newest first.</summary>
    public IReadOnlyList<ScreeningRun> LastOfEachCampaign =>
        [.. All.Where(run => run.Result is not null).DistinctBy(run => run.Campaign, StringComparer.Ordinal)];

    /// <summary>One by its id.</summary>
    public ScreeningRun? Find(string id) => runs.GetValueOrDefault(id);

    /// <summary>The folder of a screening; only ids that are known have one.</summary>
    public string Folder(ScreeningRun run) => Path.Combine(options.Screenings, run.Id);

    /// <summary>The lists of a screening that is done.</summary>
    public IReadOnlyList<string> ListsOf(ScreeningRun run) =>
        run.State == ScreeningState.Done ? [.. Lists.Where(list => File.Exists(Path.Combine(Folder(run), $"{list}.csv")))] : [];

    /// <summary>The folder into which its files are uploaded.</summary>
    public string UploadFolder(ScreeningRun run) => Path.Combine(Folder(run), "upload");

    /// <summary>False while those that are kept take as much of the disk as they may.</summary>
    public bool HasRoom
    {
        get
        {
            Forget();
            return RoomTaken.By(options.Screenings) < options.GreatestScreenings;
        }
    }

    /// <summary>A new one with its folder, not yet asked for.</summary>
    public ScreeningRun Prepare(string by, string campaign, DateOnly? day, string audience, bool isUploaded)
    {
        Forget();
        var run = new ScreeningRun
        {
            Id = RandomNumberGenerator.GetHexString(32, lowercase: true),
            By = by,
            AskedAt = clock.GetUtcNow(),
            Campaign = campaign,
            Day = day,
            Audience = audience,
            IsUploaded = isUploaded,
        };
        OwnerOnly.MakeFolder(UploadFolder(run));
        return run;
    }

    /// <summary>Puts a prepared one in the queue; false when too many wait.</summary>
    public bool Ask(ScreeningRun run)
    {
        Set(run);
        if (waiting.Writer.TryWrite(run.Id))
            return true;
        Remove(run);
        return false;
    }

    /// <summary>
    /// Begins one that waits; null where there is none any more, or somebody stopped it while it waited, or the disk does not take it.
    /// </summary>
    /// <param name="id">Which.</param>
    /// <param name="stopping">Ends it with the program.</param>
    internal (ScreeningRun Run, CancellationTokenSource Stop)? Begin(string id, CancellationToken stopping)
    {
        lock (alone)
        {
            if (Find(id) is not { State: ScreeningState.Waiting } run)
                return null;
            var stop = underWay[id] = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            run = run with { State = ScreeningState.Running, Stage = "reading", StageBegan = clock.GetUtcNow() };
            return Kept(run, () => Set(run)) ? (run, stop) : null;
        }
    }

    /// <summary>Says that one that was begun is over, once nothing of it is written any more: what is over may be deleted.</summary>
    internal void End(ScreeningRun run)
    {
        lock (alone)
            Kept(
                run,
                () =>
                {
                    LetGo(run);
                    Set(run);
                }
            );
    }

    /// <summary>
    /// False where the disk does not take it, full or closed: then it has failed for as long as the program runs, and its files go, so that
    /// nobody is permitted by what may be half of it and nobody who was erased meanwhile stays on a list. The program goes on.
    /// </summary>
    bool Kept(ScreeningRun run, Action keep)
    {
        try
        {
            keep();
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            if (underWay.Remove(run.Id, out var stop))
                stop.Dispose();
            erasedMeanwhile.Remove(run.Id);
            runs[run.Id] = run with
            {
                State = ScreeningState.Failed,
                Result = null,
                InWeeks = null,
                Problems = [$"the screening could not be kept: {fault.Message}"],
            };
            try
            {
                if (Directory.Exists(Folder(run)))
                    Directory.Delete(Folder(run), recursive: true);
            }
            catch (Exception again) when (again is IOException or UnauthorizedAccessException)
            {
                // Its lists are not given out: only one that is done has any.
            }
            return false;
        }
    }

    /// <summary>
    /// Lets go of one that was begun: what was uploaded goes, and from its lists whoever was erased while they were written.
    /// </summary>
    internal void LetGo(ScreeningRun run)
    {
        lock (alone)
        {
            if (!underWay.Remove(run.Id, out var stop))
                return;
            stop.Dispose();
            DropUpload(run);
            if (erasedMeanwhile.Remove(run.Id, out var addresses))
                ScreeningLists.Forget(Folder(run), addresses);
        }
    }

    void DropUpload(ScreeningRun run)
    {
        if (Directory.Exists(UploadFolder(run)))
            Directory.Delete(UploadFolder(run), recursive: true);
    }

    /// <summary>Stops one that waits or is under way; its files are never written. False where it is over already.</summary>
    /// <param name="id">Which.</param>
    /// <param name="by">Who stops it.</param>
    public bool Cancel(string id, string by)
    {
        lock (alone)
        {
            if (Find(id) is not { IsOver: false } run)
                return false;
            if (underWay.TryGetValue(id, out var stop))
            {
                // The worker says that it is over once it has let go of it.
                runs[id] = run with
                {
                    StoppedBy = by,
                };
                stop.Cancel();
            }
            else
            {
                DropUpload(run);
                Set(run.Stopped(by));
            }
            return true;
        }
    }

    /// <summary>Notes how far one is that is under way.</summary>
    internal void Advance(string id, string stage, long done, long? total)
    {
        lock (alone)
            if (Find(id) is { State: ScreeningState.Running } run)
                runs[id] = run with
                {
                    StageBegan = run.Stage == stage ? run.StageBegan : clock.GetUtcNow(),
                    Stage = stage,
                    Done = done,
                    Total = total,
                };
    }

    /// <summary>Notes how far one is; on disk only when its state changes, and there before anybody reads of it.</summary>
    public void Set(ScreeningRun run)
    {
        lock (alone)
        {
            if (runs.GetValueOrDefault(run.Id)?.State != run.State)
            {
                OwnerOnly.WriteText(Path.Combine(Folder(run), RunFile), JsonSerializer.Serialize(run));
                OwnerOnly.CloseTree(Folder(run));
            }
            runs[run.Id] = run;
        }
    }

    /// <summary>Deletes one with its files.</summary>
    public void Remove(ScreeningRun run)
    {
        lock (alone)
        {
            runs.TryRemove(run.Id, out _);
            if (Directory.Exists(Folder(run)))
                Directory.Delete(Folder(run), recursive: true);
        }
    }

    /// <summary>
    /// Takes a person out of every list: an erasure reaches these copies too, and those that are being written once they are.
    /// </summary>
    /// <returns>How many rows were taken out of the lists that are done.</returns>
    public int Forget(IReadOnlyCollection<Address> addresses)
    {
        lock (alone)
        {
            foreach (var id in underWay.Keys)
                erasedMeanwhile[id] = [.. erasedMeanwhile.GetValueOrDefault(id) ?? [], .. addresses];
            return All.Where(run => !underWay.ContainsKey(run.Id)).Sum(run => ScreeningLists.Forget(Folder(run), addresses));
        }
    }

    /// <summary>Deletes those kept for long enough.</summary>
    public void Forget()
    {
        foreach (var run in All.Where(run => run.IsOver && clock.GetUtcNow() - run.AskedAt > options.KeepScreenings))
            Remove(run);
    }
}
