using System.Collections.Immutable;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Tables;

/// <summary>One table: the people, or what is on record of one kind about them. Immutable.</summary>
public sealed record FactTable
{
    internal FactTable(string name, Scope scope, string rows, params IEnumerable<TableColumn> beside)
    {
        (Name, Scope, Rows) = (name, scope, rows);
        Columns = [.. beside, .. Vocabulary.Of(scope).Select(TableColumn.Of)];
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Whose facts its columns hold.</summary>
    public Scope Scope { get; }

    /// <summary>What a row is, and what it says that there is none.</summary>
    public string Rows { get; }

    /// <summary>Its columns: first those that are no facts.</summary>
    public ImmutableArray<TableColumn> Columns { get; }
}

/// <summary>
/// The tables that a statement reads, and how facts become columns: one table of people, one of each kind of record. They hold facts for
/// one campaign on one day. The closed list; names are part of the contract.
/// </summary>
static class FactTables
{
    /// <summary>Names a person: in every table, the same one.</summary>
    public const string Contact = "contact";

    /// <summary>The part a person was dealt into: in every table, the same one for all that is about one person.</summary>
    public const string Part = "part";

    /// <summary>The place of a record among those of its kind and person.</summary>
    public const string Order = "record_order";

    /// <summary>Names the record for people.</summary>
    public const string Record = "record_id";

    /// <summary>The address in its matching form.</summary>
    public const string Address = "person_address";

    /// <summary>The person's row as it is written through to the lists.</summary>
    public const string Row = "person_row";

    /// <summary>Whether mail arrives.</summary>
    public const string Deliverable = "person_deliverable";

    /// <summary>Since when mail does not arrive.</summary>
    public const string Bounced = "person_bounced";

    /// <summary>Why mail does not arrive.</summary>
    public const string BouncedFor = "person_bounced_for";

    static readonly TableColumn ContactKey = new(
        Contact,
        ColumnKind.LongNumber,
        IsKey: true,
        null,
        "names the person; the same in every table; once in the table of people"
    );
    static readonly TableColumn PartKey = new(
        Part,
        ColumnKind.Number,
        IsKey: true,
        null,
        "the part that everything about this person is in; counts are balanced part by part"
    );
    static readonly TableColumn[] OfRecords =
    [
        ContactKey,
        PartKey,
        new(
            Order,
            ColumnKind.Number,
            IsKey: true,
            null,
            "1 for the newest record of this kind and person, then 2, 3 ...; undated ones last"
        ),
        new(Record, ColumnKind.Text, IsKey: false, null, "names the record for people; decides nothing"),
    ];

    /// <summary>The people.</summary>
    public static readonly FactTable People = new(
        "people",
        Scope.Recipient,
        "One row for each person to be decided about. People without a row are not decided about.",
        ContactKey,
        PartKey,
        new(Address, ColumnKind.Text, IsKey: false, null, "the address; decides nothing"),
        new(Row, ColumnKind.Text, IsKey: false, null, "the person's row as it is copied to the lists; the address if it is blank"),
        new(
            Deliverable,
            ColumnKind.Text,
            IsKey: false,
            null,
            "whether mail arrives: yes, no or unknown; beside the answer, never part of it"
        ),
        new(Bounced, ColumnKind.Day, IsKey: false, null, "the day on which mail came back for good"),
        new(BouncedFor, ColumnKind.Text, IsKey: false, null, "what the other side said then")
    );

    /// <summary>Every table, people first.</summary>
    public static readonly ImmutableArray<FactTable> All =
    [
        People,
        new(
            "collections",
            Scope.Collection,
            "One row for each occasion on which the person gave their details, up to the day of sending. "
                + "None: nothing shows how they are held.",
            OfRecords
        ),
        new(
            "consents",
            Scope.Consent,
            "One row for each consent asked for, given or not, up to the day of sending. None: no consent is shown.",
            OfRecords
        ),
        new(
            "refusals",
            Scope.Refusal,
            "One row for each opt-out, objection or withdrawal, whatever its date. No row says that there is none, but only if the "
                + "sender has signed that its register is complete: a row that is missing here is a message that must not be sent.",
            OfRecords
        ),
        new(
            "checks",
            Scope.Check,
            "One row for the newest look-up in each register of somebody else's, up to the day of sending. "
                + "None: the person was not looked up.",
            OfRecords
        ),
    ];

    /// <summary>The table of a scope.</summary>
    public static FactTable Of(Scope scope) => All.Single(table => table.Scope == scope);

    /// <summary>
    /// The column of a fact: its name, with <c>_</c> for what separates words (<c>collection.obtained-by</c>:
    /// <c>collection_obtained_by</c>). No two facts share one, and none is a keyword anywhere.
    /// </summary>
    public static string Column(Fact fact) => fact.Name.Replace('.', '_').Replace('-', '_');
}
