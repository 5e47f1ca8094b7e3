using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Console.Evidence;

/// <summary>Reads the products of a map from a CSV file: a code, its family and its range on each row.</summary>
static class ProductFile
{
    /// <summary>The most problems that are said at once.</summary>
    const int MostProblems = 100;

    static readonly CsvColumn[] Columns =
    [
        new("code", "text", "the product's code", IsRequired: true),
        new("family", "text", "narrow", IsRequired: true),
        new("range", "text", "wide", IsRequired: true),
    ];

    /// <summary>The products, or what is wrong, each with its place.</summary>
    public static async Task<(IReadOnlyList<MappedProduct> Products, IReadOnlyList<string> Problems)> ReadAsync(
        IFormFile file,
        CancellationToken cancellation
    )
    {
        var products = new List<MappedProduct>();
        var path = Path.GetTempFileName();
        try
        {
            await using (var target = new FileStream(path, FileMode.Create))
                await file.CopyToAsync(target, cancellation);
            var problems = new Problems();
            using (var csv = CsvRows.Open(path, Columns, null, problems))
            {
                while (csv?.Read() == true)
                {
                    string[] cells = [.. Columns.Select(column => csv.Text(column.Name))];
                    if (Array.FindIndex(cells, cell => cell.Length == 0) is >= 0 and var blank)
                        csv.Problem(Columns[blank].Name, "is blank", "leave out products that you do not map");
                    else
                        products.Add(new(cells[0], cells[1], cells[2]));
                }
            }
            if (problems.IsEmpty && products.Count == 0)
                return ([], ["The file has no rows."]);
            string[] said = [.. problems.List.Select(problem => problem.ToString().Replace(path, "file", StringComparison.Ordinal))];
            return (products, [.. said.Take(MostProblems)]);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
