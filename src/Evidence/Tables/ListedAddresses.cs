using MaySend.Evidence.Ledger.Identity;

namespace MaySend.Evidence.Tables;

/// <summary>
/// The people of a list by number, in the order in which they first stand there, found by their addresses however those are spelt. Filled
/// from the list by one thread; then safe for many, each with a <see cref="Finder"/> of its own.
/// </summary>
sealed class ListedAddresses
{
    const int Nobody = -1;

    // A spelling says whom it means only once it was read: what another's address looks like when it is matched is no spelling of it. The
    // usual ones are spelt as they are matched, and stand among the spellings only.
    readonly Dictionary<string, int> bySpelling = new(StringComparer.Ordinal);
    readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> bySpellingText;
    readonly Dictionary<string, int> byMatching = new(StringComparer.Ordinal);
    readonly List<string> matching = [];
    readonly Letters letters = new();
    readonly List<Letters.Span> rawRows = [];
    readonly HashSet<int> repeated = [];

    /// <summary>Nobody is listed yet.</summary>
    public ListedAddresses() => bySpellingText = bySpelling.GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>How many people.</summary>
    public int Count => matching.Count;

    /// <summary>How many of them stand in more than one row.</summary>
    public IReadOnlySet<int> Repeated => repeated;

    /// <summary>The matching form of a person's address.</summary>
    public string AddressOf(int person) => matching[person];

    /// <summary>A person's first row, as it stands in the list.</summary>
    public string RawRowOf(int person) => letters[rawRows[person]];

    /// <summary>The number of a matching form; null for nobody in the list.</summary>
    public int? Find(string address) =>
        (Address.IsUsual(address) ? bySpelling : byMatching).TryGetValue(address, out var person) ? person : null;

    /// <summary>Takes a row of the list and gives its person; null where its address is none.</summary>
    public int? Add(ReadOnlySpan<char> spelling, ReadOnlySpan<char> rawRow)
    {
        if (bySpellingText.TryGetValue(spelling, out var person))
        {
            repeated.Add(person);
            return person;
        }
        var text = spelling.ToString();
        if (Address.Read(text).Address is not { } address)
            return null;
        if (Find(address.Matching) is { } known)
        {
            bySpelling[text] = known;
            repeated.Add(known);
            return known;
        }
        person = matching.Count;
        matching.Add(address.Matching);
        rawRows.Add(letters.Keep(rawRow));
        bySpelling[text] = person;
        if (Address.IsUsual(address.Matching))
            bySpelling[address.Matching] = person;
        else
            byMatching[address.Matching] = person;
        return person;
    }

    /// <summary>Finds people for one thread.</summary>
    public sealed class Finder(ListedAddresses listed)
    {
        /// <summary>So many spellings that the list does not have are remembered.</summary>
        const int MostRemembered = 1 << 16;

        readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> known = listed.bySpellingText;
        readonly Dictionary<string, int> others = new(StringComparer.Ordinal);

        // Rows of one person often stand together.
        char[] before = [];
        int lengthBefore;
        int? personBefore;

        /// <summary>Whom a cell means: null for nobody in the list. False where it is no address.</summary>
        public bool TryFind(ReadOnlySpan<char> spelling, out int? person)
        {
            if (lengthBefore > 0 && spelling.SequenceEqual(before.AsSpan(0, lengthBefore)))
            {
                person = personBefore;
                return true;
            }
            if (!TryLookUp(spelling, out person))
                return false;
            if (before.Length < spelling.Length)
                before = new char[spelling.Length * 2];
            spelling.CopyTo(before);
            (lengthBefore, personBefore) = (spelling.Length, person);
            return true;
        }

        bool TryLookUp(ReadOnlySpan<char> spelling, out int? person)
        {
            var isKnown = known.TryGetValue(spelling, out var number);
            if (!isKnown && !others.GetAlternateLookup<ReadOnlySpan<char>>().TryGetValue(spelling, out number))
            {
                var text = spelling.ToString();
                person = null;
                if (Address.Read(text).Address is not { } address)
                    return false;
                if (others.Count == MostRemembered)
                    others.Clear();
                others[text] = number = listed.Find(address.Matching) ?? Nobody;
            }
            person = number == Nobody ? null : number;
            return true;
        }
    }
}
