using System.Globalization;

namespace MaySend.Reading;

/// <summary>
/// How much of a YAML text is taken. Everything is checked while it is read and before anything is built of it, so that a text made to
/// exhaust the reader (100 KB of opening brackets, a map of a million keys) costs no more than its limits and is told with its place.
/// </summary>
/// <param name="Characters">The longest text, in characters.</param>
/// <param name="Depth">How many lists and maps may stand in one another.</param>
/// <param name="Nodes">How many texts, lists and maps one document may have.</param>
/// <param name="Problems">After so many faults of the form the rest is left unread.</param>
public sealed record YamlLimits(int Characters, int Depth, int Nodes, int Problems)
{
    /// <summary>Far above any file that a person writes: the largest of the law has 1,500 nodes in nine levels.</summary>
    public static readonly YamlLimits Default = new(Characters: 8 << 20, Depth: 64, Nodes: 500_000, Problems: 100);

    /// <summary>The text as a whole; null with the problem noted when it is too long.</summary>
    internal string? Take(TextReader text, string file, Problems problems)
    {
        // Hundreds of small files are read one after the other, each of a few thousand characters.
        var buffer = new char[Math.Min(Characters, 1 << 12)];
        var taken = new System.Text.StringBuilder();
        while (text.Read(buffer) is var read and > 0)
        {
            taken.Append(buffer.AsSpan(0, read));
            if (taken.Length > Characters)
            {
                problems.Add(
                    new Place(file),
                    string.Create(CultureInfo.InvariantCulture, $"is longer than {Characters:N0} characters"),
                    "MaySend did not read it: no file of this kind is that long"
                );
                return null;
            }
        }
        var whole = taken.ToString();
        // A directive that ends with the text keeps the parser busy for half a minute where its buffer ends there too.
        return whole.AsSpan(whole.LastIndexOfAny(['\n', '\r']) + 1).StartsWith("%") ? whole + "\n" : whole;
    }
}
