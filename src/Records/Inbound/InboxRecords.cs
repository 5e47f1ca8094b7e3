using System.Collections.Immutable;
using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Records.Inbound;

/// <summary>One thing in the inbox.</summary>
/// <param name="Arrived">What is on record of its arrival.</param>
/// <param name="Settled">What became of it; null while it waits.</param>
public sealed record InboxItem(InboxArrived Arrived, InboxSettled? Settled)
{
    /// <summary>True until somebody has settled it.</summary>
    public bool IsWaiting => Settled is null;
}

/// <summary>What is in the inbox, in numbers.</summary>
/// <param name="Waiting">How many nobody has settled.</param>
/// <param name="Holding">How many of them hold an address.</param>
/// <param name="Overdue">How many have waited for longer than the alarm allows.</param>
/// <param name="Oldest">When the oldest of them arrived; null when nothing waits.</param>
public readonly record struct InboxSummary(int Waiting, int Holding, int Overdue, DateTimeOffset? Oldest);

/// <summary>What somebody makes of what waited; a closed set.</summary>
public static class InboxOutcome
{
    /// <summary>The person asked to stop; it counts from the day it arrived.</summary>
    public const string Request = "request";

    /// <summary>It asks for nothing.</summary>
    public const string Nothing = "nothing";

    /// <summary>Somebody else wrote it.</summary>
    public const string Forged = "forged";

    /// <summary>Every outcome.</summary>
    public static readonly ImmutableArray<string> All = [Request, Nothing, Forged];
}

/// <summary>What became of an attempt to settle.</summary>
/// <param name="Done">The ids that were settled now.</param>
/// <param name="Left">The ids that were not, each with why.</param>
public sealed record InboxSettlement(IReadOnlyList<string> Done, IReadOnlyList<(string Id, string Why)> Left);

/// <summary>Something that a person must look at, as the reader hands it over.</summary>
/// <param name="Key">The same each time it is delivered.</param>
/// <param name="Source">What brought it.</param>
/// <param name="Matter">What it is about, a word of <see cref="InboxArrived"/>.</param>
/// <param name="Says">What the reader can tell, without anything of the person.</param>
/// <param name="Text">What arrived.</param>
/// <param name="MayBeStop">True where it may be a request to stop.</param>
public sealed record Arrival(string Key, string Source, string Matter, string Says, ArrivedText Text, bool MayBeStop)
{
    /// <summary>Whom it names, where the reader knows better than the text: by a token of ours.</summary>
    public Address? Whom { get; init; }
}
