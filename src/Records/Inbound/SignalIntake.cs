using System.Security.Cryptography;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Mail.Inbound;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Inbound;

/// <summary>What became of the signals of one call.</summary>
/// <param name="Recorded">New entries.</param>
/// <param name="Repeated">Events that were on record already.</param>
/// <param name="Conflicts">Somebody lifted a block at the platform; a refusal on record stays.</param>
/// <param name="ForAPerson">Events that name nobody we can find, or that a person must look at.</param>
/// <param name="Nothing">Events that change nothing.</param>
public readonly record struct IntakeCounts(int Recorded, int Repeated, int Conflicts, int ForAPerson, int Nothing)
{
    /// <summary>Both together.</summary>
    public static IntakeCounts operator +(IntakeCounts one, IntakeCounts other) =>
        new(
            one.Recorded + other.Recorded,
            one.Repeated + other.Repeated,
            one.Conflicts + other.Conflicts,
            one.ForAPerson + other.ForAPerson,
            one.Nothing + other.Nothing
        );
}

/// <summary>Turns what a platform reports into entries. The event's own id makes a repetition nothing new, and its own time makes the
/// order of arrival meaningless.</summary>
public sealed class SignalIntake(EvidenceStore store, ServerRecords records, Inbox inbox, InboundHooks hooks)
{
    /// <summary>The hook of a platform; null where it has none.</summary>
    public InboundHook? Find(string platform) => hooks.Current.Hooks.GetValueOrDefault(platform);

    /// <summary>Records what the signals of one call say.</summary>
    public async Task<IntakeCounts> RecordAsync(InboundHook hook, IReadOnlyList<InboundSignal> signals, CancellationToken cancellation)
    {
        var counts = new IntakeCounts();
        var known = (await store.ControllerAsync(cancellation: cancellation)).Names;
        var scopes = (await records.ReadAsync(cancellation)).Scopes;
        foreach (var signal in signals)
        {
            var effect = SignalEffects.Of(signal);
            Meters.Signals.Add(1, new("source", signal.Source), new("effect", effect.ToString()));
            if (
                hook.Source.Platform == WebhookPlatform.Ses
                && signal.Ignored == IgnoredReason.Handshake
                && Uri.TryCreate(signal.Detail, UriKind.Absolute, out var confirm)
            )
                await InboundFile.ConfirmAsync(confirm, cancellation);
            counts = effect switch
            {
                SignalEffect.RecordRefusal => await CountAsync(
                    counts,
                    signal,
                    await RecordAsync(hook, signal, Refusal(hook, signal, known, scopes), cancellation),
                    cancellation
                ),
                SignalEffect.RecordObjection => await CountAsync(
                    counts,
                    signal,
                    await RecordAsync(
                        hook,
                        signal,
                        Refusal(hook, signal, known, scopes) with
                        {
                            Kind = "objection",
                            How = "complaint",
                            Channels = NameSet.Everything,
                            Topics = NameSet.Everything,
                        },
                        cancellation
                    ),
                    cancellation
                ),
                SignalEffect.MarkAddressDead => await CountAsync(
                    counts,
                    signal,
                    await RecordAsync(hook, signal, Failed(hook, signal, isPermanent: true), cancellation),
                    cancellation
                ),
                SignalEffect.CountFailure => await CountAsync(
                    counts,
                    signal,
                    await RecordAsync(hook, signal, Failed(hook, signal, isPermanent: false), cancellation),
                    cancellation
                ),
                SignalEffect.CarryRefusals => await CountAsync(counts, signal, await CarryAsync(signal, cancellation), cancellation),
                SignalEffect.ShowConflict => await KeepAsync(signal, "conflict", false, cancellation)
                    ? counts with
                    {
                        Conflicts = counts.Conflicts + 1,
                    }
                    : counts with
                    {
                        Repeated = counts.Repeated + 1,
                    },
                SignalEffect.SecurityQueue => Kept(counts, await KeepAsync(signal, "security", false, cancellation)),
                // One unknown word of a platform is one question, however often it comes.
                SignalEffect.ManualQueue when signal.Ignored == IgnoredReason.UnknownEvent => Kept(
                    counts,
                    await KeepAsync(signal, "unknown-event", false, cancellation)
                ),
                // What no machine can read is machine mail: counted, and nobody's question.
                SignalEffect.ManualQueue when signal.Ignored == IgnoredReason.UnreadableBounce => counts with
                {
                    Nothing = counts.Nothing + 1,
                },
                SignalEffect.ManualQueue => Kept(counts, await KeepAsync(signal, "message", false, cancellation)),
                SignalEffect.HoldForAPerson => Kept(counts, await KeepAsync(signal, "message", true, cancellation)),
                _ => counts with { Nothing = counts.Nothing + 1 },
            };
        }
        return counts;
    }

