using System.Globalization;
using System.Text;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tables;

/// <summary>The statements that make tables and fill them with a few rows.</summary>
static class TableSql
{
    /// <summary>The table that says what the others hold.</summary>
    public const string ManifestName = "maysend_manifest";

    /// <summary>Makes a table.</summary>
    /// <param name="table">The table.</param>
    /// <param name="dialect">The dialect.</param>
    /// <param name="prefix">What stands before its name.</param>
    public static string Create(FactTable table, Dialect dialect, string prefix = "")
    {
        var key = table == FactTables.People ? FactTables.Contact : $"{FactTables.Contact}, {FactTables.Order}";
        var columns = table.Columns.Select(column => $"  {column.Name} {column.Type(dialect)}");
        return $"CREATE TABLE {prefix}{table.Name} (\n{string.Join(",\n", columns)}\n){dialect.AfterTable(key)}";
    }

    /// <summary>Adds rows of one table, as one statement.</summary>
    public static string Insert(FactTable table, IEnumerable<TableRow> rows, Dialect dialect, string prefix = "")
    {
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"INSERT INTO {prefix}{table.Name} ({string.Join(", ", table.Columns.Select(column => column.Name))}) VALUES\n"
        );
        text.AppendJoin(",\n", rows.Select(row => $"({string.Join(", ", row.Cells.Select(cell => Literal(cell, dialect)))})"));
        return text.ToString();
    }

    /// <summary>Makes the table that says what the others hold.</summary>
    public static string CreateManifest(Dialect dialect, string prefix = "") =>
        $"CREATE TABLE {prefix}{ManifestName} (\n  name {dialect.NeverBlank(dialect.Text)},\n  value {dialect.MayBeBlank(dialect.Text)}\n)"
        + dialect.AfterTable("name");

    /// <summary>Fills it.</summary>
    public static string InsertManifest(IEnumerable<(string Name, string Value)> entries, Dialect dialect, string prefix = "") =>
        $"INSERT INTO {prefix}{ManifestName} (name, value) VALUES\n"
        + string.Join(",\n", entries.Select(entry => $"({dialect.Literal(entry.Name)}, {dialect.Literal(entry.Value)})"));

    static string Literal(object? cell, Dialect dialect) =>
        cell switch
        {
            null => "NULL",
            DateOnly day => dialect.Literal(day),
            string text => dialect.Literal(text),
            IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
            _ => throw new InvalidOperationException($"a cell holds no {cell.GetType().Name}"),
        };
}
