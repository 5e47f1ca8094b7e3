using System.Data.Common;
using System.Globalization;

namespace MaySend.Warehouse.Runs;

/// <summary>Reads what engines answer, whatever they call a number or a day.</summary>
static class WarehouseRows
{
    public static IReadOnlyList<string> ColumnsOf(DbDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).Select(name => name.ToLowerInvariant())];

    public static IEnumerable<object?[]> Of(DbCommand command)
    {
        using var reader = command.ExecuteReader();
        var cells = new object[reader.FieldCount];
        while (reader.Read())
        {
            reader.GetValues(cells);
            yield return Array.ConvertAll(cells, cell => cell is DBNull ? null : cell);
        }
    }

    /// <summary>A whole number.</summary>
    public static long Number(object? cell) => Convert.ToInt64(cell, CultureInfo.InvariantCulture);

    /// <summary>A text; blank where there is none.</summary>
    public static string Text(object? cell) => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A day, however the engine gives it; null where there is none.</summary>
    public static DateOnly? Day(object? cell) =>
        cell switch
        {
            DateOnly day => day,
            DateTime time => DateOnly.FromDateTime(time),
            string text when DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) =>
                day,
            _ => null,
        };
}
