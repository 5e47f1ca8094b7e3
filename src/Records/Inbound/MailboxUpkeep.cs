using System.Diagnostics.Metrics;
using System.Text;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Inbound;

/// <summary>How the reading of the mailbox stands.</summary>
/// <param name="LastRead">When it was last read whole; null if never since the start.</param>
/// <param name="Fault">Why the last reading failed; null if it did not.</param>
/// <param name="Read">How many mails were read since the start.</param>
public sealed record MailboxState(DateTimeOffset? LastRead, string? Fault, long Read);

/// <summary>
/// Reads the mailbox or the maildir that <c>inbound.json</c> names while the server runs: as mail arrives where the mailbox's server says
/// so, else again and again. A mailbox that is away is tried again; what lies in it is not lost meanwhile, but it is not honoured either,
/// so the fault is shown and logged.
/// </summary>
public sealed partial class MailboxUpkeep : PeriodicService
{
    /// <summary>The longest time from one reading to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    readonly InboundHooks hooks;
    readonly MailIntake intake;
    readonly OptOutKeys keys;
    readonly RecordsOptions options;
    readonly TimeProvider clock;
    readonly ILogger<MailboxUpkeep> log;
    readonly DateTimeOffset begun;
    readonly Meter meter = new(Meters.Name);
    MailboxState? state;

    /// <summary>One for the mailbox of these settings.</summary>
    public MailboxUpkeep(
        InboundHooks hooks,
        MailIntake intake,
        OptOutKeys keys,
        RecordsOptions options,
        TimeProvider clock,
        ILogger<MailboxUpkeep> log
    )
        : base(Every, clock)
    {
        (this.hooks, this.intake, this.keys, this.options, this.clock, this.log) = (hooks, intake, keys, options, clock, log);
        begun = clock.GetUtcNow();
        meter.CreateObservableGauge("maysend.mailbox.age", Measured, "s", "since the mailbox of answers was last read whole");
        meter.CreateObservableCounter("maysend.mailbox.read", () => State?.Read ?? 0, description: "mails read in the mailbox of answers");
    }

    /// <summary>How it stands; null where no mailbox is named.</summary>
    public MailboxState? State => Volatile.Read(ref state);

    /// <summary>How long ago it was last read whole, since the start where it never was; null where no mailbox is named.</summary>
    public TimeSpan? Age => State is { } known ? clock.GetUtcNow() - (known.LastRead ?? begun) : null;

    /// <inheritdoc />
    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        var settings = hooks.Current.Mail;
        if (settings is { Mailbox: null, Maildir: null })
        {
            Volatile.Write(ref state, null);
            return;
        }
        Volatile.Write(ref state, State ?? new(null, null, 0));
        // Other settings may name another mailbox, or believe another server: they begin with a connection of their own.
        bool GoesOn() => ReferenceEquals(hooks.Current.Mail, settings);
        Task TakenAsync(MailboxMail mail) => TakeAsync(mail, settings, stopping);
        void HaveRead() => Volatile.Write(ref state, new(clock.GetUtcNow(), null, State?.Read ?? 0));
        if (settings.Mailbox is { } mailbox)
            await new MailboxReader(mailbox, clock).WatchAsync(TakenAsync, _ => HaveRead(), GoesOn, Every, stopping);
        else
            await WatchAsync(settings.Maildir!, TakenAsync, HaveRead, GoesOn, stopping);
    }

    async Task WatchAsync(string maildir, Func<MailboxMail, Task> take, Action haveRead, Func<bool> goesOn, CancellationToken stopping)
    {
        do
        {
            if (!ArrivedMail.IsMaildir(maildir))
                throw new MailboxUnavailableException($"{maildir} is not a maildir: new, cur and tmp are not all there");
            await ArrivedMail.ReadAsync([maildir], take, clock);
            haveRead();
            await Task.Delay(ArrivedMail.BetweenLooks, clock, stopping);
        } while (goesOn());
    }

    async Task TakeAsync(MailboxMail mail, ReturnMail settings, CancellationToken stopping)
    {
        // What lies in a mailbox says nothing sure of the envelope that it came in.
        var envelope = new MailEnvelope(null, [], mail.Arrived);
        var reading = MailIntake.Read(mail.Octets, envelope, await keys.AllAsync(stopping), settings, options.Dns);
        await intake.RecordAsync(reading, Encoding.UTF8.GetString(mail.Octets.Span), settings, stopping);
        if (State is { } known)
            Volatile.Write(ref state, known with { Read = known.Read + 1 });
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault)
    {
        var says = fault is MailboxUnavailableException ? fault.Message : fault.GetType().Name;
        // Once for each fault, not for each of the thousands of tries of a day.
        if (State?.Fault != says)
            NotRead(says);
        Volatile.Write(ref state, new(State?.LastRead, says, State?.Read ?? 0));
    }

    IEnumerable<Measurement<double>> Measured() => Age is { } age ? [new(age.TotalSeconds)] : [];

    [LoggerMessage(LogLevel.Warning, "the mailbox of answers was not read: {Fault}")]
    partial void NotRead(string fault);
}
