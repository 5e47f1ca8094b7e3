using System.Text.Json;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using Microsoft.Win32.SafeHandles;

namespace MaySend.Records.OptOuts;

/// <summary>
/// One file of waiting requests, a JSON line each. One process at a time writes it, and says so by the lock on the file beside it
/// (<c>.lock</c>); every process may read it. It always ends with a whole line: a line that a crash or a full disk tore was never
/// acknowledged and is cut off, so that the next one does not run into it.
/// </summary>
sealed class SpoolFile : IDisposable
{
    /// <summary>How octets reach the file; a test can let the disk run full.</summary>
    public delegate void Writing(SafeFileHandle handle, byte[] octets, long at);

    readonly FileStream hold;
    readonly FileStream file;
    readonly Writing write;
    long end;
    bool isTorn;

    SpoolFile(FileStream hold, FileStream file, Writing write) => (this.hold, this.file, this.write) = (hold, file, write);

    /// <summary>The requests that were in it when it was opened, oldest first.</summary>
    public IReadOnlyList<OptOutRequest> Requests { get; private set; } = [];

    /// <summary>Whole lines that are no request: a disk gone bad, or somebody's hand.</summary>
    public IReadOnlyList<string> Unreadable { get; private set; } = [];

    /// <summary>True when nothing is in it.</summary>
    public bool IsEmpty => end == 0;

    /// <summary>Writes and, on the way back, is on the disk.</summary>
    public static void ToDisk(SafeFileHandle handle, byte[] octets, long at)
    {
        RandomAccess.Write(handle, octets, at);
        RandomAccess.FlushToDisk(handle);
    }

    /// <summary>Opens or makes it; null when another process holds it.</summary>
    public static SpoolFile? TryOpen(string path, Writing write)
    {
        FileStream? hold = null;
        FileStream? file = null;
        try
        {
            hold = OwnerOnly.Open(path + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            file = OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.ReadWrite);
            var spool = new SpoolFile(hold, file, write);
            spool.Read();
            (hold, file) = (null, null);
            return spool;
        }
        catch (IOException) when (file is null && File.Exists(path))
        {
            // Another process holds it; one of an older build holds the file itself.
            return null;
        }
        finally
        {
            file?.Dispose();
            hold?.Dispose();
        }
    }

    /// <summary>Adds requests; they are on disk when this returns, and none of them is in the file when it throws.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Append(IEnumerable<OptOutRequest> requests)
    {
        byte[] octets =
        [
            .. requests.SelectMany(request => JsonSerializer.SerializeToUtf8Bytes(request, EntryJson.Options).Append((byte)'\n')),
        ];
        if (isTorn)
            RandomAccess.SetLength(file.SafeFileHandle, end);
        isTorn = true;
        try
        {
            write(file.SafeFileHandle, octets, end);
        }
        catch
        {
            CutBack();
            throw;
        }
        end += octets.Length;
        isTorn = false;
    }

    /// <summary>Empties it.</summary>
    public void Clear()
    {
        RandomAccess.SetLength(file.SafeFileHandle, 0);
        end = 0;
        RandomAccess.FlushToDisk(file.SafeFileHandle);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        file.Dispose();
        hold.Dispose();
    }

    void CutBack()
    {
        try
        {
            RandomAccess.SetLength(file.SafeFileHandle, end);
            isTorn = false;
        }
        catch (IOException)
        {
            // Tried again before the next line, and at the next opening.
        }
    }

    void Read()
    {
        var octets = new byte[RandomAccess.GetLength(file.SafeFileHandle)];
        for (var at = 0; at < octets.Length; )
        {
            var read = RandomAccess.Read(file.SafeFileHandle, octets.AsSpan(at), at);
            if (read == 0)
                break;
            at += read;
        }
        List<OptOutRequest> requests = [];
        List<string> unreadable = [];
        var whole = Array.LastIndexOf(octets, (byte)'\n') + 1;
        foreach (var line in System.Text.Encoding.UTF8.GetString(octets, 0, whole).Split('\n', StringSplitOptions.RemoveEmptyEntries))
            if (Read(line) is { } request)
                requests.Add(request);
            else
                unreadable.Add(line);
        end = whole;
        (Requests, Unreadable) = (requests, unreadable);
        if (whole == octets.Length)
            return;
        // Somebody asked, even if nobody was told that it was kept: what can still be read is kept, ended as it should be.
        var torn = Read(System.Text.Encoding.UTF8.GetString(octets, whole, octets.Length - whole));
        RandomAccess.SetLength(file.SafeFileHandle, end);
        if (torn is null)
            return;
        requests.Add(torn);
        Append([torn]);
    }

    /// <summary>
    /// The requests in a file that is left as it is. One that cannot be read may be anybody's: nothing is decided without it.
    /// </summary>
    /// <exception cref="LedgerUnavailableException">A process of an older build holds it, or it holds what cannot be read.</exception>
    public static IReadOnlyList<OptOutRequest> Look(string path)
    {
        try
        {
            using var file = new StreamReader(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
            var text = file.ReadToEnd();
            // A line that has not ended yet is being written: nobody was told that it was taken.
            var whole = text.LastIndexOf('\n') + 1;
            return
            [
                .. text[..whole]
                    .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                    .Select(line => Read(line) ?? throw Waits(path, "holds a line that cannot be read")),
                .. Read(text[whole..]) is { } last ? [last] : Array.Empty<OptOutRequest>(),
            ];
        }
        catch (FileNotFoundException)
        {
            return [];
        }
        catch (IOException)
        {
            throw Waits(path, "is in use by a running server, which records them within seconds; try again then");
        }
    }

    static LedgerUnavailableException Waits(string path, string why) =>
        new(UnavailableBecause.Busy, $"opt-outs wait beside the store, and {Path.GetFileName(path)} {why}");

    static OptOutRequest? Read(string line)
    {
        try
        {
            return
                JsonSerializer.Deserialize<OptOutRequest>(line, EntryJson.Options)
                    is { Contact: not null, Link: not null, Word: not null } request
                ? request
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
