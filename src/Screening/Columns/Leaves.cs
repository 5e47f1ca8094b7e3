using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>A test of values in columns. Words of 64 rows without any record are passed over.</summary>
abstract class Leaf(params ReadOnlySpan<Scope> scopes) : Node(KindsIn(scopes), 1)
{
    static int KindsIn(ReadOnlySpan<Scope> scopes)
    {
        var kinds = 0;
        foreach (var scope in scopes)
            if (scope.IsRecord())
                kinds |= 1 << (int)scope;
        return kinds;
    }

    /// <summary>The words of both planes, those of the yes before those of the no, all of them cleared.</summary>
    private protected static Span<ulong> Emptied(ref Planes planes)
    {
        planes = default;
        return MemoryMarshal.Cast<Planes, ulong>(new Span<Planes>(ref planes));
    }
}

/// <summary>A word out of a closed list is one of some. A miss says no, or nothing where the list may be longer.</summary>
sealed class WordIsNode(Scope scope, int column, byte[] codes, bool missSaysNo) : Leaf(scope)
{
    readonly Vector512<byte>[] wanted = [.. codes.Select(Vector512.Create)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var values = ((WordColumn)chunk.Layer(scope)[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        ref var first = ref MemoryMarshal.GetReference(values);
        Vector512<ulong> yes = default;
        foreach (var code in wanted)
            yes |= RowsWith(ref first, code);
        into = new Planes(yes, missSaysNo ? ~(yes | RowsWith(ref first, Vector512<byte>.Zero)) : default);
    }

    /// <summary>The rows whose byte is this one. The words are put together in registers: read back from memory they would be waited
    /// for.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static Vector512<ulong> RowsWith(ref byte first, Vector512<byte> code) =>
        Vector512.Create(
            Word(ref first, 0, code),
            Word(ref first, 1, code),
            Word(ref first, 2, code),
            Word(ref first, 3, code),
            Word(ref first, 4, code),
            Word(ref first, 5, code),
            Word(ref first, 6, code),
            Word(ref first, 7, code)
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Word(ref byte first, nuint word, Vector512<byte> code) =>
        Vector512.Equals(Vector512.LoadUnsafe(ref first, word * 64), code).ExtractMostSignificantBits();
}

/// <summary>A day or number lies in a range, both ends included.</summary>
sealed class RangeNode(Scope scope, int column, int least, int most) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var values = ((NumberColumn)chunk.Layer(scope)[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        ref var first = ref MemoryMarshal.GetReference(values);
        var yes = Numbers.RowsWithin(ref first, Vector512.Create(least), Vector512.Create(most));
        into = new Planes(yes, ~(yes | Numbers.RowsWith(ref first, Vector512.Create(NumberColumn.NotRecorded))));
    }
}

/// <summary>A name is one of some. A miss says no, or nothing where the list may be longer.</summary>
sealed class NameIsNode(Scope scope, int column, int[] codes, bool missSaysNo) : Leaf(scope)
{
    readonly Vector512<int>[] wanted = [.. codes.Select(Vector512.Create)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var values = ((NameColumn)chunk.Layer(scope)[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        ref var first = ref MemoryMarshal.GetReference(values);
        Vector512<ulong> yes = default;
        foreach (var code in wanted)
            yes |= Numbers.RowsWith(ref first, code);
        into = new Planes(yes, missSaysNo ? ~(yes | Numbers.RowsWith(ref first, Vector512<int>.Zero)) : default);
    }
}

/// <summary>Tests 512 numbers.</summary>
static class Numbers
{
    /// <summary>The rows whose number is this one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<ulong> RowsWith(ref int first, Vector512<int> number) => RowsWithin(ref first, number, number);

    /// <summary>The rows whose number lies between two, or is one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<ulong> RowsWithin(ref int first, Vector512<int> least, Vector512<int> most) =>
        Vector512.Create(
            Word(ref first, 0, least, most),
            Word(ref first, 1, least, most),
            Word(ref first, 2, least, most),
            Word(ref first, 3, least, most),
            Word(ref first, 4, least, most),
            Word(ref first, 5, least, most),
            Word(ref first, 6, least, most),
            Word(ref first, 7, least, most)
        );

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Word(ref int first, nuint word, Vector512<int> least, Vector512<int> most) =>
        Part(ref first, word * 4, least, most)
        | (Part(ref first, (word * 4) + 1, least, most) << 16)
        | (Part(ref first, (word * 4) + 2, least, most) << 32)
        | (Part(ref first, (word * 4) + 3, least, most) << 48);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    static ulong Part(ref int first, nuint part, Vector512<int> least, Vector512<int> most)
    {
        var numbers = Vector512.LoadUnsafe(ref first, part * 16);
        return (Vector512.GreaterThanOrEqual(numbers, least) & Vector512.LessThanOrEqual(numbers, most)).ExtractMostSignificantBits();
    }
}

/// <summary>A word or name is on record at all: what a set that holds everything says of it.</summary>
sealed class IsRecordedNode(Scope scope, int column) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var values = chunk.Layer(scope)[column];
        var yes = Emptied(ref into)[..Planes.Words];
        for (var row = 0; row < Planes.Rows; row++)
        {
            var isRecorded = values is WordColumn words
                ? words.Values[chunk.Start + row] != 0
                : ((NameColumn)values).Values[chunk.Start + row] != 0;
            if (isRecorded)
                yes[row / 64] |= 1UL << (row % 64);
        }
    }
}
