using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;

namespace MaySend.Screening.Audiences;

/// <summary>What happened with the people of one share, by address, and which addresses stand in more than one row.</summary>
sealed class Kept
{
    readonly Dictionary<string, List<ContactEntry>> entries = new(StringComparer.Ordinal);
    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    readonly HashSet<string> repeated = new(StringComparer.Ordinal);

    /// <summary>
    /// Keeps a row: of the list of people only that the address stands in it, since the row is read again; of the others what it says.
    /// </summary>
    public void Take(CompanionFile kind, string address, ContactEntry entry, ContactEntry? stop)
    {
        if (kind == CompanionFiles.People)
        {
            Saw(address);
            return;
        }
        Add(address, entry);
        if (stop is not null)
            Add(address, stop);
    }

    void Add(string address, ContactEntry entry)
    {
        if (!entries.TryGetValue(address, out var list))
            entries[address] = list = [];
        list.Add(entry);
    }

    void Saw(string address)
    {
        if (!seen.Add(address))
            repeated.Add(address);
    }

    public bool IsRepeated(string address) => repeated.Contains(address);

    public IEnumerable<(string Address, List<ContactEntry> Entries)> All => entries.Select(pair => (pair.Key, pair.Value));

    public IReadOnlyList<ContactEntry> Of(string address) => entries.GetValueOrDefault(address, []);
}
