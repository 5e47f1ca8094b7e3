using System.Globalization;
using MaySend.Evidence.Countries;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Records.Start;

/// <summary>
/// What the files somebody brought hold that a question can show: never an answer by itself. Read from the audience's folder.
/// </summary>
public sealed class StartFindings
{
    readonly SortedDictionary<string, int> countries = new(StringComparer.Ordinal);
    readonly Dictionary<string, int> products = new(StringComparer.Ordinal);
    readonly SortedDictionary<string, (int Ticked, int Left)> ticks = new(StringComparer.Ordinal);

    /// <summary>People in the list.</summary>
    public int People { get; private set; }

    /// <summary>Orders, sign-ups and other occasions on which people gave their address.</summary>
    public int Occasions { get; private set; }

    /// <summary>Requests to stop.</summary>
    public int Stops { get; private set; }

    /// <summary>People whom a two-valued column says not to have subscribed.</summary>
    public int StatusNo { get; private set; }

    /// <summary>The first and the last day of an occasion; null where there is none.</summary>
    public (DateOnly First, DateOnly Last)? Days { get; private set; }

    /// <summary>The product codes, the most often bought first.</summary>
    public IReadOnlyList<string> Products =>
        [.. products.OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal).Select(pair => pair.Key)];

    /// <summary>Countries with how many people or occasions name each.</summary>
    public IReadOnlyDictionary<string, int> Countries => countries;

    /// <summary>True when orders say whether a box was ticked.</summary>
    public bool HasTicks => ticks.Count > 0;

    /// <summary>Reads what stands in the folder.</summary>
    public static StartFindings In(string folder)
    {
        var found = new StartFindings();
        foreach (var entry in Entries(folder, "people.csv", CompanionFiles.People).OfType<DetailsStated>())
        {
            found.People++;
            found.Count(entry.Countries);
        }
        foreach (var entry in Entries(folder, "collections.csv", CompanionFiles.Collections).OfType<DetailsCollected>())
            found.Look(entry);
        foreach (var entry in Entries(folder, "consents.csv", CompanionFiles.Consents).OfType<ConsentAnswered>())
        {
            found.Occasions++;
            found.Saw(entry.When.Day);
        }
        foreach (var entry in Entries(folder, "refusals.csv", CompanionFiles.Refusals).OfType<RefusalMade>())
        {
            found.Stops++;
            if (entry.Kind == "at-collection")
                found.StatusNo++;
        }
        return found;
    }

    /// <summary>The countries as a line: <c>United Kingdom 24, Ireland 3</c>.</summary>
    public string CountryLine =>
        string.Join(
            ", ",
            countries
                .OrderByDescending(pair => pair.Value)
                .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{CountryNames.NameOf(pair.Key)} {pair.Value:N0}"))
        );

    /// <summary>How many of each hundred boxes were ticked, by year: a jump may be a change of form.</summary>
    public IReadOnlyList<string> TickLines =>
        [
            .. ticks.Select(pair =>
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{pair.Key}: {pair.Value.Ticked:N0} of {pair.Value.Ticked + pair.Value.Left:N0} boxes ticked "
                        + $"({100 * pair.Value.Ticked / (pair.Value.Ticked + pair.Value.Left)} in 100)"
                )
            ),
        ];

    void Look(DetailsCollected occasion)
    {
        Occasions++;
        Count(occasion.Countries);
        foreach (var product in occasion.Products)
            products[product] = products.GetValueOrDefault(product) + 1;
        var day = occasion.When.Day;
        Saw(day);
        if (occasion.ConsentTicked is not { } ticked)
            return;
        var year = day.Year.ToString(CultureInfo.InvariantCulture);
        var (yes, no) = ticks.GetValueOrDefault(year);
        ticks[year] = ticked ? (yes + 1, no) : (yes, no + 1);
    }

    void Saw(DateOnly day) =>
        Days = Days is { } days ? (day < days.First ? day : days.First, day > days.Last ? day : days.Last) : (day, day);

    void Count(MaySend.Law.Facts.NameSet? named)
    {
        foreach (var country in named is null ? [] : named.Names)
            countries[country] = countries.GetValueOrDefault(country) + 1;
    }

    static IEnumerable<ContactEntry> Entries(string folder, string name, CompanionFile kind)
    {
        var path = Path.Combine(folder, name);
        if (!File.Exists(path))
            yield break;
        var problems = new Problems();
        using var rows = CsvRows.Open(path, kind.Columns, null, problems);
        while (rows?.Read() == true)
            if (kind.Read(rows) is { } entry)
                yield return entry;
        problems.ThrowIfAny();
    }
}
