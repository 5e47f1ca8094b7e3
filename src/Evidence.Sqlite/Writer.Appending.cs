using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Writing;

namespace MaySend.Evidence.Sqlite;

sealed partial class Writer
{
    const string InsertContact = """
        insert into contact (address_mac, id, partition, generation, wrapped_key, address) values (?1, ?2, ?3, ?4, ?5, ?6)
        on conflict (address_mac) do nothing
        """;

    const string InsertEntry = """
        insert into entry (partition, seq, contact, kind, recorded_at, idempotency, content, hash) values (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        on conflict (contact, idempotency) do nothing
        """;

    const string DeleteContact = "delete from contact where id = ?1";
    const string SelectSuppressed = "select 1 from suppression where address_mac = ?1";
    internal const string SelectContact = "select 1 from contact where id = ?1";
    const string SelectPosition = "select seq from entry where contact = ?1 and idempotency = ?2";

    /// <summary>Contacts seen to stand, or made, under a write lock since when nothing but appends of this process was committed.</summary>
    readonly HashSet<ContactId> verified = [];
    long? newestGeneration;

    void ForgetVerified()
    {
        verified.Clear();
        newestGeneration = null;
    }

    /// <summary>Null when the entries must be sealed again.</summary>
    Written[]? Append(IReadOnlyList<SealedEntry> entries)
    {
        var written = new Written[entries.Count];
        var admitted = new Admission[entries.Count];
        var made = new List<SealedEntry>();
        for (var i = 0; i < admitted.Length; i++)
        {
            admitted[i] = Admit(entries[i], made);
            if (admitted[i] != Admission.LookAgain)
                continue;
            // A contact is made together with the entry that states what it is, or not at all.
            foreach (var newcomer in made)
                Unmake(newcomer);
            return null;
        }

        for (var i = 0; i < written.Length; i++)
            written[i] = admitted[i] == Admission.Suppressed ? new(AppendOutcome.Suppressed, null) : Insert(session, heads, entries[i]);
        return written;
    }

    internal static Written Insert(Session session, Heads heads, SealedEntry entry)
    {
        var (seq, recordedAt, before) = heads.Next(session, entry.Partition.Number);
        var position = new LedgerPosition(entry.Partition, seq);
        var owner = entry.OwnerBytes;
        var hash = Chain.Entry(before, position, entry.Owner, recordedAt, entry.Kind, entry.Idempotency, entry.ContentDigest);
        if (
            session[InsertEntry]
                .Run(position.Partition.Number, position.Seq, owner, entry.Kind, recordedAt, entry.Idempotency, entry.Content, hash) == 0
        )
            return new(
                AppendOutcome.AlreadyThere,
                new LedgerPosition(entry.Partition, (long)session[SelectPosition].Value(owner, entry.Idempotency)!)
            );
        heads.Advance(entry.Partition.Number, seq, recordedAt, hash);
        return new(AppendOutcome.Added, position);
    }

    void Unmake(SealedEntry entry)
    {
        session[DeleteContact].Run(entry.OwnerBytes);
        heads.Gone(session, entry.Partition, entry.Owner);
        verified.Remove(entry.Owner);
    }

    Admission Admit(SealedEntry entry, List<SealedEntry> newcomers)
    {
        if (entry.Owner == ContactId.Controller || verified.Contains(entry.Owner))
            return Admission.Stands;
        if (entry.Newcomer is { } newcomer)
        {
            newestGeneration ??= (long)session["select max(generation) from key_generation"].Value()!;
            if (newestGeneration != newcomer.Generation)
                return Admission.LookAgain;
            if (!newcomer.DespiteSuppression && newcomer.SuppressionMacs.Any(mac => session[SelectSuppressed].Value(mac) is not null))
                return Admission.Suppressed;
            var made = session[InsertContact]
                .Run(
                    newcomer.AddressMac,
                    entry.OwnerBytes,
                    entry.Partition.Number,
                    newcomer.Generation,
                    newcomer.WrappedKey,
                    newcomer.Address
                );
            if (made == 0)
                return Admission.LookAgain;
            heads.Made(session, entry.Partition, entry.Owner);
            newcomers.Add(entry);
        }
        else if (session[SelectContact].Value(entry.OwnerBytes) is null)
        {
            return Admission.LookAgain;
        }

        verified.Add(entry.Owner);
        return Admission.Stands;
    }

    enum Admission
    {
        Stands,
        Suppressed,
        LookAgain,
    }
}
