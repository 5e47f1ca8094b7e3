using System.Diagnostics.Metrics;

namespace MaySend.Records.Inbound;

/// <summary>Once an hour deletes texts that may not be kept, and says so when something has waited for too long.</summary>
public sealed partial class InboxUpkeep : PeriodicService
{
    readonly Inbox inbox;
    readonly ILogger log;
    readonly Meter meter = new(Meters.Name);

    /// <summary>The upkeep of one inbox.</summary>
    public InboxUpkeep(Inbox inbox, TimeProvider clock, ILogger<InboxUpkeep> log)
        : base(TimeSpan.FromHours(1), clock)
    {
        (this.inbox, this.log) = (inbox, log);
        meter.CreateObservableGauge("maysend.inbox.waiting", () => inbox.LastSummary.Waiting, description: "what waits for a person");
        meter.CreateObservableGauge("maysend.inbox.holding", () => inbox.LastSummary.Holding, description: "what holds an address");
        meter.CreateObservableGauge("maysend.inbox.overdue", () => inbox.LastSummary.Overdue, description: "what has waited too long");
    }

    /// <inheritdoc />
    protected override async Task RunOnceAsync(CancellationToken stopping)
    {
        await inbox.TidyAsync(stopping);
        if ((await inbox.SummaryAsync(stopping)).Overdue is > 0 and var overdue)
            Overdue(overdue);
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotTidied(fault.GetType().Name);

    /// <inheritdoc />
    public override void Dispose()
    {
        meter.Dispose();
        base.Dispose();
    }

    [LoggerMessage(LogLevel.Warning, "{Count} messages have waited in the inbox for too long; the addresses they name are held")]
    partial void Overdue(int count);

    [LoggerMessage(LogLevel.Warning, "the inbox was not checked ({Fault})")]
    partial void NotTidied(string fault);
}
