using MaySend.Decisions;
using MaySend.Records.OptOuts;

namespace MaySend.Records.Walking;

/// <summary>What stands in the way of everything that could go out at this moment.</summary>
public sealed class Hindrance(Spool spool, IndexWalk walk)
{
    /// <summary>The header of an answer of <c>/health/opt-outs</c> that says it to other processes.</summary>
    public const string Header = "MaySend-Hindrance";

    /// <summary>A code of <see cref="Sending"/>; null where nothing does.</summary>
    public string? Now =>
        !spool.CanTake ? Sending.OptOutsNotTaken
        : walk.Faults.Count > 0 ? Sending.StoreDamaged
        : null;
}
