using MaySend.Evidence.Entries;
using MaySend.Evidence.Store;
using MaySend.Evidence.Tables;

namespace MaySend.Screening.Audiences;

/// <summary>One person of an audience: the row as it stands in the file, and every entry on record for the address.</summary>
/// <param name="Address">The matching form of the address.</param>
/// <param name="RawRow">The row as it stands in the people file, to be written through.</param>
/// <param name="Entries">What is on record.</param>
public sealed record Person(string Address, string RawRow, IReadOnlyList<ContactEntry> Entries)
{
    readonly (EvidenceTables Tables, int Number)? inTables;

    internal Person(EvidenceTables tables, int number)
        : this(tables.AddressOf(number), tables.RawRowOf(number), []) => inTables = (tables, number);

    /// <summary>
    /// What is on record. Of somebody whose evidence stands in tables it is made anew each time, so that whoever waits for their turn to be
    /// written holds nothing: ask once.
    /// </summary>
    public IReadOnlyList<ContactEntry> Entries
    {
        get => inTables is var (tables, number) ? tables.EntriesOf(number) : field;
        init => (field, inTables) = (value, null);
    } = Entries;

    /// <summary>What a store holds about the address; null where no store was asked.</summary>
    public Dossier? OnRecord { get; init; }
}
