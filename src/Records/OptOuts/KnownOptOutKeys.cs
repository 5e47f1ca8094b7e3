using System.Collections.Frozen;
using MaySend.Evidence;
using MaySend.Mail.OptOut;

namespace MaySend.Records.OptOuts;

/// <summary>
/// What this process knows of the ring, and the folder's copy of it. It only ever grows: an older copy put in the file's place takes no
/// link away from anybody.
/// </summary>
sealed partial class KnownOptOutKeys(OptOutKeyFile file, ILogger log)
{
    readonly Lock gate = new();
    OptOutKeyRing? written;
    OptOutKeyFile.Stamp? read;
    IReadOnlyList<OptOutKey>? learned;

    /// <summary>Every key known: links are read with it. Null before the first.</summary>
    public OptOutKeyRing? Ring
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>The keys that are in the store: links are issued with it. Null before the first.</summary>
    public OptOutKeyRing? Issuing
    {
        get => Volatile.Read(ref field);
        private set => Volatile.Write(ref field, value);
    }

    /// <summary>Where the copy is.</summary>
    public string Path => file.Path;

    /// <summary>Keys that the store was not seen to have.</summary>
    public IReadOnlyList<OptOutKey> NotStored
    {
        get
        {
            lock (gate)
            {
                var inStore = Issuing?.Keys.Select(key => key.Fingerprint).ToFrozenSet() ?? [];
                return [.. Ring?.Keys.Where(key => !inStore.Contains(key.Fingerprint)) ?? []];
            }
        }
    }

    /// <summary>Takes what the file has; how it stood is the answer.</summary>
    /// <exception cref="LedgerKeyException">It cannot be read.</exception>
    public OptOutKeyFile.Stamp? ReadFile()
    {
        lock (gate)
        {
            read = file.Look();
            if (file.Read() is { } found)
                Ring = Ring?.With(found.Keys) ?? found;
            return read;
        }
    }

    /// <summary>Takes what the file has if it is another than the one read last; one that cannot be read now changes nothing.</summary>
    public void ReadFileAgain()
    {
        lock (gate)
        {
            if (file.Look() is { } now && now != read)
                Try(() => ReadFile());
        }
    }

    /// <summary>Takes what the store has; true when some of it was new.</summary>
    public bool Stored(IReadOnlyList<OptOutKey> keys)
    {
        if (ReferenceEquals(keys, Volatile.Read(ref learned)) || keys.Count == 0)
            return false;
        lock (gate)
        {
            var before = Issuing;
            Issuing = Issuing?.With(keys) ?? new(keys);
            Ring = Ring?.With(keys) ?? Issuing;
            Volatile.Write(ref learned, keys);
            return !ReferenceEquals(before, Issuing);
        }
    }

    /// <summary>
    /// Writes into the file what it lacks, once for each key learned; tried again with the next refresh when it cannot be done now. Nothing
    /// rests on it but links while the store is down.
    /// </summary>
    public void WriteDown()
    {
        lock (gate)
        {
            if (Ring is not { } ring || ReferenceEquals(ring, written))
                return;
            Try(() =>
            {
                if (!file.Add(ring))
                    return;
                (written, read) = (ring, file.Look());
            });
        }
    }

    void Try(Action act)
    {
        try
        {
            act();
        }
        catch (Exception fault) when (fault is LedgerKeyException or IOException or UnauthorizedAccessException)
        {
            Unusable(file.Path, fault.GetType().Name);
        }
    }

    [LoggerMessage(
        LogLevel.Error,
        "{Path} cannot be read or written ({Fault}): links still work, but while the store is down this folder may lack keys"
    )]
    partial void Unusable(string path, string fault);
}
