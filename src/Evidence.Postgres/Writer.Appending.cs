using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Postgres;

sealed partial class Writer
{
    const string SelectGeneration = "select max(generation) from key_generation";
    const string DeleteContacts = "delete from contact where id = any ($1)";
    internal const string SelectSuppressed = "select address_mac from suppression where address_mac = any ($1)";

    // An erasure locks the heads of its contacts' partitions too, so whoever stands here stands until this commit is through.
    const string SelectStanding = "select id from contact where id = any ($1)";

    const string SelectDuplicates = """
        select entry.contact, entry.idempotency, entry.partition, entry.seq from unnest ($1, $2) as asked (contact, idempotency)
        join entry on entry.contact = asked.contact and entry.idempotency = asked.idempotency
        """;

    const string InsertContacts = """
        insert into contact (address_mac, id, partition, generation, wrapped_key, address)
        select * from unnest ($1, $2, $3, $4, $5, $6)
        on conflict (address_mac) do nothing
        returning id
        """;

    internal const string InsertEntries = """
        insert into entry (partition, seq, contact, kind, recorded_at, idempotency, content, hash)
        select * from unnest ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <summary>Two or three round trips: lock heads and look; make newcomers, if any; insert, set heads and commit.</summary>
    async Task AppendAll(Session session, List<AppendJob> group)
    {
        var entries = group.SelectMany(job => job.Entries).ToList();
        var heads = new Heads(clock, binding);
        var seen = await LockAndLook(session, heads, entries);
        if (suppressedElsewhere is not null && entries.Exists(entry => entry.Newcomer is not null))
            // Behind the locks: an erasure puts the suppression down first, and then waits for these locks to look for whoever came.
            seen.Suppressed.UnionWith(
                (await suppressedElsewhere([.. entries.SelectMany(entry => entry.Newcomer?.SuppressionMacs ?? [])])).Select(
                    Convert.ToHexString
                )
            );
        var newcomers = await AdmitNewcomers(session, entries, seen);

        var chained = new Chained(heads, seen.Duplicates);
        foreach (var job in group)
            job.Written = job.Entries.All(seen.MayBeAnswered)
                ? [.. job.Entries.Select(entry => seen.Refuses(entry) ? new(AppendOutcome.Suppressed, null) : chained.Add(entry))]
                : null;
        // A contact is made together with the entry that states what it is, or not at all.
        var written = group.Where(job => job.Written is not null).SelectMany(job => job.Entries).Select(entry => entry.Owner).ToHashSet();
        var unmade = newcomers.Where(newcomer => !written.Contains(newcomer.Owner)).Select(newcomer => newcomer.OwnerBytes).ToArray();
        if (unmade.Length > 0)
            await session.Run(DeleteContacts, [unmade]);
        foreach (var newcomer in newcomers.Where(newcomer => written.Contains(newcomer.Owner)))
            heads.Made(newcomer.Partition, newcomer.Owner);
        if (heads.Moved() is { } moved)
            await (await session.Together((InsertEntries, chained.Columns()), (Heads.Set, moved), ("commit", []))).DisposeAsync();
        else
            await session.Run("commit");
        heads.Kept();
    }

    static async Task<Seen> LockAndLook(Session session, Heads heads, List<SealedEntry> entries)
    {
        var chains = entries.Select(entry => (short)entry.Partition.Number).Distinct().Order().ToArray();
        var standing = entries
            .Where(entry => entry.Newcomer is null && entry.Owner != ContactId.Controller)
            .Select(entry => entry.OwnerBytes)
            .ToArray();
        var suppressions = entries.SelectMany(entry => entry.Newcomer?.SuppressionMacs ?? []).ToArray();
        var keyed = entries.Where(entry => entry.Idempotency is not null && entry.Newcomer is null).ToList();
        await using var rows = await session.Together(
            ("begin", []),
            (Heads.Lock, [chains]),
            (SelectGeneration, []),
            (SelectStanding, [standing]),
            (SelectSuppressed, [suppressions]),
            (SelectDuplicates, [keyed.Select(entry => entry.OwnerBytes).ToArray(), keyed.Select(entry => entry.Idempotency!).ToArray()])
        );
        heads.Held(await Session.ReadNext(rows, Heads.Read));
        return new()
        {
            Generation = (await Session.ReadNext(rows, row => row.GetInt32(0)))[0],
            Standing = [.. await Session.ReadNext(rows, row => ContactId.FromBytes((byte[])row[0])), ContactId.Controller],
            Suppressed = [.. await Session.ReadNext(rows, row => Convert.ToHexString((byte[])row[0]))],
            Duplicates = (
                await Session.ReadNext(
                    rows,
                    row =>
                        (
                            Key: Chained.Key(ContactId.FromBytes((byte[])row[0]), (byte[])row[1]),
                            At: new LedgerPosition(new Partition(row.GetInt16(2)), row.GetInt64(3))
                        )
                )
            )
                .DistinctBy(one => one.Key)
                .ToDictionary(one => one.Key, one => one.At),
        };
    }

    /// <summary>Those that were made.</summary>
    static async Task<List<SealedEntry>> AdmitNewcomers(Session session, List<SealedEntry> entries, Seen seen)
    {
        var newcomers = entries
            .Where(entry => entry.Newcomer is { } one && one.Generation == seen.Generation && !seen.Refuses(entry))
            .DistinctBy(entry => entry.Owner)
            .ToList();
        if (newcomers.Count == 0)
            return [];
        var made = await session.Rows(
            row => ContactId.FromBytes((byte[])row[0]),
            InsertContacts,
            newcomers.Select(entry => entry.Newcomer!.AddressMac).ToArray(),
            newcomers.Select(entry => entry.OwnerBytes).ToArray(),
            newcomers.Select(entry => (short)entry.Partition.Number).ToArray(),
            newcomers.Select(entry => entry.Newcomer!.Generation).ToArray(),
            newcomers.Select(entry => entry.Newcomer!.WrappedKey).ToArray(),
            newcomers.Select(entry => entry.Newcomer!.Address).ToArray()
        );
        seen.Standing.UnionWith(made);
        return [.. newcomers.Where(newcomer => made.Contains(newcomer.Owner))];
    }

    /// <summary>What the store said under the locks.</summary>
    sealed class Seen
    {
        internal required int Generation { get; init; }

        internal required HashSet<ContactId> Standing { get; init; }

        internal required HashSet<string> Suppressed { get; init; }

        internal required Dictionary<(ContactId, Int128), LedgerPosition> Duplicates { get; init; }

        internal bool Refuses(SealedEntry entry) =>
            entry.Newcomer is { DespiteSuppression: false } newcomer
            && newcomer.SuppressionMacs.Any(mac => Suppressed.Contains(Convert.ToHexString(mac)));

        internal bool MayBeAnswered(SealedEntry entry) =>
            Standing.Contains(entry.Owner) || (Refuses(entry) && entry.Newcomer!.Generation == Generation);
    }
}
