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
    /// The boxes of the form with the ticks of this occasion; empty where nobody listed any and no consent was asked for. Boxes that nobody
    /// who may sign has listed show nothing; what ticks in them ask to stop, <see cref="TickedBoxes"/> says.
    /// </summary>
    public static ImmutableArray<BoxAnswer> Read(DetailsCollected collection, CollectionPointVersion? version, Shown? shown)
    {
        if (version is not { Signature: not null, Boxes: { IsDefaultOrEmpty: false } boxes })
            return shown?.ConsentAsked == true ? [new BoxAnswer(Unlisted(collection, version), collection.ConsentTicked)] : [];
        var only = OnlyBox(collection, version);
        var answers = ImmutableArray.CreateBuilder<BoxAnswer>(boxes.Length);
        foreach (var box in boxes)
            answers.Add(
                new(OfObtainer(box, collection), TickOf(collection, version, box) ?? (box == only ? collection.ConsentTicked : null))
            );
        return answers.MoveToImmutable();
    }

    /// <summary>
    /// The box that the one column of ticks is about: the form's only one, or of several the one that asks for consent; null where that
    /// cannot be told.
    /// </summary>
    public static Box? OnlyBox(DetailsCollected collection, CollectionPointVersion version) =>
        version.Boxes is not { IsDefaultOrEmpty: false } boxes
            ? version.Shown.ConsentAsked == true
                ? Unlisted(collection, version)
                : null
            : boxes.Length == 1
                ? boxes[0]
                : boxes.Where(box => box.Kind == BoxKind.OptIn).ToList() is [var asking]
                    ? asking
                    : null;

    /// <summary>
    /// Whether a box of the version was ticked, as the occasion says by its id: capital and small letters are one, unless the form itself
    /// tells them apart. Null where nothing is said, or both.
    /// </summary>
    public static bool? TickOf(DetailsCollected collection, CollectionPointVersion version, Box box)
    {
        if (collection.Boxes is not { IsEmpty: false } ticks)
            return null;
        if (ticks.TryGetValue(box.Id, out var ticked))
            return ticked;
        var said = ticks
            .Where(tick => IsSameId(tick.Key, box.Id) && !version.Boxes!.Value.Any(other => other.Id == tick.Key))
            .Select(tick => tick.Value)
            .Distinct()
            .ToList();
        return said is [var one] ? one : null;
    }

    /// <summary>True where two ids name one box.</summary>
    public static bool IsSameId(string one, string other) => string.Equals(one.Trim(), other.Trim(), StringComparison.OrdinalIgnoreCase);

    /// <summary>The box, about whoever obtained the details where it names no senders.</summary>
    public static Box OfObtainer(Box box, DetailsCollected collection) => box with { Senders = box.Senders ?? Obtainer(collection) };

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
            FirstSeen = collection.FirstSeen,
            FromFile = collection.FromFile,
        };

    /// <summary>
    /// What a row says beside what the form's version says: either may speak alone; where they disagree, nothing is shown. That marketing
    /// was ruled out, or the details taken on consent, stands whoever says it.
    /// </summary>
    public static Shown AgreedWith(this Shown row, Shown version) =>
        row with
        {
            RefusalOffered = Agreed(row.RefusalOffered, version.RefusalOffered),
            RefusalSimple = Agreed(row.RefusalSimple, version.RefusalSimple),
            RefusalFree = Agreed(row.RefusalFree, version.RefusalFree),
            ConsentAsked = Agreed(row.ConsentAsked, version.ConsentAsked),
            IsAskingUnsigned = IsUnsignedOrSilent(row) && IsUnsignedOrSilent(version),
            ToldNoMarketing = row.ToldNoMarketing | version.ToldNoMarketing ?? row.ToldNoMarketing ?? version.ToldNoMarketing,
            BasisClaimed = Stricter(row.BasisClaimed, version.BasisClaimed),
            NoticeNamedMarketing = Agreed(row.NoticeNamedMarketing, version.NoticeNamedMarketing),
            NoticeNamedInterest = Agreed(row.NoticeNamedInterest, version.NoticeNamedInterest),
            NoticeGiven = Agreed(row.NoticeGiven, version.NoticeGiven),
            RightToObjectShown = Agreed(row.RightToObjectShown, version.RightToObjectShown),
            Lawful = Agreed(row.Lawful, version.Lawful),
            DetailsGivenAnew = Agreed(row.DetailsGivenAnew, version.DetailsGivenAnew),
        };

    /// <summary>Of two that may have been the first, what restricts more: nobody can tell which of them counts.</summary>
    public static Shown AsStrictAs(this Shown one, Shown other) =>
        one with
        {
            RefusalOffered = one.RefusalOffered & other.RefusalOffered,
            RefusalSimple = one.RefusalSimple & other.RefusalSimple,
            RefusalFree = one.RefusalFree & other.RefusalFree,
            RefusalsInRegister = one.RefusalsInRegister & other.RefusalsInRegister,
            ConsentAsked = one.ConsentAsked | other.ConsentAsked,
            IsAskingUnsigned = IsUnsignedOrSilent(one) && IsUnsignedOrSilent(other),
            NoticeNamedMarketing = one.NoticeNamedMarketing & other.NoticeNamedMarketing,
            ToldNoMarketing = one.ToldNoMarketing | other.ToldNoMarketing,
            BasisClaimed = Stricter(one.BasisClaimed, other.BasisClaimed),
            NoticeNamedInterest = one.NoticeNamedInterest & other.NoticeNamedInterest,
            NoticeGiven = one.NoticeGiven & other.NoticeGiven,
            RightToObjectShown = one.RightToObjectShown & other.RightToObjectShown,
            Lawful = one.Lawful & other.Lawful,
            DetailsGivenAnew = one.DetailsGivenAnew & other.DetailsGivenAnew,
        };

    static bool IsUnsignedOrSilent(Shown shown) => shown.IsAskingUnsigned || shown.ConsentAsked is null;

    /// <summary>What was taken on consent stays so; of two other words that differ neither is shown.</summary>
    static string? Stricter(string? one, string? other) =>
        one == Shown.OnConsent || other == Shown.OnConsent ? Shown.OnConsent
        : one is null || one == other ? other
        : other is null ? one
        : null;

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
