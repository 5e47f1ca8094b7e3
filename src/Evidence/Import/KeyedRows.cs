using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import;

/// <summary>Some rows of a file, and what they propose under the keys by which the same fact is told again.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Proposed">What they propose, in order.</param>
sealed record KeyedRows(IReadOnlyList<ReadRow> Rows, IReadOnlyList<KeyedProposal> Proposed)
{
    /// <summary>Makes the keys of those proposals that are wanted.</summary>
    public static KeyedRows Of(IReadOnlyList<ReadRow> rows, Func<Proposal, bool>? isWanted = null)
    {
        var proposed = new List<KeyedProposal>(rows.Count);
        foreach (var row in rows)
        foreach (var proposal in row.Proposals)
            if (isWanted is null || isWanted(proposal))
                proposed.Add(KeyedProposal.Of(row, proposal));
        return new(rows, proposed);
    }
}

/// <summary>A proposal with what takes time to make of it.</summary>
/// <param name="Row">The row it stands in.</param>
/// <param name="Proposal">What it proposes.</param>
/// <param name="Key">Its <see cref="Proposal.ContentKey"/>.</param>
/// <param name="Written">The entry as it was written for the key; null where the key is of other words than the entry's.</param>
sealed record KeyedProposal(ReadRow Row, Proposal Proposal, string Key, WrittenEntry? Written)
{
    /// <summary>Writes the entry and makes the key.</summary>
    public static KeyedProposal Of(ReadRow row, Proposal proposal)
    {
        var given = Proposal.Given(proposal.Entry);
        var written = WrittenEntry.Of(given);
        return new(row, proposal, Proposal.KeyOf(written), ReferenceEquals(given, proposal.Entry) ? written : null);
    }
}
