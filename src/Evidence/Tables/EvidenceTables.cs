using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;

namespace MaySend.Evidence.Tables;

/// <summary>
/// The evidence of a list of people and the files beside it as one table: some sixty bytes a row, found by person in the order of the
/// files. What is on record about a person is made of it when it is asked for, the same entries that reading the files gives
/// (property <c>Every_way_of_reading_gives_the_same_entries</c>). Immutable and safe for many threads.
/// </summary>
public sealed class EvidenceTables
{
    readonly Sayings sayings;
    readonly ListedAddresses people;
    readonly ProductLists products;
    readonly RowPart[] parts;
    readonly MoreOfARow[][] more;

    // Where the rows of each person stand, one person after the other, and where each person's begin.
    readonly (int Part, int Place)[] rows;
    readonly int[] first;

    internal EvidenceTables(TableDraft draft, IReadOnlyList<RowPart> read)
    {
        (sayings, people, products) = (draft.Sayings, draft.People, draft.Products);
        Header = read[0].Header;
        RowsOfPeople = read[0].Read;
        parts = [.. read];
        more = [.. read.Select(part => part.More.ToArray())];
        first = new int[people.Count + 1];
        foreach (var part in parts)
            for (var place = 0; place < part.Count; place++)
                first[part[place].Person + 1]++;
        for (var person = 0; person < people.Count; person++)
            first[person + 1] += first[person];
        rows = new (int, int)[first[^1]];
        var next = first.AsSpan(0, people.Count).ToArray();
        for (var number = 0; number < parts.Length; number++)
        for (var place = 0; place < parts[number].Count; place++)
            rows[next[parts[number][place].Person]++] = (number, place);
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
        foreach (var (number, place) in rows.AsSpan(first[person]..first[person + 1]))
        {
            ref readonly var row = ref parts[number][place];
            var besides = row.More < 0 ? default : more[number][row.More];
            entries.Add(EntryOf(row, parts[number], besides));
            if (row.More >= 0)
                entries.AddRange(besides.Stops);
        }
        return entries;
    }

    ContactEntry EntryOf(in Row row, RowPart part, MoreOfARow besides)
    {
        var id = row.Id.Length == 0 ? RowName(part.LinesBefore + row.Line) : part.Ids[row.Id];
        return sayings[row.Saying] switch
        {
            DetailsCollected collected => products.With(collected, row.When.When, id, row.Products),
            ConsentAnswered consent => consent with { When = row.When.When, Id = id, Confirmed = besides.Confirmed?.When },
            var entry => entry with { When = row.When.When, Id = id },
        };
    }

    static string RowName(int line) => string.Create(CultureInfo.InvariantCulture, $"row {line}");
}
