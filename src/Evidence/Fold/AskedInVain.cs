using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Consent that was asked for and not given: an opt-in box seen and left, or a request declined. It holds in the scope that was asked about
/// and in no other, until the person's own later yes to messages like these. An answer whose act is not recorded, or a box that came
/// ticked, is neither: no consent, and not in vain.
/// </summary>
static class AskedInVain
{
    /// <summary>The word for a request that the person answered with no.</summary>
    public const string No = "declined";

    static readonly string[] Yes = ["unticked-box", "equal-yes-no", "written-statement", "verbal-recorded"];

    /// <summary>True when consent to messages like this one was asked for in vain and nothing the person said since changes that.</summary>
    public static bool Stands(History history, Campaign campaign, KnownNames known)
    {
        var since = new Moments();
        foreach (var given in history.Consents)
            if (IsYes(given, campaign))
                since.Add(given.When);
        foreach (var answer in history.Consents)
            if (
                answer.Act == No
                && campaign.IsReachedBy(answer.To, answer.Channels, answer.Topics, known)
                && !since.AnyIsSurelyAfter(answer.When)
            )
                return true;
        foreach (ref readonly var collected in history.Collected.AsSpan())
            if (
                (IsLeft(collected.Boxes, collected, campaign, known) || IsLeft(collected.Possible, collected, campaign, known))
                && !since.AnyIsSurelyAfter(collected.Entry.When)
            )
                return true;
        return false;
    }

    /// <summary>
    /// Whether an opt-in box of this occasion was left: yes, no, or null where an answer is not known. That none was, only somebody who may
    /// sign can show.
    /// </summary>
    public static bool? At(in Collected collected, Campaign campaign, KnownNames known)
    {
        if (IsLeft(collected.Possible, collected, campaign, known))
            return true;
        if (collected.Boxes.IsEmpty)
            return collected.Shown?.ConsentAsked == false || collected.ListsBoxes ? false : null;
        bool? left = collected.AreTicksVouchedFor ? false : null;
        foreach (var (box, isTicked) in collected.Boxes)
            if (box is { Kind: BoxKind.OptIn, TickedByDefault: not true } && box.IsAbout(campaign, known, collected.ListsBoxes))
                left |= !isTicked;
        return left;
    }

    static bool IsLeft(ImmutableArray<BoxAnswer> boxes, in Collected collected, Campaign campaign, KnownNames known)
    {
        foreach (var answer in boxes)
            if (
                answer is { Box: { Kind: BoxKind.OptIn, TickedByDefault: not true }, IsTicked: false }
                && answer.Box.IsAbout(campaign, known, collected.ListsBoxes)
            )
                return true;
        return false;
    }

    static bool IsYes(ConsentAnswered given, Campaign campaign) =>
        Yes.Contains(given.Act)
        // Through somebody else, unchecked, nobody knows whether it was the person who said it.
        && (given.ObtainedThrough == "sender" || given.SupplierChecked == true)
        && (given.To?.Has(campaign.Sender) ?? false)
        && (given.Channels?.Has(campaign.Channel) ?? false)
        && given.Topics is { } topics
        && (topics.IsEverything || (!campaign.Topics.IsEmpty && campaign.Topics.All(topics.Has)));
}
