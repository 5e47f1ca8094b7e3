using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Facts of each occasion on which the details were obtained: what the source says, and what the version of the form then in force showed.
/// </summary>
sealed class CollectionFacts(ControllerRecord controller, Campaign campaign)
{
    static readonly Shown NothingKnown = new();

    readonly ProductMap? map = controller.MapOn(campaign.Day);

    public ImmutableArray<FactSheet> Of(History history)
    {
        if (history.Collected.Length == 0)
            return [];
        var touches = Array.ConvertAll(Array.FindAll(history.Sent, sent => OfferedRefusal(sent.Template)), sent => sent.Entry.When.Day);
        var ended = history.Of<ContractEnded>();
        var sheets = new FactSheet[history.Collected.Length];
        for (var i = 0; i < sheets.Length; i++)
            sheets[i] = Sheet(history.Collected[i], i == 0, touches, ended);
        return RecordOrder.NewestFirst(sheets, Collection.Day);
    }

    static bool OfferedRefusal(TemplateVersion? template) => template is { RefusalOffered: true, RefusalSimple: true, RefusalFree: true };

    FactSheet Sheet(Collected collected, bool isFirst, DateOnly[] touches, ContractEnded[] ended)
    {
        var (collection, shown) = (collected.Entry, collected.Shown ?? NothingKnown);
        (NameSet? Families, NameSet? Ranges) products =
            collection.Products.IsEmpty || map is null ? (null, null) : map.Of(collection.Products);
        var contractEnded = ended.Length == 0 ? null : Array.FindLast(ended, end => end.CollectionId == collection.Id);
        var (lastTouch, gap) = Touched(collection.When.Day, touches);
        return new FactSheet(Scope.Collection, collection.Id)
            .With(Collection.Day, collection.When.Day)
            .With(Collection.ObtainedBy, collection.ObtainedBy)
            .With(Collection.From, collection.From)
            .With(Collection.Context, collection.Context)
            .With(Collection.Audience, collection.Audience ?? Audience(collection.Context))
            // The first collection is the one that counts; whether a later one is a first for its details needs evidence that they were
            // typed anew.
            .With(Collection.Details, isFirst || shown.DetailsGivenAnew == true ? "given-anew" : null)
            .With(Collection.RefusalOffered, shown.RefusalOffered)
            .With(Collection.RefusalSimple, shown.RefusalSimple)
            .With(Collection.RefusalFree, shown.RefusalFree)
            .With(Collection.Refused, collection.Refused ?? (shown.RefusalOffered == false ? false : null))
            .With(
                Collection.ConsentAskedNotGiven,
                shown.ConsentAsked switch
                {
                    false => false,
                    true when collection.ConsentTicked is { } ticked => !ticked,
                    _ => null,
                }
            )
            .With(Collection.Families, products.Families)
            .With(Collection.Ranges, products.Ranges)
            .With(Collection.PurposesWereCharitable, collection.PurposesWereCharitable)
            .With(Collection.NoticeNamedMarketing, shown.NoticeNamedMarketing)
            .With(Collection.NoticeNamedInterest, shown.NoticeNamedInterest)
            .With(Collection.Lawful, shown.Lawful)
            .With(Collection.RelationshipContinues, contractEnded is null ? null : false)
            .With(Collection.ContractEnded, contractEnded?.When.Day)
            .With(Collection.LastTouch, lastTouch)
            .With(Collection.GapBegan, gap.From)
            .With(Collection.GapEnded, gap.To);
    }

    /// <summary>
    /// The last message that offered refusal since a day, or that day; and the longest time without one until the day of sending, of
    /// several the latest.
    /// </summary>
    (DateOnly Last, (DateOnly From, DateOnly To) Gap) Touched(DateOnly since, DateOnly[] touches)
    {
        var (last, gap) = (since, (From: since, To: since));
        foreach (var day in touches)
        {
            if (day < since)
                continue;
            gap = Longer(gap, (last, day));
            last = day;
        }
        return (last, Longer(gap, (last, campaign.Day)));
    }

    static (DateOnly From, DateOnly To) Longer((DateOnly From, DateOnly To) earlier, (DateOnly From, DateOnly To) later) =>
        later.To.DayNumber - later.From.DayNumber >= earlier.To.DayNumber - earlier.From.DayNumber ? later : earlier;

    /// <summary>What the person became to the controller by an event of this kind.</summary>
    static string? Audience(string? context) =>
        context switch
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
