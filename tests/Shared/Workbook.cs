using System.Globalization;
using System.IO.Compression;
using System.Security;
using System.Text;

namespace MaySend.Shared;

/// <summary>Writes the least that a spreadsheet program takes for a workbook: its sheets, and one style each for days and times.</summary>
static class Workbook
{
    const string Head = """<?xml version="1.0" encoding="UTF-8"?>""";
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006/";

    /// <summary>Writes it. A cell is text, a number, a day or a time, or null for an empty one.</summary>
    public static void Write(string path, params (string Name, object?[][] Rows)[] sheets)
    {
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        Add(
            "[Content_Types].xml",
            $"""<Types xmlns="{Package}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/></Types>"""
        );
        Add(
            "_rels/.rels",
            $"""<Relationships xmlns="{Package}relationships"><Relationship Id="r1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>"""
        );
        var (names, targets) = (new StringBuilder(), new StringBuilder());
        foreach (var (at, (name, rows)) in sheets.Index())
        {
            names.Append(
                CultureInfo.InvariantCulture,
                $"""<sheet name="{SecurityElement.Escape(name)}" sheetId="{at + 1}" r:id="s{at}"/>"""
            );
            targets.Append(
                CultureInfo.InvariantCulture,
                $"""<Relationship Id="s{at}" Type="{Office}/worksheet" Target="worksheets/sheet{at + 1}.xml"/>"""
            );
            Add($"xl/worksheets/sheet{at + 1}.xml", $"""<worksheet xmlns="{Main}"><sheetData>{Xml(rows)}</sheetData></worksheet>""");
        }
        Add("xl/workbook.xml", $"""<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets>{names}</sheets></workbook>""");
        Add(
            "xl/_rels/workbook.xml.rels",
            $"""<Relationships xmlns="{Package}relationships">{targets}<Relationship Id="styles" Type="{Office}/styles" Target="styles.xml"/></Relationships>"""
        );
        Add(
            "xl/styles.xml",
            $"""<styleSheet xmlns="{Main}"><cellXfs count="3"><xf numFmtId="0"/><xf numFmtId="14" applyNumberFormat="1"/><xf numFmtId="22" applyNumberFormat="1"/></cellXfs></styleSheet>"""
        );

        void Add(string member, string text)
        {
            using var content = zip.CreateEntry(member).Open();
            content.Write(Encoding.UTF8.GetBytes(Head + text));
        }
    }

    static string Xml(object?[][] rows)
    {
        var xml = new StringBuilder();
        foreach (var (at, row) in rows.Index())
        {
            xml.Append(CultureInfo.InvariantCulture, $"""<row r="{at + 1}">""");
            foreach (var (column, cell) in row.Index())
                xml.Append(Xml($"{(char)('A' + column)}{at + 1}", cell));
            xml.Append("</row>");
        }
        return xml.ToString();
    }

    static string Xml(string at, object? cell) =>
        cell switch
        {
            null => "",
            DateOnly day => Number(at, 1, day.ToDateTime(default).ToOADate()),
            DateTime time => Number(at, 2, time.ToOADate()),
            string text => $"""<c r="{at}" t="inlineStr"><is><t>{SecurityElement.Escape(text)}</t></is></c>""",
            _ => Number(at, 0, Convert.ToDouble(cell, CultureInfo.InvariantCulture)),
        };

    static string Number(string at, int style, double value) =>
        string.Create(CultureInfo.InvariantCulture, $"""<c r="{at}" s="{style}"><v>{value:R}</v></c>""");
}
