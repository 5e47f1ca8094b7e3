using MaySend.Decisions;
using MaySend.Records;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Hosting;

/// <summary>
/// Asks the server of the opt-out pages again and again whether it is there. While it is not, nobody could opt out of a message, so none
/// goes out: the mail waits. Nor does it while that server, which walks through the store, says that something stands in the way of
/// everything.
/// </summary>
sealed partial class OptOutPagesWatch(Uri check, TimeProvider clock, ILogger<OptOutPagesWatch> log)
    : PeriodicService(Every, clock),
        IDisposable
{
    static readonly TimeSpan Every = TimeSpan.FromSeconds(20);

    /// <summary>An answer is good for so long: two missed ones are borne.</summary>
    static readonly TimeSpan GoodFor = TimeSpan.FromSeconds(70);

    readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
    {
        Timeout = TimeSpan.FromSeconds(10),
    };
    readonly TimeProvider clock = clock;
    long lastAnswer = DateTimeOffset.MinValue.UtcTicks;
    volatile string? told;

    /// <summary>True while the pages answered lately.</summary>
    public bool Answers => (clock.GetUtcNow() - new DateTimeOffset(Volatile.Read(ref lastAnswer), TimeSpan.Zero)).Duration() <= GoodFor;

    /// <summary>What stands in the way of everything, a code of <see cref="Sending"/>; null where nothing does.</summary>
    public string? Hindrance => Answers ? told : Sending.OptOutsNotTaken;

    /// <summary>Asks once before the doors open, so that mail does not wait without need.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            await RunOnceAsync(cancellationToken);
        }
        catch (Exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The first round says so.
        }
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        client.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        using var answer = await client.GetAsync(check, HttpCompletionOption.ResponseHeadersRead, stopping);
        answer.EnsureSuccessStatusCode();
        // A code of a later build is one too: it is said as what this build knows.
        told =
            !answer.Headers.TryGetValues(Records.Walking.Hindrance.Header, out var codes) ? null
            : codes.Contains(Sending.StoreDamaged) ? Sending.StoreDamaged
            : Sending.OptOutsNotTaken;
        Volatile.Write(ref lastAnswer, clock.GetUtcNow().UtcTicks);
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotThere(check, fault.GetType().Name);

    [LoggerMessage(LogLevel.Error, "the opt-out pages do not answer at {Address} ({Fault}): no marketing goes out until they do")]
    partial void NotThere(Uri address, string fault);
}
