using System.Collections.Concurrent;
using System.Collections.Immutable;
using MaySend.Evidence;
using Microsoft.Data.Sqlite;

namespace MaySend.Records.Auditing;

/// <summary>
/// Who was shown whose data, when and through which door, and who was not let. A door writes its line before it shows anything and waits
/// until it is on disk; lines of requests that come at the same time share one write. Where the line cannot be written nothing is shown
/// (docs/decisions/0014). Lines are kept for <see cref="KeptFor"/>.
/// </summary>
public sealed class AuditTrail(string folder, TimeProvider clock) : IDisposable
{
    const int MostRepeats = 4096;

    /// <summary>How long a line is kept; of refusals the last 10,000 at most.</summary>
    public static TimeSpan KeptFor => AuditFile.KeptFor;

    static readonly TimeSpan Sweep = TimeSpan.FromHours(1);
    static readonly TimeSpan Repeat = TimeSpan.FromMinutes(1);

    readonly Lazy<AuditFile> file = new(() => new AuditFile(folder), LazyThreadSafetyMode.PublicationOnly);
    readonly ConcurrentQueue<Waiting> waiting = new();
    readonly SemaphoreSlim writing = new(1, 1);
    readonly ConcurrentDictionary<string, DateTimeOffset> denied = new(StringComparer.Ordinal);
    DateTimeOffset? swept;

    /// <summary>One line of a door that waits for it.</summary>
    sealed record Waiting(Viewing Viewing, TaskCompletionSource Written);

    /// <summary>Writes down that somebody is about to be shown something.</summary>
    /// <param name="who">The account, key or user.</param>
    /// <param name="door">One of <see cref="Doors"/>.</param>
    /// <param name="what">One of <see cref="Viewed"/>.</param>
    /// <param name="contacts">Whom, as far as they are on record.</param>
    /// <param name="people">How many people; as many as contacts when null.</param>
    /// <param name="about">Which list, screening or message; never an address.</param>
    /// <param name="from">The network address.</param>
    /// <exception cref="LedgerUnavailableException">It could not be written, so nothing may be shown.</exception>
    public Task ShownAsync(
        string who,
        string door,
        string what,
        IEnumerable<ContactId>? contacts = null,
        int? people = null,
        string about = "",
        string from = ""
    )
    {
        ImmutableArray<ContactId> named = [.. (contacts ?? []).Distinct()];
        return WriteAsync(
            new(clock.GetUtcNow(), who, door, what)
            {
                Contacts = named.Length <= Viewing.MostNamed ? named : [],
                People = people ?? named.Length,
                About = about,
                From = from,
            }
        );
    }

    /// <summary>
    /// Writes down that somebody was not let. The same within a minute is one line. A refusal that cannot be written down is one all the
    /// same.
    /// </summary>
    /// <returns>False where it could not be written down.</returns>
    public async Task<bool> DeniedAsync(string who, string door, string tried, string from)
    {
        var now = clock.GetUtcNow();
        var same = $"{who}\n{door}\n{tried}\n{from}";
        if (denied.TryGetValue(same, out var last) && now - last < Repeat)
            return true;
        if (denied.Count >= MostRepeats)
            denied.Clear();
        denied[same] = now;
        try
        {
            await WriteAsync(new(now, who, door, tried) { From = from, IsDenied = true });
            return true;
        }
        catch (LedgerUnavailableException)
        {
            return false;
        }
    }

    /// <summary>The latest lines, the newest first.</summary>
    /// <param name="of">Those that name this contact; all when null.</param>
    /// <param name="since">Not before then; all when null.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="LedgerUnavailableException">The file cannot be read.</exception>
    public IReadOnlyList<Viewing> Latest(ContactId? of = null, DateTimeOffset? since = null, int most = 200)
    {
        try
        {
            return file.Value.Latest(of, since, most);
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            throw Unavailable(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => writing.Dispose();

    async Task WriteAsync(Viewing viewing)
    {
        var mine = new Waiting(viewing, new(TaskCreationOptions.RunContinuationsAsynchronously));
        waiting.Enqueue(mine);
        // Whoever comes first writes for everybody who waits by then; the others find theirs done.
        await writing.WaitAsync();
        try
        {
            WriteWhatWaits();
        }
        finally
        {
            writing.Release();
        }
        await mine.Written.Task;
    }

    void WriteWhatWaits()
    {
        var lines = new List<Waiting>();
        while (waiting.TryDequeue(out var one))
            lines.Add(one);
        if (lines.Count == 0)
            return;
        try
        {
            file.Value.Add([.. lines.Select(line => line.Viewing)]);
        }
        catch (Exception fault)
        {
            // Each of them waits for its own line: a fault of any kind is told to all.
            foreach (var line in lines)
                line.Written.SetException(IsOfTheDisk(fault) ? Unavailable(fault) : fault);
            return;
        }
        foreach (var line in lines)
            line.Written.SetResult();
        ForgetAfterTime();
    }

    void ForgetAfterTime()
    {
        var now = clock.GetUtcNow();
        if (swept is { } last && now - last < Sweep)
            return;
        swept = now;
        try
        {
            file.Value.Forget(now);
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            // The line itself is on disk; the next hour tries again.
        }
    }

    static bool IsOfTheDisk(Exception fault) => fault is SqliteException or IOException or UnauthorizedAccessException;

    static LedgerUnavailableException Unavailable(Exception fault) =>
        new(
            fault is SqliteException { SqliteErrorCode: Full } ? UnavailableBecause.Full
                : fault is SqliteException { SqliteErrorCode: Busy } ? UnavailableBecause.Busy
                : UnavailableBecause.Unreachable,
            $"{AuditFile.Name}, where it is written down who looks at whose data, cannot be written or read; nothing is shown without it",
            fault
        );

    // SQLite's own numbers (sqlite.org/rescode.html).
    const int Busy = 5,
        Full = 13;
}
