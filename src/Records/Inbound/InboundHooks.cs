using System.Collections.Immutable;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Records.Inbound;

/// <summary>Everything that <c>inbound.json</c> opens.</summary>
/// <param name="Hooks">The webhooks, by platform.</param>
/// <param name="Mail">What is known of mails that come back.</param>
public sealed record InboundSettings(ImmutableDictionary<string, InboundHook> Hooks, ReturnMail Mail)
{
    /// <summary>Where there is no file.</summary>
    public static InboundSettings None { get; } = new(ImmutableDictionary<string, InboundHook>.Empty, new ReturnMail(null, null, null));
}

/// <summary>What is known of mails that come back.</summary>
/// <param name="Sender">The sender whose messages they answer; null binds every sender.</param>
/// <param name="Server">The name (authserv-id, RFC 8601) that our own mail server writes into Authentication-Results; null believes
/// nobody's.</param>
/// <param name="Domain">The domain of the opt-out mailboxes, put into the mailto address of new links; null issues none.</param>
public sealed record ReturnMail(string? Sender, string? Server, string? Domain)
{
    /// <summary>The mailbox that the server reads by itself; null for none.</summary>
    public ReturnMailbox? Mailbox { get; init; }

    /// <summary>The maildir that the server reads by itself; null for none.</summary>
    public string? Maildir { get; init; }

    /// <summary>The domains whose seals (ARC, RFC 8617) are believed: our own mail service, a forwarder of ours.</summary>
    public IReadOnlyList<string> Sealers { get; init; } = [];
}

/// <summary>
/// The settings of <c>inbound.json</c>, read again whenever the file has changed. A file that is wrong at the start stops the start.
/// One that becomes wrong later leaves the last good hooks open, since an opt-out must not be turned away for a misplaced comma, and
/// says so.
/// </summary>
public sealed class InboundHooks(EvidenceStore store, RecordsOptions options)
{
    readonly Lock reading = new();
    (Stamp Written, InboundSettings Settings, byte[]? Octets)? last;
    ImmutableArray<string> faults = [];

    /// <summary>What tells that a file is another than the one that was read.</summary>
    readonly record struct Stamp(DateTime Written, long Length)
    {
        // A file that is not there has a time of its own: taking it away closes the hooks.
        public static Stamp Of(string path) =>
            new FileInfo(path) is { Exists: true } file ? new(file.LastWriteTimeUtc, file.Length) : new(DateTime.MinValue, -1);
    }

    internal string File => Path.Combine(options.DataFolder, InboundFile.FileName);

    /// <summary>What the file held when it was last good; null where there was none.</summary>
    internal byte[]? LastGood
    {
        get
        {
            _ = Current;
            return last?.Octets;
        }
    }

    /// <summary>What is wrong with the file as it is now; empty when it is in force.</summary>
    public ImmutableArray<string> Faults
    {
        get
        {
            _ = Current;
            return faults;
        }
    }

    /// <summary>What is in force.</summary>
    /// <exception cref="BadInputException">The file is wrong, and none was read before.</exception>
    public InboundSettings Current
    {
        get
        {
            lock (reading)
            {
                var written = Stamp.Of(File);
                if (last is { } known && known.Written == written)
                    return known.Settings;
                try
                {
                    var octets = InboundFile.Octets(File);
                    var settings = InboundFile.Read(File, octets, options.SnsCertificate);
                    InboundFile.Check(File, settings, store.NamesLastRead);
                    (last, faults) = ((written, settings, octets), []);
                    return settings;
                }
                catch (BadInputException fault) when (last is { } before)
                {
                    faults = [.. fault.Problems.Select(problem => problem.ToString())];
                    last = before with { Written = written };
                    return before.Settings;
                }
            }
        }
    }

    /// <summary>
    /// Reads the file again at the next question, whatever its time says: two writings within one tick of the clock have one.
    /// </summary>
    internal void Reread()
    {
        lock (reading)
            if (last is { } known)
                last = known with { Written = default };
    }

    /// <summary>Reads the file now, so that a mistake in it shows when the server starts; a sender that nobody bears is one.</summary>
    /// <exception cref="BadInputException">The file is wrong.</exception>
    /// <exception cref="MaySend.Evidence.LedgerUnavailableException">The store cannot say which senders there are.</exception>
    public async Task CheckAsync(CancellationToken cancellation = default)
    {
        if (Current != InboundSettings.None)
            InboundFile.Check(File, Current, (await store.ControllerAsync(cancellation: cancellation)).Names);
    }
}
