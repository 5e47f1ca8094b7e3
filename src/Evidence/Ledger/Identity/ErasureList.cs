using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using MaySend.Reading;

namespace MaySend.Evidence.Ledger.Identity;

/// <summary>
/// The list of erasures beside the key file (<c>KEYFILE.erasures</c>), one JSON object a line: ids of contacts and suppressions, never an
/// address. It is written and flushed before the store forgets, so that no backup, restored later, can bring somebody back; where a second
/// place is named (<c>KEYFILE.erasures-also</c> holds its path), there too. It must not be replaced by an older copy.
/// </summary>
public sealed class ErasureList(string path)
{
    static readonly JsonSerializerOptions Layout = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The list that belongs to a key file.</summary>
    public static ErasureList Beside(string keyFile) => new(keyFile + ".erasures");

    /// <summary>Where it is.</summary>
    public string Path => path;

    /// <summary>The file that holds the path of the second place.</summary>
    public string SecondPlaceFile => path + "-also";

    /// <summary>The second place; null while none is named.</summary>
    public string? SecondPlace => File.Exists(SecondPlaceFile) ? File.ReadAllText(SecondPlaceFile).Trim() : null;

    /// <summary>True when there is a list. A ledger has one from its first day, empty or not; older ones from their first
    /// erasure.</summary>
    public bool Exists => File.Exists(path);

    /// <summary>Makes an empty list for a new ledger; one that is there is left as it is.</summary>
    public void Begin()
    {
        if (!Exists)
            Append(path, []);
    }

    /// <summary>Names the second place and copies there what is on the list. Null takes it away.</summary>
    /// <exception cref="LedgerUnavailableException">It cannot be written.</exception>
    public void SetSecondPlace(string? second)
    {
        if (second is null)
        {
            File.Delete(SecondPlaceFile);
            return;
        }

        var full = System.IO.Path.GetFullPath(second);
        if (full == System.IO.Path.GetFullPath(path))
            throw new LedgerUnavailableException(UnavailableBecause.Unreachable, $"{second} is the list itself, not a second place");
        Append(full, []);
        CatchUp(full);
        OwnerOnly.WriteText(SecondPlaceFile, full);
    }

    /// <summary>
    /// Adds records and flushes them to disk, at both places. <see cref="LedgerUnavailableException"/> when that fails: then nothing may be
    /// erased.
    /// </summary>
    public void Add(IEnumerable<ErasureRecord> records)
    {
        var lines = records.Select(record => JsonSerializer.SerializeToUtf8Bytes(Line.Of(record), Layout)).ToList();
        Append(path, lines);
        if (SecondPlace is { } second)
            CatchUp(second);
    }

    /// <summary>
    /// All records, and how many lines could not be read: a line cut short by a crash belongs to an erasure that was never acknowledged,
    /// any other is damage to look into.
    /// </summary>
    public (IReadOnlyList<ErasureRecord> Records, int Unreadable) Read(int skipLines = 0)
    {
        var (records, unreadable) = (new List<ErasureRecord>(), 0);
        foreach (var text in Lines().Skip(skipLines))
        {
            try
            {
                records.AddRange((JsonSerializer.Deserialize<Line>(text, Layout) ?? throw new JsonException("no line")).Records());
            }
            catch (Exception fault) when (fault is JsonException or FormatException)
            {
                unreadable++;
            }
        }

        return (records, unreadable);
    }

    /// <summary>How many lines it has, and the digest of them: a later state of this list begins with the same.</summary>
    public (int Lines, string Digest) State(int? upTo = null)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var count = 0;
        foreach (var line in Lines().Take(upTo ?? int.MaxValue))
        {
            hash.AppendData(Encoding.UTF8.GetBytes(line + "\n"));
            count++;
        }

        return (count, Convert.ToHexStringLower(hash.GetHashAndReset()));
    }

    /// <summary>Opened when the first line is asked for, so that whoever asks for none leaves nothing open that an erasure would
    /// meet.</summary>
    IEnumerable<string> Lines()
    {
        if (!Exists)
            yield break;
        foreach (var line in File.ReadLines(path))
            if (line.Length > 0)
                yield return line;
    }

    /// <summary>The second place gets whatever it lacks, so that a disk that was away for a while misses nothing.</summary>
    void CatchUp(string second)
    {
        var there = new ErasureList(second).Lines().Count();
        Append(second, [.. Lines().Skip(there).Select(line => Encoding.UTF8.GetBytes(line))]);
    }

    static void Append(string file, IReadOnlyList<byte[]> lines)
    {
        try
        {
            using var stream = OwnerOnly.Open(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            stream.Seek(0, SeekOrigin.End);
            if (stream.Length > 0 && !EndsInNewline(stream))
                stream.WriteByte((byte)'\n');
            foreach (var line in lines)
            {
                stream.Write(line);
                stream.WriteByte((byte)'\n');
            }

            stream.Flush(flushToDisk: true);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new LedgerUnavailableException(
                UnavailableBecause.Unreachable,
                $"the erasure list {file} cannot be written, so nothing was erased: {fault.Message}",
                fault
            );
        }
    }

    static bool EndsInNewline(FileStream stream)
    {
        stream.Seek(-1, SeekOrigin.End);
        return stream.ReadByte() == '\n';
    }

    /// <summary>A line as it is written. Older builds wrote the hashes of the address and its suppression together.</summary>
    sealed record Line(string? Contact, IReadOnlyList<byte[]>? Index, int? Generation, byte[]? Suppression, byte[]? Covers)
    {
        internal static Line Of(ErasureRecord record) =>
            record switch
            {
                ErasureRecord.Forgotten(var contact) => new(contact.ToString(), null, null, null, null),
                ErasureRecord.Suppressed(var generation, var mac, var covers) => new(null, null, generation, mac, covers),
                ErasureRecord.ForgottenAt(var index) => new(null, index, null, null, null),
                _ => throw new ArgumentException($"no such record: {record}"),
            };

        internal IEnumerable<ErasureRecord> Records()
        {
            if (Contact is not null)
                yield return ContactId.TryParse(Contact, out var id)
                    ? new ErasureRecord.Forgotten(id)
                    : throw new FormatException($"`{Contact}` is not the id of a contact");
            if (Suppression is not null)
                yield return new ErasureRecord.Suppressed(Generation ?? 0, Suppression, Covers ?? []);
            if (Index is { Count: > 0 })
                yield return new ErasureRecord.ForgottenAt(Index);
        }
    }
}
