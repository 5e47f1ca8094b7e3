using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// When and how the sender first came to hold the address (model §8): the earliest among collections, answers given by the person and
/// messages sent. What belongs to one occasion is one collection: what was shown by its first act counts for it, later acts add answers and
/// refusals only. Look-ups, bounces, imports, refusals and sign-ups that nobody confirmed from the address show nothing of the kind; a
/// cancellation gives no details either, but without its order it shows that the address was held before.
/// </summary>
sealed class FirstCollection
{
    static readonly Shown NothingKnown = new();

    readonly Collected[] occasion = [];
    readonly HashSet<DetailsCollected>? held;
    readonly Collected[] acts;

    /// <summary>The acts that may have been the first: one, or several of which nobody can tell which came before which.</summary>
    readonly Collected[] firstActs = [];
    readonly ConsentAnswered[] answers;
    readonly bool wasHeldBefore;

    /// <summary>Whether the person refused at one of the first acts; null where an answer is not known.</summary>
    readonly bool? refusedAtFirst = false;

    public FirstCollection(
        Collected[] collected,
        ConsentAnswered[] consents,
        MessageSent[] messages,
        ControllerRecord controller,
        Campaign campaign
    )
    {
        acts = collected.Only(GivesDetails);
        answers = consents.Only(IsATrace);
        if (Earliest() is not { } first)
            return;
        Day = first.Day;
        wasHeldBefore = WasSentBefore(messages, first) || IsCancelledWithoutItsOrder(collected, first);
        var moments = new Moments();
        foreach (ref readonly var act in acts.AsSpan())
            moments.Add(act.Entry.When);
        foreach (var answer in answers)
            moments.Add(answer.When);
        var isNear = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        for (var i = 0; i < acts.Length; i++)
            isNear[i] = acts[i].Entry.When.IsWithinADayOf(first);
        var near = new IdsOfOccasion(acts.Those(isNear));
        var isOfOccasion = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        var isFirst = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        for (var i = 0; i < acts.Length; i++)
        {
            isOfOccasion[i] = isNear[i] || near.Tie(acts[i]);
            isFirst[i] = !moments.AnyIsSurelyBefore(acts[i].Entry.When);
        }
        (occasion, firstActs) = (acts.Those(isOfOccasion), acts.Those(isFirst));
        if (occasion.Length > FewOfOccasion)
            held = new(occasion.Select(act => act.Entry), ReferenceEqualityComparer.Instance);
        foreach (ref readonly var act in firstActs.AsSpan())
            refusedAtFirst |= act.Refused;
        Shown = ShownByFirstAct(moments, controller, campaign.Day);
        OfferedARefusalThatWasNotUsed = IsOfferedAndNotUsed(campaign);
    }

    /// <summary>So many acts are looked at without room on the heap.</summary>
    const int Few = 256;

    /// <summary>So many acts of the first occasion are looked at one by one.</summary>
    const int FewOfOccasion = 16;

    /// <summary>The day of the first act; null where there is none.</summary>
    public DateOnly? Day { get; }

    /// <summary>What the first act showed: of several that may have been the first, what restricts most.</summary>
    public Shown Shown { get; } = NothingKnown;

    /// <summary>True when this occasion is the first collection, or belongs to it.</summary>
    public bool Holds(in Collected collected)
    {
        if (held is not null)
            return held.Contains(collected.Entry);
        foreach (ref readonly var each in occasion.AsSpan())
            if (ReferenceEquals(each.Entry, collected.Entry))
                return true;
        return false;
    }

    /// <summary>
    /// True when an occasion of the first collection can be the one at which the details were given: nothing shows that they were held
    /// before.
    /// </summary>
    public bool IsShown => occasion.Length > 0 && !wasHeldBefore;

    /// <summary>
    /// True when the address was first given, by the person and to this sender, where a simple and free refusal was offered and not used.
    /// </summary>
    public bool OfferedARefusalThatWasNotUsed { get; }

    bool IsOfferedAndNotUsed(Campaign campaign)
    {
        // Whoever was told that there would be no marketing had nothing to refuse.
        if (!IsShown || Shown is not { RefusalOffered: true, RefusalSimple: true, RefusalFree: true, ToldNoMarketing: not true })
            return false;
        foreach (ref readonly var act in occasion.AsSpan())
            if (
                act.Shown?.ToldNoMarketing == true
                || act.Entry.ObtainedBy != campaign.Sender
                || act.Entry.From != "recipient"
                || act.Refused != false
            )
                return false;
        return true;
    }

    /// <summary>
    /// Whether the person refused at the first act or at a later one of the same occasion; null where an answer is not known.
    /// </summary>
    public bool? Refused(in Collected collected) => collected.Refused | refusedAtFirst;

    static bool GivesDetails(Collected collected) => collected.Entry.Context != Cancellations.Context;

    /// <summary>
    /// Marketing of the same moment may have gone out before; a service message of that moment is the confirmation of that very act.
    /// </summary>
    static bool WasSentBefore(MessageSent[] messages, When first)
    {
        foreach (var sent in messages)
            if (sent.IsMarketing ? !sent.When.IsSurelyAfter(first) : first.IsSurelyAfter(sent.When))
                return true;
        return false;
    }

    static bool IsCancelledWithoutItsOrder(Collected[] collected, When first)
    {
        Cancellations.OrdersOnRecord? orders = null;
        foreach (ref readonly var each in collected.AsSpan())
            if (!GivesDetails(each) && !each.Entry.When.IsSurelyAfter(first) && !(orders ??= new(collected)).Has(each.Entry))
                return true;
        return false;
    }

    static bool IsATrace(ConsentAnswered answer) =>
        answer.Act == AskedInVain.No || answer.Confirmed is { } confirmed && confirmed.IsSurelyAfter(answer.When);

    When? Earliest()
    {
        When? first = null;
        foreach (ref readonly var act in acts.AsSpan())
            Look(act.Entry.When);
        foreach (var answer in answers)
            Look(answer.When);
        return first;

        void Look(When when) => first = first is { } found && When.Order.Compare(when, found) >= 0 ? found : when;
    }

    /// <summary>The numbers of the acts near the first.</summary>
    readonly struct IdsOfOccasion(Collected[] near)
    {
        readonly HashSet<string>? ids = near.Length > FewOfOccasion ? [.. near.Select(act => act.Entry.Id)] : null;

        /// <summary>
        /// The source gave it the same number as an act of that time: an order and its checkout. Numbers that were made up from rows tie
        /// nothing.
        /// </summary>
        public bool Tie(in Collected act)
        {
            if (act.Entry.Id.StartsWith("row ", StringComparison.Ordinal))
                return false;
            if (ids is not null)
                return ids.Contains(act.Entry.Id);
            foreach (ref readonly var other in near.AsSpan())
                if (other.Entry.Id == act.Entry.Id)
                    return true;
            return false;
        }
    }

    Shown ShownByFirstAct(in Moments moments, ControllerRecord controller, DateOnly asked)
    {
        Shown? shown = null;
        foreach (var act in firstActs)
            shown = Also(act.Shown);
        HashSet<When>? ofActs = null;
        foreach (var answer in answers)
            if (
                !moments.AnyIsSurelyBefore(answer.When)
                && !(answer.Point is null && (ofActs ??= [.. acts.Select(act => act.Entry.When)]).Contains(answer.When))
            )
                shown = Also(controller.PointAt(answer.Point, answer.When, asked)?.Shown);
        return shown ?? NothingKnown;

        Shown Also(Shown? other) => shown?.AsStrictAs(other ?? NothingKnown) ?? other ?? NothingKnown;
    }
}
