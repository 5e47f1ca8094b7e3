using System.Globalization;
using System.Text;
using MaySend.Law.Facts;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Schemas;

/// <summary>The statements that make the tables, with what each column says and what it says that it is blank: for whoever fills them
/// from their own.</summary>
public static class SchemaText
{
    /// <summary>The statements.</summary>
    /// <param name="dialect">The dialect.</param>
    /// <param name="prefix">What stands before the names of tables.</param>
    public static string Write(Dialect dialect, string prefix = "")
    {
        var text = new StringBuilder();
        foreach (var table in FactTables.All)
            Append(text, table, dialect, prefix);
        text.Append(
            "-- What the other tables hold, and how many rows each has in each part. Written last. docs/warehouse.md lists its entries.\n"
        );
        text.Append(TableSql.CreateManifest(dialect, prefix)).Append(";\n");
        return text.ToString();
    }

    static void Append(StringBuilder text, FactTable table, Dialect dialect, string prefix)
    {
        text.Append(CultureInfo.InvariantCulture, $"-- {table.Rows}\nCREATE TABLE {prefix}{table.Name} (\n");
        foreach (var column in table.Columns)
        {
            var isLast = column == table.Columns[^1];
            text.Append(CultureInfo.InvariantCulture, $"  -- {column.Meaning}{Values(column)}{Silence(column)}\n");
            text.Append(CultureInfo.InvariantCulture, $"  {column.Name} {column.Type(dialect)}{(isLast ? "" : ",")}\n");
        }
        var key = table.Scope.IsRecord() ? $"{FactTables.Contact}, {FactTables.Order}" : FactTables.Contact;
        text.Append(CultureInfo.InvariantCulture, $"){dialect.AfterTable(key)};\n\n");
    }

    static string Values(TableColumn column) =>
        column.Fact switch
        {
            WordFact word => $": {word.Form}",
            SetFact { Words: { IsEmpty: false } words } =>
                $": all, or some of {string.Join(' ', words.Order(StringComparer.Ordinal))}, in this order with one blank between",
            SetFact => ": all, or names in order with one blank between, and ... at the end where there may be more",
            _ => "",
        };

    /// <summary>What a blank says.</summary>
    public static string Silence(TableColumn column) =>
        column.Fact is not { } fact ? ""
        : fact.IfSilent.IsRecorded ? $". Blank: {Presumed(fact)}"
        : ". Blank: not shown either way";

    static string Presumed(Fact fact) => fact is DayFact ? "never" : fact.Write(fact.IfSilent);
}
