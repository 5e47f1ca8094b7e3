using System.Collections.Immutable;
using System.Threading.Channels;
using System.Threading.RateLimiting;

namespace MaySend.Records.Outbox;

/// <summary>
/// Sends the server's own mails beside the requests, so that how long a page takes says nothing of an address. Nothing is kept of one that
/// could not be handed over: whoever asked may ask again.
/// </summary>
public sealed partial class MailOutbox : BackgroundService
{
    const int GreatestQueue = 1000;
    const int Tries = 3;

    readonly MailOut mailOut;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly Channel<(OutgoingMail Mail, Action NotSent)> queue;
    readonly FixedWindowRateLimiter everybody;
    readonly PartitionedRateLimiter<string> sources;

    /// <summary>The outbox that <c>mail-out.json</c> describes.</summary>
    /// <exception cref="MaySend.Reading.BadInputException">The file is wrong.</exception>
    public MailOutbox(RecordsOptions options, TimeProvider clock, ILogger<MailOutbox> log)
    {
        (mailOut, this.clock, this.log) = (MailOutFile.Read(options.DataFolder, clock), clock, log);
        queue = Channel.CreateBounded<(OutgoingMail, Action)>(GreatestQueue);
        everybody = new(Window(mailOut.PerHour));
        sources = PartitionedRateLimiter.Create<string, string>(source =>
            RateLimitPartition.GetFixedWindowLimiter(source, _ => Window(mailOut.PerSourcePerHour))
        );
    }

    /// <summary>True where somebody sends mail, so that a page can keep what it promises.</summary>
    public bool IsOpen => mailOut.Handover is not null;

    /// <summary>Who is reminded of reviews that fall due; nobody where nobody sends mail.</summary>
    public ImmutableArray<string> Reminded => IsOpen ? mailOut.Reminded : [];

    /// <summary>The header in which a proxy says whence a request came; null where there is none.</summary>
    public string? SourceHeader => mailOut.SourceHeader;

    /// <summary>True while this source, and everybody together, have asked for less than may be asked for in an hour.</summary>
    public bool MayAsk(string source)
    {
        using var own = sources.AttemptAcquire(source);
        if (!own.IsAcquired)
            return false;
        using var all = everybody.AttemptAcquire();
        return all.IsAcquired;
    }

    /// <summary>Takes a mail; false when there is no room, and then nothing is sent.</summary>
    /// <param name="mail">The mail.</param>
    /// <param name="notSent">Called when it could not be handed over.</param>
    public bool TryPost(OutgoingMail mail, Action notSent) => queue.Writer.TryWrite((mail, notSent));

    /// <inheritdoc />
    public override void Dispose()
    {
        everybody.Dispose();
        sources.Dispose();
        (mailOut.Handover as IDisposable)?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (mailOut.Handover is not { } handover)
            return;
        await Parallel.ForEachAsync(
            queue.Reader.ReadAllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = 4, CancellationToken = stoppingToken },
            async (one, cancellation) => await SendAsync(handover, one.Mail, one.NotSent, cancellation)
        );
    }

    async Task SendAsync(IMailHandover handover, OutgoingMail mail, Action notSent, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await handover.HandOverAsync(mail, cancellation);
                Meters.Mails.Add(1, new KeyValuePair<string, object?>("kind", mail.Kind));
                return;
            }
            catch (Exception fault) when (!cancellation.IsCancellationRequested)
            {
                if (tries == Tries)
                {
                    NotHandedOver(mail.Kind, fault.GetType().Name);
                    notSent();
                    return;
                }
            }
            await Task.Delay(TimeSpan.FromSeconds(tries * tries), clock, cancellation);
        }
    }

    static FixedWindowRateLimiterOptions Window(int permits) =>
        new()
        {
            PermitLimit = permits,
            Window = TimeSpan.FromHours(1),
            QueueLimit = 0,
        };

    [LoggerMessage(LogLevel.Error, "a mail ({Kind}) could not be handed over: {Fault}; the person can ask for it again")]
    partial void NotHandedOver(string kind, string fault);
}
