using System.Buffers;

namespace MaySend.Evidence.Tables;

/// <summary>
/// A large file cut at line ends, so that all processors read it. Only a plain file can be cut: where a quote stands, a line end may be
/// none, and whoever meets one says so; then the file is read as a whole.
/// </summary>
sealed class FilePieces
{
    /// <summary>
    /// How many bytes a piece has, and what its last line may have more: with a header, just below the size in which room is lent.
    /// </summary>
    const int LongestLine = 1 << 18,
        Size = (4 << 20) - (2 * LongestLine);

    readonly string path;
    readonly byte[] header;
    readonly long length;
    readonly int size;

    FilePieces(string path, byte[] header, long length, int size) =>
        (this.path, this.header, this.length, this.size) = (path, header, length, size);

    /// <summary>How many pieces there are.</summary>
    public int Count => (int)((length + size - 1) / size);

    /// <summary>The pieces of a file; null where it is better read as a whole.</summary>
    /// <param name="path">The file.</param>
    /// <param name="size">How many bytes a piece should have; 0 for what serves best.</param>
    public static FilePieces? Of(string path, int size = 0)
    {
        size = size == 0 ? Size : size;
        if (path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) || new FileInfo(path).Length <= size)
            return null;
        using var file = File.OpenHandle(path);
        var bytes = new byte[LongestLine];
        var begin = bytes.AsSpan(0, RandomAccess.Read(file, bytes, 0));
        var end = begin.IndexOf((byte)'\n');
        var isPlain = end >= 0 && begin.Length > 1 && begin is not ([0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) && CanCut(begin[..(end + 1)]);
        return isPlain ? new(path, begin[..(end + 1)].ToArray(), RandomAccess.GetLength(file), Math.Max(size, 2 * (end + 1))) : null;
    }

    /// <summary>
    /// One piece: the header and the lines that begin in it. Null where it cannot be told where lines begin.
    /// </summary>
    /// <param name="number">Which, from 0.</param>
    /// <param name="lines">Gets how many lines it has, the header not counted.</param>
    public Stream? Open(int number, out int lines)
    {
        lines = 0;
        // A line begins behind a line end: looking begins at the byte before the piece.
        var from = number == 0 ? header.Length : ((long)number * size) - 1;
        var room = (int)Math.Min(length - from, size + 1L + LongestLine);
        var bytes = ArrayPool<byte>.Shared.Rent(header.Length + room);
        Read(from, bytes.AsSpan(header.Length, room));
        var all = bytes.AsSpan(header.Length, room);
        var isLast = from + room == length;

        var begin = number == 0 ? 0 : LineAfter(all, 0);
        var next = ((number + 1L) * size) - 1 - from;
        var end = next >= room ? room : LineAfter(all, (int)next);
        if ((begin < 0 || end < 0) && !isLast)
            return Uncut(bytes);
        begin = begin < 0 ? room : begin;
        end = end < 0 ? room : end;
        var piece = all[begin..Math.Max(begin, end)];
        if (!CanCut(piece))
            return Uncut(bytes);
        lines = piece.Count((byte)'\n');
        var whole = header.Length + piece.Length;
        // The header goes where the lines before this piece stood.
        header.CopyTo(bytes.AsSpan(begin));
        return new Piece(bytes, begin, whole);
    }

    static Piece? Uncut(byte[] bytes)
    {
        ArrayPool<byte>.Shared.Return(bytes);
        return null;
    }

    /// <summary>Lines in memory that somebody else uses when they have been read.</summary>
    sealed class Piece(byte[] bytes, int begin, int length) : MemoryStream(bytes, begin, length, writable: false)
    {
        byte[]? rented = bytes;

        protected override void Dispose(bool disposing)
        {
            if (Interlocked.Exchange(ref rented, null) is { } done)
                ArrayPool<byte>.Shared.Return(done);
            base.Dispose(disposing);
        }
    }

    void Read(long from, Span<byte> into)
    {
        using var file = File.OpenHandle(path);
        for (var read = 0; read < into.Length; )
        {
            var more = RandomAccess.Read(file, into[read..], from + read);
            if (more == 0)
                throw new IOException($"{path} grew shorter while it was read");
            read += more;
        }
    }

    /// <summary>Where the first line begins whose line end before it is at or after a place; -1 where none does.</summary>
    static int LineAfter(ReadOnlySpan<byte> bytes, int place) =>
        bytes[place..].IndexOf((byte)'\n') is >= 0 and var at ? place + at + 1 : -1;

    /// <summary>No quotes, and every line ends in one of the two usual ways.</summary>
    static bool CanCut(ReadOnlySpan<byte> lines) => !lines.Contains((byte)'"') && lines.Count((byte)'\r') == lines.Count("\r\n"u8);
}
