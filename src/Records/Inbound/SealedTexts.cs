using System.Security.Cryptography;
using System.Text.Json;
using MaySend.Evidence.Entries;
using MaySend.Records.Attaching;

namespace MaySend.Records.Inbound;

/// <summary>What arrived, as the person who settles it reads it.</summary>
/// <param name="Address">Whom it names, as the source wrote it; null where it names nobody.</param>
/// <param name="Words">What was written, or the event that could not be read.</param>
public sealed record ArrivedText(string? Address, string Words);

/// <summary>
/// The texts of what waits, sealed, a file each in the folder <c>inbox</c> beside the store. Each has a key of its own (AES-256-GCM), which
/// stands in the ledger: where the ledger forgets the person, the text is noise, in every copy of the folder.
/// </summary>
sealed class SealedTexts(string folder)
{
    /// <summary>The names of the files there are.</summary>
    public IEnumerable<string> Digests =>
        Directory.Exists(folder)
            ? Directory.EnumerateFiles(folder, "*.sealed").Select(Path.GetFileNameWithoutExtension).OfType<string>()
            : [];

    /// <summary>Seals a text; it is on disk when this returns.</summary>
    /// <returns>The digest of the sealed text, which names the file, and the key, base64.</returns>
    /// <exception cref="IOException">The disk refused.</exception>
    public (string Digest, string Seal) Write(ArrivedText text)
    {
        var clear = JsonSerializer.SerializeToUtf8Bytes(text, EntryJson.Options);
        var (octets, key) = FileSeal.Seal(clear);
        var digest = Convert.ToHexStringLower(SHA256.HashData(octets));
        Directory.CreateDirectory(folder);
        var how = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            how.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(PathOf(digest), how);
        file.Write(octets);
        file.Flush(flushToDisk: true);
        return (digest, key);
    }

    /// <summary>Opens a text; null when it is not here, or is not the one that was sealed.</summary>
    public ArrivedText? Read(string digest, string seal)
    {
        if (!File.Exists(PathOf(digest)))
            return null;
        try
        {
            var clear = FileSeal.Open(File.ReadAllBytes(PathOf(digest)), seal);
            return JsonSerializer.Deserialize<ArrivedText>(clear, EntryJson.Options);
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or FormatException or JsonException)
        {
            return null;
        }
    }

    /// <summary>When a file was written, UTC.</summary>
    public DateTime WrittenAt(string digest) => File.GetLastWriteTimeUtc(PathOf(digest));

    /// <summary>Deletes a text; one that is not there is deleted already.</summary>
    public void Delete(string digest) => File.Delete(PathOf(digest));

    string PathOf(string digest) => Path.Combine(folder, $"{digest}.sealed");
}
