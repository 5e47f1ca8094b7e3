namespace MaySend.Reading;

/// <summary>What a misspelt name may have meant, for help lines.</summary>
public static class Spelling
{
    /// <summary>The names nearest to a misspelt one, the nearest first (Levenshtein distance, whatever the case).</summary>
    public static IEnumerable<string> Near(string name, IEnumerable<string> names, int most = 3) =>
        names.OrderBy(other => Distance(name.ToLowerInvariant(), other.ToLowerInvariant())).Take(most);

    static int Distance(string left, string right)
    {
        var costs = Enumerable.Range(0, right.Length + 1).ToArray();
        for (var i = 1; i <= left.Length; i++)
        {
            var diagonal = costs[0];
            costs[0] = i;
            for (var j = 1; j <= right.Length; j++)
            {
                var next = Math.Min(Math.Min(costs[j], costs[j - 1]) + 1, diagonal + (left[i - 1] == right[j - 1] ? 0 : 1));
                (diagonal, costs[j]) = (costs[j], next);
            }
        }
        return costs[right.Length];
    }
}
