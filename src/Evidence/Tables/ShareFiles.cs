using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Text;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Tables;

/// <summary>
/// The files of an audience too large for memory, dealt out by address into shares on disk: whatever is about one person is in one share,
/// its rows in the order of the file. Safe for many threads, each of which deals a part of a file.
/// </summary>
/// <param name="count">How many shares.</param>
/// <param name="folder">Where they go.</param>
public sealed class ShareFiles(int count, string folder)
{
    /// <summary>So much of a part waits in memory where it need not wait for another.</summary>
    const int MostWaiting = 8 << 20;

    readonly Lock writing = new();
    readonly ConcurrentBag<ArrayBufferWriter<byte>> rooms = [];
    readonly HashSet<string> begun = new(StringComparer.Ordinal);
    readonly Dictionary<string, (int Next, SortedDictionary<int, Part> Waiting)> files = new(StringComparer.Ordinal);

    /// <summary>Where a file's rows of a share are; where there are none, there is no file.</summary>
    public static string PathOf(string folder, int share, string path) =>
        Path.Combine(
            folder,
            string.Create(
                CultureInfo.InvariantCulture,
                $"{share:000}-{XxHash64.HashToUInt64(MemoryMarshal.AsBytes(Path.GetFullPath(path).AsSpan())):x16}.csv"
            )
        );

    /// <summary>Begins a part of a file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="header">Its header as one line.</param>
    /// <param name="piece">Which of its pieces, from 0; null where it is read as a whole.</param>
    public Part Begin(string file, string header, int? piece) => new(this, file, header, piece);

    /// <summary>Takes back what was dealt of a file.</summary>
    internal void TakeBack(string file)
    {
        lock (writing)
        {
            files.Remove(file);
            foreach (var path in Enumerable.Range(0, count).Select(share => PathOf(folder, share, file)).Where(begun.Remove))
                File.Delete(path);
        }
    }

    void Put(Part part)
    {
        lock (writing)
        {
            if (part.Piece is not { } piece)
            {
                Append(part);
                return;
            }
            var (next, waiting) = files.GetValueOrDefault(part.File, (0, []));
            waiting[piece] = part;
            while (waiting.Remove(next, out var due))
            {
                Append(due);
                next++;
            }
            files[part.File] = (next, waiting);
        }
    }

    void Append(Part part)
    {
        for (var share = 0; share < count; share++)
        {
            if (part.Take(share) is not { } rows)
                continue;
            var path = PathOf(folder, share, part.File);
            using var file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.None, bufferSize: 0);
            if (begun.Add(path))
                file.Write(Encoding.UTF8.GetBytes(part.Header + "\n"));
            file.Write(rows.WrittenSpan);
            // Large rooms are used again and again: made anew for each part they would be most of what is thrown away.
            rows.ResetWrittenCount();
            rooms.Add(rows);
        }
    }

    /// <summary>Some rows of one file, in their order. Used by one thread.</summary>
    public sealed class Part
    {
        readonly ShareFiles files;
        readonly ArrayBufferWriter<byte>?[] rows;
        char[] spelling = [];
        int share = -1,
            waiting;

        internal Part(ShareFiles files, string file, string header, int? piece)
        {
            (this.files, File, Header, Piece) = (files, file, header, piece);
            rows = new ArrayBufferWriter<byte>?[files.Count];
        }

        /// <summary>The file.</summary>
        public string File { get; }

        /// <summary>Its header as one line.</summary>
        public string Header { get; }

        /// <summary>Which of its pieces; null for the whole.</summary>
        public int? Piece { get; }

        /// <summary>The rows of a share, which are then the caller's.</summary>
        internal ArrayBufferWriter<byte>? Take(int of) => Interlocked.Exchange(ref rows[of], null);

        /// <summary>Whose share an address belongs to; false where it is no address.</summary>
        internal bool TryShare(ReadOnlySpan<char> cell)
        {
            if (share >= 0 && spelling.Length > 0 && cell.SequenceEqual(spelling))
                return true;
            share = -1;
            if (Address.Read(cell.ToString()).Address is not { } address)
                return false;
            spelling = cell.ToArray();
            share = files.ShareOf(address.Matching);
            return true;
        }

        /// <summary>Deals a row, as it stands in the file, to the share of an address in its matching form.</summary>
        public void Deal(string matching, ReadOnlySpan<char> row)
        {
            share = files.ShareOf(matching);
            spelling = [];
            Deal(row);
        }

        /// <summary>Deals a row, as it stands in the file, to the share of the address asked about last.</summary>
        internal void Deal(ReadOnlySpan<char> row)
        {
            var into = rows[share] ??= files.rooms.TryTake(out var room) ? room : new ArrayBufferWriter<byte>(1 << 12);
            var written = Encoding.UTF8.GetBytes(row, into.GetSpan(Encoding.UTF8.GetMaxByteCount(row.Length) + 1));
            into.Advance(written);
            into.GetSpan(1)[0] = (byte)'\n';
            into.Advance(1);
            waiting += written;
            if (Piece is null && waiting > MostWaiting)
                End();
        }

        /// <summary>All rows of the part are dealt.</summary>
        public void End()
        {
            files.Put(this);
            waiting = 0;
        }
    }

    int Count => count;

    int ShareOf(string matching) => (int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(matching.AsSpan())) % (ulong)count);
}
