using System.Data.Common;

namespace MaySend.Warehouse.Tests.Engines;

static class Rows
{
    public static IReadOnlyList<object?[]> Of(DbDataReader reader)
    {
        var rows = new List<object?[]>();
        while (reader.Read())
        {
            var row = new object[reader.FieldCount];
            reader.GetValues(row);
            rows.Add(Array.ConvertAll(row, cell => cell is DBNull ? null : cell));
        }
        return rows;
    }
}
