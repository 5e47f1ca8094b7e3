using System.Collections.Immutable;
using System.Data.Common;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using MaySend.Evidence.Entries;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Exports;

/// <summary>Writes the facts of an audience for one campaign into tables.</summary>
public static class FactExport
{
    /// <summary>Parts that an audience is dealt into where nobody says how many.</summary>
    public const int UsualParts = 16;

    /// <summary>Writes everybody, then the manifest.</summary>
    /// <param name="source">The people.</param>
    /// <param name="campaign">The campaign on the day asked about.</param>
    /// <param name="controller">Names the state of what the sender has on record.</param>
    /// <param name="target">Where.</param>
    /// <param name="parts">How many parts: an address is always in the part of the same number.</param>
    /// <param name="advance">Gets the number of people written.</param>
    /// <exception cref="IOException">The database does not take them, as on a full disk: there are no tables then.</exception>
    public static Manifest Run(
        FactSource source,
        Campaign campaign,
        string controller,
        IFactTarget target,
        int parts = UsualParts,
        Action<long>? advance = null
    )
    {
        try
        {
            return Write(source, campaign, controller, target, parts, advance);
        }
        catch (DbException fault)
        {
            throw new IOException($"the tables cannot be written: {fault.Message}", fault);
        }
    }

    static Manifest Write(FactSource source, Campaign campaign, string controller, IFactTarget target, int parts, Action<long>? advance)
    {
        var counts = new long[FactTables.All.Length, parts];
        long contact = 0;
        foreach (var person in source.People())
        {
            var part = PartOf(person.Address, parts);
            contact++;
            foreach (
                var row in TableRow.Of(
                    contact,
                    part,
                    person.Facts,
                    person.Address,
                    person.Row,
                    person.Deliverable.Word,
                    person.Deliverable.Since,
                    person.Deliverable.Class
                )
            )
            {
                counts[FactTables.All.IndexOf(row.Table), part]++;
                target.Add(row);
            }
            if (contact % 1024 == 0)
                advance?.Invoke(contact);
        }
        var manifest = new Manifest
        {
            Campaign = campaign.Id,
            CampaignDigest = campaign.Digest.ToString(),
            Day = campaign.Day,
            Controller = controller,
            HasRefusals = source.HasRefusals,
            Header = source.Header,
            Delimiter = source.Delimiter,
            Duplicates = source.Duplicates,
            Notes = [.. source.Notes],
            Counts = Enumerable
                .Range(0, FactTables.All.Length)
                .SelectMany(table => Enumerable.Range(0, parts).Select(part => (table, part)))
                .ToImmutableSortedDictionary(pair => (FactTables.All[pair.table].Name, pair.part), pair => counts[pair.table, pair.part]),
        };
        target.Commit(manifest);
        return manifest;
    }

    /// <summary>The part of an address.</summary>
    public static int PartOf(string address, int parts) =>
        (int)(XxHash64.HashToUInt64(MemoryMarshal.AsBytes(address.AsSpan())) % (ulong)parts);
}
