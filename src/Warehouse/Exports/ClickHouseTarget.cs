using System.Globalization;
using System.Text;
using System.Text.Json;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>
/// Fact tables in a ClickHouse database. It has no transactions: the manifest, without which nothing is screened, is made last, and after
/// an error the tables that were made are dropped.
/// </summary>
public sealed class ClickHouseTarget : IFactTarget
{
    const int Together = 8192;
    static readonly ClickHouse Sql = new();

    readonly ClickHouseServer server;
    readonly string prefix;
    readonly List<string> made = [];
    readonly Dictionary<FactTable, (StringBuilder Text, int Rows)> waiting = FactTables.All.ToDictionary(
        table => table,
        _ => (new StringBuilder(), 0)
    );
    bool isWhole;

    /// <summary>Makes the tables.</summary>
    /// <param name="server">The server; disposed with the target.</param>
    /// <param name="prefix">What stands before the names of tables.</param>
    /// <exception cref="BadInputException">One of the tables is there already: nothing is replaced unseen.</exception>
    public ClickHouseTarget(ClickHouseServer server, string prefix = "")
    {
        (this.server, this.prefix) = (server, prefix);
        try
        {
            // Its own table must not be there either; it is looked for before anything is made.
            if (IsThere($"{prefix}{TableSql.ManifestName}"))
                throw new BadInputException(new Place(server.Name), $"the table {prefix}{TableSql.ManifestName} already exists", Help);
            foreach (var table in FactTables.All)
                Make($"{prefix}{table.Name}", TableSql.Create(table, Sql, prefix));
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    const string Help = "drop the tables of the earlier export, or name others with --tables";

    /// <inheritdoc />
    public void Add(TableRow row)
    {
        var (text, rows) = waiting[row.Table];
        using (var line = new MemoryStream())
        {
            using (var json = new Utf8JsonWriter(line))
            {
                json.WriteStartObject();
                for (var place = 0; place < row.Cells.Length; place++)
                    Write(json, row.Table.Columns[place].Name, row.Cells[place]);
                json.WriteEndObject();
            }
            text.Append(Encoding.UTF8.GetString(line.GetBuffer(), 0, (int)line.Length)).Append('\n');
        }
        waiting[row.Table] = (text, rows + 1);
        if (rows + 1 == Together)
            Flush(row.Table);
    }

    /// <inheritdoc />
    public void Commit(Manifest manifest)
    {
        foreach (var table in FactTables.All)
            Flush(table);
        Make($"{prefix}{TableSql.ManifestName}", TableSql.CreateManifest(Sql, prefix));
        Run(TableSql.InsertManifest(manifest.Entries, Sql, prefix));
        isWhole = true;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        if (!isWhole)
            foreach (var table in made)
                try
                {
                    Run($"DROP TABLE IF EXISTS {table}");
                }
                catch (Exception fault) when (fault is IOException or BadInputException)
                {
                    // Without the manifest nobody takes them for whole.
                }
        made.Clear();
        server.Dispose();
    }

    static void Write(Utf8JsonWriter json, string name, object? cell)
    {
        switch (cell)
        {
            case null:
                json.WriteNull(name);
                break;
            case string text:
                json.WriteString(name, text);
                break;
            case DateOnly day:
                json.WriteString(name, ClickHouse.Held(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                break;
            case int number:
                json.WriteNumber(name, number);
                break;
            case long number:
                json.WriteNumber(name, number);
                break;
            default:
                throw new InvalidOperationException($"a cell holds no {cell.GetType().Name}");
        }
    }

    void Flush(FactTable table)
    {
        var (text, rows) = waiting[table];
        if (rows == 0)
            return;
        using (server.Send($"INSERT INTO {prefix}{table.Name} FORMAT {ClickHouseServer.Rows}", data: text.ToString())) { }
        waiting[table] = (text.Clear(), 0);
    }

    void Make(string table, string sql)
    {
        if (IsThere(table))
            throw new BadInputException(new Place(server.Name), $"the table {table} already exists", Help);
        Run(sql);
        made.Add(table);
    }

    bool IsThere(string table)
    {
        using var answer = server.Send($"EXISTS TABLE {table}", "TabSeparated");
        using var text = new StreamReader(answer.Content.ReadAsStream());
        return text.ReadToEnd().Trim() != "0";
    }

    void Run(string sql)
    {
        using (server.Send(sql)) { }
    }
}
