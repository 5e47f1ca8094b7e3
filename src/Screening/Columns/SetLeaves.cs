using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using MaySend.Law.Facts;

namespace MaySend.Screening.Columns;

/// <summary>Reads a column of sets for 64 rows at a time.</summary>
readonly ref struct SetWords(SetColumn column, int start)
{
    readonly ReadOnlySpan<byte> narrow = column.Narrow.Length > 0 ? column.Narrow.AsSpan(start, Planes.Rows) : [];
    readonly ReadOnlySpan<byte> flags = column.Flags.AsSpan(start, Planes.Rows);

    /// <summary>The rows with a flag.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong With(int word, byte flag)
    {
        var asked = Vector512.Create(flag);
        return Vector512
            .Equals(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(flags), (nuint)(word * 64)) & asked, asked)
            .ExtractMostSignificantBits();
    }

    /// <summary>The rows whose set has every bit of <paramref name="names"/>, one word for 64 names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong HasAll(int word, ulong[] names)
    {
        if (narrow.Length > 0)
        {
            var asked = Vector512.Create((byte)names[0]);
            return Vector512
                .Equals(Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(narrow), (nuint)(word * 64)) & asked, asked)
                .ExtractMostSignificantBits();
        }
        var all = ulong.MaxValue;
        for (var part = 0; part < column.Wide.Length && part < names.Length; part++)
            all &= HasAll(column.Wide[part].AsSpan(start + (word * 64), 64), names[part]);
        return all;
    }

    /// <summary>The rows whose set has no bit outside <paramref name="names"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong HasOnly(int word, ulong[] names)
    {
        if (narrow.Length > 0)
            return Vector512
                .Equals(
                    Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(narrow), (nuint)(word * 64))
                        & Vector512.Create(unchecked((byte)~names[0])),
                    Vector512<byte>.Zero
                )
                .ExtractMostSignificantBits();
        var only = ulong.MaxValue;
        for (var part = 0; part < column.Wide.Length; part++)
            only &= HasOnly(column.Wide[part].AsSpan(start + (word * 64), 64), part < names.Length ? names[part] : 0);
        return only;
    }

    /// <summary>The rows whose set has a bit of <paramref name="names"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong HasAny(int word, ulong[] names)
    {
        if (narrow.Length > 0)
            return ~Vector512
                .Equals(
                    Vector512.LoadUnsafe(ref MemoryMarshal.GetReference(narrow), (nuint)(word * 64)) & Vector512.Create((byte)names[0]),
                    Vector512<byte>.Zero
                )
                .ExtractMostSignificantBits();
        var none = ulong.MaxValue;
        for (var part = 0; part < column.Wide.Length && part < names.Length; part++)
            none &= HasOnly(column.Wide[part].AsSpan(start + (word * 64), 64), ~names[part]);
        return ~none;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static ulong HasAll(ReadOnlySpan<ulong> sets, ulong names)
    {
        var (rows, asked) = (0UL, Vector512.Create(names));
        for (var i = 0; i < 8; i++)
            rows |= Vector512.Equals(Vector512.Create(sets.Slice(i * 8, 8)) & asked, asked).ExtractMostSignificantBits() << (i * 8);
        return rows;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    static ulong HasOnly(ReadOnlySpan<ulong> sets, ulong names)
    {
        var (rows, other) = (0UL, Vector512.Create(~names));
        for (var i = 0; i < 8; i++)
            rows |=
                Vector512.Equals(Vector512.Create(sets.Slice(i * 8, 8)) & other, Vector512<ulong>.Zero).ExtractMostSignificantBits()
                << (i * 8);
        return rows;
    }
}

/// <summary>A recipient's set covers a known, non-empty part (<see cref="NameSet.Covers(NameSet)"/>).</summary>
/// <param name="scope">Where the set is.</param>
/// <param name="column">Its column.</param>
/// <param name="part">The known part.</param>
/// <param name="names">The bits of its names.</param>
sealed class CoversNode(Scope scope, int column, NameSet part, ulong[] names) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var layer = chunk.Layer(scope);
        var sets = new SetWords((SetColumn)layer[column], chunk.Start);
        var words = Emptied(ref into);
        var yes = words[..Planes.Words];
        var no = words[Planes.Words..];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (layer.Has[(chunk.Start / 64) + word] == 0)
                continue;
            var recorded = sets.With(word, SetColumn.Recorded) & ~sets.With(word, SetColumn.Empty);
            var everything = sets.With(word, SetColumn.Everything);
            var covered = part.IsEverything ? 0 : sets.HasAll(word, names);
            yes[word] = recorded & (everything | (part.IsComplete ? covered : 0));
            no[word] = recorded & ~everything & ~covered & ~sets.With(word, SetColumn.Incomplete);
        }
    }
}

/// <summary>A recipient's set has one of some known names, or may have (<see cref="NameSet.Overlaps"/>).</summary>
/// <param name="scope">Where the set is.</param>
/// <param name="column">Its column.</param>
/// <param name="names">The bits of the known names.</param>
sealed class OverlapsNode(Scope scope, int column, ulong[] names) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var layer = chunk.Layer(scope);
        var sets = new SetWords((SetColumn)layer[column], chunk.Start);
        var words = Emptied(ref into);
        var yes = words[..Planes.Words];
        var no = words[Planes.Words..];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (layer.Has[(chunk.Start / 64) + word] == 0)
                continue;
            var wide =
                ~sets.With(word, SetColumn.Recorded)
                | sets.With(word, SetColumn.Empty)
                | sets.With(word, SetColumn.Everything)
                | sets.With(word, SetColumn.Incomplete);
            yes[word] = wide | sets.HasAny(word, names);
            no[word] = ~yes[word];
        }
    }
}

/// <summary>A known, non-empty set covers a recipient's set.</summary>
/// <param name="scope">Where the recipient's set is.</param>
/// <param name="column">Its column.</param>
/// <param name="whole">The known set.</param>
/// <param name="names">The bits of its names.</param>
sealed class CoveredByNode(Scope scope, int column, NameSet whole, ulong[] names) : Leaf(scope)
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private protected override void Compute(Chunk chunk, ref Planes into)
    {
        var layer = chunk.Layer(scope);
        var sets = new SetWords((SetColumn)layer[column], chunk.Start);
        var words = Emptied(ref into);
        var yes = words[..Planes.Words];
        var no = words[Planes.Words..];
        for (var word = 0; word < Planes.Words; word++)
        {
            if (layer.Has[(chunk.Start / 64) + word] == 0)
                continue;
            var recorded = sets.With(word, SetColumn.Recorded) & ~sets.With(word, SetColumn.Empty);
            var within = ~sets.With(word, SetColumn.Everything) & ~sets.With(word, SetColumn.HasOthers) & sets.HasOnly(word, names);
            yes[word] = whole.IsEverything ? recorded : recorded & within & ~sets.With(word, SetColumn.Incomplete);
            no[word] = whole.IsEverything || !whole.IsComplete ? 0 : recorded & ~within;
        }
    }
}
