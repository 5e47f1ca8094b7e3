using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>A box that was shown, and whether it was ticked; null is not known.</summary>
readonly record struct BoxAnswer(Box Box, bool? IsTicked);

/// <summary>What a person was shown and what they made of its boxes, read by the form's version in force then.</summary>
static class FormAnswers
{
    /// <summary>
    /// The boxes of the form with the ticks of this occasion; empty where nobody listed any and no consent was asked for.
    /// </summary>
    public static ImmutableArray<BoxAnswer> Read(DetailsCollected collection, CollectionPointVersion? version, Shown? shown)
    {
        if (version?.Boxes is not { IsDefaultOrEmpty: false } boxes)
            return shown?.ConsentAsked == true ? [new BoxAnswer(Unlisted(collection, version), collection.ConsentTicked)] : [];
        return [.. boxes.Select(box => new BoxAnswer(box with { Senders = box.Senders ?? Obtainer(collection) }, Tick(box)))];

        bool? Tick(Box box) =>
            collection.Boxes is { } ticks && ticks.TryGetValue(box.Id, out var ticked) ? ticked
            : boxes.Length == 1 || (box.Kind == BoxKind.OptIn && boxes.Count(other => other.Kind == BoxKind.OptIn) == 1)
                ? collection.ConsentTicked
            : null;
    }

    /// <summary>
    /// A form of which it is only known that it asked for consent: one opt-in box of its sender for every channel. Whether it came ticked
    /// is not known.
    /// </summary>
    static Box Unlisted(DetailsCollected collection, CollectionPointVersion? version) =>
        new("consent", BoxKind.OptIn)
        {
            Senders = Obtainer(collection),
            Channels = NameSet.Everything,
            Wording = version?.Wording ?? "",
        };

    static NameSet? Obtainer(DetailsCollected collection) => collection.ObtainedBy is { } sender ? NameSet.Of(sender) : null;

    /// <summary>
    /// The consents that ticks in opt-in boxes are: of that day, to those words. Only a box that did not come ticked shows an act of the
    /// person.
    /// </summary>
    public static IEnumerable<ConsentAnswered> Consents(
        DetailsCollected collection,
        CollectionPointVersion? version,
        ImmutableArray<BoxAnswer> boxes
    ) =>
        from answer in boxes
        where answer is { Box: { Kind: BoxKind.OptIn, TickedByDefault: not true }, IsTicked: true }
        select new ConsentAnswered(collection.When, $"{collection.Id}/{answer.Box.Id}")
        {
            To = answer.Box.Senders,
            Channels = answer.Box.Channels,
            Topics = answer.Box.Topics,
            Act = answer.Box.TickedByDefault == false ? "unticked-box" : null,
            ConditionOfService = answer.Box.ConditionOfService,
            Informed = answer.Box.Informed,
            SeparateRequest = answer.Box.SeparateRequest,
            ToldOfWithdrawal = answer.Box.ToldOfWithdrawal,
            Wording = answer.Box.Wording.Length > 0 ? answer.Box.Wording : version?.Wording,
            Point = collection.Point,
            PurposeEnded = !answer.Box.Ongoing,
            ObtainedThrough = collection.From == "recipient" && collection.ObtainedBy is not null ? "sender" : null,
        };

    /// <summary>
    /// A sign-up of which the source holds the moment and the form, and not by what act or to what words: it is what the one opt-in box of
    /// the form's signed version says, as it is for an order with that box ticked. What the record does say stays; where it names senders,
    /// channels or topics that the box does not, nothing is shown. A form with several such boxes, or one that came ticked, says nothing.
    /// </summary>
    public static ConsentAnswered AsSigned(ConsentAnswered consent, CollectionPointVersion? version)
    {
        if (
            consent is not { SignedUp: true, Act: null }
            || version is not { Signature: not null, Boxes: { IsDefaultOrEmpty: false } boxes }
        )
            return consent;
        if (boxes.Where(one => one.Kind == BoxKind.OptIn).ToList() is not [{ TickedByDefault: false } box])
            return consent;
        return consent with
        {
            To = Agreed(consent.To, box.Senders),
            Channels = Agreed(consent.Channels, box.Channels),
            Topics = Agreed(consent.Topics, box.Topics),
            Act = "unticked-box",
            ConditionOfService = Agreed(consent.ConditionOfService, box.ConditionOfService),
            Informed = Agreed(consent.Informed, box.Informed),
            SeparateRequest = Agreed(consent.SeparateRequest, box.SeparateRequest),
            ToldOfWithdrawal = Agreed(consent.ToldOfWithdrawal, box.ToldOfWithdrawal),
            Wording =
                consent.Wording
                ?? (
                    box.Wording.Length > 0 ? box.Wording
                    : version.Wording.Length > 0 ? version.Wording
                    : null
                ),
            PurposeEnded = Agreed(consent.PurposeEnded, !box.Ongoing),
            ObtainedThrough = consent.ObtainedThrough ?? "sender",
        };
    }

