using MaySend.Evidence.Entries;

namespace MaySend.Records.Signing;

/// <summary>Something on record that nobody who may sign has signed. Until somebody does, it counts only against sending.</summary>
/// <param name="Entry">What it says, in its latest state.</param>
/// <param name="Signed">The signed entry that it would replace, and that stands meanwhile; null where there is none.</param>
/// <param name="By">Who recorded it.</param>
/// <param name="At">When.</param>
/// <param name="Seq">Its number in the controller's chain: what a signature is given to.</param>
public sealed record UnsignedEntry(ControllerEntry Entry, ControllerEntry? Signed, string By, DateTimeOffset At, long Seq);

/// <summary>What became of a signature.</summary>
public enum SigningOutcome
{
    /// <summary>It is on record, and counts from the next decision on.</summary>
    Signed,

    /// <summary>What was to be signed no longer waits: somebody signed it, or recorded it anew.</summary>
    Changed,

    /// <summary>Whoever signs recorded it themselves; somebody else looks at it first.</summary>
    OwnWriting,

    /// <summary>A signed version of the same form or template begins on the same day.</summary>
    SameDay,
}
