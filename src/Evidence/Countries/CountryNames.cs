using System.Collections.Frozen;
using MaySend.Law.Facts;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Countries;

/// <summary>
/// Reads what files call a country: ISO 3166 codes, English names and spellings seen in shops. Blank and "Unspecified" are unknown;
/// "European Community" is the EU with the country unknown; the Channel Islands and the Isle of Man are not <c>gb</c>; a text that is none
/// of these is an input error.
/// </summary>
/// <remarks>Source: ISO 3166-1, see SOURCE.md in this folder.</remarks>
public static class CountryNames
{
    static readonly FrozenDictionary<string, NameSet> Known = Load();
    static readonly FrozenDictionary<string, string> English = Rows("iso-3166.csv")
        .ToFrozenDictionary(row => row[0], row => row[2].Split('|')[0], StringComparer.Ordinal);

    /// <summary>Reads one country, or several separated by spaces, commas, semicolons or bars.</summary>
    /// <returns>False when a text is no country; an empty set when it says that the country is not known.</returns>
    public static bool TryRead(string text, out NameSet countries)
    {
        var trimmed = text.Trim();
        if (trimmed.Length == 0)
        {
            countries = NameSet.Of();
            return true;
        }
        if (Find(trimmed) is { } known)
        {
            countries = known;
            return true;
        }
        // Names may hold spaces, so the clear separators are tried first.
        var parts =
            trimmed.IndexOfAny([',', ';', '|']) >= 0
                ? trimmed.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = new List<string>();
        foreach (var part in parts)
        {
            if (Find(part) is not { } one)
            {
                countries = NameSet.Of();
                return false;
            }
            names.AddRange(one.Names);
        }
        countries = NameSet.Of(names);
        return true;
    }

    /// <summary>Every code of a country.</summary>
    public static IReadOnlyCollection<string> Codes => English.Keys;

    /// <summary>The English name of a code; the code itself where there is none.</summary>
    public static string NameOf(string code) => code == "eu" ? "European Union, country unknown" : English.GetValueOrDefault(code, code);

    static NameSet? Find(string text) =>
        Known.TryGetValue(text, out var known) || (Spelt(text) is { Length: > 3 } spelt && Known.TryGetValue(spelt, out known))
            ? known
            : null;

    /// <summary>
    /// One spelling of many: <c>St. Lucia</c> and <c>Saint Lucia</c>, <c>Korea, Republic of</c> and <c>Korea (Republic of)</c>,
    /// <c>Trinidad &amp; Tobago</c>, <c>the Netherlands</c>, with accents or without.
    /// </summary>
    static string Spelt(string text)
    {
        var words = Folded.Of(text).Split(' ').Where(word => word != "the").Select(word => word is "st" or "ste" ? "saint" : word).ToList();
        return words.Count == 0 ? text.Trim() : string.Join(' ', words);
    }

    static FrozenDictionary<string, NameSet> Load()
    {
        var known = new Dictionary<string, NameSet>(StringComparer.OrdinalIgnoreCase);
        // Other languages first, then English, then what we say ourselves: the later stands.
        foreach (var row in Rows("names.csv"))
            Add(row[1], NameSet.Of(row[0]));
        foreach (var row in Rows("iso-3166.csv"))
        foreach (var name in row[2].Split('|').Append(row[0]).Append(row[1]))
            Add(name, NameSet.Of(row[0]));
        foreach (var row in Rows("aliases.csv"))
            Add(row[0], NameSet.Of(row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        return known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

        void Add(string name, NameSet countries)
        {
            known[name] = countries;
            // Two or three letters are a code, and only as they stand: N.A. is not Namibia.
            if (Spelt(name) is { Length: > 3 } spelt)
                known[spelt] = countries;
        }
    }

    static List<string[]> Rows(string file)
    {
        using var stream = typeof(CountryNames).Assembly.GetManifestResourceStream($"MaySend.Evidence.Countries.{file}")!;
        using var csv = CsvDataReader.Create(new StreamReader(stream));
        var rows = new List<string[]>();
        while (csv.Read())
            rows.Add([.. Enumerable.Range(0, csv.FieldCount).Select(csv.GetString)]);
        return rows;
    }
}
