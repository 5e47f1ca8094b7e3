using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>The contracts of a person that have ended.</summary>
/// <param name="ended">What is on record of it, oldest first.</param>
readonly struct EndedContracts(ContractEnded[] ended)
{
    /// <summary>So many are looked at one by one.</summary>
    const int Few = 16;

    readonly Dictionary<string, ContractEnded>? last = ended.Length > Few ? LastOfEach(ended) : null;

    /// <summary>The end of the contract that a collection began, of several the latest; null where none is on record.</summary>
    public ContractEnded? EndOf(DetailsCollected collection)
    {
        if (last is not null)
            return last.GetValueOrDefault(collection.Id);
        for (var i = ended.Length - 1; i >= 0; i--)
            if (ended[i].CollectionId == collection.Id)
                return ended[i];
        return null;
    }

    static Dictionary<string, ContractEnded> LastOfEach(ContractEnded[] ended)
    {
        var last = new Dictionary<string, ContractEnded>(StringComparer.Ordinal);
        foreach (var each in ended)
            last[each.CollectionId] = each;
        return last;
    }
}
