using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;

namespace MaySend.Decisions;

/// <summary>What is asked about somebody: may this campaign go to them, on one day?</summary>
/// <param name="Campaign">What is to be sent, as it is on record or as it was described with the question.</param>
public sealed record Asked(Campaign Campaign)
{
    /// <summary>The day of sending; null for the campaign's own, and of several days the one that is nearest to now.</summary>
    public DateOnly? Day { get; init; }

    /// <summary>The day as of which readings of the law are known; null for the day of sending.</summary>
    public DateOnly? KnownAt { get; init; }

    /// <summary>How much of the evidence is looked at; the default looks at all of it.</summary>
    public AsKnown AsKnown { get; init; }

    /// <summary>What files say of the controller, beneath what is on record: of one name the record stands. Null for none.</summary>
    public ControllerRecord? ControllerFiles { get; init; }

    /// <summary>What files say of the person, to join with the store's.</summary>
    public IReadOnlyList<ContactEntry> FromFiles { get; init; } = [];

    /// <summary>SHA-256 over the files used; null when there are none.</summary>
    public string? FilesDigest { get; init; }

    /// <summary>True where the campaign was described with the question and is not the one on record.</summary>
    public bool IsInline { get; init; }

    /// <summary>The campaign on record under the id of one that was described with the question; null where there is none.</summary>
    public Campaign? OnRecord { get; init; }
}
