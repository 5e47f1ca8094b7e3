using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>Some rows of a file, and what they propose under the keys by which the same fact is told again.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Proposed">What they propose, in order.</param>
sealed record KeyedRows(IReadOnlyList<ReadRow> Rows, IReadOnlyList<KeyedProposal> Proposed)
{
    // A commit writes every page it touches, and many entries touch the same ones.
    const int Most = 4000;

    // Several are at hand at once, and a row may hold a megabyte of wording.
    const int MostOctets = 1 << 22;

    /// <summary>Cuts a file into pieces that fit into memory, and makes the keys of those proposals that are wanted.</summary>
    public static IEnumerable<KeyedRows> Of(IEnumerable<ReadRow> file, Func<Proposal, bool>? isWanted = null)
    {
        var (rows, proposed, octets) = (new List<ReadRow>(), new List<KeyedProposal>(), 0L);
        foreach (var row in file)
        {
            rows.Add(row);
            foreach (var proposal in row.Proposals)
            {
                if (isWanted is not null && !isWanted(proposal))
                    continue;
                var keyed = KeyedProposal.Of(row, proposal, out var size);
                proposed.Add(keyed);
                octets += size;
            }
            if (rows.Count < Most && octets < MostOctets)
                continue;
            yield return new(rows, proposed);
            (rows, proposed, octets) = ([], [], 0);
        }
        if (rows.Count > 0)
            yield return new(rows, proposed);
    }
}

/// <summary>A proposal with what takes time to make of it.</summary>
/// <param name="Row">The row it stands in.</param>
/// <param name="Proposal">What it proposes.</param>
/// <param name="Key">Its content key (<see cref="Proposal.KeyOf(Entries.ContactEntry)"/>).</param>
/// <param name="Written">The entry as it was written for the key; null where the key is of other words than the entry's.</param>
sealed record KeyedProposal(ReadRow Row, Proposal Proposal, string Key, WrittenEntry? Written)
{
    /// <summary>Writes the entry and makes the key; gives as well how many octets the entry has.</summary>
    public static KeyedProposal Of(ReadRow row, Proposal proposal, out int size)
    {
        var given = Proposal.Given(proposal.Entry);
        var written = WrittenEntry.Of(given);
        size = written.Json.Length;
        return new(row, proposal, Proposal.KeyOf(written), ReferenceEquals(given, proposal.Entry) ? written : null);
    }
}
