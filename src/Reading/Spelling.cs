namespace MaySend.Reading;

/// <summary>What a misspelt name may have meant, for help lines.</summary>
public static class Spelling
{
    /// <summary>The names nearest to a misspelt one, the nearest first (Levenshtein distance, whatever the case).</summary>
    public static IEnumerable<string> Near(string name, IEnumerable<string> names, int most = 3) =>
        names.OrderBy(other => Distance(name.ToLowerInvariant(), other.ToLowerInvariant())).Take(most);

    /// <summary>
    /// True when a name may be meant as another: spelt alike (one letter in four amiss), or made up of its words and others
    /// (<c>withdrawn_at</c>, <c>Refused?</c>).
    /// </summary>
    public static bool IsNear(string name, string meant)
    {
        var (mine, theirs) = (Letters(name), Letters(meant));
        return mine.Replace(" ", "", StringComparison.Ordinal) is var joined
            && theirs.Replace(" ", "", StringComparison.Ordinal) is var whole
            && (Distance(joined, whole) <= whole.Length / 4 || $" {mine} ".Contains($" {theirs} ", StringComparison.Ordinal));
    }

    /// <summary>A word of a caller's, not longer than a line.</summary>
    public static string Short(string word) => word.Length <= 60 ? word : string.Concat(word.AsSpan(0, 60), "...");

    static string Letters(string name) =>
        string.Join(
            ' ',
            new string([.. name.Select(c => char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ')]).Split(
                ' ',
                StringSplitOptions.RemoveEmptyEntries
            )
        );

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
