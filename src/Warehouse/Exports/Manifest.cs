using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>
/// What the tables hold: for which campaign and day, and how many rows of each table there are in each part. It stands beside them as a
/// table of names and values, and is written last; what is screened must agree with it to the row. Immutable.
/// </summary>
public sealed record Manifest
{
    /// <summary>The table that holds it.</summary>
    public const string Table = TableSql.ManifestName;

    /// <summary>The form of the tables; another program must not read another form.</summary>
    public const string CurrentFormat = "1";

    /// <summary>The campaign.</summary>
    public required string Campaign { get; init; }

    /// <summary>SHA-256 over the campaign; blank where whoever filled the tables does not say.</summary>
    public string CampaignDigest { get; init; } = "";

    /// <summary>The day of sending that the facts are for.</summary>
    public required DateOnly Day { get; init; }

    /// <summary>Names the state of what the sender has on record, by which the facts were found; blank where nobody says.</summary>
    public string Controller { get; init; } = "";

    /// <summary>True when a register of requests to stop is among the tables.</summary>
    public required bool HasRefusals { get; init; }

    /// <summary>The header of the people's rows.</summary>
    public string Header { get; init; } = "address";

    /// <summary>What stands between their fields.</summary>
    public char Delimiter { get; init; } = ',';

    /// <summary>Rows that were merged into others of the same address.</summary>
    public int Duplicates { get; init; }

    /// <summary>Things worth knowing.</summary>
    public ImmutableArray<string> Notes { get; init; } = [];

    /// <summary>Rows by table and part.</summary>
    public required ImmutableSortedDictionary<(string Table, int Part), long> Counts { get; init; }

    /// <summary>As names and values.</summary>
    public IEnumerable<(string Name, string Value)> Entries =>
        [
            ("format", CurrentFormat),
            ("campaign", Campaign),
            ("campaign-digest", CampaignDigest),
            ("day", Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
            ("controller", Controller),
            ("refusals-attached", HasRefusals ? "yes" : "no"),
            ("header", Header),
            ("delimiter", Delimiter.ToString()),
            ("duplicates", Text(Duplicates)),
            .. Notes.Select((note, place) => ($"note-{Text(place + 1)}", note)),
            .. Counts.Select(pair => (CountName(pair.Key.Table, pair.Key.Part), Text(pair.Value))),
        ];

    static string CountName(string table, int part) => $"rows:{table}:{Text(part)}";

    static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Reads names and values; ends the operation when anything is missing or wrong.</summary>
    public static Manifest Read(IEnumerable<(string Name, string? Value)> entries, string place)
    {
        var (problems, found) = (new Problems(), new Dictionary<string, string>(StringComparer.Ordinal));
        foreach (var (name, value) in entries)
            if (!found.TryAdd(name, value ?? ""))
                problems.Add(new Place(place), $"`{name}` is in {Table} twice");
        string Need(string name)
        {
            if (found.TryGetValue(name, out var value) && value.Length > 0)
                return value;
            problems.Add(new Place(place), $"{Table} does not say `{name}`", "docs/warehouse.md says what it must hold");
            return "";
        }
        var format = Need("format");
        if (format.Length > 0 && format != CurrentFormat)
            problems.Add(new Place(place), $"the tables are of format {format}, this program reads format {CurrentFormat}");
        var day = Need("day");
        if (!DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) && day.Length > 0)
            problems.Add(new Place(place), $"the `day` of {Table}, {day}, is not a day such as 2026-02-05");
        var refusals = Need("refusals-attached");
        if (refusals is not ("yes" or "no" or ""))
            problems.Add(new Place(place), $"`refusals-attached` of {Table} is yes or no, not {refusals}");
        var delimiter = found.GetValueOrDefault("delimiter", ",");
        if (delimiter.Length != 1)
            problems.Add(new Place(place), $"the `delimiter` of {Table} is one character");
        var counts = Counted(found, place, problems);
        var campaign = Need("campaign");
        problems.ThrowIfAny();
        return new()
        {
            Campaign = campaign,
            CampaignDigest = found.GetValueOrDefault("campaign-digest", ""),
            Day = on,
            Controller = found.GetValueOrDefault("controller", ""),
            HasRefusals = refusals == "yes",
            Header = found.GetValueOrDefault("header") is { Length: > 0 } header ? header : "address",
            Delimiter = delimiter[0],
            Duplicates = int.TryParse(found.GetValueOrDefault("duplicates", "0"), out var duplicates) ? duplicates : 0,
            Notes =
            [
                .. found
                    .Where(pair => pair.Key.StartsWith("note-", StringComparison.Ordinal))
                    .OrderBy(pair => pair.Key.Length)
                    .ThenBy(pair => pair.Key, StringComparer.Ordinal)
                    .Select(pair => pair.Value),
            ],
            Counts = counts,
        };
    }

    static ImmutableSortedDictionary<(string, int), long> Counted(Dictionary<string, string> found, string place, Problems problems)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<(string, int), long>();
        foreach (var (name, value) in found.Where(pair => pair.Key.StartsWith("rows:", StringComparison.Ordinal)))
            if (
                name.Split(':') is [_, var table, var number]
                && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var part)
                && long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            )
                counts[(table, part)] = rows;
            else
                problems.Add(new Place(place), $"`{name}` of {Table} is not a number of rows of a table and part, such as rows:people:0");
        foreach (var table in FactTables.All.Where(table => counts.Keys.All(key => key.Item1 != table.Name)))
            problems.Add(
                new Place(place),
                $"{Table} does not say how many rows `{table.Name}` has in any part",
                $"one entry for each part, including 0: {CountName(table.Name, 0)}"
            );
        return counts.ToImmutable();
    }
}
