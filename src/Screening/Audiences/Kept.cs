using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;

namespace MaySend.Screening.Audiences;

/// <summary>What happened with the people of one share, by address, and which addresses stand in more than one row.</summary>
/// <param name="domains">The domains that asked to stop as a whole.</param>
sealed class Kept(WholeDomains domains)
{
    readonly Dictionary<string, List<ContactEntry>> entries = new(StringComparer.Ordinal);
    readonly List<(string Address, ContactEntry Stop)> listed = [];
    readonly HashSet<string> seen = new(StringComparer.Ordinal);
    readonly HashSet<string> repeated = new(StringComparer.Ordinal);

    /// <summary>
    /// Keeps a row: of the list of people that the address stands in it, since the row is read again, and that it asks to stop; of the
    /// others what it says.
    /// </summary>
    public void Take(CompanionFile kind, string address, ContactEntry entry, IEnumerable<ContactEntry> stops)
    {
        if (kind == CompanionFiles.People)
        {
            Saw(address);
            listed.AddRange(stops.Select(stop => (address, stop)));
            return;
        }
        Add(address, entry);
        foreach (var stop in stops)
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

    /// <summary>What every row says of somebody, requests to stop in the list of people among them.</summary>
    public IEnumerable<(string Address, ContactEntry Entry)> All =>
        entries.SelectMany(pair => pair.Value.Select(entry => (pair.Key, entry))).Concat(listed);

    /// <summary>What happened with somebody, and what their domain asked.</summary>
    public IReadOnlyList<ContactEntry> Of(string address)
    {
        var own = entries.GetValueOrDefault(address, []);
        return domains.Over(address) is { } rule ? [.. own, rule] : own;
    }
}
