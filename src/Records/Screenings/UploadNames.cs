using MaySend.Evidence.Files;

namespace MaySend.Records.Screenings;

/// <summary>The names under which uploaded files are kept: of a closed list, never what the client said.</summary>
public static class UploadNames
{
    static readonly string[] Known = ["people", "collections", "orders", "consents", "refusals", "sends", "checks", "bounces"];

    /// <summary>What is wrong with one file; the file is null for what is wrong with all together.</summary>
    /// <param name="File">The name as the client gave it.</param>
    /// <param name="Says">What is wrong.</param>
    public readonly record struct Mistake(string? File, string Says);

    /// <summary>Names for files in the order given. One file alone is the list of people, whatever it is called.</summary>
    /// <param name="given">The names as the client gave them.</param>
    /// <param name="mistakes">What is wrong; the names are only good when this stays empty.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<string> given, ICollection<Mistake> mistakes)
    {
        var names = given.Select(name => Of(name, given.Count == 1, mistakes)).ToList();
        foreach (
            var twice in names
                .GroupBy(name => name.Split('.')[0], StringComparer.Ordinal)
                .Where(group => group.Key.Length > 0 && group.Count() > 1)
        )
            mistakes.Add(new(null, $"There are two files of {twice.Key}."));
        if (mistakes.Count == 0 && !names.Any(name => name.StartsWith("people", StringComparison.Ordinal)))
            mistakes.Add(new(null, "The list of people is missing: send a file with a column named address."));
        return names;
    }

    static string Of(string given, bool isAlone, ICollection<Mistake> mistakes)
    {
        var lower = given.ToLowerInvariant();
        var ending =
            lower.EndsWith(".csv.gz", StringComparison.Ordinal) ? ".csv.gz"
            : lower.EndsWith(".csv", StringComparison.Ordinal) ? ".csv"
            : "";
        var stem = Path.GetFileName(lower[..^ending.Length]);
        if (ending.Length == 0)
            mistakes.Add(new(given, "is neither .csv nor .csv.gz"));
        else if (Known.Contains(stem))
            return stem + ending;
        else if (isAlone && StateWords.InFileName(given) is { } word)
            mistakes.Add(
                new(
                    given,
                    $"says `{word}` in its name: if these people asked to stop, send it as refusals.csv beside the list; if "
                        + $"not, give it another name"
                )
            );
        else if (isAlone)
            return "people" + ending;
        else
            mistakes.Add(new(given, $"is not one of {string.Join(", ", Known)}"));
        return "";
    }
}
