using System.Collections.Frozen;
using MaySend.Law.Facts;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Countries;

/// <summary>
/// Reads what files call a country: ISO 3166 codes, English names and spellings seen in shops. Blank and "Unspecified" are unknown;
/// "European Community" is the EU
/// with the country unknown; the Channel Islands and the Isle of Man are not <c>gb</c>; a text that is none of these is an input error.
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
        if (Known.TryGetValue(trimmed, out countries!))
            return true;
        // Names may hold spaces, so the clear separators are tried first.
        var parts =
            trimmed.IndexOfAny([',', ';', '|']) >= 0
                ? trimmed.Split([',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
                : trimmed.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var names = new List<string>();
        foreach (var part in parts)
        {
            if (!Known.TryGetValue(part, out var one))
                return false;
            names.AddRange(one.Names);
        }
        countries = NameSet.Of(names);
        return true;
    }

    /// <summary>The English name of a code; the code itself where there is none.</summary>
    public static string NameOf(string code) => code == "eu" ? "European Union, country unknown" : English.GetValueOrDefault(code, code);

    static FrozenDictionary<string, NameSet> Load()
    {
        var known = new Dictionary<string, NameSet>(StringComparer.OrdinalIgnoreCase);
        foreach (var row in Rows("iso-3166.csv"))
        foreach (var name in row[2].Split('|').Append(row[0]).Append(row[1]))
            known[name] = NameSet.Of(row[0]);
        foreach (var row in Rows("aliases.csv"))
            known[row[0]] = NameSet.Of(row[1].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        return known.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);
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
