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
    readonly Collected[] acts;

    /// <summary>The acts that may have been the first: one, or several of which nobody can tell which came before which.</summary>
    readonly Collected[] firstActs = [];
    readonly ConsentAnswered[] answers;
    readonly bool wasHeldBefore;

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
        var isNear = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        for (var i = 0; i < acts.Length; i++)
            isNear[i] = acts[i].Entry.When.IsWithinADayOf(first);
        var isOfOccasion = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        var isFirst = acts.Length <= Few ? stackalloc bool[acts.Length] : new bool[acts.Length];
        for (var i = 0; i < acts.Length; i++)
        {
            isOfOccasion[i] = isNear[i] || IsTied(acts[i], acts, isNear);
            isFirst[i] = MayBeFirst(acts[i].Entry.When);
        }
        (occasion, firstActs) = (acts.Those(isOfOccasion), acts.Those(isFirst));
        Shown = ShownByFirstAct(controller, campaign.Day);
        OfferedARefusalThatWasNotUsed = IsOfferedAndNotUsed(campaign);
    }

    /// <summary>So many acts are looked at without room on the heap.</summary>
    const int Few = 256;

    /// <summary>The day of the first act; null where there is none.</summary>
    public DateOnly? Day { get; }

    /// <summary>What the first act showed: of several that may have been the first, what restricts most.</summary>
    public Shown Shown { get; } = NothingKnown;

    /// <summary>True when this occasion is the first collection, or belongs to it.</summary>
    public bool Holds(in Collected collected)
    {
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
    public bool? Refused(in Collected collected)
    {
        var refused = collected.Refused;
        foreach (var act in firstActs)
            refused |= act.Refused;
        return refused;
    }

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
        foreach (ref readonly var each in collected.AsSpan())
            if (!GivesDetails(each) && !each.Entry.When.IsSurelyAfter(first) && !Cancellations.HasItsOrder(each.Entry, collected))
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

    /// <summary>
    /// The source gave it the same number as an act of that time: an order and its checkout. Numbers that were made up from rows tie
    /// nothing.
    /// </summary>
    static bool IsTied(in Collected act, Collected[] acts, ReadOnlySpan<bool> isNear)
    {
        if (act.Entry.Id.StartsWith("row ", StringComparison.Ordinal))
            return false;
        for (var i = 0; i < acts.Length; i++)
            if (isNear[i] && acts[i].Entry.Id == act.Entry.Id)
                return true;
        return false;
    }

    Shown ShownByFirstAct(ControllerRecord controller, DateOnly asked)
    {
        Shown? shown = null;
        foreach (var act in firstActs)
            shown = Also(act.Shown);
        foreach (var answer in answers)
            if (MayBeFirst(answer.When) && !Array.Exists(acts, act => act.Entry.When == answer.When && answer.Point is null))
                shown = Also(controller.PointAt(answer.Point, answer.When, asked)?.Shown);
        return shown ?? NothingKnown;

        Shown Also(Shown? other) => shown?.AsStrictAs(other ?? NothingKnown) ?? other ?? NothingKnown;
    }

    bool MayBeFirst(When when)
    {
        foreach (ref readonly var act in acts.AsSpan())
            if (when.IsSurelyAfter(act.Entry.When))
                return false;
        foreach (var answer in answers)
            if (when.IsSurelyAfter(answer.When))
                return false;
        return true;
    }
}
