using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Store;

/// <summary>
/// Several senders in one store: what one sender's folder describes never takes the place of what is another's, though both call it the
/// same. A form and a product map name no sender, so a sender that is new to the store may not change what is there.
/// </summary>
public static class OtherSenders
{
    /// <summary>What to do about a conflict.</summary>
    public const string Help =
        "give it a name of its own in this sender's files; a product map holds the products of every sender in the store";

    /// <summary>The entries of a folder as they may be recorded; a statement that bears the name of another sender's gets one of its
    /// own.</summary>
    /// <param name="described">What the folder says.</param>
    /// <param name="recorded">What is on record, oldest first.</param>
    /// <param name="conflicts">Gets what would take the place of another sender's, and then nothing may be recorded.</param>
    public static IReadOnlyList<ControllerEntry> Apart(
        IReadOnlyList<ControllerEntry> described,
        IEnumerable<ControllerEntry> recorded,
        ICollection<string> conflicts
    )
    {
        List<ControllerEntry> standing = [.. recorded.GroupBy(entry => (entry.GetType(), entry.Id)).Select(same => same.Last())];
        var map = standing.OfType<ProductMapSigned>().OrderBy(one => one.Signature?.On).LastOrDefault();
        standing.RemoveAll(entry => entry is ProductMapSigned && entry != map);
        var isNew = IsNew([.. described.OfType<SenderDeclared>()], [.. standing.OfType<SenderDeclared>()]);
        var entries = new List<ControllerEntry>();
        foreach (var entry in described)
        {
            if (standing.Select(other => Conflict(entry, other, isNew)).FirstOrDefault(said => said is not null) is { } conflict)
                conflicts.Add(conflict);
            entries.Add(
                entry is StatementSigned said && standing.OfType<StatementSigned>().Any(other => IsAnothers(said, other))
                    ? said with
                    {
                        Id = $"{said.Id} of {said.Sender}",
                    }
                    : entry
            );
        }
        return entries;
    }

    /// <summary>
    /// Whose a signed entry on record is that this one would take the place of, as a sentence; null where nobody else's is in its way. What
    /// is not signed yet may still be corrected.
    /// </summary>
    /// <param name="entry">What is to be recorded.</param>
    /// <param name="standing">What stands, of its kind.</param>
    public static string? Whose(ControllerEntry entry, IEnumerable<ControllerEntry> standing) =>
        standing
            .Where(other => other.SignedBy() is { IsWhole: true })
            .Select(other =>
                entry is StatementSigned said && other is StatementSigned theirs && IsAnothers(said, theirs)
                    ? $"the statement `{theirs.Id}` on record is {theirs.Sender}'s"
                    : Conflict(entry, other, isNew: false)
            )
            .FirstOrDefault(said => said is not null);

    static bool IsNew(IReadOnlyList<SenderDeclared> described, IReadOnlyList<SenderDeclared> standing) =>
        standing.Count > 0 && described.Any(own => standing.All(other => other.Id != own.Id));

    static bool IsAnothers(StatementSigned said, StatementSigned other) => said.Id == other.Id && said.Sender != other.Sender;

    static string? Conflict(ControllerEntry entry, ControllerEntry other, bool isNew) =>
        (entry, other) switch
        {
            (TemplateVersion own, TemplateVersion theirs) when own.Template == theirs.Template && own.Sender != theirs.Sender =>
                $"the template `{own.Template}` on record is {theirs.Sender}'s",
            (AssessmentRecorded own, AssessmentRecorded theirs) when own.Id == theirs.Id && own.Sender != theirs.Sender =>
                $"the assessment `{own.Id}` on record is {theirs.Sender}'s",
            (CampaignRegistered own, CampaignRegistered theirs)
                when own.Campaign.Id == theirs.Campaign.Id && own.Campaign.Sender != theirs.Campaign.Sender =>
                $"the campaign `{own.Campaign.Id}` on record is {theirs.Campaign.Sender}'s",
            (CollectionPointVersion own, CollectionPointVersion theirs) when isNew && own.Point == theirs.Point && !IsSame(own, theirs) =>
                $"the form `{own.Point}` on record showed something else, to another sender's customers",
            (ProductMapSigned own, ProductMapSigned theirs) when isNew && !theirs.Products.All(own.Products.Contains) =>
                $"the product map `{theirs.Id}` on record has products that this one has not, and one map counts for every sender",
            _ => null,
        };

    static bool IsSame(CollectionPointVersion own, CollectionPointVersion theirs) =>
        own.Id != theirs.Id
            ? own.Until <= theirs.From || theirs.Until <= own.From
            : EntryJson.Write(own).AsSpan().SequenceEqual(EntryJson.Write(theirs));
}
