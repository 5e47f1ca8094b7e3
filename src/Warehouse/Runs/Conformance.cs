using System.Globalization;
using MaySend.Evidence.Countries;
using MaySend.Law.Facts;
using MaySend.Reading;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Runs;

/// <summary>
/// Whether tables are what the statement takes them for: every column there, every key, words out of their closed lists, names as they
/// are written, records in order and none from after the day, and as many rows in each part as the manifest says. It finds everything
/// that is wrong at once.
/// </summary>
/// <param name="warehouse">Where the tables are.</param>
/// <param name="prefix">What stands before their names.</param>
public sealed class Conformance(IWarehouse warehouse, string prefix = "")
{
    /// <summary>More records of one kind than anybody has; the place of a record must leave room for other numbers beside it.</summary>
    const int MostRecords = 1_000_000;

    /// <summary>How many wrong values are named for each column.</summary>
    const int MostNamed = 5;

    static readonly DayFact[] UpToTheDay = [Collection.Day, Consent.Day, Check.Day];

    readonly Problems problems = new();

    string People => $"{prefix}{FactTables.People.Name}";

    /// <summary>The manifest.</summary>
    public Manifest ReadManifest() =>
        Manifest.Read(
            warehouse
                .Ask($"SELECT name, value FROM {prefix}{Manifest.Table} ORDER BY name")
                .Select(row => (WarehouseRows.Text(row[0]), (string?)WarehouseRows.Text(row[1]))),
            warehouse.Name
        );

    /// <summary>Looks at everything; ends the operation when anything is wrong.</summary>
    /// <returns>The manifest, the sets of countries that people have, and things worth knowing.</returns>
    public (Manifest Manifest, IReadOnlyList<NameSet> Countries, IReadOnlyList<string> Notes) Look()
    {
        foreach (var table in FactTables.All)
            HasEveryColumn(table);
        problems.ThrowIfAny();
        var manifest = ReadManifest();
        foreach (var table in FactTables.All)
        {
            Balances(table, manifest);
            HasKeys(table);
            HasValues(table, manifest);
            HasNames(table);
            if (table.Scope.IsRecord())
                IsInOrder(table);
        }
        var countries = Countries();
        problems.ThrowIfAny();
        return (manifest, countries, [.. Notes(manifest)]);
    }

    void HasEveryColumn(FactTable table)
    {
        try
        {
            var there = warehouse.ColumnsOf($"SELECT * FROM {prefix}{table.Name} WHERE 1 = 0").ToHashSet(StringComparer.Ordinal);
            foreach (var column in table.Columns.Where(column => !there.Contains(column.Name)))
                Wrong(table, $"there is no column `{column.Name}`", $"it says {column.Meaning}; leave it blank if that is not known");
        }
        catch (BadInputException missing)
        {
            problems.AddAll(missing.Problems);
            throw;
        }
    }

