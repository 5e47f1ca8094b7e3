using System.Runtime.Intrinsics;

namespace MaySend.Screening.Columns;

/// <summary>
/// The truths of one formula for <see cref="Rows"/> recipients: a bit each in two planes. Neither bit set is not evidenced. Kleene's tables
/// are then plain bit operations, sixty-four rows to a word.
/// </summary>
readonly record struct Planes(Vector512<ulong> Yes, Vector512<ulong> No)
{
    /// <summary>Rows in one pair of planes.</summary>
    public const int Rows = 512;

    /// <summary>Words of 64 rows in one plane.</summary>
    public const int Words = Rows / 64;

    public static Planes Of(Law.Truth truth) =>
        truth switch
        {
            Law.Truth.Satisfied => new(Vector512<ulong>.AllBitsSet, default),
            Law.Truth.NotSatisfied => new(default, Vector512<ulong>.AllBitsSet),
            _ => default,
        };

    public static Planes operator &(Planes left, Planes right) => new(left.Yes & right.Yes, left.No | right.No);

    public static Planes operator |(Planes left, Planes right) => new(left.Yes | right.Yes, left.No & right.No);

    public static Planes operator !(Planes planes) => new(planes.No, planes.Yes);
}
