using System.Globalization;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>
/// Makes <c>checks.csv</c> of what keepers of registers work with: the list that was asked about, and the list of those that were found in
/// the register. Whoever was asked about and not found was not listed on that day; nothing is said about anybody else.
/// </summary>
public static class CheckFile
{
    static readonly CsvColumn[] Columns = [new("address", "an email address or phone number", "who was looked up", IsRequired: true)];

    /// <summary>One look-up of one address.</summary>
    public sealed record Row(string Address, bool Listed);

    /// <summary>Reads both lists; every problem is noted, and then nothing is made.</summary>
    /// <param name="asked">A CSV file with the addresses that were looked up.</param>
    /// <param name="found">One with those that the register holds; null when none was found.</param>
    /// <param name="column">The column that holds the address in both.</param>
    /// <param name="problems">Where problems go.</param>
    public static IReadOnlyList<Row> Read(string asked, string? found, string column, Problems problems)
    {
        var all = Addresses(asked, column, problems);
        var listed = found is null ? [] : Addresses(found, column, problems);
        foreach (var (address, place) in listed.Where(pair => !all.ContainsKey(pair.Key)))
            problems.Add(place, $"{address} was found, but is not in the list that was looked up", "is this the answer for another list?");
        return [.. all.Keys.Order(StringComparer.Ordinal).Select(address => new Row(address, listed.ContainsKey(address)))];
    }

    /// <summary>The file that screenings and imports read.</summary>
    public static string Write(IEnumerable<Row> rows, string register, DateOnly day) => Write(rows.Select(row => (row, register, day)));

    /// <summary>The file of look-ups in several registers.</summary>
    public static string Write(IEnumerable<(Row Row, string Register, DateOnly Day)> lookUps) =>
        CsvTable.Text(
            ["address", "id", "when", "register", "listed"],
            from lookUp in lookUps
            let day = lookUp.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            select new[] { lookUp.Row.Address, $"{lookUp.Register} {day}", day, lookUp.Register, lookUp.Row.Listed ? "yes" : "no" }
        );

    static Dictionary<string, Place> Addresses(string path, string column, Problems problems)
    {
        var found = new Dictionary<string, Place>(StringComparer.Ordinal);
        CsvColumn[] columns = [Columns[0] with { Name = column }];
        if (!File.Exists(path))
        {
            problems.Add(new Place(path), "file not found");
            return found;
        }
        using var rows = CsvRows.Open(path, columns, zone: null, problems);
        while (rows?.Read() == true)
        {
            var reading = Address.Read(rows.Text(column));
            if (reading.Address is { } address)
                found.TryAdd(address.Matching, new Place(path, rows.Row));
            else
                rows.Problem(column, reading.Fault ?? "is not an address", "anna@example.com, +441632960001");
        }
        return found;
    }
}
