using System.Text;
using MaySend.Evidence;
using MaySend.Mail.OptOut;

namespace MaySend.Records.OptOuts;

/// <summary>
/// The file <c>opt-out-keys.txt</c>: this folder's copy of the ring in the store, so that links are read while the store is down. It is
/// only ever replaced as a whole, by a file that holds every line of the one before, so no reader and no crash sees half of it; keys are
/// added by one process at a time, whoever holds <c>opt-out-keys.lock</c>.
/// </summary>
sealed class OptOutKeyFile(string folder)
{
    /// <summary>Tells whether the file is another than the one read.</summary>
    public readonly record struct Stamp(DateTime WrittenAt, long Length);

    readonly string path = System.IO.Path.Combine(folder, "opt-out-keys.txt");

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>How the file stands now; null when it is not there.</summary>
    public Stamp? Look() => new FileInfo(path) is { Exists: true } file ? new(file.LastWriteTimeUtc, file.Length) : null;

    /// <summary>The keys in it; null when the file is not there or is empty.</summary>
    /// <exception cref="LedgerKeyException">It is there and cannot be read. No key is ever made in its place: that would disown every link
    /// there is.</exception>
    public OptOutKeyRing? Read()
    {
        try
        {
            return File.Exists(path) ? Parse(File.ReadAllText(path)) : null;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            throw new LedgerKeyException(
                $"{path} cannot be read: {fault.Message}. If it holds keys that the store does not have, opt-out links in messages "
                    + "already sent will not work without it. "
                    + "Put it back from the backup, or correct its permissions. If a server has run with it on this store, the store "
                    + "has its keys: then delete it, and MaySend writes it again.",
                fault
            );
        }
    }

    /// <summary>Adds the keys that the file does not have; false when another process is adding some right now.</summary>
    /// <exception cref="LedgerKeyException">It cannot be read, and is left as it is.</exception>
    public bool Add(OptOutKeyRing ring)
    {
        using var held = TryHold();
        if (held is null)
            return false;
        var there = Read();
        var missing = ring.Keys.Where(key => there is null || there.Keys.All(known => known.Fingerprint != key.Fingerprint)).ToList();
        if (missing.Count == 0)
            return true;
        var before = File.Exists(path) ? File.ReadAllText(path) : "";
        if (before.Length > 0 && !before.EndsWith('\n'))
            before += '\n';
        Replace(before + new OptOutKeyRing(missing).ToText());
        return true;
    }

    FileStream? TryHold()
    {
        try
        {
            return new FileStream(
                System.IO.Path.Combine(folder, "opt-out-keys.lock"),
                FileMode.OpenOrCreate,
                FileAccess.ReadWrite,
                FileShare.None
            );
        }
        catch (IOException)
        {
            return null;
        }
    }

    void Replace(string text)
    {
        var fresh = path + ".new";
        File.Delete(fresh);
        var how = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.Delete | FileShare.Read,
        };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(fresh, how);
        file.Write(Encoding.UTF8.GetBytes(text));
        file.Flush(flushToDisk: true);
        File.Move(fresh, path, overwrite: true);
        // Once more, so that the new name is on the disk too.
        file.Flush(flushToDisk: true);
    }

    static OptOutKeyRing? Parse(string text) =>
        text.Split('\n').All(line => line.Trim() is "" or ['#', ..]) ? null : OptOutKeyRing.Parse(text);
}
