namespace MaySend.Evidence.Files;

/// <summary>
/// One cell of a row of which the rest goes through byte by byte, as it stands in somebody's list. Whole rows are written by
/// <see cref="CsvTable" />.
/// </summary>
public static class CsvCell
{
    /// <summary>The cell as it is read back (RFC 4180): in quotes where it holds a delimiter, a quote or a line end.</summary>
    public static string Of(string text, char delimiter = ',') =>
        text.Contains(delimiter, StringComparison.Ordinal) || text.AsSpan().ContainsAny("\"\r\n")
            ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
            : text;
}
