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
        var touches = new Touches(Array.ConvertAll(history.Sent.Only(KeepsAlive), static sent => sent.Entry.When.Day), campaign.Day);
        var ended = new EndedContracts(history.Of<ContractEnded>());
        var isInVain = AskedInVain.Stands(history, campaign, controller.Names);
        var sheets = new FactSheet[history.Collected.Length];
        for (var i = 0; i < sheets.Length; i++)
            sheets[i] = Sheet(history.Collected[i], history, isInVain, touches, ended);
        return RecordOrder.NewestFirst(sheets, Collection.Day);
    }

    /// <summary>
    /// Only the sender's own electronic mail that offered refusal: not a letter, a call or an advert, not a message that nobody could
    /// refuse, and not one that may be somebody else's.
    /// </summary>
    static bool KeepsAlive(Sent sent) =>
        sent.IsSurelyOurs && Words.ElectronicMail.Contains(sent.Entry.Channel) && sent.Template?.OffersRefusal() == true;

    FactSheet Sheet(in Collected collected, History history, bool isInVain, Touches touches, EndedContracts ended)
    {
        var (collection, first) = (collected.Entry, history.First);
        var context = history.Cancellations.ContextOf(collection);
        var isFirst = first.Holds(collected);
        var own = collected.Shown ?? NothingKnown;
        // What belongs to the first occasion was given where its first act was: what that showed counts, whatever a later form showed.
        var shown = isFirst ? first.Shown : own;
        var products = collection.Products.IsEmpty ? null : map?.Of(collection);
        var contractEnded = ended.EndOf(collection);
        var (lastTouch, gap) = touches.Since(collection.When.Day);
        return new FactSheet(Scope.Collection, collection.Id)
        {
            LacksOnlyAnAnswer = collected.ListsBoxes && collected.Boxes.Any(answer => answer.IsTicked is null),
        }
            .With(Collection.Day, collection.When.Day)
            .With(Collection.ObtainedBy, collection.ObtainedBy)
            .With(Collection.From, collection.From)
            .With(Collection.Context, context)
            .With(Collection.Audience, Audience(collection, context))
            .With(Collection.Details, Details(collected.Shown, first, isFirst))
            .With(Collection.RefusalOffered, shown.RefusalOffered)
            .With(Collection.RefusalSimple, shown.RefusalSimple)
            .With(Collection.RefusalFree, shown.RefusalFree)
            .With(Collection.Refused, isFirst ? first.Refused(collected) : collected.Refused)
            .With(Collection.ConsentAskedNotGiven, isInVain ? true : AskedInVain.At(collected, campaign, controller.Names))
            .With(Collection.Families, products?.Families)
            .With(Collection.Ranges, products?.Ranges)
            .With(Collection.PurposesWereCharitable, collection.PurposesWereCharitable)
            .With(Collection.NoticeNamedMarketing, shown.NoticeNamedMarketing)
            .With(Collection.ToldNoMarketing, shown.ToldNoMarketing)
            .With(Collection.BasisClaimed, shown.BasisClaimed)
            .With(Collection.NoticeNamedInterest, shown.NoticeNamedInterest)
            .With(Collection.Lawful, shown.Lawful)
            .With(Collection.RelationshipContinues, contractEnded is null ? null : false)
            .With(Collection.ContractEnded, contractEnded?.When.Day)
            .With(Collection.LastTouch, lastTouch)
            .With(Collection.GapBegan, gap.From)
            .With(Collection.GapEnded, gap.To)
            .With(Calling.ContractRunning, contractEnded is null ? collection.ContractRunning : false);
    }

    /// <summary>
    /// The first collection is the one at which the details were given. A later one is, if they were typed anew; otherwise it can only say
    /// where they were first given: with a refusal that was not used, or as far as is on record not.
    /// </summary>
    static string? Details(Shown? shown, FirstCollection first, bool isFirst)
    {
        if (shown?.DetailsGivenAnew == false)
            return first.OfferedARefusalThatWasNotUsed && !isFirst ? FirstGivenWithRefusal : "already-held";
        return shown?.DetailsGivenAnew == true || (isFirst && first.IsShown) ? "given-anew"
            : !isFirst && first.OfferedARefusalThatWasNotUsed ? FirstGivenWithRefusal
            : null;
    }

    const string FirstGivenWithRefusal = "first-given-with-refusal-offered";

    /// <summary>
    /// What the person became to this sender: nothing in particular by an event with somebody else, or through a third party. What the
    /// source says beside it counts where the event does not say it; where the two disagree, nothing is shown.
    /// </summary>
    string? Audience(DetailsCollected collection, string? context)
    {
        if (collection.ObtainedBy is not { } obtainer)
            return null;
        if (obtainer != campaign.Sender)
            return Others;
        var byEvent = AudienceBy(context);
        return (collection.From, collection.Audience) switch
        {
            ("recipient", null) => byEvent,
            (null, null) => null,
            (_, null) => Others,
            ("recipient" or null, var stated) => byEvent is null or Others || stated == byEvent ? stated : null,
            // Whom a list or a third party named became no customer by that; that it is a contact at a business, it may well say.
            (_, var stated) => stated is Others or "business-contacts" ? stated : null,
        };
    }

    const string Others = "others";

    static string? AudienceBy(string? context) =>
        context switch
        {
            "sale" or "service" or "account-with-paid-tier" => "customers",
            // An order that came to nothing was negotiations, for both keys: whoever cancelled it became no customer by it.
            Cancellations.Context
            or "quote"
            or "buying-enquiry"
            or "trial"
            or "started-checkout"
            or "abandoned-basket"
            or "declined-application"
            or "dropped-application" => "prospects",
            "donation" or "volunteering" or "expressed-interest" => "supporters",
            "membership" => "members",
            "newsletter" => "subscribers",
            null => null,
            _ => Others,
        };
}
