using MaySend.Evidence.Files;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// Lists of people whose header is no platform's and yet says of them whether they subscribed or asked to stop: the people are read, and
/// each such column is asked about. Any other list with addresses may be one of orders or of messages, and is not guessed at.
/// </summary>
static class SpeakingLists
{
    /// <summary>The column of addresses in such a header; null where it is no such list, or more than one column could be it.</summary>
    public static string? AddressesIn(IReadOnlyList<string> header, CsvLayout layout)
    {
        List<string> found =
        [
            .. layout.Columns.TryGetValue("address", out var named)
                ? header.Where(name => name.Equals(named, StringComparison.OrdinalIgnoreCase))
                : header.Where(ColumnNames.IsAddress),
        ];
        return found is [var only] && header.Any(name => name != only && StateWords.SenseOf(name) != ColumnSense.Any) ? only : null;
    }
}
