using MaySend.Evidence.Import;
using MaySend.Reading;

namespace MaySend.Records.Imports;

/// <summary>
/// A file being read or recorded in the background: how far it is, how fast it goes, and what came of it. Safe for many threads.
/// </summary>
public sealed class ImportRun : IProgress<ImportProgress>
{
    readonly TimeProvider clock;
    readonly CancellationTokenSource stopping;
    readonly Lock ending = new();
    bool hasEnded;
    Pace? pace;

    sealed record Pace(ImportProgress At, ImportProgress First, DateTimeOffset Since, DateTimeOffset Last);

    internal ImportRun(StagedImport file, string choices, bool isRecording, TimeProvider clock, CancellationToken server)
    {
        (File, Choices, IsRecording, this.clock) = (file, choices, isRecording, clock);
        BegunAt = clock.GetUtcNow();
        stopping = CancellationTokenSource.CreateLinkedTokenSource(server);
        Stopping = stopping.Token;
    }

    /// <summary>The file, as it was brought.</summary>
    public StagedImport File { get; }

    /// <summary>Names the choices it is read with.</summary>
    public string Choices { get; }

    /// <summary>True where it is recorded, false where it is only looked at.</summary>
    public bool IsRecording { get; }

    /// <summary>When it began.</summary>
    public DateTimeOffset BegunAt { get; }

    /// <summary>When it ended; null until then.</summary>
    public DateTimeOffset? EndedAt { get; private set; }

    /// <summary>How far it is; null until the first rows are read, and while it waits for its turn.</summary>
    public ImportProgress? Progress => Volatile.Read(ref pace)?.At;

    /// <summary>Rows a second in this phase; null while too few are done to say.</summary>
    public double? RowsPerSecond =>
        Volatile.Read(ref pace) is { } now && now.At.Rows > now.First.Rows && now.Last > now.Since
            ? (now.At.Rows - now.First.Rows) / (now.Last - now.Since).TotalSeconds
            : null;

    /// <summary>How long this phase still takes at that rate; null where nobody can say.</summary>
    public TimeSpan? Left =>
        RowsPerSecond is > 0 and var rate && Progress is { Total: { } total } at
            ? TimeSpan.FromSeconds(Math.Max(0, total - at.Rows) / rate)
            : null;

    /// <summary>True once it ended, whichever way.</summary>
    public bool IsDone => Work.IsCompleted;

    /// <summary>What it would do, where it was looked at and can be read.</summary>
    public ImportPlan? Plan { get; internal set; }

    /// <summary>The names of its columns; empty until they were read, and where they cannot be.</summary>
    public IReadOnlyList<string> Header { get; internal set; } = [];

    /// <summary>What was supposed about it where nobody said.</summary>
    public IReadOnlyList<string> Proposed { get; internal set; } = [];

    /// <summary>What was recorded; null where it was not, or not to the end.</summary>
    public ImportOutcome? Outcome { get; internal set; }

    /// <summary>Why it ended without that.</summary>
    public IReadOnlyList<Problem> Problems { get; internal set; } = [];

    /// <summary>True where more people would be stopped than whoever agreed had seen: nothing was recorded.</summary>
    public bool HasChanged { get; internal set; }

    /// <summary>True where somebody stopped it, or the server was stopped: what was recorded until then is on record.</summary>
    public bool IsStopped { get; internal set; }

    /// <summary>True where the store or the disk failed it.</summary>
    public bool IsBroken { get; internal set; }

    /// <summary>Ends it between two batches.</summary>
    public void Stop()
    {
        lock (ending)
            if (!hasEnded)
                stopping.Cancel();
    }

    internal void End()
    {
        lock (ending)
        {
            hasEnded = true;
            EndedAt = clock.GetUtcNow();
            stopping.Dispose();
        }
    }

    /// <inheritdoc />
    public void Report(ImportProgress value)
    {
        var now = clock.GetUtcNow();
        var before = Volatile.Read(ref pace);
        Volatile.Write(
            ref pace,
            before is null || before.At.Phase != value.Phase ? new(value, value, now, now) : before with { At = value, Last = now }
        );
    }

    internal Task Work { get; set; } = Task.CompletedTask;

    internal CancellationToken Stopping { get; }
}
