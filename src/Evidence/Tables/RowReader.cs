using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Reading;

namespace MaySend.Evidence.Tables;

/// <summary>What somebody else makes of the rows of a file while they go by.</summary>
/// <param name="Look">Looks at what nobody reads of a row; gets whether the row stops its person anyhow.</param>
/// <param name="Stops">What the row says of requests to stop in columns that nobody reads.</param>
/// <param name="Close">The file has been read to its end.</param>
public sealed record RowWatch(Action<bool> Look, Func<ImmutableArray<Entries.ContactEntry>> Stops, Action Close);

/// <summary>
/// Reads the rows of one file as tables keep them: cells that differ from row to row by themselves, all others together, and those only
/// when nobody said the same before. What the reader of files makes of a row is what counts (<see cref="CompanionFile.Read"/>): it is asked
/// for each new saying and for every cell that is written in an unusual way.
/// </summary>
sealed class RowReader
{
    /// <summary>So many different sayings of a file that is dealt out are kept.</summary>
    const int MostSayings = 1 << 20;

    readonly CsvRows csv;
    readonly CompanionFile kind;
    readonly Problems problems;
    readonly TableDraft tables;
    readonly ListedAddresses.Finder? finder;
    readonly RowPart part;
    readonly RowWatch? watch;
    readonly ShareFiles.Part? shares;
    readonly int address,
        id,
        when,
        products,
        confirmed;
    readonly bool isDated;
    readonly int[] rest;
    readonly char[] layoutMark;
    char[] key = new char[256],
        before = [];
    int keyLength,
        saying = -1;

    /// <summary>Reads one file, or a piece of it.</summary>
    /// <param name="csv">The rows.</param>
    /// <param name="part">Gets them.</param>
    /// <param name="problems">What is wrong with them.</param>
    /// <param name="tables">What all parts share.</param>
    /// <param name="watch">Who else looks; null where there is nothing that nobody reads.</param>
    /// <param name="shares">Where rows are dealt to instead of being kept; null keeps them.</param>
    public RowReader(CsvRows csv, RowPart part, Problems problems, TableDraft tables, RowWatch? watch, ShareFiles.Part? shares = null)
    {
        (this.csv, this.part, this.problems, this.tables, this.watch, this.shares) = (csv, part, problems, tables, watch, shares);
        kind = part.Kind;
        finder = kind == CompanionFiles.People ? null : new ListedAddresses.Finder(tables.People);
        address = csv.PlaceOf("address");
        id = Place("id");
        when = Place("when");
        products = kind == CompanionFiles.Collections ? Place("products") : -1;
        confirmed = kind == CompanionFiles.Consents ? Place("confirmed") : -1;
        isDated = kind.Columns.Any(column => column is { Name: "when", IsRequired: true });
        int[] apart = [address, id, when, products, confirmed];
        var read = kind
            .Columns.Select(column => (column.Name, Place: Place(column.Name)))
            .Where(column => column.Place >= 0 && !apart.Contains(column.Place))
            .ToList();
        rest = [.. read.Select(column => column.Place)];
        layoutMark = [(char)tables.NumberOf(kind, read.Select(column => column.Name))];
    }

    /// <summary>Reads every row; false as soon as something is not as it should be, and then the part is good for nothing.</summary>
    /// <param name="progress">Gets the number of rows read so far.</param>
    public bool ReadAll(Action<long>? progress)
    {
        while (csv.ReadNext(out var isGood))
        {
            if (!isGood || !Take())
                return false;
            if (++part.Read % 4096 == 0)
                progress?.Invoke(part.Read);
        }
        progress?.Invoke(part.Read);
        watch?.Close();
        return problems.IsEmpty;
    }

    int Place(string column) => kind.Columns.Any(known => known.Name == column) ? csv.FindPlace(column) ?? -1 : -1;

    bool Take()
    {
        if (!TryPerson(out var person) || !TryWhen(out var moment) || !TrySaying() || !TryMore(out var more))
            return false;
        if (tables.Sayings.IsTold(saying))
            NoteRequest(moment);
        watch?.Look(tables.Sayings[saying] is Entries.RefusalMade);
        if (shares is not null)
        {
            part.More.Clear();
            shares.Deal(csv.RawRowSpan());
            // Where nearly every row says something of its own, there is nothing to be kept once.
            return tables.Sayings.Count < MostSayings;
        }
        if (person is not { } about)
            return true;
        part.Add(
            new(
                about,
                saying,
                moment,
                csv.Row,
                id >= 0 ? part.Ids.Keep(csv.RawCell(id)) : default,
                more,
                products >= 0 ? tables.Products.Of(csv.RawCell(products)) : 0
            )
        );
        return true;
    }

    bool TryPerson(out int? person)
    {
        person = null;
        if (shares is not null)
            return shares.TryShare(csv.RawCell(address));
        if (finder is not null)
            return finder.TryFind(csv.RawCell(address), out person);
        person = tables.People.Add(csv.RawCell(address), csv.RawRowSpan());
        return person is not null;
    }

    bool TryWhen(out Moment moment)
    {
        moment = Moment.Never;
        if (when < 0)
            return !isDated;
        var cell = csv.RawCell(when);
        if (cell.IsEmpty)
            return !isDated;
        if (Moment.TryRead(cell, out moment))
            return true;
        if (csv.When("when", isRequired: true) is not { } read)
            return false;
        moment = Moment.Of(read);
        return true;
    }

    bool TrySaying()
    {
        (key, before) = (before, key);
        var (length, lengthBefore) = (0, keyLength);
        Append(layoutMark, ref length);
        foreach (var place in rest)
            Append(csv.RawCell(place), ref length);
        keyLength = length;
        var text = key.AsSpan(0, length);
        if (saying >= 0 && text.SequenceEqual(before.AsSpan(0, lengthBefore)))
            return true;
        if (tables.Sayings.TryFind(text, out saying))
            return true;
        saying = -1;
        if (kind.Read(csv) is not { } entry || !problems.IsEmpty)
            return false;
        saying = tables.Sayings.Add(text, entry);
        return true;
    }

    /// <summary>Appends a cell behind its length, so that no two rows of cells look the same.</summary>
    void Append(ReadOnlySpan<char> cell, ref int length)
    {
        var needed = length + cell.Length + 2;
        if (needed > key.Length)
            Array.Resize(ref key, Math.Max(needed, key.Length * 2));
        key[length++] = (char)(cell.Length & 0xFFFF);
        key[length++] = (char)(cell.Length >> 16);
        cell.CopyTo(key.AsSpan(length));
        length += cell.Length;
    }

    bool TryMore(out int more)
    {
        more = -1;
        Moment? confirmation = null;
        if (confirmed >= 0 && csv.RawCell(confirmed) is { IsEmpty: false } cell)
        {
            if (!Moment.TryRead(cell, out var moment))
            {
                if (csv.When("confirmed", isRequired: false) is not { } read)
                    return false;
                moment = Moment.Of(read);
            }
            confirmation = moment;
        }
        var stops = watch?.Stops() ?? [];
        if (confirmation is null && stops.IsEmpty)
            return true;
        more = part.More.Count;
        part.More.Add(new(confirmation, stops));
        return true;
    }

    void NoteRequest(Moment moment)
    {
        part.Requests[saying] = part.Requests.TryGetValue(saying, out var seen) ? (seen.Rows + 1, seen.FirstLine) : (1, csv.Row);
        var day = DateOnly.FromDayNumber(moment.Day);
        if (tables.Sayings[saying] is Entries.RefusalMade && day > DateOnly.MinValue && !(part.OldestStop <= day))
            part.OldestStop = day;
    }
}