    static NameSet? Agreed(NameSet? one, NameSet? other) =>
        one is null ? other
        : other is null || (one.IsEverything ? other.IsEverything : one.Names.All(other.Has)) ? one
        : null;

    /// <summary>The requests to stop that boxes are: an opt-out box ticked, or an opt-in box that came ticked and was cleared.</summary>
    public static IEnumerable<RefusalMade> Refusals(DetailsCollected collection, ImmutableArray<BoxAnswer> boxes) =>
        from answer in boxes
        where
            answer is { Box.Kind: BoxKind.OptOut, IsTicked: true }
            || answer is { Box: { Kind: BoxKind.OptIn, TickedByDefault: true }, IsTicked: false }
        select new RefusalMade(collection.When, $"{answer.Box.Id} at {collection.Id}")
        {
            Senders = answer.Box.Senders,
            Channels = answer.Box.Channels,
            Topics = answer.Box.Topics,
            Kind = "at-collection",
            How = "form",
        };

    /// <summary>
    /// What a row says beside what the form's version says: either may speak alone; where they disagree, nothing is shown.
    /// </summary>
    public static Shown AgreedWith(this Shown row, Shown version) =>
        row with
        {
            RefusalOffered = Agreed(row.RefusalOffered, version.RefusalOffered),
            RefusalSimple = Agreed(row.RefusalSimple, version.RefusalSimple),
            RefusalFree = Agreed(row.RefusalFree, version.RefusalFree),
            ConsentAsked = Agreed(row.ConsentAsked, version.ConsentAsked),
            NoticeNamedMarketing = Agreed(row.NoticeNamedMarketing, version.NoticeNamedMarketing),
            NoticeNamedInterest = Agreed(row.NoticeNamedInterest, version.NoticeNamedInterest),
            NoticeGiven = Agreed(row.NoticeGiven, version.NoticeGiven),
            RightToObjectShown = Agreed(row.RightToObjectShown, version.RightToObjectShown),
            Lawful = Agreed(row.Lawful, version.Lawful),
            DetailsGivenAnew = Agreed(row.DetailsGivenAnew, version.DetailsGivenAnew),
        };

    static bool? Agreed(bool? one, bool? other) =>
        one is null ? other
        : other is null || one == other ? one
        : null;

    /// <summary>True when the box is about messages like this one; what it leaves open it may be about.</summary>
    /// <param name="box">The box.</param>
    /// <param name="campaign">The message.</param>
    /// <param name="known">The names on record.</param>
    /// <param name="isSigned">
    /// Somebody vouches for the form. Whoever does knows whom its boxes name: a name of nobody on record is a partner's, and not this
    /// sender's.
    /// </param>
    public static bool IsAbout(this Box box, Campaign campaign, KnownNames known, bool isSigned)
    {
        var senders = box.Senders;
        if (isSigned && senders is { IsEverything: false, IsComplete: true, Names.IsEmpty: false })
        {
            senders = NameSet.Of(
                senders.Names.Where(name => name == campaign.Sender || RequestWidth.NamesAll(name) || known.Senders(name).Any())
            );
            if (senders.IsEmpty)
                return false;
        }
        return campaign.IsReachedBy(senders, box.Channels, box.Topics, known);
    }

    /// <summary>
    /// True when what a no is about reaches the message. Its names are understood as those of a request to stop are, and one that is not
    /// understood makes it wide.
    /// </summary>
    public static bool IsReachedBy(this Campaign campaign, NameSet? senders, NameSet? channels, NameSet? topics, KnownNames known) =>
        // As it is spelt it is understood, or wide: most are, and need no settling.
        Reaches(campaign, senders ?? NameSet.Everything, channels ?? NameSet.Everything, topics ?? NameSet.Everything)
        || RequestWidth.Settle(new(senders, channels, topics), known) is var settled
            && Reaches(campaign, settled.Senders!, settled.Channels!, settled.Topics!);

    /// <summary>The same of a scope whose names are settled.</summary>
    public static bool Reaches(Campaign campaign, NameSet senders, NameSet channels, NameSet topics) =>
        senders.Has(campaign.Sender) && channels.Has(campaign.Channel) && topics.Overlaps(NameSet.Of(campaign.Topics));
}
