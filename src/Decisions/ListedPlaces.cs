using MaySend.Evidence;
using MaySend.Evidence.Ledger;

namespace MaySend.Decisions;

/// <summary>
/// Which contacts were on a list, as <see cref="Evidence.Entries.AudienceScreened.ListedAt"/> keeps them: for each partition of contacts
/// how many there are, then the numbers of their first entries, each as the difference to the one before. A contact's first entry stays
/// where it is for as long as the ledger lives, and a list of everybody takes little more than an octet a person.
/// </summary>
public static class ListedPlaces
{
    /// <summary>Packs the places of first entries.</summary>
    public static string Pack(IEnumerable<LedgerPosition> firstEntries)
    {
        var byPartition = firstEntries.Distinct().ToLookup(place => (int)place.Partition.Number, place => place.Seq);
        using var packed = new MemoryStream();
        using (var writer = new BinaryWriter(packed))
            for (var partition = 0; partition < Partition.Contacts; partition++)
            {
                var before = 0L;
                List<long> places = [.. byPartition[partition].Order()];
                writer.Write7BitEncodedInt(places.Count);
                foreach (var place in places)
                {
                    writer.Write7BitEncodedInt64(place - before);
                    before = place;
                }
            }
        return Convert.ToBase64String(packed.ToArray());
    }

    /// <summary>True when a contact's first entry is among them.</summary>
    /// <exception cref="FormatException">It is no base64.</exception>
    /// <exception cref="EndOfStreamException">It breaks off.</exception>
    public static bool Has(string packed, LedgerPosition firstEntry)
    {
        using var reader = new BinaryReader(new MemoryStream(Convert.FromBase64String(packed)));
        for (var partition = 0; partition < Partition.Contacts; partition++)
        {
            var place = 0L;
            for (var left = reader.Read7BitEncodedInt(); left > 0; left--)
            {
                place += reader.Read7BitEncodedInt64();
                if (partition == firstEntry.Partition.Number && place == firstEntry.Seq)
                    return true;
            }
        }
        return false;
    }
}
