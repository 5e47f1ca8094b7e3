using System.Globalization;
using System.Text;
using MaySend.Evidence.Ledger.Keys;

namespace MaySend.Evidence.Ledger.Checkpoints;

/// <summary>One chain as a checkpoint sees it.</summary>
/// <param name="Number">0 to 255 contacts, 256 the controller, 257 the suppressions.</param>
/// <param name="Size">How many entries it has.</param>
/// <param name="Head">The hash of the last one; of the genesis when it is empty.</param>
public readonly record struct ChainHead(int Number, long Size, ReadOnlyMemory<byte> Head);

/// <summary>
/// A signed statement of how far every chain had come: a C2SP signed note. Text: origin, number of entries, root of the tree in base64,
/// then <c>recorded</c> with the instant, one line per chain that is not empty (number, size, head in base64), and <c>next-key</c> where
/// another key signs from then on. Kept elsewhere, it proves that nothing before it was changed later.
/// </summary>
/// <param name="Origin"><c>maysend/ledger/</c> and the store id.</param>
/// <param name="Entries">Entries in all chains together.</param>
/// <param name="Root">Root of the tree, 32 bytes.</param>
/// <param name="RecordedAt">When it was made.</param>
/// <param name="Note">The whole signed note.</param>
public sealed record Checkpoint(string Origin, long Entries, ReadOnlyMemory<byte> Root, DateTimeOffset RecordedAt, string Note)
{
    /// <summary>How many chains the tree has.</summary>
    public const int Chains = Partition.Count + 1;

    /// <summary>The number of the chain of suppressions.</summary>
    public const int Suppressions = Partition.Count;

    /// <summary>
    /// Builds and signs one over all chains, which must be given in order of their number, empty ones too. The last that a key signs names
    /// the next key, so that whoever was given the first can follow.
    /// </summary>
    public static Checkpoint Sign(
        string storeId,
        IReadOnlyList<ChainHead> heads,
        DateTimeOffset recordedAt,
        SigningKey key,
        SigningKey? next = null
    )
    {
        if (heads.Count != Chains || heads.Where((head, i) => head.Number != i).Any())
            throw new ArgumentException("a checkpoint covers every chain, in order");
        var origin = "maysend/ledger/" + storeId;
        var entries = heads.Sum(head => head.Size);
        var root = CheckpointTree.Root(heads);
        var text = new StringBuilder();
        text.Append(
            CultureInfo.InvariantCulture,
            $"{origin}\n{entries}\n{Convert.ToBase64String(root)}\nrecorded {recordedAt.UtcDateTime:yyyy-MM-ddTHH:mm:ss.ffffffZ}\n"
        );
        foreach (var head in heads.Where(head => head.Size > 0))
            text.Append(CultureInfo.InvariantCulture, $"{head.Number} {head.Size} {Convert.ToBase64String(head.Head.Span)}\n");
        if (next is not null)
            text.Append(CultureInfo.InvariantCulture, $"next-key {next.VerifierKey}\n");
        var note = text.ToString();
        return new(origin, entries, root, recordedAt, note + "\n" + key.SignatureLine(note));
    }
}
