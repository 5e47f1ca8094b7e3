using System.Text.Json;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>
/// One erasure or suppression, as restoring a backup needs it: keyed hashes and an encrypted text, no address and no contact id.
/// </summary>
/// <param name="Index">The address under every key generation; empty when only a suppression was put down.</param>
/// <param name="Generation">The key generation of the suppression.</param>
/// <param name="Suppression">The address in the suppressions' domain.</param>
/// <param name="Covers">What it covers, encrypted.</param>
public sealed record ErasureRecord(IReadOnlyList<byte[]> Index, int Generation, byte[] Suppression, byte[] Covers);

/// <summary>
/// The list of erasures beside the key file (<c>KEYFILE.erasures</c>), one JSON object a line. It is written and flushed before the store
/// forgets, so that no
/// backup, restored later,
/// can bring somebody back. It is not part of a backup and must not be replaced by an older copy.
/// </summary>
public sealed class ErasureList(string path)
{
    static readonly JsonSerializerOptions Layout = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The list that belongs to a key file.</summary>
    public static ErasureList Beside(string keyFile) => new(keyFile + ".erasures");

    /// <summary>
    /// Adds records and flushes them to disk. <see cref="LedgerUnavailableException"/> when that fails: then nothing may be erased.
    /// </summary>
    public void Add(IEnumerable<ErasureRecord> records)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.Seek(0, SeekOrigin.End);
            if (stream.Length > 0 && !EndsInNewline(stream))
                stream.WriteByte((byte)'\n');
            foreach (var record in records)
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(record, Layout));
                stream.WriteByte((byte)'\n');
            }

            stream.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"the erasure list {path} cannot be written, so nothing was erased: {fault.Message}",
                fault
            );
        }
    }

    /// <summary>
    /// All records, and how many lines could not be read: a line cut short by a crash belongs to an erasure that was never acknowledged,
    /// any other is damage
    /// to look into.
    /// </summary>
    public (IReadOnlyList<ErasureRecord> Records, int Unreadable) Read()
    {
        var records = new List<ErasureRecord>();
        var unreadable = 0;
        if (!File.Exists(path))
            return (records, 0);
        foreach (var line in File.ReadLines(path).Where(line => line.Length > 0))
        {
            try
            {
                records.Add(JsonSerializer.Deserialize<ErasureRecord>(line, Layout)!);
            }
            catch (JsonException)
            {
                unreadable++;
            }
        }

        return (records, unreadable);
    }

    static bool EndsInNewline(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }
}

/// <summary>What restoring a backup did.</summary>
/// <param name="Forgotten">Contacts of the backup that had been erased since, and were erased again.</param>
/// <param name="Suppressed">Suppressions put down again.</param>
/// <param name="UnreadableLines">Lines of the erasure list that could not be read.</param>
public sealed record Restoration(int Forgotten, int Suppressed, int UnreadableLines);
