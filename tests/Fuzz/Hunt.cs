using System.Globalization;
using System.IO.MemoryMappedFiles;
using System.Security.Cryptography;

namespace MaySend.Fuzz;

/// <summary>Something that a reader must not do.</summary>
/// <param name="Kind">What it did: the exception's name, or that it took too long or too much memory.</param>
/// <param name="Input">The input, saved or not.</param>
/// <param name="What">What it said.</param>
sealed record Find(string Kind, byte[] Input, string What);

/// <summary>
/// Tries inputs on one target, and remembers those that led somewhere new. How long one takes is asked in long runs only, and in processor
/// time: a machine that is busy with something else makes no hang.
/// </summary>
sealed class Hunt(Target target, Coverage? coverage = null)
{
    static readonly TimeSpan TooLong = TimeSpan.FromSeconds(1);

    const long TooMuch = 256L << 20;
    const int LongestKept = 4 * 1024;
    const int MostKept = 4_000;

    readonly List<byte[]> pool = [];

    /// <summary>Faults, one of each kind and place.</summary>
    public Dictionary<string, Find> Found { get; } = [];

    /// <summary>Inputs that took a branch as none before.</summary>
    public List<byte[]> Kept { get; } = [];

    public long Tried { get; private set; }

    /// <summary>The longest that one input took, in processor time; not measured without coverage.</summary>
    public TimeSpan Slowest { get; private set; }

    /// <summary>The most that was allocated for one input, in octets.</summary>
    public long Largest { get; private set; }

    /// <summary>Tries what is there: seeds and saved inputs.</summary>
    public void Begin(IEnumerable<byte[]> inputs)
    {
        foreach (var input in inputs)
        {
            Try(input);
            pool.Add(input);
        }
        if (pool.Count == 0)
            pool.Add([]);
    }

    /// <summary>Tries so many damaged inputs.</summary>
    public void Go(long inputs, int seed, Func<bool> mayGoOn, MemoryMappedViewAccessor? last = null)
    {
        var mutator = new Mutator(seed, target.Words);
        for (var number = 0L; number < inputs && mayGoOn(); number++)
        {
            var input = mutator.Damage(Chosen(mutator), pool[mutator.Any(pool.Count)]);
            if (last is not null)
            {
                // What the process dies of without a word can be read here afterwards.
                last.Write(0, input.Length);
                last.WriteArray(4, input, 0, input.Length);
            }
            if (Try(input) && input.Length <= LongestKept && Kept.Count < MostKept)
            {
                pool.Add(input);
                Kept.Add(input);
            }
        }
    }

    /// <summary>The shortest of three, as chance has it: it is read in less time, and what is damaged in it matters more.</summary>
    byte[] Chosen(Mutator mutator)
    {
        var chosen = pool[mutator.Any(pool.Count)];
        for (var times = 0; times < 2; times++)
            if (pool[mutator.Any(pool.Count)] is var other && other.Length < chosen.Length)
                chosen = other;
        return chosen;
    }

    /// <summary>Tries one; true when it led somewhere new.</summary>
    bool Try(byte[] input)
    {
        coverage?.Begin();
        Tried++;
        var (started, allocated) = (Used(), GC.GetAllocatedBytesForCurrentThread());
        try
        {
            target.Read(input);
        }
        catch (Exception fault)
        {
            Note(fault.GetType().Name + PlaceOf(fault), input, fault.ToString());
        }
        var isNew = coverage?.IsNew() == true;
        allocated = GC.GetAllocatedBytesForCurrentThread() - allocated;
        Largest = Math.Max(Largest, allocated);
        if (allocated > TooMuch)
            Note("too much memory", input, $"{allocated >> 20} MB for {input.Length} octets");
        var took = Used() - started;
        if (took > TooLong)
            took = Again(input, took);
        Slowest = took > Slowest ? took : Slowest;
        return isNew;
    }

    TimeSpan Used() => coverage is null ? TimeSpan.Zero : Environment.CpuUsage.TotalTime;

    /// <summary>Whatever else the process did meanwhile is no hang either: the shortest of three counts.</summary>
    TimeSpan Again(byte[] input, TimeSpan shortest)
    {
        for (var times = 0; times < 2; times++)
        {
            var started = Used();
            try
            {
                target.Read(input);
            }
            catch (Exception)
            {
                // Noted the first time.
            }
            shortest = Used() - started is { } took && took < shortest ? took : shortest;
        }
        if (shortest > TooLong)
            Note(
                "takes too long",
                input,
                string.Create(CultureInfo.InvariantCulture, $"{shortest.TotalSeconds:0.0} s for {input.Length} octets")
            );
        return shortest;
    }

    void Note(string kind, byte[] input, string what)
    {
        if (!Found.TryGetValue(kind, out var known) || input.Length < known.Input.Length)
            Found[kind] = new(kind, input, what);
    }

    static string PlaceOf(Exception fault) =>
        fault.StackTrace?.Split('\n').FirstOrDefault(line => line.Contains("MaySend.", StringComparison.Ordinal))?.Trim() is { } place
            ? " " + place[..Math.Min(120, place.Length)]
            : "";

    /// <summary>A short name for an input.</summary>
    public static string NameOf(byte[] input) => Convert.ToHexStringLower(SHA256.HashData(input).AsSpan(0, 6));
}