    /// <summary>Keeps for a person what a proved call or a mail held and nobody could read: it may be somebody's opt-out.</summary>
    public async Task<IntakeCounts> KeepUnreadAsync(
        string source,
        IntakeCounts counts,
        IReadOnlyList<InboundProblem> problems,
        string body,
        CancellationToken cancellation
    )
    {
        foreach (var problem in problems)
        {
            var digest = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)));
            var arrival = new Arrival(
                $"{source}:unread {problem.Place} {digest}",
                source,
                "unreadable",
                $"{problem.Place}: {problem.Says}",
                new ArrivedText(null, body.Length > LongestKept ? body[..LongestKept] : body),
                false
            );
            counts = Kept(counts, await inbox.KeepAsync(arrival, Caller(source), cancellation));
        }
        return counts;
    }

    const int LongestKept = 20_000;

    async ValueTask<bool> KeepAsync(InboundSignal signal, string matter, bool mayBeStop, CancellationToken cancellation)
    {
        var key = matter == "unknown-event" ? $"{signal.Source}:unknown {signal.Detail}" : signal.Key;
        var arrival = new Arrival(
            key,
            signal.Source,
            matter,
            $"{signal.Kind} {signal.Detail}".TrimEnd(),
            new ArrivedText(signal.Address, signal.Words ?? ""),
            mayBeStop
        )
        {
            Whom = await WhoAsync(signal, cancellation),
        };
        return await inbox.KeepAsync(arrival, Caller(signal.Source), cancellation);
    }

    static IntakeCounts Kept(IntakeCounts counts, bool isNew) =>
        isNew ? counts with { ForAPerson = counts.ForAPerson + 1 } : counts with { Repeated = counts.Repeated + 1 };

    /// <summary>What names nobody waits for a person, unless it is only about deliveries.</summary>
    async ValueTask<IntakeCounts> CountAsync(
        IntakeCounts counts,
        InboundSignal signal,
        AppendOutcome? outcome,
        CancellationToken cancellation
    ) =>
        outcome switch
        {
            AppendOutcome.Added => counts with { Recorded = counts.Recorded + 1 },
            AppendOutcome.AlreadyThere => counts with { Repeated = counts.Repeated + 1 },
            null when signal.Kind is not (InboundSignalKind.HardBounce or InboundSignalKind.SoftBounce) => Kept(
                counts,
                await KeepAsync(signal, "message", true, cancellation)
            ),
            // Suppressed or erased: they are left alone already. Or a bounce of nobody.
            _ => counts with { Nothing = counts.Nothing + 1 },
        };

    AddressFailed Failed(InboundHook hook, InboundSignal signal, bool isPermanent) =>
        new(When.Of(HappenedAt(hook, signal).At), signal.Key, isPermanent) { Class = signal.Detail };

    RefusalMade Refusal(InboundHook hook, InboundSignal signal, KnownNames known, IReadOnlyDictionary<uint, OptOutScopeUsed> scopes)
    {
        var made = new RefusalMade(When.Of(HappenedAt(hook, signal).At), signal.Key)
        {
            // The message may have shown any brand of its sender: whoever shares one is bound. A name that nobody bears binds everybody.
            Senders = hook.Sender is { } sender ? NameSet.Of(known.UnderTheSameBrands(NameSet.Of(sender))) : NameSet.Everything,
            Channels = signal.Channel switch
            {
                SignalChannel.Email => NameSet.Of("email"),
                SignalChannel.Sms => NameSet.Of("sms"),
                // What cannot be delivered so goes as a text message: who stops the one stops the other.
                _ => NameSet.Of("sms", "direct-message"),
            },
            // A scope that is not mapped to a topic is taken for everything: when in doubt a refusal is wide.
            Topics = signal.Scope.Id is { } id && hook.Topics.GetValueOrDefault(id) is { } topic ? NameSet.Of(topic) : NameSet.Everything,
            How = "platform",
        };
        // A token of ours says what it stops, by mail as by its link; a complaint is about the sender, whatever the link was for.
        return
            signal is { Reference: { } ours, Proof: SignalProof.OwnToken, Kind: InboundSignalKind.Unsubscribe }
            && scopes.GetValueOrDefault(ours.Scope) is { } scope
            ? OptOutRegister.InScope(made with { Senders = OptOutRegister.Senders(scope, known) }, scope)
            : made;
    }

    /// <summary>How far clocks lie behind UTC at most: midnight comes latest at UTC-12.</summary>
    static readonly TimeSpan FarthestWest = TimeSpan.FromHours(12);

    /// <summary>
    /// When it happened, and never later than now: nobody could come back before the day that a wrong clock says. A time whose zone nobody
    /// stated counts as the latest that it may be, so that no sign-up before it seems to come after it. True where it is our own time.
    /// </summary>
    (DateTimeOffset At, bool IsNow) HappenedAt(InboundHook hook, InboundSignal signal)
    {
        var isOfNoZone = signal.When.Certainty == TimeCertainty.ZoneAssumed && hook.Source.AccountZone is null;
        var (latest, now) = (signal.When.Instant + (isOfNoZone ? FarthestWest : TimeSpan.Zero), store.Clock.GetUtcNow());
        return latest < now ? (latest, false) : (now, signal.When.Certainty != TimeCertainty.ArrivalOnly);
    }

    async ValueTask<AppendOutcome?> RecordAsync(
        InboundHook hook,
        InboundSignal signal,
        ContactEntry entry,
        CancellationToken cancellation
    ) =>
        await WhoAsync(signal, cancellation) is { } address
            ? (
                await store.RecordAsync(
                    [
                        new NewEntry(address, entry, Platform(signal))
                        {
                            IdempotencyKey = signal.Key,
                            IsDatedByTheDoor = HappenedAt(hook, signal).IsNow,
                        },
                    ],
                    cancellation
                )
            )[0].Outcome
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
    static Actor Platform(InboundSignal signal) => Caller(signal.Source);

    static Actor Caller(string source) => new($"inbound {source}", Rights.Record);

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
