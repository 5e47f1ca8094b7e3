using MaySend.Evidence.Entries;
using MemoryPack;

namespace MaySend.Evidence.Store;

/// <summary>A snapshot of one partition.</summary>
/// <param name="Entries">How many entries there are.</param>
/// <param name="Words"><see cref="SnapshotWords"/>, sealed with the partition's own key.</param>
/// <param name="Contacts">The ids of everybody in it, sixteen bytes each, in the order of their first entries.</param>
/// <param name="People">Of each of them <see cref="SnapshotPerson"/>, sealed with the contact's own key.</param>
[MemoryPackable]
internal sealed partial record SnapshotBody(int Entries, byte[] Words, byte[] Contacts, byte[][] People);

/// <summary>What several people say word for word, and is therefore about none of them.</summary>
/// <param name="Words">By number, from 0.</param>
[MemoryPackable]
internal sealed partial record SnapshotWords(string[] Words);

/// <summary>One person.</summary>
/// <param name="Stated">What the person's entries stated of the rows in the index last.</param>
/// <param name="Words">What nearly nobody else says: numbered on from the words of the snapshot.</param>
/// <param name="Rows">The person's entries, in order of position.</param>
[MemoryPackable]
internal sealed partial record SnapshotPerson(byte[] Stated, string[] Words, SnapshotRow[] Rows);

/// <summary>One entry as numbers. Words are by number; -1 is none.</summary>
/// <param name="Saying">What it says apart from when, under which id and of which goods: the entry's JSON.</param>
/// <param name="When">When it happened.</param>
/// <param name="Id">Its id.</param>
/// <param name="Products">The goods dealt in; null for none.</param>
/// <param name="Seq">Its number in the partition.</param>
/// <param name="RecordedAt">When the ledger took it in, in microseconds.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="Rights">What they might; -1 for an entry from before rights were kept.</param>
/// <param name="File">The digest of the file it was read from.</param>
/// <param name="FileRow">Its row in the file.</param>
[MemoryPackable]
internal readonly partial record struct SnapshotRow(
    int Saying,
    Moment When,
    string Id,
    int[]? Products,
    long Seq,
    long RecordedAt,
    int By,
    int Rights,
    int File,
    long FileRow
);
