namespace MaySend.Evidence.Files;

/// <summary>One cell of a table that is written by hand, because the rest of its row goes through as it stands.</summary>
public static class CsvCell
{
    /// <summary>The cell as it is read back (RFC 4180): in quotes where it holds a delimiter, a quote or a line end.</summary>
    public static string Of(string text, char delimiter = ',') =>
        text.Contains(delimiter, StringComparison.Ordinal) || text.AsSpan().ContainsAny("\"\r\n") ? Quoted(text) : text;

    /// <summary>The cell in quotes, whatever it holds.</summary>
    public static string Quoted(string text) => $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
