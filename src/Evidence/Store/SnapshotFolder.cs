using System.Buffers;
using System.Globalization;
using MaySend.Evidence.Ledger;
using MaySend.Reading;

namespace MaySend.Evidence.Store;

/// <summary>
/// Where the snapshots of a store are, one file for each partition (docs/decisions/0015). Nothing depends on them but speed: a file that is
/// missing, torn, altered, of another store or of another build is as good as none, and the folder may be deleted at any time. Safe for
/// many threads and processes.
/// </summary>
/// <param name="path">The folder; it need not be there.</param>
public sealed class SnapshotFolder(string path)
{
    /// <summary>
    /// A partition is written anew once it has more entries since than this, and more than an eighth of those that it has.
    /// </summary>
    public int LeastSince { get; init; } = 100;

    /// <summary>
    /// So many bytes stay free on the disk: what is to be recorded needs them, and a snapshot can be done without.
    /// </summary>
    public long LeastFree { get; init; } = 1L << 30;

    /// <summary>What stands there of a partition, to be given back; null where nothing does.</summary>
    internal PackedSnapshot? Read(Partition partition)
    {
        try
        {
            return PackedSnapshot.Read(PathOf(partition));
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Puts the snapshot of a partition in an earlier one's place; a disk that refuses is no reason to end anything.</summary>
    internal void Write(Partition partition, byte[] packed)
    {
        try
        {
            OwnerOnly.MakeFolder(path);
            if (new DriveInfo(Path.GetFullPath(path)).AvailableFreeSpace - packed.Length < LeastFree)
                return;
            var (file, draft) = (PathOf(partition), PathOf(partition) + ".new");
            // Not flushed: what a crash leaves torn is as good as nothing.
            using (var stream = OwnerOnly.Open(draft, FileMode.Create, FileAccess.Write, FileShare.None))
                stream.Write(packed);
            File.Move(draft, file, overwrite: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            // The next reader reads the ledger, as this one did.
        }
    }

    /// <summary>Whether it is time to write a partition anew.</summary>
    /// <param name="since">What was recorded since.</param>
    /// <param name="snapshot">What there was; null for nothing.</param>
    internal bool IsDue(PartitionSince since, Snapshot? snapshot)
    {
        var more = since.Contacts.Sum(contact => contact.Entries.Count);
        return (more > LeastSince && more > (snapshot?.Entries ?? 0) / 8)
            || (snapshot is not null && snapshot.Contacts.Count > 0 && IsAnybodyErased(since, snapshot));
    }

    static bool IsAnybodyErased(PartitionSince since, Snapshot snapshot)
    {
        var here = since.Contacts.Select(contact => contact.Contact.Id).ToHashSet();
        return !snapshot.Contacts.All(here.Contains);
    }

    string PathOf(Partition partition) => Path.Combine(path, string.Create(CultureInfo.InvariantCulture, $"{partition.Number:000}"));
}

/// <summary>A snapshot as it stood on disk, in room that is lent.</summary>
/// <param name="room">The room.</param>
/// <param name="length">How much of it is taken.</param>
sealed class PackedSnapshot(byte[] room, int length) : IDisposable
{
    readonly byte[] room = room;

    /// <summary>It.</summary>
    public ReadOnlySpan<byte> Bytes => room.AsSpan(0, length);

    /// <summary>The place that it says it is of; what says so may be anybody.</summary>
    public ChainMark Mark => Snapshot.MarkIn(Bytes);

    /// <summary>Reads a file; null where there is none, or one that no snapshot can be.</summary>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static PackedSnapshot? Read(string path)
    {
        if (!File.Exists(path))
            return null;
        using var file = File.OpenHandle(path);
        var length = RandomAccess.GetLength(file);
        if (length > Array.MaxLength)
            return null;
        var packed = new PackedSnapshot(ArrayPool<byte>.Shared.Rent((int)length), (int)length);
        if (RandomAccess.Read(file, packed.room.AsSpan(0, (int)length), 0) == length && packed.Mark.Seq > 0)
            return packed;
        packed.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<byte>.Shared.Return(room);
}
