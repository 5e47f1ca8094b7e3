using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaySend.Reading;

namespace MaySend.Stores.Checkpoints;

/// <summary>
/// Sends checkpoints to their places, each by itself: one that is away holds up neither the others nor anything else. What was kept where
/// stands in <c>checkpoints.left</c> beside the settings. Safe for many threads.
/// </summary>
/// <param name="places">Where to.</param>
/// <param name="folder">The folder of the settings.</param>
/// <param name="clock">Says when.</param>
public sealed class LeavingCheckpoints(CheckpointPlaces places, string folder, TimeProvider clock)
{
    static readonly JsonSerializerOptions Layout = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    readonly Lock gate = new();
    readonly string file = Path.Combine(folder, "checkpoints.left");

    /// <summary>Where to.</summary>
    public CheckpointPlaces Places => places;

    /// <summary>How it stands with each place.</summary>
    public IReadOnlyList<CheckpointLeft> Standing()
    {
        var known = Read();
        return [.. places.All.Select(place => known.FirstOrDefault(one => one.Place == place.Name) ?? new(place.Name, null, null, null))];
    }

    /// <summary>How old the last one is at the place that is furthest behind; null where one place has none yet, or there is no
    /// place.</summary>
    public TimeSpan? Age() =>
        Standing() is { Count: > 0 } all && all.All(one => one.At is not null) ? clock.GetUtcNow() - all.Min(one => one.At!.Value) : null;

    /// <summary>Sends a checkpoint to every place that does not have it.</summary>
    /// <returns>How it stands with each place then.</returns>
    public async Task<IReadOnlyList<CheckpointLeft>> SendAsync(string note, CancellationToken cancellation = default)
    {
        var name = NameOf(note);
        var missing = Standing().Where(one => one.Note != name).Select(one => one.Place).ToHashSet(StringComparer.Ordinal);
        var tried = await Task.WhenAll(
            places.All.Where(place => missing.Contains(place.Name)).Select(place => TryAsync(place, note, name, cancellation))
        );
        lock (gate)
        {
            IReadOnlyList<CheckpointLeft> now = [.. Standing().Select(one => After(one, tried))];
            if (tried.Length > 0)
                OwnerOnly.WriteText(file, JsonSerializer.Serialize(now, Layout));
            return now;
        }
    }

    /// <summary>What is kept at every place that can be read, and a sentence for each that cannot.</summary>
    public async Task<(IReadOnlyList<string> Kept, IReadOnlyList<string> NotRead)> ReadBackAsync(CancellationToken cancellation = default)
    {
        var (kept, unread) = (new List<string>(), new List<string>());
        foreach (var place in places.All)
            try
            {
                kept.Add(await place.ReadAsync(cancellation));
            }
            catch (Exception fault) when (IsAway(fault, cancellation))
            {
                unread.Add($"at {place.Name}: what is kept there ({fault.Message})");
            }
        return (kept, unread);
    }

    static CheckpointLeft After(CheckpointLeft before, CheckpointLeft[] tried) =>
        tried.FirstOrDefault(one => one.Place == before.Place) switch
        {
            null => before,
            { Fault: null } kept => kept,
            { Fault: { } fault } => before with { Fault = fault },
        };

    async Task<CheckpointLeft> TryAsync(ICheckpointPlace place, string note, string name, CancellationToken cancellation)
    {
        try
        {
            await place.KeepAsync(note, cancellation);
            return new(place.Name, clock.GetUtcNow(), name, null);
        }
        catch (Exception fault) when (IsAway(fault, cancellation))
        {
            return new(place.Name, null, null, fault.Message);
        }
    }

    static bool IsAway(Exception fault, CancellationToken cancellation) =>
        fault
            is IOException
                or UnauthorizedAccessException
                or HttpRequestException
                or FormatException
                or CryptographicException
                or NotSupportedException
        || (fault is OperationCanceledException && !cancellation.IsCancellationRequested);

    static string NameOf(string note) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(note)));

    IReadOnlyList<CheckpointLeft> Read()
    {
        try
        {
            return File.Exists(file) ? JsonSerializer.Deserialize<List<CheckpointLeft>>(File.ReadAllBytes(file), Layout) ?? [] : [];
        }
        catch (Exception fault) when (fault is JsonException or IOException)
        {
            // Then every place is sent the next one, and nothing is said to have left before.
            return [];
        }
    }
}
