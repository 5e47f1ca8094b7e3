using System.Collections.Concurrent;
using System.Text.Json;
using MaySend.Reading;

namespace MaySend.Records.Keys;

/// <summary>
/// When each API key was last used on this server: a key that nobody uses can be revoked. Kept in memory, and on disk within a minute; it
/// is no evidence, and a server that is killed forgets the last minute.
/// </summary>
public sealed partial class KeyUses : PeriodicService
{
    const string Name = "key-uses.json";

    readonly string path;
    readonly TimeProvider clock;
    readonly ILogger log;
    readonly ConcurrentDictionary<string, DateTimeOffset> last = new(StringComparer.Ordinal);
    volatile bool isChanged;

    /// <summary>Takes up what this server knew when it was stopped.</summary>
    public KeyUses(RecordsOptions options, TimeProvider clock, ILogger<KeyUses> log)
        : base(TimeSpan.FromMinutes(1), clock)
    {
        (path, this.clock, this.log) = (Path.Combine(options.DataFolder, Name), clock, log);
        foreach (var (id, at) in Read())
            last[id] = at;
    }

    /// <summary>Notes that a key opened something just now.</summary>
    public void Used(string id)
    {
        var now = clock.GetUtcNow();
        if (last.TryGetValue(id, out var before) && now - before < TimeSpan.FromSeconds(1))
            return;
        last[id] = now;
        isChanged = true;
    }

    /// <summary>When a key was last used here; null where it never was.</summary>
    public DateTimeOffset? LastOf(string id) => last.TryGetValue(id, out var at) ? at : null;

    /// <inheritdoc />
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            Write();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            WentWrong(fault);
        }
    }

    /// <inheritdoc />
    protected override Task RunOnceAsync(CancellationToken stopping)
    {
        Write();
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    protected override void WentWrong(Exception fault) => NotKept(fault.GetType().Name);

    void Write()
    {
        if (!isChanged)
            return;
        isChanged = false;
        OwnerOnly.WriteText(path, JsonSerializer.Serialize(last.OrderBy(pair => pair.Key, StringComparer.Ordinal).ToDictionary()));
    }

    Dictionary<string, DateTimeOffset> Read()
    {
        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, DateTimeOffset>>(File.ReadAllBytes(path)) ?? [];
        }
        catch (Exception fault) when (fault is IOException or JsonException or UnauthorizedAccessException)
        {
            // The first start, or a file that somebody spoilt: nothing is known of earlier uses.
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "when API keys were last used was not written ({Fault})")]
    partial void NotKept(string fault);
}
