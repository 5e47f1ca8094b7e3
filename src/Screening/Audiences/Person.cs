using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;

namespace MaySend.Screening.Audiences;

/// <summary>One person of an audience: the row as it stands in the file, and every entry on record for the address.</summary>
/// <param name="Address">The matching form of the address.</param>
/// <param name="RawRow">The row as it stands in the people file, to be written through.</param>
/// <param name="Entries">What is on record.</param>
public sealed record Person(string Address, string RawRow, IReadOnlyList<ContactEntry> Entries)
{
    /// <summary>What a store holds about the address; null where no store was asked.</summary>
    public Dossier? OnRecord { get; init; }
}
