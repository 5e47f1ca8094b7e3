using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>Facts of each occasion on which the details were obtained: what the source says, and what the version of the form then in force showed.</summary>
sealed class CollectionFacts(ControllerRecord controller, Campaign campaign, ProductMap? map)
{
    public ImmutableArray<FactSheet> Of(IReadOnlyList<ContactEntry> known, IReadOnlyList<DetailsCollected> collected)
    {
        var touches = known.OfType<MessageSent>().Where(sent => sent.IsMarketing && sent.Sender == campaign.Sender && OfferedRefusal(sent)).Select(sent => sent.When.Day).ToList();
        var ended = known.OfType<ContractEnded>().ToLookup(end => end.CollectionId, StringComparer.Ordinal);
        return RecordOrder.NewestFirst(collected.Select((collection, index) => Sheet(collection, index == 0, touches, ended[collection.Id].LastOrDefault())), Collection.Day);
    }

    bool OfferedRefusal(MessageSent sent) => controller.TemplateOn(sent.Template, sent.When.Day) is { RefusalOffered: true, RefusalSimple: true, RefusalFree: true };

    FactSheet Sheet(DetailsCollected collection, bool isFirst, List<DateOnly> touches, ContractEnded? ended)
    {
        var version = controller.PointOn(collection.Point, collection.When.Day);
        var shown = collection.Shown ?? version?.Shown ?? new Shown();
        var products = collection.Products.IsEmpty || map is null ? ((NameSet?)null, (NameSet?)null) : map.Of(collection.Products);
        var chain = touches.Where(day => day >= collection.When.Day).Prepend(collection.When.Day).Order().ToList();
        var gap = chain.Append(campaign.Day).Zip(chain.Skip(1).Append(campaign.Day), (from, to) => (From: from, To: to)).MaxBy(pair => (pair.To.DayNumber - pair.From.DayNumber, pair.To));
        return new FactSheet(Scope.Collection, collection.Id)
            .With(Collection.Day, collection.When.Day).With(Collection.ObtainedBy, collection.ObtainedBy).With(Collection.From, collection.From)
            .With(Collection.Context, collection.Context).With(Collection.Audience, collection.Audience ?? Audience(collection.Context))
            // The first collection is the one that counts; whether a later one is a first for its details needs evidence that they were typed anew.
            .With(Collection.Details, isFirst || shown.DetailsGivenAnew == true ? "given-anew" : null)
            .With(Collection.RefusalOffered, shown.RefusalOffered).With(Collection.RefusalSimple, shown.RefusalSimple).With(Collection.RefusalFree, shown.RefusalFree)
            .With(Collection.Refused, collection.Refused ?? (shown.RefusalOffered == false ? false : null))
            .With(Collection.ConsentAskedNotGiven, shown.ConsentAsked switch { false => false, true when collection.ConsentTicked is { } ticked => !ticked, _ => null })
            .With(Collection.Families, products.Item1).With(Collection.Ranges, products.Item2)
            .With(Collection.PurposesWereCharitable, collection.PurposesWereCharitable)
            .With(Collection.NoticeNamedMarketing, shown.NoticeNamedMarketing).With(Collection.NoticeNamedInterest, shown.NoticeNamedInterest).With(Collection.Lawful, shown.Lawful)
            .With(Collection.RelationshipContinues, ended is null ? null : false).With(Collection.ContractEnded, ended?.When.Day)
            .With(Collection.LastTouch, chain[^1]).With(Collection.GapBegan, gap.From).With(Collection.GapEnded, gap.To);
    }

    /// <summary>What the person became to the controller by an event of this kind.</summary>
    static string? Audience(string? context) => context switch
    {
        "sale" or "cancelled-sale" or "account-with-paid-tier" => "customers",
        "quote" or "buying-enquiry" or "trial" or "started-checkout" or "abandoned-basket" => "prospects",
        "donation" or "volunteering" or "expressed-interest" => "supporters",
        "membership" => "members",
        "newsletter" => "subscribers",
        null => null,
        _ => "others",
    };
}
