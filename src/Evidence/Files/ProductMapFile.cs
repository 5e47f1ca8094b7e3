using MaySend.Evidence.Entries;
using MaySend.Law.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Files;

/// <summary>Reads <c>product-map.yaml</c> (id, signature, and the CSV it signs) with columns <c>code</c>, <c>family</c>, <c>range</c>.</summary>
static class ProductMapFile
{
    public static IEnumerable<ControllerEntry> Read(string folder, MapReader map, Problems problems)
    {
        var id = map.Text("map");
        var file = map.Text("products");
        var signature = FileValues.Signature(map);
        map.OptionalText("note");
        if (file.Length == 0) yield break;
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
        using var csv = CsvDataReader.Create(path, new CsvDataReaderOptions { Comment = '\0' });
        int[] columns = [.. new[] { "code", "family", "range" }.Select(name => Ordinal(csv, name))];
        var rows = new List<MappedProduct>();
        foreach (var (name, _) in new[] { "code", "family", "range" }.Zip(columns).Where(pair => pair.Second < 0)) problems.Add(new Place(path, 1, 1), $"the column `{name}` is missing");
        if (columns.Contains(-1)) return rows;
        while (csv.Read())
        {
            string[] cells = [.. columns.Select(column => csv.GetString(column).Trim())];
            if (cells.Any(cell => cell.Length == 0)) problems.Add(new Place(path, csv.RowNumber + 1, 1), "code, family or range is blank", "leave an unmapped product out");
            else rows.Add(new MappedProduct(cells[0], cells[1], cells[2]));
        }
        return rows;
    }

    static int Ordinal(CsvDataReader csv, string name)
    {
        for (var i = 0; i < csv.FieldCount; i++)
            if (string.Equals(csv.GetName(i).Trim(), name, StringComparison.OrdinalIgnoreCase)) return i;
        return -1;
    }
}
