using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>
/// The evidence of a list of people and the files beside it as one table: some sixty bytes a row, grouped by person in the order of the
/// files. What is on record about a person is made of it when it is asked for, the same entries that reading the files gives
/// (property <c>Every_way_of_reading_gives_the_same_entries</c>). Immutable and safe for many threads.
/// </summary>
public sealed class EvidenceTables
{
    readonly Sayings sayings;
    readonly ListedAddresses people;
    readonly Row[] rows;
    readonly int[] first;
    readonly (char[] Ids, MoreOfARow[] More, int LinesBefore)[] parts;

    internal EvidenceTables(TableDraft draft, IReadOnlyList<RowPart> read)
    {
        (sayings, people) = (draft.Sayings, draft.People);
        Header = read[0].Header;
        RowsOfPeople = read[0].Read;
        parts = new (char[], MoreOfARow[], int)[read.Count];
        first = new int[people.Count + 1];
        foreach (var part in read)
        foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(part.Rows))
            first[row.Person + 1]++;
        for (var person = 0; person < people.Count; person++)
            first[person + 1] += first[person];
        rows = new Row[first[^1]];
        var next = first.AsSpan(0, people.Count).ToArray();
        for (var number = 0; number < read.Count; number++)
        {
            var part = read[number];
            foreach (ref readonly var row in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(part.Rows))
                rows[next[row.Person]++] = row with { Part = number };
            parts[number] = (part.Ids, [.. part.More], part.LinesBefore);
            part.Rows.Clear();
            part.Rows.Capacity = 0;
        }
        Requests = Requested.In(read, sayings);
    }

    /// <summary>How many people there are.</summary>
    public int People => people.Count;

    /// <summary>How many rows the list of people has.</summary>
    public int RowsOfPeople { get; }

    /// <summary>The header of the list of people as one line, and the character between its fields.</summary>
    public (string Line, char Delimiter) Header { get; }

    /// <summary>What asks to stop.</summary>
    public Requested Requests { get; }

    /// <summary>
    /// The people in the order of the list: first those who stand in it once, then the others, each in the place of their first row.
    /// </summary>
    public IEnumerable<int> InOrder() =>
        people.Repeated.Count == 0
            ? Enumerable.Range(0, People)
            : Enumerable.Range(0, People).Where(person => !people.Repeated.Contains(person)).Concat(people.Repeated.Order());

    /// <summary>The matching form of a person's address.</summary>
    public string AddressOf(int person) => people.AddressOf(person);

    /// <summary>The person's first row of the list, as it stands there.</summary>
    public string RawRowOf(int person) => people.RawRowOf(person);

    /// <summary>The person with an address; null for nobody in the list.</summary>
    public int? Find(string matching) => people.Find(matching);

    /// <summary>Everything on record about a person, in the order of the files.</summary>
    public IReadOnlyList<ContactEntry> EntriesOf(int person)
    {
        var entries = new List<ContactEntry>(first[person + 1] - first[person]);
        for (var at = first[person]; at < first[person + 1]; at++)
        {
            ref readonly var row = ref rows[at];
            var part = parts[row.Part];
            var more = row.More < 0 ? default : part.More[row.More];
            entries.Add(EntryOf(row, part.Ids, part.LinesBefore, more));
            if (row.More >= 0)
                entries.AddRange(more.Stops);
        }
        return entries;
    }

    ContactEntry EntryOf(in Row row, char[] ids, int linesBefore, MoreOfARow more)
    {
        var id = row.IdLength == 0 ? RowName(linesBefore + row.Line) : new string(ids, row.IdAt, row.IdLength);
        return sayings[row.Saying] switch
        {
            DetailsCollected collected => collected with
            {
                When = row.When.When,
                Id = id,
                Products = row.Products.IsDefault ? [] : row.Products,
            },
            ConsentAnswered consent => consent with { When = row.When.When, Id = id, Confirmed = more.Confirmed?.When },
            var entry => entry with { When = row.When.When, Id = id },
        };
    }

    static string RowName(int line) => string.Create(CultureInfo.InvariantCulture, $"row {line}");
}
