using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ExcelDataReader;
using MaySend.Evidence.Files;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>
/// A spreadsheet (XLSX, XLS) as tables, one a sheet: each cell as it would stand in a CSV of it. Days are written as days, numbers without
/// separators, formulas as the value that was saved with them.
/// </summary>
static class Spreadsheet
{
    const int SuspiciousRatio = 200;
    const long NeverSuspicious = 32 << 20;

    // A cell far down, left by mistake, makes a million rows with nothing in them: they are stepped over. More than a million rows of some
    // forty columns of nothing are no list.
    const long GreatestNothing = 40_000_000;

    // No sheet of either format has more rows (Excel's specifications and limits); a row numbered beyond is damage.
    const int GreatestRow = 1_048_576;

    // Nor more columns; the parser makes room for as many as the last one is numbered, before a row is read.
    const int GreatestColumn = 16_384;

    static Spreadsheet() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    /// <summary>True for a file that is read as a spreadsheet.</summary>
    public static bool IsOne(string path) =>
        path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".xls", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sheets that hold anything, and the names of those that do not.</summary>
    public static (IReadOnlyList<ImportTable> Tables, IReadOnlyList<string> NotRead) Open(
        string path,
        ImportOptions options,
        Problems problems
    )
    {
        var name = Path.GetFileName(path);
        var (tables, notRead) = (new List<ImportTable>(), new List<string>());
        try
        {
            if (UnpacksToTooMuch(path, options.GreatestUnpacked))
            {
                problems.Add(new Place(name), "unpacks to more than an export would", "it was left unread");
                return ([], []);
            }
            foreach (var sheet in Names(path))
            {
                var bytes = Read(path, sheet);
                if (bytes.Length == 0)
                    notRead.Add(sheet);
                else
                    tables.Add(
                        new ImportTable(
                            $"{name}/{sheet}",
                            Convert.ToHexStringLower(SHA256.HashData(bytes)),
                            bytes.Length,
                            () => new MemoryStream(Read(path, sheet), writable: false)
                        )
                        {
                            IsUtf8 = true,
                        }
                    );
            }
            if (tables.Count == 0)
                problems.Add(new Place(name), "the spreadsheet is empty", "a header and at least one row are needed");
        }
        // A library that falls over a damaged workbook throws many things: whatever it is, the workbook cannot be read.
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            problems.Add(new Place(name), $"cannot be read as a spreadsheet: {error.Message}", "save it again, or as CSV");
        }
        return (tables, notRead);
    }

    static bool UnpacksToTooMuch(string path, long greatest)
    {
        if (!path.EndsWith(".xlsx", StringComparison.OrdinalIgnoreCase))
            return false;
        using var zip = ZipFile.OpenRead(path);
        var (packed, unpacked) = (new FileInfo(path).Length, zip.Entries.Sum(entry => entry.Length));
        return unpacked > greatest || unpacked > int.MaxValue || (unpacked > NeverSuspicious && unpacked > packed * SuspiciousRatio);
    }

    static List<string> Names(string path)
    {
        using var file = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(file);
        var names = new List<string>();
        do names.Add(reader.Name);
        while (reader.NextResult());
        return names;
    }

    /// <summary>One sheet as CSV in UTF-8; empty where nothing stands in it.</summary>
    static byte[] Read(string path, string sheet)
    {
        using var file = File.OpenRead(path);
        using var reader = ExcelReaderFactory.CreateReader(file);
        while (reader.Name != sheet && reader.NextResult()) { }
        if (reader.FieldCount is < 0 or > GreatestColumn)
            throw new InvalidDataException("it has more columns than a sheet can have");
        using var bytes = new MemoryStream();
        using (var text = new StreamWriter(bytes, new UTF8Encoding(false), leaveOpen: true))
        {
            using var table = new CsvTable(text, []);
            var (isBegun, nothing, row) = (false, 0L, 0);
            while (reader.Read())
            {
                if (++row > GreatestRow)
                    throw new InvalidDataException("it has more rows than a sheet can have");
                if (IsBlank(reader))
                {
                    if ((nothing += reader.FieldCount) > GreatestNothing)
                        throw new InvalidDataException("it has more empty cells than a list would");
                    continue;
                }
                table.Add(Enumerable.Range(0, reader.FieldCount).Select(i => Cell(reader.GetValue(i))));
                isBegun = true;
            }
            if (!isBegun)
                return [];
        }
        return bytes.ToArray();
    }

    static bool IsBlank(IExcelDataReader reader)
    {
        for (var i = 0; i < reader.FieldCount; i++)
            if (reader.GetValue(i) is { } value && (value is not string text || !string.IsNullOrWhiteSpace(text)))
                return false;
        return true;
    }

    static string Cell(object? value) =>
        value switch
        {
            null => "",
            DateTime { TimeOfDay.Ticks: 0 } day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            bool flag => flag ? "yes" : "no",
            double number => number.ToString("0.###############", CultureInfo.InvariantCulture),
            _ => Convert.ToString(value, CultureInfo.InvariantCulture)?.Trim() ?? "",
        };
}
