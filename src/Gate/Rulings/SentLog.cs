using System.Collections.Concurrent;
using System.Threading.Channels;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace MaySend.Gate.Rulings;

/// <summary>
/// Puts on record, many in one commit, what became of messages whose intent is on disk already. What a crash takes from here leaves intents
/// without an outcome: they count as sent, and the same message tried again settles them.
/// </summary>
sealed partial class SentLog(EvidenceStore store, TimeProvider clock, ILogger<SentLog> log) : BackgroundService
{
    const int Most = 500;
    static readonly TimeSpan BetweenTries = TimeSpan.FromSeconds(5);

    /// <summary>
    /// So long outcomes gather: they share pages of the store, and hundreds cost hardly more than one. Nobody waits for them: until then
    /// each message's intent stands for it, and the same message tried again is known here.
    /// </summary>
    static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(500);

    readonly Channel<NewEntry> waiting = Channel.CreateUnbounded<NewEntry>(new() { SingleReader = true });

    readonly ConcurrentDictionary<string, byte> sent = new(StringComparer.Ordinal);

    readonly CancellationTokenSource ending = new();

    /// <summary>Takes an entry; it is recorded soon.</summary>
    public void Add(NewEntry entry)
    {
        if (entry.Entry is MessageSent message)
            sent[message.Id] = 0;
        waiting.Writer.TryWrite(entry);
    }

    /// <summary>True for a message that was handed on and is not on record as such yet.</summary>
    public bool Holds(string id) => sent.ContainsKey(id);

    /// <summary>Stops once everything that was added is on record, or the time to stop is over.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        waiting.Writer.TryComplete();
        if (!ending.IsCancellationRequested)
            await ending.CancelAsync();
        if (ExecuteTask is { } running)
            await running.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await base.StopAsync(cancellationToken);
    }

    /// <inheritdoc />
    public override void Dispose()
    {
        ending.Dispose();
        base.Dispose();
    }

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        List<NewEntry> batch = [];
        while (await waiting.Reader.WaitToReadAsync(stoppingToken))
        {
            if (!ending.IsCancellationRequested)
                await Task.Delay(Gathering, clock, ending.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            while (batch.Count < Most && waiting.Reader.TryRead(out var entry))
                batch.Add(entry);
            await RecordAsync(batch, stoppingToken);
            batch.Clear();
        }
    }

    async Task RecordAsync(List<NewEntry> batch, CancellationToken stopping)
    {
        while (true)
        {
            try
            {
                await store.RecordAsync(batch, stopping);
                foreach (var message in batch.Select(entry => entry.Entry).OfType<MessageSent>())
                    sent.TryRemove(message.Id, out _);
                return;
            }
            catch (Exception fault) when (!stopping.IsCancellationRequested)
            {
                NotRecorded(batch.Count, fault.GetType().Name);
                await Task.Delay(BetweenTries, clock, stopping);
            }
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "{Count} messages that were handed on are not on record as sent yet ({Fault}); their intents are, and count"
    )]
    partial void NotRecorded(int count, string fault);
}
