using MaySend.Evidence.Ledger;
using MaySend.Mail.OptOut;
using MaySend.Server.Records;

namespace MaySend.Server.OptOut;

/// <summary>
/// The ring of opt-out keys: made on the first run, followed by a fresh key a week before the youngest stops issuing, read again when another process has added one. Losing the file
/// loses people's opt-outs: back it up with the store. Keys once known stay known until the process ends, whatever becomes of the file.
/// </summary>
public sealed partial class OptOutKeys(ServerOptions options, TimeProvider clock, ServerRecords records, ILogger<OptOutKeys> log) : IHostedService
{
    static readonly TimeSpan Ahead = TimeSpan.FromDays(7);
    static readonly TimeSpan BetweenTries = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    readonly OptOutKeyFile file = new(options.DataFolder);
    OptOutKeyRing? ring;
    OptOutKeyFile.Stamp? read;
    DateTimeOffset? lastTry;

    /// <summary>Reads the keys, or makes the first; without them the server does not start.</summary>
    /// <exception cref="LedgerKeyException">The file cannot be read, or it is missing although links have been issued.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        read = file.Look();
        ring = file.Read();
        // A file without keys is made on the first run only, unless somebody says by a comment in it that the keys are lost.
        if (ring is null && read is not { Length: > 0 } && (await records.ReadAsync(cancellationToken)).Scopes.Count > 0)
        {
            throw new LedgerKeyException(
                $"{file.Path} is missing or empty, but opt-out links have been issued from this store. Put it back from the backup, or copy it from another server on this store. "
                + "If it is lost for good, put a file with the single line `# lost` in its place: links in messages already sent will then not work.");
        }
        for (var tries = 0; ring is null || IsDue(ring); tries++)
        {
            if (file.Add(Next) is { } found) ring = found;
            else if (tries == 100) throw new LedgerKeyException($"another process has held the lock beside {file.Path} for ten seconds");
            else await Task.Delay(100, cancellationToken);
        }
        read = file.Look();
    }

    /// <inheritdoc />
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>The token of a link.</summary>
    public string Issue(OptOutToken token)
    {
        lock (gate)
        {
            if (IsDue(Ring) && (lastTry is not { } last || (clock.GetUtcNow() - last).Duration() >= BetweenTries)) Renew();
            return token.ToLink(Ring, clock);
        }
    }

    /// <summary>Reads a token; a forged one is false and nothing else.</summary>
    public bool TryRead(string text, out OptOutToken token)
    {
        if (OptOutToken.TryReadLink(text, Ring, out token)) return true;
        lock (gate)
        {
            if (file.Look() is not { } now || now == read) return false;
            read = now;
            Try(() => ring = With(file.Read()));
        }
        return OptOutToken.TryReadLink(text, Ring, out token);
    }

    OptOutKeyRing Ring => ring ?? throw new InvalidOperationException("opt-out keys are used before the server has started");

    void Renew()
    {
        // The key in use is good for a week more: a disk that is full or busy now does not stop messages.
        lastTry = clock.GetUtcNow();
        Try(() => ring = With(file.Add(Next)));
        read = file.Look();
    }

    void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is LedgerKeyException or IOException or UnauthorizedAccessException)
        {
            Unusable(file.Path, fault.GetType().Name);
        }
    }

    /// <summary>What the file holds and what is known already: an older copy put in its place takes no link away from anybody.</summary>
    OptOutKeyRing With(OptOutKeyRing? found) =>
        found is null ? Ring : new([.. Ring.Keys, .. found.Keys.Where(key => Ring.Keys.All(known => known.Id != key.Id))]);

    OptOutKey? Next(OptOutKeyRing? known)
    {
        if (known is null) return OptOutKey.Create(1, clock);
        if (!IsDue(known)) return null;
        // The number must be new to this process too, even where the file has lost a key.
        var all = ring is null ? known : With(known);
        return all.Rotate(clock).Keys.Single(key => all.Keys.All(other => other.Id != key.Id));
    }

    /// <summary>A key dated in the future, made while the clock was wrong, must not put off the next one.</summary>
    bool IsDue(OptOutKeyRing keys)
    {
        var now = clock.GetUtcNow();
        return keys.Keys.LastOrDefault(key => key.IssuesFrom <= now) is { } issuing && now + Ahead >= issuing.IssuesFrom + OptOutKeyRing.IssuingPeriod;
    }

    [LoggerMessage(LogLevel.Error, "{Path} cannot be read or added to ({Fault}): links already known work on; a fresh key is due")]
    partial void Unusable(string path, string fault);
}
