using System.Text;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Inbound;

/// <summary>How the reading of the mailbox stands.</summary>
/// <param name="LastRead">When it was last read whole; null if never since the start.</param>
/// <param name="Fault">Why the last reading failed; null if it did not.</param>
public sealed record MailboxState(DateTimeOffset? LastRead, string? Fault);

/// <summary>
/// Reads the mailbox that <c>inbound.json</c> names, again and again while the server runs. A mailbox that is away is tried again; what
/// lies in it is not lost meanwhile, but it is not honoured either, so the fault is shown and logged.
/// </summary>
public sealed partial class MailboxUpkeep(
    InboundHooks hooks,
    MailIntake intake,
    OptOutKeys keys,
    RecordsOptions options,
    TimeProvider clock,
    ILogger<MailboxUpkeep> log
) : PeriodicService(Every, clock)
{
    /// <summary>The time from one reading to the next.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    readonly TimeProvider clock = clock;

    /// <summary>How it stands; null where no mailbox is named.</summary>
    public MailboxState? State { get; private set; }

    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        var settings = hooks.Current.Mail;
        if (settings.Mailbox is not { } mailbox)
        {
            State = null;
            return;
        }
        State ??= new(null, null);
        await new MailboxReader(mailbox, clock).ReadAsync(mail => TakeAsync(mail, settings, stopping), isMarking: true, stopping);
        State = new(clock.GetUtcNow(), null);
    }

    async Task TakeAsync(MailboxMail mail, ReturnMail settings, CancellationToken stopping)
    {
        // What lies in a mailbox says nothing sure of the envelope that it came in.
        var envelope = new MailEnvelope(null, [], mail.Arrived);
        var reading = MailIntake.Read(mail.Octets, envelope, await keys.AllAsync(stopping), settings, options.Dns);
        await intake.RecordAsync(reading, Encoding.UTF8.GetString(mail.Octets.Span), settings, stopping);
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault)
    {
        var says = fault is MailboxUnavailableException ? fault.Message : fault.GetType().Name;
        // Once for each fault, not for each of the thousands of tries of a day.
        if (State?.Fault != says)
            NotRead(says);
        State = new(State?.LastRead, says);
    }

    [LoggerMessage(LogLevel.Warning, "the mailbox of answers was not read: {Fault}")]
    partial void NotRead(string fault);
}
