using System.Text;
using MaySend.Ledger.Verify;
using MaySend.Reading;

namespace MaySend.Stores.Checkpoints;

/// <summary>A file, on another disk for choice, to which each checkpoint is added and flushed.</summary>
sealed class FilePlace(string path) : ICheckpointPlace
{
    public string Name => path;

    public Task KeepAsync(string note, CancellationToken cancellation) => AddAsync(new KeptCheckpoint(note, null), cancellation);

    public Task<string> ReadAsync(CancellationToken cancellation) => File.ReadAllTextAsync(path, cancellation);

    /// <summary>Adds one behind the last that is whole: what a crash cut short is taken away.</summary>
    internal async Task AddAsync(KeptCheckpoint kept, CancellationToken cancellation)
    {
        await using var stream = OwnerOnly.Open(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        using var reader = new StreamReader(stream, Encoding.UTF8, leaveOpen: true);
        var whole = KeptCheckpoint.WholeLength(await reader.ReadToEndAsync(cancellation));
        stream.SetLength(whole);
        stream.Seek(whole, SeekOrigin.Begin);
        await stream.WriteAsync(Encoding.UTF8.GetBytes(kept.Write()), cancellation);
        stream.Flush(flushToDisk: true);
    }
}
