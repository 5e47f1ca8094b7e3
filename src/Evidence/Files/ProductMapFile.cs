using MaySend.Evidence.Entries;
using MaySend.Reading;

namespace MaySend.Evidence.Files;

/// <summary>
/// Reads <c>product-map.yaml</c> (id, signature, and the CSV it signs) with columns <c>code</c>, <c>family</c>, <c>range</c>.
/// </summary>
static class ProductMapFile
{
    static readonly IReadOnlyList<CsvColumn> Columns =
    [
        new("code", "text", "the product code", IsRequired: true),
        new("family", "a name", "the narrow group of similar products", IsRequired: true),
        new("range", "a name", "the wide one", IsRequired: true),
    ];

    public static IEnumerable<ControllerEntry> Read(string folder, MapReader map, Problems problems)
    {
        var id = map.Text("map");
        var file = map.Text("products");
        var signature = FileValues.Signature(map);
        map.OptionalText("note");
        if (file.Length == 0)
            yield break;
        var path = Path.Combine(folder, file);
        if (!File.Exists(path))
        {
            map.Problem("products", $"there is no file `{file}` beside it");
            yield break;
        }
        yield return new ProductMapSigned(id, [.. Rows(path, problems)], signature);
    }

    static List<MappedProduct> Rows(string path, Problems problems)
    {
        using var csv = CsvRows.Open(path, Columns, null, problems);
        var rows = new List<MappedProduct>();
        while (csv is not null && csv.Read())
        {
            string[] cells = [.. Columns.Select(column => csv.Text(column.Name))];
            if (Array.FindIndex(cells, cell => cell.Length == 0) is >= 0 and var blank)
                csv.Problem(Columns[blank].Name, "is blank", "leave out products that you do not map");
            else
                rows.Add(new MappedProduct(cells[0], cells[1], cells[2]));
        }
        return rows;
    }
}
