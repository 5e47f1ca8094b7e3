using System.Collections.Immutable;
using System.Security.Cryptography;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>How <c>inbound.json</c> stands.</summary>
/// <param name="Sources">What it says of each source; empty where it cannot be read.</param>
/// <param name="State">Names what the file holds, to tell whether it changed. It is shown to nobody: the file holds secrets.</param>
/// <param name="Faults">Why it cannot be read, or is not in force; empty where it is.</param>
public sealed record InboundStanding(IReadOnlyDictionary<string, InboundSource> Sources, string State, IReadOnlyList<string> Faults)
{
    /// <summary>What it says of one source; null where it says nothing.</summary>
    public InboundSource? Of(string name) => Sources.GetValueOrDefault(name);
}

/// <summary>What became of a change.</summary>
public enum InboundOutcome
{
    /// <summary>It is made, and in force.</summary>
    Changed,

    /// <summary>There was nothing to change.</summary>
    Same,

    /// <summary>The file has changed since it was looked at; nothing was written.</summary>
    Meanwhile,

    /// <summary>It would be wrong; nothing was written.</summary>
    Wrong,

    /// <summary>The file or its folder does not take it; nothing was written.</summary>
    NotWritten,
}

/// <summary>What became of a change, with what is wrong or what it altered.</summary>
public sealed record InboundResult(InboundOutcome Outcome, IReadOnlyList<SourceProblem> Problems, IReadOnlyList<InboundChange> Changes);

