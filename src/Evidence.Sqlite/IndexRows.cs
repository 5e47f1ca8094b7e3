using MaySend.Evidence.Ledger.Checkpoints;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Sqlite;

/// <summary>Adds up the rows of the index and holds them against the heads. Each is to be called within a look or a change.</summary>
static class IndexRows
{
    const string SelectIds = "select id from contact where partition = ?1";
    const string SelectSuppressions = "select generation, address_mac, covers from suppression";
    const string SelectLast = "select coalesce(max(seq), 0) from entry where partition = ?1";
    const string SelectLastSuppression = "select coalesce(max(seq), 0) from suppression";

    /// <summary>Ends the operation unless every contact stands that was made in the partitions that an address could be in.</summary>
    internal static void RequireContacts(Session session, IndexBinding binding, KeyRing ring, Address address)
    {
        foreach (var partition in ring.PartitionsOf(address))
            RequireContacts(session, binding, partition);
    }

    /// <summary>Ends the operation unless every contact stands that was made in a partition.</summary>
    internal static void RequireContacts(Session session, IndexBinding binding, Partition partition, bool anew = false)
    {
        var head = Heads.Read(session, partition.Number);
        if (!anew && binding.IsKnown(head.Chain, head.Sum))
            return;
        var (sum, count) = (IndexBinding.Nothing, 0);
        using (var rows = session[SelectIds].Rows(partition.Number))
            for (; rows.Read(); count++)
                sum = binding.With(sum, rows.Contact(0));
        binding.Require(head, sum, count, (long)session[SelectLast].Value(head.Chain)!);
    }

    /// <summary>Ends the operation unless every suppression stands that was put down.</summary>
    internal static void RequireSuppressions(Session session, IndexBinding binding, bool anew = false)
    {
        var head = Heads.Read(session, Checkpoint.Suppressions);
        if (!anew && binding.IsKnown(head.Chain, head.Sum))
            return;
        var (sum, count) = (IndexBinding.Nothing, 0);
        using (var rows = session[SelectSuppressions].Rows())
            for (; rows.Read(); count++)
                sum = binding.With(sum, rows.GetInt32(0), rows.Bytes(1), rows.Bytes(2));
        binding.Require(head, sum, count, (long)session[SelectLastSuppression].Value()!);
    }
}
