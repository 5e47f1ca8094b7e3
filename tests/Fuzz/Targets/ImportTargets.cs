using System.IO.Compression;
using System.Text;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Fuzz.Targets;

/// <summary>Files that somebody brings: each format of CSV, spreadsheets and archives.</summary>
static class ImportTargets
{
    static readonly string[] Words =
    [
        "anna@example.com",
        "ben@example.com",
        "email",
        "yes",
        "no",
        "subscribed",
        "unsubscribed",
        "cleaned",
        "2025-09-02T10:00+01:00",
        "2025-09-02",
        "02/09/2025",
        "lantern-ltd",
        "all",
        "checkout",
        "sale",
        "C1",
        "gb",
        "+441632960123",
        "=1+1",
        "\"",
        "\"\"",
        ",,,,",
        ";",
        "\t",
    ];

    public static readonly Target[] All =
    [
        .. ImportFormats.All.Select(Csv),
        new(
            "csv-any",
            "a CSV nobody has named: what it is, is found out",
            () => Corpus.Files("samples/imports", "*.csv"),
            octets => Read(Scratch.File("list.csv", octets), null)
        )
        {
            Words = Words,
        },
        new("spreadsheet", "an XLSX, octet by octet", () => [Package(Sheet)], octets => Read(Scratch.File("list.xlsx", octets), "orders"))
        {
            InTests = 300,
        },
        new(
            "spreadsheet-sheet",
            "the sheet inside an XLSX",
            () => [Encoding.UTF8.GetBytes(Sheet)],
            octets => Read(Scratch.File("list.xlsx", Package(Encoding.UTF8.GetString(octets))), "orders")
        )
        {
            Words =
            [
                "<c r=\"A1\" t=\"s\"><v>0</v></c>",
                "<c r=\"ZZZ9999999\">",
                "<row r=\"1048577\">",
                "t=\"inlineStr\"",
                "<is><t>",
                "<f>",
                "<v>1e308</v>",
                "<!DOCTYPE x [",
                "<!ENTITY",
                "&#0;",
            ],
            InTests = 300,
        },
        new("archive", "a ZIP of CSV files", () => [Zip()], octets => Read(Scratch.File("list.zip", octets), "orders")) { InTests = 300 },
        new("packed", "a CSV under gzip", () => [Gzip()], octets => Read(Scratch.File("list.csv.gz", octets), "orders")) { InTests = 300 },
    ];

    static Target Csv(ImportFormat format) =>
        new(
            $"csv-{format.Name}",
            $"CSV: {format.Says}",
            () => SeedsOf(format),
            octets => Read(Scratch.File("list.csv", octets), format.Name)
        )
        {
            Words = [.. Words, .. format.Headers.SelectMany(header => header), .. format.Optional],
            InTests = 300,
        };

    /// <summary>A header with everything that the format knows, and rows with something in each column; then the samples.</summary>
    static IEnumerable<byte[]> SeedsOf(ImportFormat format)
    {
        string[] columns =
        [
            .. format
                .Headers[0]
                .Concat(format.Optional)
                .Concat(ImportFormats.ColumnsOf(format.Name)?.Select(column => column.Name) ?? [])
                .Distinct(StringComparer.OrdinalIgnoreCase),
        ];
        foreach (var values in new[] { "anna@example.com", "yes", "2025-09-02T10:00+01:00" })
            yield return Encoding.UTF8.GetBytes(
                string.Join(',', columns.Select(Quoted))
                    + "\n"
                    + string.Join(',', columns.Select(column => IsAddress(column) ? "anna@example.com" : values))
                    + "\n"
            );
        foreach (
            var sample in Corpus
                .Files("samples/imports", "*.csv")
                .Where(file => columns.All(column => Encoding.UTF8.GetString(file).Contains(column, StringComparison.OrdinalIgnoreCase)))
        )
            yield return sample;
    }

    static bool IsAddress(string column) => column.Contains("mail", StringComparison.OrdinalIgnoreCase) || column == "address";

    static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static void Read(string path, string? format) =>
        Doors.OrRefused(() =>
        {
            var source = ImportSource.Open(path, new ImportOptions { Format = format, Sender = "lantern-ltd" });
            var problems = new Problems();
            foreach (var row in source.Read(problems, new ReadingFindings()))
            foreach (var proposal in row.Proposals)
                if (proposal.Address.Matching.Length == 0)
                    throw new InvalidOperationException("an entry about nobody");
            Doors.Said(source, problems);
        });

    internal const string Sheet = """
        <?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1"><c r="A1" t="inlineStr"><is><t>address</t></is></c><c r="B1" t="inlineStr"><is><t>id</t></is></c><c r="C1" t="inlineStr"><is><t>when</t></is></c></row><row r="2"><c r="A2" t="inlineStr"><is><t>anna@example.com</t></is></c><c r="B2"><v>1001</v></c><c r="C2"><v>45902.5</v></c></row></sheetData></worksheet>
        """;

    internal static byte[] Package(string sheet)
    {
        using var whole = new MemoryStream();
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
            foreach (
                var (name, text) in new[]
                {
                    (
                        "[Content_Types].xml",
                        """<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"""
                    ),
                    (
                        "_rels/.rels",
                        """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
                    ),
                    (
                        "xl/workbook.xml",
                        """<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="people" sheetId="1" r:id="rId1"/></sheets></workbook>"""
                    ),
                    (
                        "xl/_rels/workbook.xml.rels",
                        """<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"""
                    ),
                    ("xl/worksheets/sheet1.xml", sheet),
                }
            )
            {
                using var entry = zip.CreateEntry(name, CompressionLevel.NoCompression).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        return whole.ToArray();
    }

    static byte[] Zip()
    {
        using var whole = new MemoryStream();
        using (var zip = new ZipArchive(whole, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("orders.csv").Open();
            entry.Write("address,id,when\nanna@example.com,1,2025-09-02\n"u8);
        }
        return whole.ToArray();
    }

    static byte[] Gzip()
    {
        using var whole = new MemoryStream();
        using (var packed = new GZipStream(whole, CompressionLevel.Fastest, leaveOpen: true))
            packed.Write("address,id,when\nanna@example.com,1,2025-09-02\n"u8);
        return whole.ToArray();
    }
}
