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

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected static Planes PlanesOf(ReadOnlySpan<ulong> yes, ReadOnlySpan<ulong> no) =>
        new(Vector512.Create(yes), Vector512.Create(no));
}

/// <summary>A word out of a closed list is one of some. A miss says no, or nothing where the list may be longer.</summary>
sealed class WordIsNode(Scope scope, int column, byte[] codes, bool missSaysNo) : Leaf(scope)
{
    readonly Vector512<byte>[] wanted = [.. codes.Select(Vector512.Create)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var layer = chunk.Layer(scope);
        var values = ((WordColumn)layer[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        var has = layer.Has.AsSpan(chunk.Start / 64, Planes.Words);
        Span<ulong> yes = stackalloc ulong[Planes.Words],
            no = stackalloc ulong[Planes.Words];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (has[word] == 0)
                continue;
            var bytes = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)(word * 64));
            var hit = Vector512<byte>.Zero;
            foreach (var code in wanted)
                hit |= Vector512.Equals(bytes, code);
            yes[word] = hit.ExtractMostSignificantBits();
            if (missSaysNo)
                no[word] = ~(yes[word] | Vector512.Equals(bytes, Vector512<byte>.Zero).ExtractMostSignificantBits());
        }
        return PlanesOf(yes, no);
    }
}

/// <summary>A day or number lies in a range, both ends included.</summary>
sealed class RangeNode(Scope scope, int column, int least, int most) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var layer = chunk.Layer(scope);
        var values = ((NumberColumn)layer[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        var has = layer.Has.AsSpan(chunk.Start / 64, Planes.Words);
        var (from, to, blank) = (Vector512.Create(least), Vector512.Create(most), Vector512.Create(NumberColumn.NotRecorded));
        Span<ulong> yes = stackalloc ulong[Planes.Words],
            no = stackalloc ulong[Planes.Words];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (has[word] == 0)
                continue;
            ulong hits = 0,
                blanks = 0;
            for (var part = 0; part < 4; part++)
            {
                var numbers = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)((word * 64) + (part * 16)));
                hits |=
                    (Vector512.GreaterThanOrEqual(numbers, from) & Vector512.LessThanOrEqual(numbers, to)).ExtractMostSignificantBits()
                    << (part * 16);
                blanks |= Vector512.Equals(numbers, blank).ExtractMostSignificantBits() << (part * 16);
            }
            (yes[word], no[word]) = (hits, ~(hits | blanks));
        }
        return PlanesOf(yes, no);
    }
}

/// <summary>A name is one of some. A miss says no, or nothing where the list may be longer.</summary>
sealed class NameIsNode(Scope scope, int column, int[] codes, bool missSaysNo) : Leaf(scope)
{
    readonly Vector512<int>[] wanted = [.. codes.Select(Vector512.Create)];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var layer = chunk.Layer(scope);
        var values = ((NameColumn)layer[column]).Values.AsSpan(chunk.Start, Planes.Rows);
        var has = layer.Has.AsSpan(chunk.Start / 64, Planes.Words);
        Span<ulong> yes = stackalloc ulong[Planes.Words],
            no = stackalloc ulong[Planes.Words];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (has[word] == 0)
                continue;
            ulong hits = 0,
                blanks = 0;
            for (var part = 0; part < 4; part++)
            {
                var names = Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(values), (nuint)((word * 64) + (part * 16)));
                var hit = Vector512<int>.Zero;
                foreach (var code in wanted)
                    hit |= Vector512.Equals(names, code);
                hits |= hit.ExtractMostSignificantBits() << (part * 16);
                blanks |= Vector512.Equals(names, Vector512<int>.Zero).ExtractMostSignificantBits() << (part * 16);
            }
            yes[word] = hits;
            if (missSaysNo)
                no[word] = ~(hits | blanks);
        }
        return PlanesOf(yes, no);
    }
}

/// <summary>A word or name is on record at all: what a set that holds everything says of it.</summary>
sealed class IsRecordedNode(Scope scope, int column) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override Planes Compute(Chunk chunk)
    {
        var values = chunk.Layer(scope)[column];
        Span<ulong> yes = stackalloc ulong[Planes.Words];
        for (var row = 0; row < Planes.Rows; row++)
        {
            var isRecorded = values is WordColumn words
                ? words.Values[chunk.Start + row] != 0
                : ((NameColumn)values).Values[chunk.Start + row] != 0;
            if (isRecorded)
                yes[row / 64] |= 1UL << (row % 64);
        }
        return new Planes(Vector512.Create((ReadOnlySpan<ulong>)yes), default);
    }
}
