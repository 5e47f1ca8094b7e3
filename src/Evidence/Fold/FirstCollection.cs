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
        DateOnly asked
    )
    {
        acts = Array.FindAll(collected, each => GivesDetails(each.Entry));
        answers = Array.FindAll(consents, IsATrace);
        if (Earliest() is not { } first)
            return;
        Day = first.Day;
        wasHeldBefore =
            Array.Exists(messages, sent => WasSentBefore(sent, first))
            || Array.Exists(
                collected,
                each =>
                    !GivesDetails(each.Entry) && !each.Entry.When.IsSurelyAfter(first) && !Cancellations.HasItsOrder(each.Entry, collected)
            );
        occasion = Array.FindAll(acts, act => act.Entry.When.IsWithinADayOf(first) || IsTied(act, first));
        firstActs = Array.FindAll(acts, act => MayBeFirst(act.Entry.When));
        Shown = ShownByFirstAct(controller, asked);
    }

    /// <summary>The day of the first act; null where there is none.</summary>
    public DateOnly? Day { get; }

    /// <summary>What the first act showed: of several that may have been the first, what restricts most.</summary>
    public Shown Shown { get; } = new();

    /// <summary>True when this occasion is the first collection, or belongs to it.</summary>
    public bool Holds(Collected collected) => Array.Exists(occasion, each => ReferenceEquals(each.Entry, collected.Entry));

    /// <summary>
    /// True when an occasion of the first collection can be the one at which the details were given: nothing shows that they were held
    /// before.
    /// </summary>
    public bool IsShown => occasion.Length > 0 && !wasHeldBefore;

    /// <summary>
    /// True when the address was first given, by the person and to this sender, where a simple and free refusal was offered and not used.
    /// </summary>
    public bool OfferedARefusalThatWasNotUsed(Campaign campaign) =>
        IsShown
        && Shown is { RefusalOffered: true, RefusalSimple: true, RefusalFree: true }
        // Whoever was told that there would be no marketing had nothing to refuse.
        && Shown.ToldNoMarketing != true
        && !Array.Exists(occasion, each => each.Shown?.ToldNoMarketing == true)
        && Array.TrueForAll(occasion, each => each.Entry.ObtainedBy == campaign.Sender && each.Entry.From == "recipient")
        && Array.TrueForAll(occasion, each => each.Refused == false);

    /// <summary>
    /// Whether the person refused at the first act or at a later one of the same occasion; null where an answer is not known.
    /// </summary>
    public bool? Refused(Collected collected)
    {
        var refused = collected.Refused;
        foreach (var act in firstActs)
            refused |= act.Refused;
        return refused;
    }

    static bool GivesDetails(DetailsCollected entry) => entry.Context != Cancellations.Context;

    /// <summary>
    /// Marketing of the same moment may have gone out before; a service message of that moment is the confirmation of that very act.
    /// </summary>
    static bool WasSentBefore(MessageSent sent, When first) =>
        sent.IsMarketing ? !sent.When.IsSurelyAfter(first) : first.IsSurelyAfter(sent.When);

    static bool IsATrace(ConsentAnswered answer) =>
        answer.Act == AskedInVain.No || answer.Confirmed is { } confirmed && confirmed.IsSurelyAfter(answer.When);

    When? Earliest()
    {
        When? first = null;
        foreach (var when in acts.Select(act => act.Entry.When).Concat(answers.Select(answer => answer.When)))
            if (first is not { } found || When.Order.Compare(when, found) < 0)
                first = when;
        return first;
    }

    /// <summary>
    /// The source gave it the same number as an act of that time: an order and its checkout. Numbers that were made up from rows tie
    /// nothing.
    /// </summary>
    bool IsTied(Collected act, When first) =>
        !act.Entry.Id.StartsWith("row ", StringComparison.Ordinal)
        && Array.Exists(acts, other => other.Entry.Id == act.Entry.Id && other.Entry.When.IsWithinADayOf(first));

    Shown ShownByFirstAct(ControllerRecord controller, DateOnly asked)
    {
        Shown? shown = null;
        foreach (var act in firstActs)
            shown = Also(act.Shown);
        foreach (var answer in answers)
            if (MayBeFirst(answer.When) && !Array.Exists(acts, act => act.Entry.When == answer.When && answer.Point is null))
                shown = Also(controller.PointAt(answer.Point, answer.When, asked)?.Shown);
        return shown ?? new Shown();

        Shown Also(Shown? other) => shown?.AsStrictAs(other ?? new Shown()) ?? other ?? new Shown();
    }

    bool MayBeFirst(When when) =>
        !Array.Exists(acts, act => when.IsSurelyAfter(act.Entry.When)) && !Array.Exists(answers, answer => when.IsSurelyAfter(answer.When));
}
