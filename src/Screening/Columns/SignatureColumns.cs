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
    readonly List<Planes> recipient = [];
    readonly List<Layer>[] records = [.. TruthSignature.Kinds.Select(_ => new List<Layer>())];
    readonly SignatureText text = new();

    public SignatureColumns(TruthSignature signature, NodeCompiler compiler)
    {
        ofRecipient = [.. signature.OfRecipient.Select(compiler.Compile)];
        ofRecords =
        [
            .. TruthSignature.Kinds.Select(kind => signature.OfRecords(kind).Select(leaf => compiler.CompileOf(kind, leaf)).ToArray()),
        ];
    }

    /// <summary>Takes what the chunk in hand says.</summary>
    public void Read(Chunk chunk)
    {
        Take(ofRecipient, chunk, recipient);
        for (var i = 0; i < records.Length; i++)
        {
            var kind = TruthSignature.Kinds[i];
            var layers = records[i];
            layers.Clear();
            var before = chunk[kind];
            for (var rank = 0; chunk.Has(kind, rank) is var has && has != default; rank++)
            {
                chunk[kind] = rank;
                var truths = new List<Planes>();
                Take(ofRecords[i], chunk, truths);
                layers.Add(new(has, truths));
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
            var layers = CollectionsMarshal.AsSpan(records[i]);
            text.OpenKind(hasRecords: layers.Length > 0 && Bit(layers[0].Has, row) != 0);
            if (ofRecords[i].Length == 0)
                continue;
            foreach (ref readonly var layer in layers)
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

    static void Take(Node[] leaves, Chunk chunk, List<Planes> into)
    {
        into.Clear();
        foreach (var leaf in leaves)
            into.Add(leaf.Truth(chunk));
    }

    void Append(List<Planes> truths, int row)
    {
        foreach (ref readonly var truth in CollectionsMarshal.AsSpan(truths))
            text.Put((int)(Bit(truth.Yes, row) | (Bit(truth.No, row) << 1)));
        text.End();
    }

    static ulong Bit(in Vector512<ulong> plane, int row) => (plane[row / 64] >> (row % 64)) & 1;

    /// <summary>The records of one rank: who has one, and what is true of it.</summary>
    readonly record struct Layer(Vector512<ulong> Has, List<Planes> Truths);
}
