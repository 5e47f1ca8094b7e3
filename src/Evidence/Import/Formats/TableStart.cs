using System.Text;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// A place at which a table may begin. Spreadsheet programs write a line that names the delimiter (<c>sep=;</c>), and people write a title
/// above their lists.
/// </summary>
/// <param name="Table">The table from there on.</param>
/// <param name="Header">The line that would be its header.</param>
/// <param name="Delimiter">The delimiter that a line above named; null where none did.</param>
/// <param name="IsUnderTitles">True where what stands above are titles: lines of a single cell in which no address stands.</param>
sealed record TableStart(ImportTable Table, string Header, char? Delimiter, bool IsUnderTitles)
{
    const int MostLines = 20;
    static readonly char[] Delimiters = [',', ';', '\t', '|'];

    /// <summary>The beginning of the file, and the lines after it at which the table may begin instead.</summary>
    public static IReadOnlyList<TableStart> Of(ImportTable table, Encoding encoding)
    {
        using var text = table.OpenText(encoding);
        var buffer = new char[(int)Math.Clamp(table.Length, 1, 1 << 16)];
        var all = new string(buffer, 0, text.ReadBlock(buffer));
        var (at, delimiter, line) = (0, (char?)null, 1);
        // A mark that came twice, as where files were joined.
        while (at < all.Length && all[at] == '\uFEFF')
            at++;
        if (Line(all, at) is var first && first.StartsWith("sep=", StringComparison.OrdinalIgnoreCase) && first.Length == 5)
            (delimiter, at) = (first[4], Next(all, at));
        List<TableStart> starts = [];
        var isUnderTitles = true;
        while (at < all.Length && line <= MostLines)
        {
            var header = Line(all, at);
            starts.Add(new(table with { Lead = at, HeaderLine = line }, header, delimiter, isUnderTitles));
            isUnderTitles &= IsTitle(header);
            (at, line) = (Next(all, at), line + 1);
        }
        return starts.Count > 0 ? starts : [new(table, "", null, true)];
    }

    static bool IsTitle(string line) =>
        !line.Contains('@', StringComparison.Ordinal) && line.Trim().Trim(Delimiters).IndexOfAny(Delimiters) < 0;

    static string Line(string all, int at)
    {
        var end = all.AsSpan(at).IndexOfAny('\r', '\n');
        return end < 0 ? all[at..] : all.Substring(at, end);
    }

    static int Next(string all, int at)
    {
        var end = all.AsSpan(at).IndexOfAny('\r', '\n');
        return end < 0 ? all.Length
            : all[at + end] == '\r' && at + end + 1 < all.Length && all[at + end + 1] == '\n' ? at + end + 2
            : at + end + 1;
    }
}