/// <summary>
/// Changes <c>inbound.json</c> for people who do not edit files. A change is checked as the server reads the file, put on record (who,
/// when, what; never a secret), written whole or not at all, and in force at once. Whoever has not seen the file as it is changes nothing.
/// </summary>
public sealed class InboundDesk(InboundHooks hooks, EvidenceStore store, ServerRecords records, RecordsOptions options, TimeProvider clock)
    : IDisposable
{
    const string LockName = InboundFile.FileName + ".lock";
    const string Draft = InboundFile.FileName + ".draft";
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Every platform that can be listened to, by name.</summary>
    public static IReadOnlyList<string> Platforms => InboundFile.Platforms;

    readonly SemaphoreSlim one = new(1, 1);

    string FilePath => hooks.File;

    /// <summary>How the file stands now.</summary>
    public InboundStanding Read()
    {
        string state = "";
        try
        {
            var octets = InboundFile.Octets(FilePath);
            state = StateOf(octets);
            return new(octets is null ? ImmutableDictionary<string, InboundSource>.Empty : Sources(octets), state, hooks.Faults);
        }
        catch (BadInputException bad)
        {
            return new(ImmutableDictionary<string, InboundSource>.Empty, state, [.. bad.Problems.Select(problem => problem.ToString())]);
        }
    }

    /// <summary>What was changed here, the latest first.</summary>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot answer.</exception>
    public async ValueTask<IReadOnlyList<InboundSettingsChanged>> HistoryAsync(CancellationToken cancellation = default) =>
        (await records.ReadAsync(cancellation)).InboundChanges.Reverse();

    /// <summary>Everything that is wrong with what shall be said of a source.</summary>
    /// <param name="name">A platform, or <see cref="InboundSource.Mail"/>.</param>
    /// <param name="before">What the file says of it; null for nothing.</param>
    /// <param name="after">What shall be said.</param>
    /// <param name="hasSecret">True where the mailbox's password or token was typed anew.</param>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot say which senders there are.</exception>
    public async ValueTask<IReadOnlyList<SourceProblem>> ProblemsAsync(
        string name,
        InboundSource? before,
        InboundSource after,
        bool hasSecret
    )
    {
        var known = (await store.ControllerAsync()).Names;
        // A password goes to the server it was typed for and to no other that somebody names later.
        var isOwed = !hasSecret && after.Imap is not null && InboundChange.Door(before) != InboundChange.Door(after);
        List<SourceProblem> wrong =
        [
            .. SourceProblem.Of(name, after, FilePath, hasSecret || isOwed),
            .. SourceProblem.Unknown(name, after.Sender, after.Topics?.Values ?? [], known),
        ];
        if (isOwed)
            wrong.Add(
                new(
                    name,
                    "secret",
                    $"the password or token has to be given{(before?.Imap is null ? "" : " again")}",
                    "it goes only to the server and user it was given for"
                )
            );
        return wrong;
    }

    /// <summary>Changes one source.</summary>
    /// <param name="name">A platform, or <see cref="InboundSource.Mail"/>.</param>
    /// <param name="after">What shall be said of it; null takes it away.</param>
    /// <param name="secret">A new password or token of the mailbox; null keeps the one there is.</param>
    /// <param name="state">The state of the file that whoever changes it has seen.</param>
    /// <param name="by">Who changes it.</param>
    /// <param name="cancellation">Stops the wait, never the writing.</param>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">It cannot be put on record, so it is not made.</exception>
    public Task<InboundResult> ChangeAsync(
        string name,
        InboundSource? after,
        MailboxSecret? secret,
        string state,
        Actor by,
        CancellationToken cancellation = default
    ) => AloneAsync(() => ChangeAsync(name, after, secret, state, by), cancellation);

    /// <summary>
    /// Puts back what is in force in place of a file that cannot be read, which is kept beside it as <c>inbound.json.broken</c>.
    /// </summary>
    /// <inheritdoc cref="ChangeAsync(string, InboundSource?, MailboxSecret?, string, Actor, CancellationToken)" path="/param" />
    public Task<InboundResult> PutBackAsync(string state, Actor by, CancellationToken cancellation = default) =>
        AloneAsync(() => PutBackAsync(state, by), cancellation);

    /// <inheritdoc />
    public void Dispose() => one.Dispose();

    async Task<InboundResult> ChangeAsync(string name, InboundSource? after, MailboxSecret? secret, string state, Actor by)
    {
        var octets = InboundFile.Octets(FilePath);
        if (StateOf(octets) != state || hooks.Faults.Length > 0)
            return Said(InboundOutcome.Meanwhile);
        var sources = octets is null ? [] : Sources(octets).ToList();
        var at = sources.FindIndex(source => source.Key.Equals(name, StringComparison.OrdinalIgnoreCase));
        var before = at < 0 ? null : sources[at].Value;
        var changes = InboundChange.Between(before, after, secret);
        if (changes.Count == 0)
            return Said(InboundOutcome.Same);
        if (after is not null && await ProblemsAsync(name, before, after, secret is not null) is { Count: > 0 } wrong)
            return new(InboundOutcome.Wrong, wrong, changes);
        using var kept = secret?.Write(options.DataFolder);
        if (after is not null && kept is not null)
            after = kept.In(after);
        if (at >= 0)
            sources.RemoveAt(at);
        if (after is not null)
            sources.Insert(at < 0 ? sources.Count : at, new(at < 0 ? name : name.ToLowerInvariant(), after));
        if (!await WriteAsync(InboundFile.Text(sources), octets, new(name, clock.GetUtcNow(), by.Name, Lines(changes)), by))
            return Said(InboundOutcome.NotWritten);
        kept?.Keep();
        if (before is not null)
            MailboxSecret.Forget(before, after, options.DataFolder);
        return new(InboundOutcome.Changed, [], changes);
    }

    async Task<InboundResult> PutBackAsync(string state, Actor by)
    {
        var octets = InboundFile.Octets(FilePath);
        if (StateOf(octets) != state || hooks.Faults.Length == 0)
            return Said(InboundOutcome.Meanwhile);
        try
        {
            if (octets is not null)
                OwnerOnly.WriteText(FilePath + ".broken", System.Text.Encoding.UTF8.GetString(octets));
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            return Said(InboundOutcome.NotWritten);
        }
        var text = hooks.LastGood is { } good ? System.Text.Encoding.UTF8.GetString(good) : InboundFile.Text([]);
        var said = new InboundChange("a file that could not be read", InboundFile.FileName, "replaced by the settings in force");
        return await WriteAsync(text, octets, new(InboundFile.FileName, clock.GetUtcNow(), by.Name, Lines([said])), by)
            ? new(InboundOutcome.Changed, [], [said])
            : Said(InboundOutcome.NotWritten);
    }

    /// <summary>
    /// Writes the new file beside the old one, puts the change on record, and then puts the file in its place: a crash leaves the old one
    /// or the new one, and a change that cannot be recorded is not made.
    /// </summary>
    async Task<bool> WriteAsync(string text, byte[]? before, InboundSettingsChanged change, Actor by)
    {
        var draft = Path.Combine(options.DataFolder, Draft);
        var isOnRecord = false;
        try
        {
            // What stands elsewhere and is only linked here is somebody else's to change.
            if (new FileInfo(FilePath).LinkTarget is not null)
                return false;
            OwnerOnly.WriteText(draft, text);
            // The server must be able to read what it writes.
            _ = InboundFile.Read(FilePath, File.ReadAllBytes(draft), null);
            await records.AddAsync(change, by);
            isOnRecord = true;
            if (StateOf(InboundFile.Octets(FilePath)) == StateOf(before))
            {
                File.Move(draft, FilePath, overwrite: true);
                hooks.Reread();
                return true;
            }
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            // Whoever asked is told; what is on record already is put right below.
        }
        finally
        {
            File.Delete(draft);
        }
        if (isOnRecord)
            await records.AddAsync(change with { Changes = ["not made after all: the file changed or could not be written"] }, by);
        return false;
    }

    async Task<InboundResult> AloneAsync(Func<Task<InboundResult>> change, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            using var alone = await LockAsync(cancellation);
            return await change();
        }
        catch (Exception fault) when (IsOfTheDisk(fault))
        {
            return Said(InboundOutcome.NotWritten);
        }
        catch (BadInputException)
        {
            return Said(InboundOutcome.Meanwhile);
        }
        finally
        {
            one.Release();
        }
    }

    /// <summary>Of several servers on one folder only one writes at a time; a lock ends with its process.</summary>
    async Task<FileStream> LockAsync(CancellationToken cancellation)
    {
        var path = Path.Combine(options.DataFolder, LockName);
        for (var waited = TimeSpan.Zero; ; waited += TimeSpan.FromMilliseconds(50))
            try
            {
                return OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (waited < Patience && File.Exists(path))
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellation);
            }
    }

    IReadOnlyDictionary<string, InboundSource> Sources(byte[] octets) => InboundFile.Sources(FilePath, octets);

    static ImmutableArray<string> Lines(IEnumerable<InboundChange> changes) => [.. changes.Select(change => change.ToString())];

    static InboundResult Said(InboundOutcome outcome) => new(outcome, [], []);

    static string StateOf(byte[]? octets) => octets is null ? "none" : Convert.ToHexStringLower(SHA256.HashData(octets));

    static bool IsOfTheDisk(Exception fault) => fault is IOException or UnauthorizedAccessException;
}
