using System.Globalization;
using System.IO.Compression;

namespace MaySend.Reading;

/// <summary>
/// Unpacks a <c>.gz</c> and stops where it becomes more than any export is: some kilobytes can hold gigabytes of nothing.
/// </summary>
public sealed class UnpackingStream : Stream
{
    /// <summary>Text of tables packs to a tenth; this many times as much as was packed is no table.</summary>
    public const int SuspiciousRatio = 200;

    /// <summary>Below this much, in octets, nothing is suspicious.</summary>
    public const long NeverSuspicious = 32 << 20;

    /// <summary>What one file may unpack to, in octets, unless another limit is given.</summary>
    public const long Greatest = 1L << 30;

    readonly Stream unpacked;
    readonly long packed;
    readonly long greatest;
    long length;

    UnpackingStream(Stream unpacked, long packed, long greatest) =>
        (this.unpacked, this.packed, this.greatest) = (unpacked, packed, greatest);

    /// <summary>Opens a packed file.</summary>
    public static UnpackingStream Open(string path, long greatest = Greatest)
    {
        var file = File.OpenRead(path);
        return new(new GZipStream(file, CompressionMode.Decompress), file.Length, greatest);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>Reads.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or unpacks to more than its limit.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = unpacked.Read(buffer);
        length += read;
        if (length > greatest || (length > NeverSuspicious && length > packed * SuspiciousRatio))
            throw new InvalidDataException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"it unpacks to more than an export would ({length:N0} bytes of {packed:N0} so far)"
                )
            );
        return read;
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush() { }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            unpacked.Dispose();
        base.Dispose(disposing);
    }
}
