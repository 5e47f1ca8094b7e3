using MaySend.Evidence.Ledger;
using Microsoft.Data.Sqlite;

namespace MaySend.Evidence.Sqlite;

/// <summary>How values lie in columns.</summary>
static class Rows
{
    internal static long Position(LedgerPosition position) => ((long)position.Partition.Number << Schema.SeqBits) | position.Seq;

    internal static LedgerPosition Place(long position) => new(new Partition((int)(position >> Schema.SeqBits)), position & ((1L << Schema.SeqBits) - 1));

    internal static ContactId Contact(this SqliteDataReader rows, int column) => ContactId.FromBytes((byte[])rows[column]);

    internal static List<byte[]> Blobs(this SqliteDataReader rows)
    {
        using (rows)
        {
            var all = new List<byte[]>();
            while (rows.Read())
                all.Add((byte[])rows[0]);
            return all;
        }
    }
}
