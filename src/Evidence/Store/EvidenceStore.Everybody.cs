using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Store;

public sealed partial class EvidenceStore
{
    /// <summary>So many people are looked for in one look, and wait for their turn.</summary>
    const int Together = 256;

    static readonly IEnumerable<Partition> All = Enumerable.Range(0, Partition.Contacts).Select(number => new Partition(number));

    /// <summary>
    /// Where reading everybody begins: what was read before, kept beside the store and kept up by whoever reads. Null reads the ledger
    /// alone, and writes nothing.
    /// </summary>
    public SnapshotFolder? Snapshots { get; set; }

    /// <summary>
    /// Everybody who can be read, partition by partition, streaming; suppressions of people who came back are among what is on record.
    /// </summary>
    public IAsyncEnumerable<PersonOnRecord> EverybodyAsync(AsKnown asKnown = default, CancellationToken cancellation = default) =>
        EverybodyAsync(All, asKnown, cancellation);

    /// <summary>
    /// Everybody of some partitions, one partition after the other, while the next ones are read on other processors.
    /// </summary>
    public IAsyncEnumerable<PersonOnRecord> EverybodyAsync(
        IEnumerable<Partition> partitions,
        AsKnown asKnown = default,
        CancellationToken cancellation = default
    )
    {
        var read = new SayingsRead();
        return SideBySide.InOrder(partitions, (partition, stop) => EverybodyAsync(partition, read, asKnown, stop), Together, cancellation);
    }

    /// <summary>The dossiers of everybody, opened on every processor.</summary>
    public IAsyncEnumerable<Dossier> DossiersAsync(AsKnown asKnown = default, CancellationToken cancellation = default)
    {
        var read = new SayingsRead();
        return SideBySide.InOrder(
            All,
            (partition, stop) => EverybodyAsync(partition, read, asKnown, stop).Select(person => person.Open()),
            Together,
            cancellation
        );
    }

    async IAsyncEnumerable<PersonOnRecord> EverybodyAsync(
        Partition partition,
        SayingsRead read,
        AsKnown asKnown,
        [EnumeratorCancellation] CancellationToken cancellation
    )
    {
        var (since, snapshot) = await SinceAsync(partition, read, asKnown, cancellation);
        if (asKnown == AsKnown.Now && Snapshots?.IsDue(since, snapshot) == true)
        {
            var packed = Packed(since, snapshot);
            Snapshots.Write(partition, packed);
            // What was written is what is read from here on.
            if (Snapshot.Open(packed, ledger.StoreId, partition, since.Own, read) is { } written)
                (since, snapshot) = (since.AtItsEnd(), written);
        }
        foreach (var people in Recorded.Everybody(since, snapshot, asKnown).Chunk(Together))
        {
            cancellation.ThrowIfCancellationRequested();
            // After the look at the partition: an erasure puts the suppression down before the contact goes.
            var suppressions = await ledger.SuppressionsAsync([.. people.Select(person => person.Contact.Address)], cancellation);
            foreach (var (person, kept) in people.Zip(suppressions))
            {
                var address = person.Contact.Address;
                var asked = Suppressions(kept, asKnown).AddRange(await InOtherFormsAsync(address, asKnown, cancellation));
                yield return new(
                    address,
                    person.Contact.Id,
                    () => ToDossier(address, person.Contact.Id, since.Position, person.Open().Entries, asked, asKnown)
                );
            }
        }
    }

    byte[] Packed(PartitionSince since, Snapshot? snapshot)
    {
        var draft = new SnapshotDraft(ledger.StoreId, since.Position.Contact.Partition, since.Head);
        foreach (var person in Recorded.Everybody(since, snapshot, AsKnown.Now))
        {
            var (stated, entries) = person.Open();
            draft.Add(person.Contact.Id, person.Key, stated, entries);
        }
        return draft.Finish(since.Own);
    }

    /// <summary>What was kept of a partition, if that is of any use, and what was recorded since.</summary>
    async ValueTask<(PartitionSince Since, Snapshot? Snapshot)> SinceAsync(
        Partition partition,
        SayingsRead read,
        AsKnown asKnown,
        CancellationToken cancellation
    )
    {
        using var kept = Snapshots?.Read(partition);
        var since = await ledger.SinceAsync(partition, kept?.Mark ?? default, asKnown, cancellation);
        if (kept is null || since.From.Seq == 0)
            return (since, null);
        return
            Snapshot.Open(kept.Bytes, ledger.StoreId, partition, since.Own, read) is { } snapshot
            && since.Contacts.ExceptBy(snapshot.Contacts, one => one.Contact.Id).All(one => one.IsNew)
            ? (since, snapshot)
            : (await ledger.SinceAsync(partition, default, asKnown, cancellation), null);
    }

    /// <summary>Somebody of a partition, as kept in its snapshot and recorded since.</summary>
    /// <param name="Since">What was recorded since.</param>
    /// <param name="Snapshot">The snapshot; null for somebody who is not in it.</param>
    /// <param name="Place">Their place in it.</param>
    /// <param name="AsKnown">How much may be seen.</param>
    readonly record struct Recorded(ContactSince Since, Snapshot? Snapshot, int Place, AsKnown AsKnown)
    {
        public Contact Contact => Since.Contact;

        public ContactKey Key => Since.Key;

        /// <summary>Everybody of whom anything may be seen, in the order of their first entries.</summary>
        public static IEnumerable<Recorded> Everybody(PartitionSince since, Snapshot? snapshot, AsKnown asKnown)
        {
            var contacts = since.Contacts.ToDictionary(contact => contact.Contact.Id);
            for (var place = 0; place < snapshot?.Contacts.Count; place++)
                // Who is not among them has been erased.
                if (
                    contacts.Remove(snapshot.Contacts[place], out var contact)
                    && new Recorded(contact, snapshot, place, asKnown) is var known
                    && (asKnown == AsKnown.Now || known.Open().Entries.Length > 0)
                )
                    yield return known;
            foreach (var contact in contacts.Values.Where(one => one.Entries.Count > 0).OrderBy(one => one.Entries[0].Position.Seq))
                yield return new(contact, null, 0, asKnown);
        }

        /// <summary>Opens what there is: the entries, and what they stated of the contact's rows in the index last.</summary>
        /// <exception cref="LedgerUnavailableException">An entry cannot be read, or the index has been altered.</exception>
        public (byte[] Stated, ImmutableArray<RecordedEntry> Entries) Open()
        {
            var (stated, entries) = Snapshot?.Of(Place, Key, AsKnown) ?? ([], ImmutableArray.CreateBuilder<RecordedEntry>());
            entries.AddRange(Since.Entries.Select(Read));
            // What was known earlier says nothing of the rows there are now.
            if (AsKnown == AsKnown.Now)
                Since.Require(stated);
            return (Since.Stated.IsEmpty ? stated : Since.Stated.ToArray(), entries.DrainToImmutable());
        }
    }
}
