using MaySend.Decisions;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Walking;

/// <summary>What stands in the way of everything that could go out at this moment.</summary>
public sealed class Hindrance(Spool spool, IndexWalk walk)
{
    /// <summary>A code of <see cref="Sending"/>; null where nothing does.</summary>
    public string? Now =>
        !spool.CanTake ? Sending.OptOutsNotTaken
        : walk.Faults.Count > 0 ? Sending.StoreDamaged
        : null;
}
