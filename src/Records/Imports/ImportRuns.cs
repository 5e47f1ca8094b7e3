using System.Collections.Concurrent;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Store;
using MaySend.Reading;
using MaySend.Records.Start;

namespace MaySend.Records.Imports;

/// <summary>
/// Reads and records files in the background, two at a time: a page shows how far each is, and closing it stops nothing. One file has one
/// run at a time.
/// </summary>
public sealed partial class ImportRuns(StagedImports staged, EvidenceStore store, TimeProvider clock, ILogger<ImportRuns> log)
    : IAsyncDisposable
{
    /// <summary>How long what came of a run is told.</summary>
    static readonly TimeSpan Told = TimeSpan.FromHours(1);

    readonly ConcurrentDictionary<string, ImportRun> runs = new(StringComparer.Ordinal);
    readonly CancellationTokenSource server = new();
    readonly Lock beginning = new();

    /// <summary>The run of a file; null where there is none.</summary>
    public ImportRun? Find(string file)
    {
        foreach (var (id, run) in runs.Where(pair => clock.GetUtcNow() - pair.Value.EndedAt > Told))
            runs.TryRemove(KeyValuePair.Create(id, run));
        return runs.GetValueOrDefault(file);
    }

    /// <summary>
    /// Looks at a file as it is to be read. What is under way goes on, and a look that ended not long ago stands where the file was read
    /// the same way: what is on record may have changed since.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="choices">Names the way in which it is read.</param>
    /// <param name="options">That way.</param>
    /// <param name="reused">How long ago a look may have ended to stand.</param>
    public ImportRun Look(StagedImport file, string choices, ImportOptions options, TimeSpan reused)
    {
        lock (beginning)
        {
            return Find(file.Id) is { } known && (known.IsRecording ? !known.IsDone : Stands(known, choices, reused))
                ? known
                : Begin(file, choices, isRecording: false, run => MakeAsync(file, options, run));
        }
    }

    bool Stands(ImportRun look, string choices, TimeSpan reused) =>
        look.Choices == choices
        && look is { IsStopped: false, IsBroken: false }
        && (look.EndedAt is not { } ended || clock.GetUtcNow() - ended < reused);

    /// <summary>
    /// Records a file that was looked at; it is gone once it is on record to the end. Null while it is being recorded already.
    /// </summary>
    /// <param name="file">The file.</param>
    /// <param name="choices">Names the way in which it is read.</param>
    /// <param name="options">That way.</param>
    /// <param name="seen">What whoever records it has seen that it would do.</param>
    /// <param name="by">Who records it.</param>
    public ImportRun? Record(StagedImport file, string choices, ImportOptions options, ImportSummary seen, Actor by)
    {
        lock (beginning)
        {
            if (Find(file.Id) is { IsRecording: true, IsDone: false })
                return null;
            return Begin(
                file,
                choices,
                isRecording: true,
                async run =>
                {
                    // The store goes on while somebody looks: what is recorded is worked out anew.
                    await MakeAsync(file, options, run);
                    var now = run.Plan!.Summary;
                    if (now.Revived > 0 || !now.Questions.IsEmpty || now.NewlyStopped > seen.NewlyStopped)
                    {
                        run.HasChanged = true;
                        return;
                    }
                    run.Outcome = await run.Plan.ApplyAsync(by, run, run.Stopping);
                    staged.Discard(file.Id);
                }
            );
        }
    }

    /// <summary>Waits for a run to end, for a while.</summary>
    /// <param name="run">The run.</param>
    /// <param name="patience">How long.</param>
    /// <param name="cancellation">Stops the wait, not the run.</param>
    public async Task WaitAsync(ImportRun run, TimeSpan patience, CancellationToken cancellation = default)
    {
        try
        {
            await run.Work.WaitAsync(patience, clock, cancellation);
        }
        catch (TimeoutException)
        {
            // It goes on.
        }
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await server.CancelAsync();
        await Task.WhenAll(runs.Values.Select(run => run.Work));
        server.Dispose();
    }

    ImportRun Begin(StagedImport file, string choices, bool isRecording, Func<ImportRun, Task> work)
    {
        var run = new ImportRun(file, choices, isRecording, clock, server.Token);
        run.Work = Task.Run(() => RunAsync(run, work), CancellationToken.None);
        return runs[file.Id] = run;
    }

    /// <summary>The work itself; it never throws, and says in the run how it ended.</summary>
    async Task RunAsync(ImportRun run, Func<ImportRun, Task> work)
    {
        try
        {
            await staged.ReadAsync(
                async () =>
                {
                    await work(run);
                    return true;
                },
                run.Stopping
            );
        }
        catch (OperationCanceledException) when (run.Stopping.IsCancellationRequested)
        {
            run.IsStopped = true;
        }
        catch (BadInputException bad)
        {
            run.Problems = [.. bad.Problems];
        }
        catch (Exception fault)
        {
            // Whatever it was, nothing more of the file is recorded; the entries written so far are whole.
            Broke(fault.GetType().Name, fault.StackTrace ?? "");
            run.IsBroken = true;
        }
        finally
        {
            run.End();
        }
    }

    // The message of a fault may quote a row.
    [LoggerMessage(LogLevel.Error, "a file could not be read or recorded: fault {Type} at {Place}")]
    partial void Broke(string type, string place);

    async Task MakeAsync(StagedImport file, ImportOptions options, ImportRun run)
    {
        var path = staged.PathOf(file);
        run.Header = [.. ImportSource.HeaderOf(path, options).Where(name => name.Length is > 0 and < 200 && !name.Any(char.IsControl))];
        var proposal = StartIntake.Propose(path, options with { SetsAsideBadRows = true });
        run.Proposed = proposal.Proposed;
        // Rows that cannot be read stop the file unless somebody chose to leave them out.
        var source = ImportSource.Open(path, proposal.Options with { SetsAsideBadRows = options.SetsAsideBadRows });
        run.Plan = await ImportPlan.MakeAsync(store, source, run, run.Stopping);
    }
}
