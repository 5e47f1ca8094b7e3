using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using MaySend.Evidence.Import.Formats;
using MaySend.Reading;

namespace MaySend.Evidence.Import;

/// <summary>
/// Takes a file apart into tables: a CSV is one, a <c>.gz</c> one, a ZIP as many as it has CSV members. Everything is read through once for
/// its digest, so a damaged or cut archive and one that unpacks to far more than any export are found before anything else happens.
/// </summary>
static class PackedFile
{
    const int GreatestMembers = 1000;
    const int SuspiciousRatio = 200;
    const long NeverSuspicious = 32 << 20;

    public static (IReadOnlyList<ImportTable> Tables, IReadOnlyList<string> NotRead, string Digest) Open(
        string path,
        ImportOptions options,
        Problems problems
    )
    {
        var name = Path.GetFileName(path);
        try
        {
            string digest;
            using (var file = File.OpenRead(path))
                digest = Convert.ToHexStringLower(SHA256.HashData(file));
            if (path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
                return Members(path, name, digest, options, problems);
            if (Spreadsheet.IsOne(path))
            {
                var (sheets, empty) = Spreadsheet.Open(path, options, problems);
                return (sheets, empty, digest);
            }
            var isGzip = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase);
            Stream Content() => isGzip ? new GZipStream(File.OpenRead(path), CompressionMode.Decompress) : File.OpenRead(path);
            return
                Table(
                    isGzip ? Path.GetFileNameWithoutExtension(name) : name,
                    Content,
                    new FileInfo(path).Length,
                    options.GreatestUnpacked,
                    problems
                )
                    is { } table
                ? ([table], [], digest)
                : ([], [], digest);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            problems.Add(new Place(name), "file not found");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            problems.Add(
                new Place(name),
                $"cannot be read: {error.Message}",
                "a truncated archive has lost its end: export or copy it again"
            );
        }
        return ([], [], "");
    }

    static (IReadOnlyList<ImportTable> Tables, IReadOnlyList<string> NotRead, string Digest) Members(
        string path,
        string name,
        string digest,
        ImportOptions options,
        Problems problems
    )
    {
        using var zip = ZipFile.OpenRead(path);
        var (tables, notRead, left) = (new List<ImportTable>(), new List<string>(), options.GreatestUnpacked);
        if (zip.Entries.Count > GreatestMembers)
        {
            problems.Add(
                new Place(name),
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"the archive holds {zip.Entries.Count} files; MaySend reads at most {GreatestMembers}"
                )
            );
            return ([], [], digest);
        }
        foreach (var twice in zip.Entries.GroupBy(member => member.FullName, StringComparer.Ordinal).Where(group => group.Count() > 1))
            problems.Add(new Place($"{name}/{twice.Key}"), "is in the archive twice, and only one of them would be read");
        foreach (var member in zip.Entries.Where(member => member.Name.Length > 0))
        {
            if (
                !member.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)
                || member.FullName.StartsWith("__MACOSX", StringComparison.Ordinal)
            )
            {
                notRead.Add(member.FullName);
                continue;
            }
            var full = member.FullName;
            if (Table($"{name}/{full}", () => new ZipMember(path, full), member.CompressedLength, left, problems) is not { } table)
                continue;
            tables.Add(table);
            left -= table.Length;
        }
        if (tables.Count == 0 && problems.IsEmpty)
            problems.Add(new Place(name), "the archive holds no CSV file", $"it holds: {string.Join(", ", notRead.Take(10))}");
        return (tables, notRead, digest);
    }

    static ImportTable? Table(string name, Func<Stream> open, long packed, long greatest, Problems problems)
    {
        try
        {
            using var content = open();
            using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
            var (buffer, length) = (new byte[(int)Math.Clamp(packed * 4, 1 << 10, 1 << 16)], 0L);
            while (content.Read(buffer) is var read and > 0)
            {
                hash.AppendData(buffer.AsSpan(0, read));
                length += read;
                if (length > greatest || (length > NeverSuspicious && length > packed * SuspiciousRatio))
                {
                    problems.Add(
                        new Place(name),
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"unpacks to more than an export would ({length:N0} bytes of {packed:N0} so far)"
                        ),
                        "it was left unread"
                    );
                    return null;
                }
            }
            return new(name, Convert.ToHexStringLower(hash.GetHashAndReset()), length, open);
        }
        catch (Exception error) when (error is InvalidDataException or IOException)
        {
            problems.Add(new Place(name), $"is damaged or cut off: {error.Message}", "export or copy it again");
            return null;
        }
    }

    /// <summary>A member of an archive as a stream that closes the archive with itself.</summary>
    sealed class ZipMember : Stream
    {
        readonly ZipArchive zip;
        readonly Stream content;

        public ZipMember(string path, string member)
        {
            zip = ZipFile.OpenRead(path);
            content = zip.GetEntry(member)!.Open();
        }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => content.Read(buffer, offset, count);

        public override int Read(Span<byte> buffer) => content.Read(buffer);

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                content.Dispose();
                zip.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
