using System.Text.Json;
using MaySend.Evidence.Entries;

namespace MaySend.Server.OptOut;

/// <summary>
/// Wishes that came while the store could not be reached: one JSON line each in <c>opt-outs.spool</c>, on disk before anybody is told "done". Emptied only when every line of it
/// has been recorded; recording one twice adds nothing.
/// </summary>
public sealed class Spool : IDisposable
{
    readonly Lock gate = new();
    readonly FileStream file;

    /// <summary>Opens the spool, or makes it. One process at a time.</summary>
    public Spool(ServerOptions options)
    {
        // Each process has its own: two on one folder would empty each other's.
        file = Open(options.DataFolder);
        Waiting = Lines().Count;
    }

    /// <summary>How many wishes wait.</summary>
    public int Waiting { get; private set; }

    /// <summary>Keeps a wish; it is on disk when this returns.</summary>
    /// <exception cref="IOException">The disk refused: then nobody may be told that it was taken.</exception>
    public void Add(OptOutWish wish)
    {
        lock (gate)
        {
            file.Seek(0, SeekOrigin.End);
            file.Write([.. JsonSerializer.SerializeToUtf8Bytes(wish, EntryJson.Options), (byte)'\n']);
            file.Flush(flushToDisk: true);
            Waiting++;
        }
    }

    /// <summary>Gives every waiting wish to <paramref name="record"/>, oldest first; what it does not record stays.</summary>
    public async Task DrainAsync(Func<OptOutWish, ValueTask> record)
    {
        List<string> lines;
        long length;
        lock (gate)
        {
            lines = Lines();
            length = file.Length;
        }
        if (lines.Count == 0) return;
        foreach (var line in lines)
            if (Read(line) is { } wish) await record(wish);
        lock (gate)
        {
            // Something was added meanwhile: the next round records it, and the rest once more for nothing.
            if (file.Length != length) return;
            file.SetLength(0);
            file.Flush(flushToDisk: true);
            Waiting = 0;
        }
    }

    /// <inheritdoc />
    public void Dispose() => file.Dispose();

    List<string> Lines()
    {
        file.Seek(0, SeekOrigin.Begin);
        var octets = new byte[file.Length];
        file.ReadExactly(octets);
        return [.. System.Text.Encoding.UTF8.GetString(octets).Split('\n').Where(line => line.Length > 0)];
    }

    /// <summary>A line cut off by a crash was never acknowledged.</summary>
    static OptOutWish? Read(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<OptOutWish>(line, EntryJson.Options);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    static FileStream Open(string folder)
    {
        Directory.CreateDirectory(folder);
        for (var number = 0; ; number++)
        {
            var path = Path.Combine(folder, number == 0 ? "opt-outs.spool" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"opt-outs.{number}.spool"));
            try
            {
                return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (number < 64 && File.Exists(path))
            {
                // Another process on this folder holds that one.
            }
        }
    }
}

/// <summary>Tries the spool again and again.</summary>
sealed partial class SpoolDrain(Spool spool, OptOutRegister register, ServerOptions options, TimeProvider clock, ILogger<SpoolDrain> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.DrainEvery, clock);
        do
        {
            var before = spool.Waiting;
            if (before == 0) continue;
            try
            {
                await spool.DrainAsync(async wish => await register.RefuseAsync(wish, stoppingToken));
                Drained(before);
            }
            catch (Exception fault) when (fault is not OperationCanceledException)
            {
                Waits(before, fault.GetType().Name);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    [LoggerMessage(LogLevel.Warning, "recorded {Count} opt-outs from the spool: they are effective now")]
    partial void Drained(int count);

    [LoggerMessage(LogLevel.Error, "{Count} opt-outs wait in the spool and are not effective yet: {Fault}")]
    partial void Waits(int count, string fault);
}
