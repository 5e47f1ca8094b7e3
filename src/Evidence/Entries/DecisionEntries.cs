using System.Collections.Immutable;

namespace MaySend.Evidence.Entries;

/// <summary>
/// A decision about this contact, as it was given: small, so that every one can be kept. It decides nothing later; it is what a replay is
/// compared with. It is erased with the contact.
/// </summary>
/// <param name="When">When it was decided.</param>
/// <param name="Id">The decision's identity: contact, campaign, day, law, policy and position.</param>
public sealed record DecisionMade(When When, string Id) : ContactEntry(When, Id)
{
    /// <summary>The campaign's name for people.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>permitted, refused or not-shown.</summary>
    public string Verdict { get; init; } = "";

    /// <summary>The send key's reason code.</summary>
    public string Send { get; init; } = "";

    /// <summary>The process key's reason code.</summary>
    public string Process { get; init; } = "";

    /// <summary>
    /// SHA-256 over files whose facts were used besides the store; null when the store alone was. With files the store alone cannot replay
    /// it.
    /// </summary>
    public string? Files { get; init; }
}

/// <summary>A campaign as it was described when something was decided for it. Its id is its digest, so it never changes.</summary>
public sealed record CampaignRegistered(string Id, Campaign Campaign) : ControllerEntry(Id);

/// <summary>A screening, as one manifest: what went in, what came out, by which law and policy, and how far the ledger reached.</summary>
public sealed record AudienceScreened(string Id) : ControllerEntry(Id)
{
    /// <summary>The campaign's name for people.</summary>
    public string Campaign { get; init; } = "";

    /// <summary>The campaign's digest.</summary>
    public string CampaignDigest { get; init; } = "";

    /// <summary>The channel, which says whom it could reach; blank in manifests of earlier versions.</summary>
    public string Channel { get; init; } = "";

    /// <summary>The day of sending.</summary>
    public DateOnly Day { get; init; }

    /// <summary>The day as of which the law was known.</summary>
    public DateOnly KnownAt { get; init; }

    /// <summary>The law's digest.</summary>
    public string Law { get; init; } = "";

    /// <summary>The policy's digest.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Where the controller's last evidence stood in its chain.</summary>
    public long ControllerSeq { get; init; }

    /// <summary>
    /// How far the chain of each partition of contacts reached when reading began, in order of partition; empty in manifests of earlier
    /// versions.
    /// </summary>
    public ImmutableArray<long> Heads { get; init; } = [];

    /// <summary>Contacts about whom more was recorded before they were read, with the number up to which it counted.</summary>
    public ImmutableSortedDictionary<string, long> Later { get; init; } = ImmutableSortedDictionary<string, long>.Empty;

    /// <summary>
    /// Who of those on record was on the list: where each contact's first entry stands in its partition, packed and in base64. Null where
    /// everybody on record whom the channel reaches was screened, and in manifests of earlier versions.
    /// </summary>
    public string? ListedAt { get; init; }

    /// <summary>The same in manifests of earlier versions: the first eight octets of each contact id, sorted, in base64.</summary>
    public string? Listed { get; init; }

    /// <summary>True where files said anything of the people or the sender: the store alone cannot make these decisions again.</summary>
    public bool HasFactsFromFiles { get; init; }

    /// <summary>When reading began: contacts were read at or after this instant.</summary>
    public DateTimeOffset ReadFrom { get; init; }

    /// <summary>People by verdict.</summary>
    public ImmutableSortedDictionary<string, int> Counts { get; init; } = ImmutableSortedDictionary<string, int>.Empty;

    /// <summary>Files read, by name, with their SHA-256; empty when everybody on record was screened.</summary>
    public ImmutableSortedDictionary<string, string> FilesIn { get; init; } = ImmutableSortedDictionary<string, string>.Empty;

    /// <summary>Files written, by name, with their SHA-256.</summary>
    public ImmutableSortedDictionary<string, string> FilesOut { get; init; } = ImmutableSortedDictionary<string, string>.Empty;
}
