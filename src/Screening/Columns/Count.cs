using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MaySend.Screening.Columns;

/// <summary>
/// A small number for each of 512 rows, cut into bits: plane <c>i</c> holds bit <c>i</c> of every row. Adding and comparing work on all
/// rows at once.
/// </summary>
[InlineArray(MaxBits)]
struct Count
{
    /// <summary>
    /// No formula of the law has so many limbs in one ground, even with each contradicted `not` counting for many, that twelve bits would
    /// not hold them.
    /// </summary>
    public const int MaxBits = 12;

    Vector512<ulong> bit;

    /// <summary>Bits that hold numbers up to <paramref name="max"/>.</summary>
    public static int BitsFor(int max) => int.Log2(Math.Max(1, max)) + 1;

    /// <summary>Adds another count; the sum must fit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(ref Count to, in Count other, int otherBits, int bits)
    {
        Vector512<ulong> carry = default;
        for (var i = 0; i < bits; i++)
        {
            var (left, right) = (to[i], i < otherBits ? other[i] : default);
            var half = left ^ right;
            to[i] = half ^ carry;
            carry = (left & right) | (half & carry);
        }
    }

    /// <summary>Adds one where the plane is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddOne(ref Count to, Vector512<ulong> where, int bits)
    {
        for (var i = 0; i < bits && where != default; i++)
        {
            var before = to[i];
            to[i] = before ^ where;
            where &= before;
        }
    }

    /// <summary>The rows in which the left number is smaller.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<ulong> Less(in Count left, in Count right, int bits)
    {
        Vector512<ulong> less = default;
        for (var i = 0; i < bits; i++)
            less = Vector512.AndNot(right[i], left[i]) | (less & ~(left[i] ^ right[i]));
        return less;
    }

    /// <summary>The rows in which both numbers are equal.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Vector512<ulong> Same(in Count left, in Count right, int bits)
    {
        var same = Vector512<ulong>.AllBitsSet;
        for (var i = 0; i < bits; i++)
            same &= ~(left[i] ^ right[i]);
        return same;
    }

    /// <summary>Takes the other number where the plane is set.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Take(ref Count to, in Count other, Vector512<ulong> where, int bits)
    {
        for (var i = 0; i < bits; i++)
            to[i] = Vector512.ConditionalSelect(where, other[i], to[i]);
    }

    /// <summary>Adds a power of two that is greater than every number in the count, where the plane is set.</summary>
    public static void Raise(ref Count to, int power, Vector512<ulong> where) => to[int.Log2(power)] |= where;

    /// <summary>Sets the number where the plane is set, and zero elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Set(out Count to, int number, Vector512<ulong> where)
    {
        to = default;
        for (var i = 0; i < MaxBits; i++)
            if (((number >> i) & 1) != 0)
                to[i] = where;
    }
}
