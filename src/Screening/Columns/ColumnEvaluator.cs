using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;

namespace MaySend.Screening.Columns;

/// <summary>
/// The reading of a decision for many recipients at once: 512 rows to a step, a bit a row, and for each row the same truths and the same
/// reason codes that explaining the row alone would give (property <c>Every_reader_agrees</c>). It holds the truths it has seen, so one
/// serves one thread.
/// </summary>
public sealed class ColumnEvaluator
{
    readonly ColumnPlan plan;
    readonly KeyColumns send;
    readonly KeyColumns process;
    readonly SignatureColumns? signature;
    readonly Chunk chunk = new();
    readonly Reasons reasons = new();

    internal ColumnEvaluator(ColumnPlan plan, ColumnPlan.Compiled compiled)
    {
        this.plan = plan;
        (send, process, signature) = compiled;
    }

    /// <summary>Decides every recipient of a block.</summary>
    /// <param name="block">A block of this evaluator's plan.</param>
    /// <param name="into">Gets the verdicts; grows when it must.</param>
    /// <exception cref="ArgumentException">The block belongs to another plan.</exception>
    public void Evaluate(ColumnBlock block, ColumnVerdicts into)
    {
        if (block.Plan != plan)
            throw new ArgumentException("the block was made for another plan", nameof(block));
        var rows = (block.Count + Planes.Rows - 1) / Planes.Rows * Planes.Rows;
        into.SendKey.Hold(rows);
        into.ProcessKey.Hold(rows);
        into.Count = block.Count;
        for (var start = 0; start < block.Count; start += Planes.Rows)
        {
            chunk.Open(block, start);
            Decide(send, start, plan.ReasonBits, into.SendKey);
            Decide(process, start, plan.ReasonBits, into.ProcessKey);
        }
        foreach (var (row, facts) in block.Long)
            DecideAlone(row, facts, into);
    }

    /// <summary>
    /// What tells a recipient of a block from others (<see cref="TruthSignature"/>); good until the next is asked for. Empty where columns
    /// do not say it: of a campaign without an assessment, or of somebody with very many records.
    /// </summary>
    /// <param name="block">A block of this evaluator's plan.</param>
    /// <param name="row">The recipient's row.</param>
    internal ReadOnlySpan<char> SignatureOf(ColumnBlock block, int row)
    {
        if (signature is null || IsAlone(block, row))
            return default;
        var start = row / Planes.Rows * Planes.Rows;
        if (!chunk.Is(block, start))
            chunk.Open(block, start);
        if (signed != chunk.Number)
        {
            signature.Read(chunk);
            signed = chunk.Number;
        }
        return signature.Of(row - start);
    }

    static bool IsAlone(ColumnBlock block, int row)
    {
        foreach (var (alone, _) in block.Long)
            if (alone == row)
                return true;
        return false;
    }

    // The chunk whose signatures are at hand.
    long signed;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Decide(KeyColumns key, int start, int reasonBits, ColumnVerdicts.KeyVerdicts into)
    {
        var truth = key.Evaluate(chunk, chunk.Has(Scope.Recipient, 0), reasons);
        truth.Yes.CopyTo(into.Yes, start / 64);
        truth.No.CopyTo(into.No, start / 64);
        ReasonBits.Join(reasons.Bits[..reasonBits], into.Reasons.AsSpan(start, Planes.Rows));
    }

    /// <summary>A recipient with more records than layers is decided by the explaining reader.</summary>
    void DecideAlone(int row, RecipientFacts facts, ColumnVerdicts into)
    {
        var evaluator = new Evaluator(plan.Campaign, facts);
        Write(KeyReason.Of(plan.Formula.Send, evaluator), into.SendKey);
        Write(KeyReason.Of(plan.Formula.Process, evaluator), into.ProcessKey);

        void Write(KeyReason reason, ColumnVerdicts.KeyVerdicts key)
        {
            var bit = 1UL << (row % 64);
            key.Yes[row / 64] = reason.Truth == Law.Truth.Satisfied ? key.Yes[row / 64] | bit : key.Yes[row / 64] & ~bit;
            key.No[row / 64] = reason.Truth == Law.Truth.NotSatisfied ? key.No[row / 64] | bit : key.No[row / 64] & ~bit;
            key.Reasons[row] = checked((ushort)plan.Layout.KnownReason(reason.Code));
        }
    }
}

/// <summary>Puts numbers that are cut into bits together again.</summary>
static class ReasonBits
{
    /// <summary>Writes the numbers of 512 rows, 64 at a time: each plane's bit, spread to a byte a row, adds its weight.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Join(ReadOnlySpan<Vector512<ulong>> bits, Span<ushort> numbers)
    {
        var spreading = new Spreading(ByteOfRow, BitOfRow);
        var low = bits[..Math.Min(8, bits.Length)];
        for (var word = 0; word < Planes.Words; word++)
        {
            var (first, second) = Vector512.Widen(spreading.Bytes(low, word));
            if (bits.Length > 8)
            {
                var (high, higher) = Vector512.Widen(spreading.Bytes(bits[8..], word));
                (first, second) = (first | (high << 8), second | (higher << 8));
            }
            first.CopyTo(numbers[(word * 64)..]);
            second.CopyTo(numbers[((word * 64) + 32)..]);
        }
    }

    /// <summary>What spreads the bits of 64 rows, held while all words are joined.</summary>
    readonly struct Spreading(Vector512<byte> byteOfRow, Vector512<byte> bitOfRow)
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector512<byte> Bytes(ReadOnlySpan<Vector512<ulong>> bits, int word)
        {
            var words = MemoryMarshal.Cast<Vector512<ulong>, ulong>(bits);
            var bytes = Vector512<byte>.Zero;
            for (var i = 0; i < bits.Length; i++)
            {
                var spread = Vector512.Shuffle(Vector512.Create(words[(i * Planes.Words) + word]).AsByte(), byteOfRow) & bitOfRow;
                bytes |= Vector512.Equals(spread, bitOfRow) & Vector512.Create((byte)(1 << i));
            }
            return bytes;
        }
    }

    static readonly Vector512<byte> ByteOfRow = Vector512.Create([.. Enumerable.Range(0, 64).Select(row => (byte)(row / 8))]);
    static readonly Vector512<byte> BitOfRow = Vector512.Create([.. Enumerable.Range(0, 64).Select(row => (byte)(1 << (row % 8)))]);
}
