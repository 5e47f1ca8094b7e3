using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Mail.Inbound;

namespace MaySend.Records.Inbound;

/// <summary>What became of the signals of one call.</summary>
/// <param name="Recorded">New entries.</param>
/// <param name="Repeated">Events that were on record already.</param>
/// <param name="Conflicts">Somebody lifted a block at the platform; a refusal on record stays.</param>
/// <param name="ForAPerson">Events that name nobody we can find, or that a person must look at.</param>
/// <param name="Nothing">Events that change nothing.</param>
public readonly record struct InboxCounts(int Recorded, int Repeated, int Conflicts, int ForAPerson, int Nothing);

/// <summary>Turns what a platform reports into entries. The event's own id makes a repetition nothing new, and its own time makes the
/// order of arrival meaningless.</summary>
public sealed class Inbox(EvidenceStore store, RecordsOptions options)
{
    readonly Lazy<IReadOnlyDictionary<string, InboxHook>> hooks = new(() =>
        InboxFile.Read(Path.Combine(options.DataFolder, "inbound.json"), options.SnsCertificate)
    );

    /// <summary>The hook of a platform; null where it has none.</summary>
    public InboxHook? Find(string platform) => hooks.Value.GetValueOrDefault(platform);

    /// <summary>
    /// Reads the file now, so that a mistake in it shows when the server starts: a sender or topic that nobody bears is one.
    /// </summary>
    /// <exception cref="MaySend.Reading.BadInputException">The file is wrong.</exception>
    /// <exception cref="LedgerUnavailableException">The store cannot say which senders there are.</exception>
    public void Check()
    {
        if (hooks.Value.Count > 0)
            InboxFile.Check(
                Path.Combine(options.DataFolder, "inbound.json"),
                hooks.Value,
                store.ControllerAsync().AsTask().GetAwaiter().GetResult().Names
            );
    }

    /// <summary>Records what the signals of one call say.</summary>
    public async Task<InboxCounts> RecordAsync(InboxHook hook, IReadOnlyList<InboundSignal> signals, CancellationToken cancellation)
    {
        var counts = new InboxCounts();
        var known = (await store.ControllerAsync(cancellation: cancellation)).Names;
        foreach (var signal in signals)
        {
            if (
                hook.Source.Platform == WebhookPlatform.Ses
                && signal.Ignored == IgnoredReason.Handshake
                && Uri.TryCreate(signal.Detail, UriKind.Absolute, out var confirm)
            )
                await InboxFile.ConfirmAsync(confirm, cancellation);
            counts = SignalEffects.Of(signal) switch
            {
                SignalEffect.RecordRefusal => Count(counts, await RecordAsync(signal, Refusal(hook, signal, known), cancellation)),
                SignalEffect.RecordObjection => Count(
                    counts,
                    await RecordAsync(
                        signal,
                        Refusal(hook, signal, known) with
                        {
                            Kind = "objection",
                            How = "complaint",
                            Channels = NameSet.Everything,
                            Topics = NameSet.Everything,
                        },
                        cancellation
                    )
                ),
                SignalEffect.MarkAddressDead => Count(
                    counts,
                    await RecordAsync(signal, new AddressFailed(When.Of(signal.When.Instant), signal.Key, IsPermanent: true), cancellation)
                ),
                SignalEffect.CountFailure => Count(
                    counts,
                    await RecordAsync(signal, new AddressFailed(When.Of(signal.When.Instant), signal.Key, IsPermanent: false), cancellation)
                ),
                SignalEffect.CarryRefusals => Count(counts, await CarryAsync(signal, cancellation)),
                SignalEffect.ShowConflict => counts with { Conflicts = counts.Conflicts + 1 },
                SignalEffect.SecurityQueue or SignalEffect.ManualQueue or SignalEffect.HoldForAPerson => counts with
                {
                    ForAPerson = counts.ForAPerson + 1,
                },
                _ => counts with { Nothing = counts.Nothing + 1 },
            };
        }
        return counts;
    }

    static InboxCounts Count(InboxCounts counts, AppendOutcome? outcome) =>
        outcome switch
        {
            AppendOutcome.Added => counts with { Recorded = counts.Recorded + 1 },
            AppendOutcome.AlreadyThere => counts with { Repeated = counts.Repeated + 1 },
            null => counts with { ForAPerson = counts.ForAPerson + 1 },
            // Suppressed or erased: they are left alone already.
            _ => counts with { Nothing = counts.Nothing + 1 },
        };

    static RefusalMade Refusal(InboxHook hook, InboundSignal signal, KnownNames known) =>
        new(When.Of(signal.When.Instant), signal.Key)
        {
            // The message may have shown any brand of its sender: whoever shares one is bound. A name that nobody bears binds everybody.
            Senders = hook.Sender is { } sender ? NameSet.Of(known.UnderTheSameBrands(NameSet.Of(sender))) : NameSet.Everything,
            Channels = NameSet.Of(signal.Channel == SignalChannel.Sms ? "sms" : "email"),
            // A scope that is not mapped to a topic is taken for everything: when in doubt a refusal is wide.
            Topics = signal.Scope.Id is { } id && hook.Topics.GetValueOrDefault(id) is { } topic ? NameSet.Of(topic) : NameSet.Everything,
            How = "platform",
        };

    async ValueTask<AppendOutcome?> RecordAsync(InboundSignal signal, ContactEntry entry, CancellationToken cancellation) =>
        await WhoAsync(signal, cancellation) is { } address
            ? (await store.RecordAsync(address, entry, Platform(signal), idempotencyKey: signal.Key, cancellation: cancellation)).Outcome
            : null;

    /// <summary>The new address joins the old one, and with that every request to stop; no permission does.</summary>
    async ValueTask<AppendOutcome?> CarryAsync(InboundSignal signal, CancellationToken cancellation)
    {
        if (await WhoAsync(signal, cancellation) is not { } old || Address.Read(signal.NewAddress).Address is not { } fresh)
            return null;
        // A platform that reports a change of address has shown by its signature that it is the one asked to listen to.
        var by = Platform(signal).AsSystem();
        // The old address may be heard of first by its own change: both become known, so that what is said of either later reaches the
        // other.
        await store.RecordAsync(
            old,
            new DetailsStated(When.Of(signal.When.Instant), signal.Key),
            by,
            idempotencyKey: signal.Key,
            cancellation: cancellation
        );
        var stated = await store.RecordAsync(
            fresh,
            new DetailsStated(When.Of(signal.When.Instant), signal.Key),
            by,
            idempotencyKey: signal.Key,
            cancellation: cancellation
        );
        await store.LinkAsync(old, fresh, by, cancellation);
        return stated.Outcome;
    }

    /// <summary>A platform whose call was verified records what people did; it signs nothing.</summary>
    static Actor Platform(InboundSignal signal) => new($"inbound {signal.Source}", Rights.Record);

    /// <summary>Our own token names the contact where a platform redacts the address.</summary>
    async ValueTask<Address?> WhoAsync(InboundSignal signal, CancellationToken cancellation)
    {
        if (
            signal.Reference is { } ours
            && ContactId.TryParse(ours.Contact.ToString("x32", System.Globalization.CultureInfo.InvariantCulture), out var id)
            && await store.Ledger.ContactAsync(id, cancellation) is { } contact
        )
            return contact.Address;
        return Address.Read(signal.Address).Address;
    }
}