    /// <summary>A part with fewer rows than it had is a part that was cut off: in a table of opt-outs, unlawful mail.</summary>
    void Balances(FactTable table, Manifest manifest)
    {
        var counted = warehouse
            .Ask($"SELECT {FactTables.Part}, COUNT(*) FROM {prefix}{table.Name} GROUP BY {FactTables.Part}")
            .Where(row => row[0] is not null)
            .ToDictionary(row => (int)WarehouseRows.Number(row[0]), row => WarehouseRows.Number(row[1]));
        var said = manifest.Counts.Where(pair => pair.Key.Table == table.Name).ToDictionary(pair => pair.Key.Part, pair => pair.Value);
        foreach (var part in said.Keys.Union(counted.Keys).Order())
            if (said.GetValueOrDefault(part) is var expected && counted.GetValueOrDefault(part) is var there && expected != there)
                Wrong(
                    table,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"part {part} has {Amount.Of(there, "row")}, {Manifest.Table} says {expected:N0}"
                    ),
                    "load the part again, or write the manifest of what was loaded"
                );
    }

    void HasKeys(FactTable table)
    {
        string[] keys = [.. table.Columns.Where(column => column.IsKey).Select(column => column.Name)];
        Count(
            table,
            $"WHERE {string.Join(" OR ", keys.Select(key => $"{key} IS NULL"))}",
            $"rows have a blank in {string.Join(", ", keys)}"
        );
        var unique = table.Scope.IsRecord() ? $"{FactTables.Contact}, {FactTables.Order}" : FactTables.Contact;
        var twice = Number($"SELECT COUNT(*) FROM (SELECT 1 AS one FROM {prefix}{table.Name} GROUP BY {unique} HAVING COUNT(*) > 1) twice");
        if (twice > 0)
            Wrong(table, string.Create(CultureInfo.InvariantCulture, $"{twice:N0} times, several rows have the same {unique}"));
        if (!table.Scope.IsRecord())
        {
            // One mailbox under two names would have its requests to stop under one of them.
            var alike = Number(
                $"SELECT COUNT(*) FROM (SELECT 1 AS one FROM {People} WHERE {FactTables.Address} <> '' "
                    + $"GROUP BY LOWER(TRIM({FactTables.Address})) HAVING COUNT(*) > 1) alike"
            );
            if (alike > 0)
                Wrong(
                    table,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Amount.Of(alike, "address stands", "addresses stand")} under several {FactTables.Contact}"
                    )
                );
            return;
        }
        Count(
            table,
            $"WHERE {FactTables.Order} < 1 OR {FactTables.Order} > {MostRecords}",
            $"rows have a {FactTables.Order} below 1 or above {MostRecords}"
        );
        var elsewhere = Number(
            $"SELECT COUNT(*) FROM {prefix}{table.Name} r INNER JOIN {People} p ON p.{FactTables.Contact} = r.{FactTables.Contact} "
                + $"WHERE p.{FactTables.Part} <> r.{FactTables.Part}"
        );
        if (elsewhere > 0)
            Wrong(
                table,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Amount.Of(elsewhere, "row is", "rows are")} in another part than the person they are about"
                )
            );
    }

    /// <summary>One pass over the table: words out of their lists, numbers below zero, days after the day.</summary>
    void HasValues(FactTable table, Manifest manifest)
    {
        var asked = table
            .Columns.Select(column => (Column: column, Wrong: IsWrong(column, manifest)))
            .Where(one => one.Wrong is not null)
            .ToList();
        var counts = warehouse
            .Ask($"SELECT {string.Join(", ", asked.Select(one => $"COUNT(CASE WHEN {one.Wrong} THEN 1 END)"))} FROM {prefix}{table.Name}")
            .Single();
        for (var place = 0; place < asked.Count; place++)
        {
            var (column, wrong) = (asked[place].Column, asked[place].Wrong!);
            if (WarehouseRows.Number(counts[place]) is > 0 and var rows)
                Wrong(
                    table,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"`{column.Name}` has {rows:N0} values that are not in its list, are negative, or come after the day: "
                    ) + Examples(table, column, wrong),
                    column.Fact!.Form
                );
        }
    }

    string? IsWrong(TableColumn column, Manifest manifest) =>
        column.Fact switch
        {
            WordFact word => $"{column.Name} <> '' AND {column.Name} NOT IN ({string.Join(", ", word.Words.Select(each => $"'{each}'"))})",
            NumberFact => $"{column.Name} < 0",
            DayFact day when UpToTheDay.Contains(day) => $"{column.Name} > {warehouse.Dialect.Literal(manifest.Day)}",
            _ => null,
        };

    string Examples(FactTable table, TableColumn column, string wrong) =>
        string.Join(
            ", ",
            warehouse
                .Ask($"SELECT DISTINCT {column.Name} FROM {prefix}{table.Name} WHERE {wrong} ORDER BY {column.Name} LIMIT {MostNamed}")
                .Select(row =>
                    WarehouseRows.Day(row[0]) is { } day
                        ? day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
                        : WarehouseRows.Text(row[0])
                )
        );

    /// <summary>Names and sets of names are compared as they are written, so they must be written as the statement writes them.</summary>
    void HasNames(FactTable table)
    {
        foreach (var column in table.Columns.Where(column => column.Fact is NameFact or SetFact))
        {
            var wrong = warehouse
                .Ask($"SELECT DISTINCT {column.Name} FROM {prefix}{table.Name} WHERE {column.Name} <> ''")
                .Select(row => WarehouseRows.Text(row[0]))
                .Where(cell => column.Fact is SetFact set ? !IsSet(set, cell) : !NameCell.IsName(cell))
                .Order(StringComparer.Ordinal)
                .Take(MostNamed)
                .ToList();
            if (wrong.Count > 0)
                Wrong(
                    table,
                    $"`{column.Name}` has values that are not written as they must be: {string.Join("; ", wrong)}",
                    column.Fact is SetFact { Words: { IsEmpty: false } words }
                        ? $"all, or some of {string.Join(' ', words.Order(StringComparer.Ordinal))}, in this order, separated by one blank"
                        : "names in order of their bytes, each once, one blank between; write anything but letters, digits and -._/:@+() "
                            + "as %XX"
                );
        }
    }

    static bool IsSet(SetFact fact, string cell) =>
        NameCell.IsSet(cell) && (fact.Words.IsEmpty || NameCell.ReadSet(cell)!.Names.All(name => fact.Words.Contains(name)));

    /// <summary>The newest first: of several records that come as near, the first is the reason. What restricts for a whole domain comes
    /// before all.</summary>
    void IsInOrder(FactTable table)
    {
        if (UpToTheDay.FirstOrDefault(day => day.Scope == table.Scope) is not { } fact)
            return;
        var day = FactTables.Column(fact);
        var wrong = Number(
            $"SELECT COUNT(*) FROM {prefix}{table.Name} a "
                + $"INNER JOIN {prefix}{table.Name} b ON b.{FactTables.Contact} = a.{FactTables.Contact} "
                + $"AND b.{FactTables.Order} = a.{FactTables.Order} + 1 WHERE b.{day} > a.{day} OR a.{day} IS NULL AND b.{day} IS NOT NULL"
        );
        if (wrong > 0)
            Wrong(
                table,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Amount.Of(wrong, "row comes", "rows come")} before a newer one of the same person"
                ),
                $"{FactTables.Order} is 1 for the newest `{day}`; undated ones last"
            );
    }

    List<NameSet> Countries()
    {
        var column = FactTables.Column(Recipient.Countries);
        var sets = new List<NameSet>();
        foreach (var row in warehouse.Ask($"SELECT DISTINCT COALESCE({column}, '') FROM {People}").ToList())
        {
            var set = NameCell.ReadSet(WarehouseRows.Text(row[0])) ?? NameSet.None;
            sets.Add(set);
            foreach (var country in set.Names.Where(country => CountryNames.NameOf(country) == country))
                Wrong(
                    FactTables.People,
                    $"`{column}` has `{country}`, which is not a country code",
                    "ISO 3166 codes of two small letters; blank if it is not known"
                );
        }
        return [.. sets.OrderBy(NameCell.Of, StringComparer.Ordinal)];
    }

    IEnumerable<string> Notes(Manifest manifest)
    {
        if (
            manifest.HasRefusals
            && manifest.Counts.Where(pair => pair.Key.Table == FactTables.Of(Scope.Refusal).Name).Sum(pair => pair.Value) == 0
        )
            yield return "the table of refusals is empty: it says that nobody has ever asked to stop";
        foreach (var table in FactTables.All.Where(table => table.Scope.IsRecord()))
        {
            // Every person has one row by now: what finds none is about nobody.
            var rows =
                Number($"SELECT COUNT(*) FROM {prefix}{table.Name}")
                - Number(
                    $"SELECT COUNT(*) FROM {prefix}{table.Name} r INNER JOIN {People} p ON p.{FactTables.Contact} = r.{FactTables.Contact}"
                );
            if (rows > 0)
                yield return string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Amount.Of(rows, "row")} of {table.Name} {(rows == 1 ? "is" : "are")} about nobody in {FactTables.People.Name}"
                );
        }
    }

    void Count(FactTable table, string where, string wrong)
    {
        if (Number($"SELECT COUNT(*) FROM {prefix}{table.Name} {where}") is > 0 and var rows)
            Wrong(table, string.Create(CultureInfo.InvariantCulture, $"{rows:N0} {wrong}"));
    }

    long Number(string sql) => WarehouseRows.Number(warehouse.Ask(sql).Single()[0]);

    void Wrong(FactTable table, string text, string? help = null) =>
        problems.Add(new Place($"{warehouse.Name} {prefix}{table.Name}"), text, help);
}
