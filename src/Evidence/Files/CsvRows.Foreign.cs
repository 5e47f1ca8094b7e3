using System.Globalization;
using MaySend.Reading;
using Sylvan.Data.Csv;

namespace MaySend.Evidence.Files;

public sealed partial class CsvRows
{
    const char Replacement = '\uFFFD';
    CsvLayout layout = CsvLayout.Plain;
    int headerLine = 1;

    /// <summary>Opens a foreign table; null when it cannot be read at all.</summary>
    /// <param name="text">Its text, decoded so that bytes which are none of the encoding's show as U+FFFD: they are found with row and
    /// column.</param>
    /// <param name="name">How problems call it.</param>
    /// <param name="delimiter">The character between fields.</param>
    /// <param name="greatestRecord">The longest row taken, in characters.</param>
    /// <param name="layout">What its columns mean.</param>
    /// <param name="zone">The zone of times without one; null when none was chosen.</param>
    /// <param name="takesTwins">True when a column may stand twice: whichever says something is read.</param>
    /// <param name="problems">Where problems go.</param>
    /// <param name="headerLine">The line of the header in its file, by which rows are numbered.</param>
    internal static CsvRows? OpenForeign(
        TextReader text,
        string name,
        char delimiter,
        int greatestRecord,
        CsvLayout layout,
        TimeZoneInfo? zone,
        bool takesTwins,
        Problems problems,
        int headerLine = 1
    )
    {
        try
        {
            // No comments: a row that begins with # is a row, an order number often does.
            var options = new CsvDataReaderOptions
            {
                HeaderComparer = StringComparer.OrdinalIgnoreCase,
                MaxBufferSize = greatestRecord,
                Delimiter = delimiter,
                Comment = '\0',
            };
            return new CsvRows(CsvDataReader.Create(text, options), name, zone ?? layout.Zone, problems, takesTwins)
            {
                layout = layout,
                headerLine = headerLine,
            };
        }
        catch (CsvMissingHeadersException)
        {
            problems.Add(new Place(name), "the file is empty", "a header and at least one row are needed");
        }
        catch (Exception error) when (error is CsvFormatException or InvalidDataException or IOException or CsvRecordTooLargeException)
        {
            problems.Add(new Place(name, 1, 1), $"the header cannot be read: {error.Message}");
        }
        return null;
    }

    /// <summary>True when the file has the column, under its own name or the one the layout gives it.</summary>
    public bool HasColumn(string column) => ordinals.ContainsKey(layout.NameInFile(column));

    /// <summary>
    /// Goes to the next row that holds anything, and checks that it has as many fields as the header and only characters of the file's
    /// encoding. False at the end, or when the rest cannot be read; what is wrong is noted with row and column.
    /// </summary>
    public bool ReadNext(out bool isGood)
    {
        isGood = true;
        try
        {
            while (csv.Read())
            {
                if (csv.RowFieldCount == 0 || (csv.RowFieldCount == 1 && csv.GetFieldSpan(0).IsWhiteSpace()))
                    continue;
                isGood = HasAllFields() & IsDecoded();
                return true;
            }
        }
        catch (CsvRecordTooLargeException)
        {
            problems.Add(
                new Place(file, Row, 1),
                "the row is too long",
                "look for a quote that is never closed, or text that is not evidence; the limit is in characters for the whole row"
            );
        }
        catch (CsvFormatException error)
        {
            problems.Add(
                new Place(file, error.RowNumber + headerLine, error.FieldOrdinal + 1),
                $"the row cannot be read: {error.Message}",
                "double the quotes inside a quoted field, and close every quote"
            );
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            problems.Add(new Place(file, Row, 1), $"the file breaks off or is damaged here: {error.Message}", "export or copy it again");
        }
        return false;
    }

    bool HasAllFields()
    {
        if (csv.RowFieldCount == csv.FieldCount)
            return true;
        problems.Add(
            new Place(file, Row, Math.Min(csv.RowFieldCount, csv.FieldCount) + 1),
            string.Create(CultureInfo.InvariantCulture, $"the row has {csv.RowFieldCount} fields, the header {csv.FieldCount}"),
            csv.RowFieldCount < csv.FieldCount ? "the file may have been cut off" : "put a field that holds the delimiter in quotes"
        );
        return false;
    }

    bool IsDecoded()
    {
        if (!csv.GetRawRecordSpan().Contains(Replacement))
            return true;
        for (var i = 0; i < csv.RowFieldCount; i++)
        {
            if (csv.GetFieldSpan(i).Contains(Replacement))
                problems.Add(
                    new Place(file, Row, i + 1),
                    $"{(i < csv.FieldCount ? csv.GetName(i) : "beyond the header")}: bytes that are not in the file's encoding",
                    "save the file as UTF-8, or name its encoding; a list saved by Excel in western Europe is often windows-1252"
                );
        }
        return false;
    }
}
