using System.Security.Cryptography;
using MaySend.Evidence.Actors;
using MaySend.Reading;

namespace MaySend.Records.Attaching;

/// <summary>
/// Files that people attach: what shows an answer of an assessment, a screenshot of a form. Each lies sealed in the folder <see
/// cref="FolderName"/> beside the store; its key, name and SHA-256 stand in the ledger. A file that was taken off is deleted.
/// </summary>
/// <param name="records">The server's records.</param>
/// <param name="clock">The clock.</param>
/// <param name="beside">The folder beside the store.</param>
public sealed class Attachments(ServerRecords records, TimeProvider clock, string beside)
{
    /// <summary>The folder beside the store: a backup takes it along.</summary>
    public const string FolderName = "attachments";

    /// <summary>The largest file, in octets.</summary>
    public const int Greatest = 10_000_000;

    /// <summary>How many files one thing has at most.</summary>
    public const int Most = 20;

    const int LongestName = 120;

    readonly string folder = Path.Combine(beside, FolderName);

    /// <summary>What files of a version of an assessment are attached to.</summary>
    public static string ToAssessment(string versionId) => $"assessment {versionId}";

    /// <summary>What the screenshot of a form's version is attached to.</summary>
    public static string ToForm(string versionId) => $"form {versionId}";

    /// <summary>What is attached to something, the oldest first.</summary>
    public async ValueTask<IReadOnlyList<FileAttached>> OfAsync(string to, CancellationToken cancellation = default) =>
        [.. (await records.ReadAsync(cancellation)).Attached.Values.Where(one => one.To == to).OrderBy(one => one.At)];

    /// <summary>One file; null where there is none of that id.</summary>
    public async ValueTask<FileAttached?> FindAsync(string id, CancellationToken cancellation = default) =>
        (await records.ReadAsync(cancellation)).Attached.GetValueOrDefault(id);

    /// <summary>The file with a SHA-256; null where none has it.</summary>
    public async ValueTask<FileAttached?> WithDigestAsync(string digest, CancellationToken cancellation = default) =>
        (await records.ReadAsync(cancellation)).Attached.Values.FirstOrDefault(one => one.Digest == digest);

    /// <summary>Those files of these SHA-256 that are attached to something.</summary>
    public async ValueTask<IReadOnlyDictionary<string, FileAttached>> ByDigestAsync(IReadOnlySet<string> digests) =>
        (await records.ReadAsync())
            .Attached.Values.Where(one => digests.Contains(one.Digest))
            .GroupBy(one => one.Digest, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.First(), StringComparer.Ordinal);

    /// <summary>Attaches a file. The same file is attached to one thing once.</summary>
    /// <param name="to">To what.</param>
    /// <param name="name">Its name as the browser gave it.</param>
    /// <param name="octets">Its content.</param>
    /// <param name="by">Who attaches it.</param>
    /// <param name="cancellation">Stops it; nothing is attached then.</param>
    /// <returns>What is wrong with it, to go on after its name; null when it is attached.</returns>
    /// <exception cref="IOException">The disk refused; nothing is attached.</exception>
    public async ValueTask<string?> AttachAsync(string to, string name, byte[] octets, Actor by, CancellationToken cancellation = default)
    {
        var plain = Plain(name);
        if (octets.Length > Greatest)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is larger than {Greatest / 1_000_000} MB");
        if (FileKinds.Fault(plain, octets) is { } fault)
            return fault;
        var digest = Convert.ToHexStringLower(SHA256.HashData(octets));
        var there = await OfAsync(to, cancellation);
        if (there.Any(one => one.Digest == digest))
            return null;
        if (there.Count >= Most)
            return string.Create(System.Globalization.CultureInfo.InvariantCulture, $"is one too many: {Most} are the most");
        var (closed, key) = FileSeal.Seal(octets);
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        OwnerOnly.MakeFolder(folder);
        await using (var file = OwnerOnly.Open(PathOf(id), FileMode.CreateNew, FileAccess.Write))
        {
            await file.WriteAsync(closed, cancellation);
            file.Flush(flushToDisk: true);
        }
        await records.AddAsync(
            new FileAttached(id, to, plain, octets.Length, digest, key, by.Name, clock.GetUtcNow()),
            by,
            cancellation: cancellation
        );
        return null;
    }

    /// <summary>The content of a file; null where it is not on this machine, or is not what was attached.</summary>
    public byte[]? Read(FileAttached file)
    {
        try
        {
            var octets = FileSeal.Open(File.ReadAllBytes(PathOf(file.Id)), file.Seal);
            return Convert.ToHexStringLower(SHA256.HashData(octets)) == file.Digest ? octets : null;
        }
        catch (Exception fault) when (fault is IOException or CryptographicException or FormatException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>A screenshot by its SHA-256, as an evidence pack takes it; null where it is not kept here.</summary>
    public async ValueTask<(string Ending, byte[] Content)?> ScreenshotAsync(string digest) =>
        await WithDigestAsync(digest) is { } file && Read(file) is { } octets ? (Path.GetExtension(file.Name), octets) : null;

    /// <summary>Takes a file off; what was sealed is deleted.</summary>
    public async ValueTask DetachAsync(FileAttached file, Actor by, CancellationToken cancellation = default)
    {
        await records.AddAsync(new FileDetached(file.Id, by.Name, clock.GetUtcNow()), by, $"detach {file.Id}", cancellation);
        File.Delete(PathOf(file.Id));
    }

    /// <summary>The last part of a path without what a header or a file system would stumble over.</summary>
    static string Plain(string name)
    {
        var last = name.Split('/', '\\')[^1].Trim();
        var plain = new string([.. last.Where(c => !char.IsControl(c) && c is not ('"' or '<' or '>' or ':' or '|' or '?' or '*'))]);
        return plain.Length <= LongestName ? plain : $"{plain[..(LongestName - 10)]}{Path.GetExtension(plain)}";
    }

    string PathOf(string id) => Path.Combine(folder, $"{id}.sealed");
}
