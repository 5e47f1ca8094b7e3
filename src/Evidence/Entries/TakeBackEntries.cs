using System.Collections.Immutable;

namespace MaySend.Evidence.Entries;

/// <summary>
/// Somebody proposes to take back the requests to stop that a file brought by mistake. Nothing changes until somebody else agrees.
/// </summary>
/// <param name="Id">Names the proposal.</param>
public sealed record TakeBackProposed(string Id) : ControllerEntry(Id)
{
    /// <summary>The import, as <see cref="FileImported"/> names it.</summary>
    public string Import { get; init; } = "";

    /// <summary>The digests of the file and its tables.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Why, in words that say nothing of a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who proposes it.</summary>
    public string By { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// The requests to stop that a file brought are taken back: they stop nothing any longer. What the same people asked for otherwise, and
/// what another file says, stands.
/// </summary>
/// <param name="Id">The proposal that was agreed to.</param>
public sealed record ImportTakenBack(string Id) : ControllerEntry(Id)
{
    /// <summary>The digests of the file and its tables.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who proposed it.</summary>
    public string ProposedBy { get; init; } = "";

    /// <summary>Who agreed.</summary>
    public string AgreedBy { get; init; } = "";
}
