using System.Collections.Immutable;

namespace MaySend.Evidence.Entries;

/// <summary>
/// Every address of a domain, and of its subdomains, gets no marketing: an organisation asked for it, or whoever runs the store decided it.
/// </summary>
/// <param name="Id">The domain, as an A-label in lower case.</param>
public sealed record DomainRefused(string Id) : ControllerEntry(Id)
{
    /// <summary>The day it was asked for.</summary>
    public DateOnly On { get; init; }

    /// <summary>How it reached the sender: phone, letter, reply, import.</summary>
    public string How { get; init; } = "";
}

/// <summary>
/// Somebody proposes to take back requests to stop: those that a file brought by mistake, or the rule of a domain. Nothing changes until
/// somebody else agrees.
/// </summary>
/// <param name="Id">Names the proposal.</param>
public sealed record TakeBackProposed(string Id) : ControllerEntry(Id)
{
    /// <summary>The import, as <see cref="FileImported"/> names it; blank for a domain.</summary>
    public string Import { get; init; } = "";

    /// <summary>The digests of the file and its tables.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The domain; null for an import.</summary>
    public string? Domain { get; init; }

    /// <summary>The reason, without naming or describing a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who proposes it.</summary>
    public string By { get; init; } = "";

    /// <summary>When.</summary>
    public DateTimeOffset At { get; init; }
}

/// <summary>
/// Requests to stop are taken back: they stop nothing any longer. What the same people asked for otherwise, and what another file says,
/// stands.
/// </summary>
/// <param name="Id">The proposal that was agreed to.</param>
public sealed record RequestsTakenBack(string Id) : ControllerEntry(Id)
{
    /// <summary>The digests of the file and its tables.</summary>
    public ImmutableArray<string> Files { get; init; } = [];

    /// <summary>The domain whose rule ends; null for an import. A later rule of the same domain counts again.</summary>
    public string? Domain { get; init; }

    /// <summary>Why.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who proposed it.</summary>
    public string ProposedBy { get; init; } = "";

    /// <summary>Who agreed.</summary>
    public string AgreedBy { get; init; } = "";
}
