using MaySend.Evidence;
using MaySend.Mail.OptOut;

namespace MaySend.Records.OptOuts;

/// <summary>
/// The ring of opt-out keys. It is in the store, so that every server on it reads the links of all; a copy is in the data folder, for when
/// the store is down. A fresh key follows a week before the youngest stops issuing, and issues once it is in the store. Keys once known
/// stay known until the process ends, whatever becomes of either place.
/// </summary>
public sealed partial class OptOutKeys : IHostedService, IDisposable
{
    static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);

    // Links that nobody made cost the store five questions a second at most, however many they are.
    static readonly TimeSpan BetweenReadings = TimeSpan.FromMilliseconds(200);

    readonly RecordsOptions options;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly OptOutKeyRecords stored;
    readonly KnownOptOutKeys known;
    readonly SharedReading reading;
    readonly SemaphoreSlim exchange = new(1);
    long lastTry = long.MinValue;

    /// <summary>The ring of one store, with its copy in one folder.</summary>
    public OptOutKeys(RecordsOptions options, TimeProvider clock, ServerRecords records, ILogger<OptOutKeys> log)
    {
        (this.options, this.clock, this.log) = (options, clock, log);
        stored = new(records, clock);
        known = new(new(options.DataFolder), log);
        reading = new(BetweenReadings, () => RefreshAsync(CancellationToken.None));
    }

    /// <summary>
    /// Reads the keys of the store and those of the file, and gives each what only the other had; makes the first key where there is none.
    /// </summary>
    /// <exception cref="LedgerKeyException">The file cannot be read, or neither it nor the store has a key although links have been
    /// issued.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot answer, and there is no file.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var isLost = known.ReadFile() is not { Length: > 0 };
        try
        {
            known.Stored(await stored.ReadAsync(cancellationToken));
            // A file without keys in it is somebody's word that they are lost.
            if (known.Ring is null && isLost && await stored.HasIssuedAsync(cancellationToken))
            {
                throw new LedgerKeyException(
                    $"opt-out links have been issued from this store, but their keys are neither in it nor in {known.Path}. Put the file "
                        + "back from the backup, or start the server that has it first. "
                        + "If it is lost for good, put a file with the single line `# lost` in its place: links in messages already sent "
                        + "will then not work."
                );
            }
            await ExchangeAsync(cancellationToken);
            if (IsDue(known.Issuing))
                await AddFreshAsync(cancellationToken);
        }
        catch (LedgerUnavailableException fault) when (known.Ring is not null)
        {
            NotAsked(fault.GetType().Name);
        }
        known.WriteDown();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc />
    public void Dispose() => exchange.Dispose();

    /// <summary>The token of a link.</summary>
    /// <exception cref="LedgerUnavailableException">The store has not answered since the start: no key may issue yet.</exception>
    public async ValueTask<string> IssueAsync(OptOutToken token, CancellationToken cancellation = default) =>
        token.ToLink(await IssuingAsync(cancellation), clock);

    /// <summary>The local part of the mailto address that makes the same promise as a link.</summary>
    /// <exception cref="LedgerUnavailableException">The store has not answered since the start: no key may issue yet.</exception>
    public async ValueTask<string> IssueMailboxAsync(OptOutMailbox mailbox, CancellationToken cancellation = default) =>
        mailbox.ToLocalPart(Tenant, await IssuingAsync(cancellation), clock);

    /// <summary>One store is one tenant; the number is bound into every mailbox.</summary>
    public const uint Tenant = 0;

    /// <summary>Every key known here, to read a mail by that came back; learns first what the store and the file have.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot say whether there are others.</exception>
    public async ValueTask<OptOutKeyRing> AllAsync(CancellationToken cancellation = default)
    {
        await RefreshAsync(cancellation);
        return Ring;
    }

    async ValueTask<OptOutKeyRing> IssuingAsync(CancellationToken cancellation)
    {
        Learn();
        if (IsToBeTried())
            await RenewAsync(cancellation);
        return known.Issuing ?? throw new LedgerUnavailableException(UnavailableBecause.Unreachable, "no opt-out key is in the store yet");
    }

    /// <summary>
    /// Reads a token; a forged one is null and nothing else. One that no known key fits is looked for in the store once more, and in the
    /// file.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">No known key fits, and the store cannot say whether there is another.</exception>
    public ValueTask<OptOutToken?> ReadAsync(string text) =>
        FindAsync(ring => OptOutToken.TryReadLink(text, ring, out var token) ? token : null, OptOutToken.HasLinkForm(text));

    /// <summary>The undo of a page, under a key that every server on the store has or finds there.</summary>
    public string Seal(OptOutUndo undo) => undo.ToProof(known.Issuing ?? Ring);

    /// <summary>Reads the undo of a page, of whichever server; a forged one is null and nothing else.</summary>
    /// <exception cref="LedgerUnavailableException">No known key fits, and the store cannot say whether there is another.</exception>
    public ValueTask<OptOutUndo?> ReadUndoAsync(string proof) => FindAsync(ring => OptOutUndo.Read(proof, ring), isWorthAsking: true);

    /// <summary>A note for a link that only servers of this store can read.</summary>
    public string Seal(NotePurpose purpose, IReadOnlyList<string> words) => SealedNote.Seal(known.Issuing ?? Ring, purpose, words);

    /// <summary>Reads a note, of whichever server; a forged one is null and nothing else.</summary>
    /// <exception cref="LedgerUnavailableException">No known key fits, and the store cannot say whether there is another.</exception>
    public ValueTask<IReadOnlyList<string>?> ReadNoteAsync(NotePurpose purpose, string note) =>
        FindAsync(ring => SealedNote.Read(note, purpose, ring), isWorthAsking: note.Length is > 60 and < 4000);

    OptOutKeyRing Ring => known.Ring ?? throw new InvalidOperationException("opt-out keys are used before the server has started");

    async ValueTask<T?> FindAsync<T>(Func<OptOutKeyRing, T?> read, bool isWorthAsking)
        where T : class
    {
        Learn();
        if (read(Ring) is { } found)
            return found;
        if (!isWorthAsking)
            return null;
        Exception? unanswered = null;
        try
        {
            await reading.NextAsync().WaitAsync(options.OptOutPatience, clock);
        }
        catch (Exception fault)
        {
            unanswered = fault;
        }
        if (read(Ring) is { } later)
            return later;
        known.ReadFileAgain();
        if (read(Ring) is { } last)
            return last;
        return unanswered is null
            ? null
            : throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                "this server does not know the key of an opt-out link, and the store cannot be asked for it",
                unanswered
            );
    }

    /// <summary>Learns what other servers on the store, and other processes on the folder, have added.</summary>
    /// <exception cref="LedgerUnavailableException">The store cannot answer.</exception>
    public async Task RefreshAsync(CancellationToken cancellation)
    {
        await exchange.WaitAsync(cancellation);
        try
        {
            known.ReadFileAgain();
            known.Stored(await stored.ReadAsync(cancellation));
            await ExchangeAsync(cancellation);
        }
        finally
        {
            known.WriteDown();
            exchange.Release();
        }
    }

    /// <summary>What other work of this process has read from the store meanwhile costs nothing.</summary>
    void Learn()
    {
        if (known.Stored(stored.LastRead))
            known.WriteDown();
    }

    /// <summary>
    /// Puts into the store what only the file had: the keys of an installation from before the ring was in the store, or of a store
    /// restored from an older backup.
    /// </summary>
    async Task ExchangeAsync(CancellationToken cancellation)
    {
        if (known.NotStored is { Count: > 0 } missing)
            known.Stored(await stored.AddAsync(missing, cancellation));
    }

    async Task AddFreshAsync(CancellationToken cancellation)
    {
        // Where another process was first, its key is not due. Only one whose clock stands wrong makes keys that do not help.
        for (var tries = 0; tries < 16 && IsDue(known.Issuing); tries++)
            known.Stored(await stored.AddFreshAsync(known.Ring, cancellation));
    }

    async Task RenewAsync(CancellationToken cancellation)
    {
        await exchange.WaitAsync(cancellation);
        try
        {
            if (!IsToBeTried())
                return;
            Volatile.Write(ref lastTry, clock.GetUtcNow().UtcTicks);
            known.Stored(await stored.ReadAsync(cancellation));
            await ExchangeAsync(cancellation);
            await AddFreshAsync(cancellation);
        }
        catch (Exception fault) when (known.Issuing is not null && fault is not OperationCanceledException)
        {
            // The key in use is good for a week more: a store that is full or busy now does not stop messages.
            NotAsked(fault.GetType().Name);
        }
        finally
        {
            known.WriteDown();
            exchange.Release();
        }
    }

    /// <summary>Where no key may issue at all there is nothing to go on with meanwhile, and each asks.</summary>
    bool IsToBeTried() =>
        IsDue(known.Issuing)
        && (known.Issuing is null || Math.Abs((double)clock.GetUtcNow().UtcTicks - Volatile.Read(ref lastTry)) >= BetweenTries.Ticks);

    /// <summary>A key dated in the future, made while the clock was wrong, must not put off the next one.</summary>
    bool IsDue(OptOutKeyRing? ring)
    {
        if (ring is null)
            return true;
        var now = clock.GetUtcNow();
        return ring.Keys.LastOrDefault(key => key.IssuesFrom <= now) is { } issuing
            && now + Ahead >= issuing.IssuesFrom + OptOutKeyRing.IssuingPeriod;
    }

    [LoggerMessage(
        LogLevel.Error,
        "the store could not be asked for opt-out keys ({Fault}): links with keys already known still work; a new key may be due"
    )]
    partial void NotAsked(string fault);
}
