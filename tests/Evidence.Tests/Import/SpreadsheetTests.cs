using System.IO.Compression;
using System.Text;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Tests.Import;

public sealed class SpreadsheetTests
{
    [Fact]
    public async Task A_spreadsheet_is_read_sheet_by_sheet_with_its_dates_as_dates()
    {
        await using var bench = await ImportBench.CreateAsync();
        var path = Workbook(
            bench,
            "list.xlsx",
            """<row r="1"><c r="A1" t="inlineStr"><is><t>E-Mail</t></is></c><c r="B1" t="inlineStr"><is><t>Abgemeldet am</t></is></c></row>"""
                + """<row r="2"><c r="A2" t="inlineStr"><is><t>jürgen@example.com</t></is></c><c r="B2" s="1"><v>46029</v></c></row>"""
                + """<row r="3"><c r="A3" t="inlineStr"><is><t>ben@example.com</t></is></c></row>"""
        );
        var plan = await bench.PlanAsync(path);
        plan.Summary.Format.ShouldBe("subscribers");
        await plan.ApplyAsync(Evidence.Actors.Actor.Runner("clerk"));
        (await bench.OnlyAsync<RefusalMade>("jürgen@example.com")).When.ToString().ShouldBe("2026-01-07");
        (await bench.EntriesAsync("ben@example.com")).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_is_no_spreadsheet_says_so()
    {
        await using var bench = await ImportBench.CreateAsync();
        foreach (var name in new[] { "a.xlsx", "b.xls" })
            (await bench.ProblemsAsync(bench.Write(name, "Email,Status\nanna@example.com,unsubscribed\n")))
                .ShouldHaveSingleItem()
                .Text.ShouldContain("cannot be read");
    }

    /// <summary>The least that a spreadsheet program takes for a workbook: one sheet, one style for dates.</summary>
    static string Workbook(ImportBench bench, string name, string rows)
    {
        var path = Path.Combine(Path.GetDirectoryName(bench.Write("x", ""))!, name);
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        const string Head = """<?xml version="1.0" encoding="UTF-8"?>""";
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const string Package = "http://schemas.openxmlformats.org/package/2006/";
        Add(
            "[Content_Types].xml",
            $"""<Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"""
        );
        Add(
            "_rels/.rels",
            $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
        );
        Add(
            "xl/workbook.xml",
            $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="Kunden" sheetId="1" r:id="r1"/></sheets></workbook>"""
        );
        Add(
            "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{Office}/styles" Target="styles.xml"/></Relationships>"""
        );
        Add(
            "xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/></cellXfs></styleSheet>"""
        );
        Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{Main}"><sheetData>{rows}</sheetData></worksheet>""");
        return path;

        void Add(string member, string text)
        {
            using var content = zip.CreateEntry(member).Open();
            content.Write(Encoding.UTF8.GetBytes(Head + text));
        }
    }
}
