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

    /// <summary>Somebody of whom nothing counts but what is on record.</summary>
    /// <param name="onRecord">What is on record.</param>
    /// <param name="rawRow">The row to be written.</param>
    public Person(PersonOnRecord onRecord, string rawRow = "")
        : this(onRecord.Address.Matching, rawRow, []) => (OnRecord, isOnRecordOnly) = (onRecord, true);

    readonly bool isOnRecordOnly;

    /// <summary>
    /// What is on record. Of somebody whose evidence stands in tables, or sealed in a store, it is made anew each time, so that whoever
    /// waits for their turn holds nothing: ask once.
    /// </summary>
    public IReadOnlyList<ContactEntry> Entries
    {
        get =>
            inTables is var (tables, number) ? tables.EntriesOf(number)
            : isOnRecordOnly ? OnRecord!.Open().ForDecision
            : field;
        init => (field, inTables, isOnRecordOnly) = (value, null, false);
    } = Entries;

    /// <summary>Who that is in a store; null where no store was asked.</summary>
    public PersonOnRecord? OnRecord { get; init; }
}
