using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;
using System.Threading.Channels;

namespace MaySend.Records.Screenings;

/// <summary>
/// The screenings of this machine: each in a folder of its own with <c>run.json</c>, what was uploaded until it is read, and its verdict
/// files. They are personal
/// data, so they go after <see cref="RecordsOptions.KeepScreenings"/>.
/// </summary>
public sealed class ScreeningRuns
{
    /// <summary>The lists that a screening may have, by their names without <c>.csv</c>.</summary>
    public static readonly IReadOnlyList<string> Lists = ["permitted", "refused", "not-shown", "undeliverable", "call-times"];

    const string RunFile = "run.json";

    readonly RecordsOptions options;
    readonly TimeProvider clock;
    readonly ConcurrentDictionary<string, ScreeningRun> runs = new(StringComparer.Ordinal);
    readonly Channel<string> waiting = Channel.CreateBounded<string>(20);

    /// <summary>Finds the screenings of earlier runs of this program; one that was under way ended with it.</summary>
    public ScreeningRuns(RecordsOptions options, TimeProvider clock)
    {
        (this.options, this.clock) = (options, clock);
        Directory.CreateDirectory(options.Screenings);
        foreach (
            var path in Directory
                .EnumerateDirectories(options.Screenings)
                .Select(folder => Path.Combine(folder, RunFile))
                .Where(File.Exists)
        )
        {
            if (JsonSerializer.Deserialize<ScreeningRun>(File.ReadAllBytes(path)) is not { } run)
                continue;
            runs[run.Id] = run.State is ScreeningState.Done or ScreeningState.Failed
                ? run
                : run with
                {
                    State = ScreeningState.Failed,
                    Problems = ["the program was stopped before it was done; ask again"],
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
        Directory.CreateDirectory(UploadFolder(run));
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

    /// <summary>Notes how far one is; on disk only when its state changes.</summary>
    public void Set(ScreeningRun run)
    {
        var before = runs.GetValueOrDefault(run.Id);
        runs[run.Id] = run;
        if (before?.State != run.State)
            File.WriteAllBytes(Path.Combine(Folder(run), RunFile), JsonSerializer.SerializeToUtf8Bytes(run));
    }

    /// <summary>Deletes one with its files.</summary>
    public void Remove(ScreeningRun run)
    {
        runs.TryRemove(run.Id, out _);
        if (Directory.Exists(Folder(run)))
            Directory.Delete(Folder(run), recursive: true);
    }

    /// <summary>Deletes those kept for long enough.</summary>
    public void Forget()
    {
        foreach (
            var run in All.Where(run =>
                run.State is ScreeningState.Done or ScreeningState.Failed && clock.GetUtcNow() - run.AskedAt > options.KeepScreenings
            )
        )
            Remove(run);
    }
}
