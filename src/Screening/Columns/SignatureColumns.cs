using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// The signatures of <see cref="TruthSignature"/> from columns, letter by letter the same: what they ask has been found for 512 rows at
/// once when the keys were decided. One thread at a time.
/// </summary>
sealed class SignatureColumns
{
    readonly Node[] ofRecipient;
    readonly Node[][] ofRecords;
    readonly Planes[] recipient;

    // Layers are filled again and again: the first ones of each kind, as many as there are now.
    readonly List<Layer>[] records = [.. TruthSignature.Kinds.Select(_ => new List<Layer>())];
    readonly int[] counts = new int[TruthSignature.Kinds.Length];
    readonly SignatureText text = new();

    public SignatureColumns(TruthSignature signature, NodeCompiler compiler)
    {
        ofRecipient = [.. signature.OfRecipient.Select(compiler.Compile)];
        ofRecords =
        [
            .. TruthSignature.Kinds.Select(kind => signature.OfRecords(kind).Select(leaf => compiler.CompileOf(kind, leaf)).ToArray()),
        ];
        recipient = new Planes[ofRecipient.Length];
    }

    /// <summary>Takes what the chunk in hand says.</summary>
    public void Read(Chunk chunk)
    {
        Take(ofRecipient, chunk, recipient);
        for (var i = 0; i < records.Length; i++)
        {
            var kind = TruthSignature.Kinds[i];
            var layers = records[i];
            counts[i] = 0;
            var before = chunk[kind];
            for (var rank = 0; chunk.Has(kind, rank) is var has && has != default; rank++)
            {
                chunk[kind] = rank;
                if (rank == layers.Count)
                    layers.Add(new(ofRecords[i].Length));
                layers[rank].Has = has;
                Take(ofRecords[i], chunk, layers[rank].Truths);
                counts[i]++;
            }
            chunk[kind] = before;
        }
    }

    /// <summary>The signature of one of its rows; good until the next one is asked for.</summary>
    public ReadOnlySpan<char> Of(int row)
    {
        text.Begin();
        Append(recipient, row);
        for (var i = 0; i < records.Length; i++)
        {
            var layers = CollectionsMarshal.AsSpan(records[i])[..counts[i]];
            text.OpenKind(hasRecords: layers.Length > 0 && Bit(layers[0].Has, row) != 0);
            if (ofRecords[i].Length == 0)
                continue;
            foreach (var layer in layers)
            {
                if (Bit(layer.Has, row) == 0)
                    break;
                text.OpenRecord();
                Append(layer.Truths, row);
                text.CloseRecord();
            }
            text.CloseKind();
        }
        return text.Written;
    }

    static void Take(Node[] leaves, Chunk chunk, Planes[] into)
    {
        for (var i = 0; i < leaves.Length; i++)
            into[i] = leaves[i].Truth(chunk);
    }

    void Append(Planes[] truths, int row)
    {
        foreach (ref readonly var truth in truths.AsSpan())
            text.Put((int)(Bit(truth.Yes, row) | (Bit(truth.No, row) << 1)));
        text.End();
    }

    static ulong Bit(in Vector512<ulong> plane, int row) => (plane[row / 64] >> (row % 64)) & 1;

    /// <summary>The records of one rank: who has one, and what is true of it.</summary>
    sealed class Layer(int leaves)
    {
        public Vector512<ulong> Has;
        public readonly Planes[] Truths = new Planes[leaves];
    }
}
