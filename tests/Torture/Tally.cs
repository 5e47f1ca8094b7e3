using System.Collections.Concurrent;
using System.Globalization;

namespace MaySend.Torture;

/// <summary>What was counted, and every promise that was broken.</summary>
sealed class Tally
{
    readonly ConcurrentDictionary<string, long> counted = new();
    readonly ConcurrentQueue<string> broken = new();

    /// <summary>Promises that were broken, each with its round.</summary>
    public IReadOnlyCollection<string> Broken => broken;

    /// <summary>Where we are, said with whatever breaks.</summary>
    public string Round { get; set; } = "";

    public void Count(string what, long by = 1) => counted.AddOrUpdate(what, by, (_, before) => before + by);

    public void Break(string what) => broken.Enqueue(Round.Length == 0 ? what : $"{Round}: {what}");

    public long Of(string what) => counted.GetValueOrDefault(what);

    /// <summary>The figures, one a line.</summary>
    public void Print(TextWriter to)
    {
        foreach (var (what, count) in counted.OrderBy(each => each.Key, StringComparer.Ordinal))
            to.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{count, 10:N0}  {what}"));
        to.WriteLine($"{broken.Count} promises broken");
    }
}
