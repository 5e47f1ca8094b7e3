using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>An occasion on which details were obtained, with what the person was shown then; null where that is not on record.</summary>
/// <param name="Entry">What the source says.</param>
/// <param name="Shown">What the form's version in force showed, or what the source says was shown.</param>
/// <param name="Boxes">The form's boxes, with their ticks.</param>
/// <param name="ListsBoxes">The version says which boxes there were: there were no others.</param>
/// <param name="Refused">Whether the person refused such messages then; null where that is not known.</param>
/// <param name="Possible">The boxes that any version may have shown, with their ticks: for what counts against sending.</param>
readonly record struct Collected(
    DetailsCollected Entry,
    Shown? Shown,
    ImmutableArray<BoxAnswer> Boxes,
    bool ListsBoxes,
    bool? Refused,
    ImmutableArray<BoxAnswer> Possible
)
{
    /// <summary>Somebody who may sign says which boxes there were, or that consent was asked for: their ticks show what was not
    /// withheld.</summary>
    public bool AreTicksVouchedFor => ListsBoxes || Shown is { ConsentAsked: true, IsAskingUnsigned: false };

    /// <summary>Reads the occasion by the form's version in force then, as far as it is about messages like the campaign's.</summary>
    public static Collected Read(
        DetailsCollected entry,
        CollectionPointVersion? version,
        ImmutableArray<BoxAnswer> possible,
        Campaign campaign,
        KnownNames known
    )
    {
        var shown = entry.Shown is { } said && version is not null ? said.AgreedWith(version.Shown) : entry.Shown ?? version?.Shown;
        var boxes = FormAnswers.Read(entry, version, shown);
        var isVouchedFor = version is { Signature: not null };
        var (isAsked, refused) = (false, (bool?)false);
        foreach (var (box, isTicked) in boxes)
            if (box.Kind == BoxKind.OptOut && box.IsAbout(campaign, known, isVouchedFor))
                (isAsked, refused) = (true, refused | isTicked);
        foreach (var (box, isTicked) in possible)
            if (isTicked == true && box.Kind == BoxKind.OptOut && box.IsAbout(campaign, known, isVouchedFor))
                (isAsked, refused) = (true, true);
        static bool IsToRefuse(BoxAnswer answer) => answer.Box.Kind == BoxKind.OptOut;
        if (isAsked && isVouchedFor && shown is { RefusalOffered: null })
            shown = shown with { RefusalOffered = true };
        // Where boxes are listed there were no others: one that stops only something else is no refusal of such messages.
        else if (!isAsked && shown is { RefusalOffered: true, RefusalsInRegister: not true } && boxes.Any(IsToRefuse))
            shown = shown with { RefusalOffered = null };
        return new Collected(
            entry,
            shown,
            boxes,
            isVouchedFor && version?.Boxes is { IsDefaultOrEmpty: false },
            entry.Refused
                ?? (
                    isAsked && (isVouchedFor || refused == true) ? refused
                    : shown?.RefusalOffered == false ? false
                    : null
                ),
            possible
        );
    }
}

/// <summary>
/// A marketing message that went out and is the campaign's sender's, or may be: nobody knows whose.
/// </summary>
/// <param name="Entry">What is on record.</param>
/// <param name="Template">The version of its template then in force; null where there is none.</param>
/// <param name="IsSurelyOurs">It is that sender's: only then does it speak for sending.</param>
readonly record struct Sent(MessageSent Entry, TemplateVersion? Template, bool IsSurelyOurs);

/// <summary>
/// What is on record about one person as far as it counts for a campaign, oldest first, and what several facts ask of it.
/// </summary>
sealed class History
{
    readonly ContactEntry[] known;
    readonly Campaign campaign;
    readonly KnownNames names;

    public History(IReadOnlyList<ContactEntry> entries, Campaign campaign, ControllerRecord controller)
    {
        (this.campaign, names) = (campaign, controller.Names);
        known = Known(entries);
        known = known.Only(static entry => !IsOnlyTicks(entry));
        Stated = Of<DetailsStated>();
        var boxes = new List<ContactEntry>();
        // Whoever ever asked to stop is not told by silence what they said at a form.
        var hasAsked = IsAny(entries, static entry => entry is RefusalMade);
        var occasions = Of<DetailsCollected>();
        Cancellations = Fold.Cancellations.In(occasions);
        Collected = occasions.Length == 0 ? [] : new Collected[occasions.Length];
        for (var i = 0; i < occasions.Length; i++)
        {
            var read = Read(occasions[i], campaign, controller, boxes);
            Collected[i] = hasAsked ? read : WithSilence(read, controller);
        }
        var answered = Of<ConsentAnswered>();
        for (var i = 0; i < answered.Length; i++)
            answered[i] = FormAnswers.AsSigned(answered[i], controller.PointAt(answered[i].Point, answered[i].When, campaign.Day));
        Consents =
            boxes.Count == 0
                ? [.. answered]
                : [.. answered.Concat(boxes.OfType<ConsentAnswered>()).OrderBy(answer => answer.When, When.Order)];
        for (var i = 0; i < Consents.Length; i++)
            Consents[i] = CampaignTopics.Spelt(Consents[i], campaign.Sender, names);
        // Whatever their day: a request to stop is never too late, and it may stand in a record that itself is not looked at.
        if (known.Length < entries.Count)
            foreach (var later in entries.OfType<DetailsCollected>())
                if (IsOnlyTicks(later))
                    boxes.AddRange(TickedBoxes.Stops(later, controller).Requests);
                else if (!IsKnownOn(later, campaign.Day))
                    Read(later, campaign, controller, boxes);
        var ticked = boxes.Count == 0 ? [] : boxes.OfType<RefusalMade>().ToList();
        Requests = RefusalFacts.Requests(ticked.Count == 0 ? entries : [.. entries, .. ticked], controller.Names);
        NotUnderstood = IsAny(entries, TickedBoxes.AreIn) ? Unexplained(entries, controller) : [];
        // Whose message it was is understood as in a request to stop; of one that nobody knows it may be this sender's.
        var messages = Of<MessageSent>() is { Length: > 0 } sent ? sent.Only(MayBeOurs) : [];
        var marketing = messages.Only(static sent => sent.IsMarketing);
        Sent = marketing.Length == 0 ? [] : new Sent[marketing.Length];
        for (var i = 0; i < Sent.Length; i++)
            Sent[i] = new(marketing[i], controller.Vouching(marketing[i], campaign), names.IsSurely(marketing[i].Sender, campaign.Sender));
        Intended = StillIntended(Of<SendIntended>(), messages, campaign);
        First = new FirstCollection(Collected, answered, messages, controller, campaign);
    }

    bool MayBeOurs(MessageSent sent) => names.MayBe(sent.Sender, campaign.Sender);

    static (DetailsCollected, string)[] Unexplained(IReadOnlyList<ContactEntry> entries, ControllerRecord controller) =>
        [.. from entry in entries.OfType<DetailsCollected>() from id in TickedBoxes.NotUnderstood(entry, controller) select (entry, id)];

    static Collected Read(DetailsCollected entry, Campaign campaign, ControllerRecord controller, List<ContactEntry> boxes)
    {
        var version = controller.PointAt(entry.Point, entry.When, campaign.Day);
        var collected = Fold.Collected.Read(entry, version, TickedBoxes.Possible(entry, controller), campaign, controller.Names);
        // A form that nobody signed shows no consent; a tick on it that asks to stop is heard all the same.
        if (version is not { Signature: null } && !collected.Boxes.IsEmpty)
            boxes.AddRange(FormAnswers.Consents(entry, version, collected.Boxes));
        if (TickedBoxes.AreIn(entry))
            boxes.AddRange(TickedBoxes.Stops(entry, controller).Requests);
        return collected;
    }

    /// <summary>
    /// The occasion where a no is kept in the register: one that is vouched for from that day on shows that there was none.
    /// </summary>
    Collected WithSilence(Collected read, ControllerRecord controller) =>
        read.Refused is null
        && controller.PointAt(read.Entry.Point, read.Entry.When, campaign.Day)
            is { Signature: not null, Shown: { RefusalsInRegister: true, RefusalOffered: true } }
        && controller
            .Statement(campaign.Sender, StatementKind.RefusalsComplete, campaign.Day, campaign.Channel)
            .VouchesFrom(read.Entry.When.Day)
            ? read with
            {
                Refused = false,
            }
            : read;

    public DetailsStated[] Stated { get; }

    public Collected[] Collected { get; }

    /// <summary>Those of them that are cancellations.</summary>
    public Cancellations.Cancelling Cancellations { get; }

    /// <summary>Every answer to a request for consent, those among them that ticks in boxes are.</summary>
    public ConsentAnswered[] Consents { get; }

    /// <summary>What is on record of their age.</summary>
    public KnownAges Ages => field ??= new(this);

    /// <summary>When and how the address came to be held.</summary>
    public FirstCollection First { get; }

    /// <summary>Every request to stop, as <see cref="RefusalFacts.Requests"/> gives them.</summary>
    public IReadOnlyList<RefusalMade> Requests { get; }

    /// <summary>Boxes that were ticked and that no signed form explains, whatever their day: each may be a request to stop.</summary>
    public (DetailsCollected Entry, string Box)[] NotUnderstood { get; }

    public Sent[] Sent { get; }

    /// <summary>Marketing messages of the sender that are about to go, or of which nobody knows whether they went.</summary>
    public SendIntended[] Intended { get; }

    /// <summary>
    /// The day of the first trace of the person: of a collection, of an answer of theirs, of a message of the sender's. Before it nobody
    /// could have asked to stop. Look-ups, bounces, what a list says of somebody, and requests themselves are none; null where there is no
    /// trace.
    /// </summary>
    public DateOnly? FirstTrace
    {
        get
        {
            DateOnly? first = null;
            foreach (var entry in known)
            {
                var isATrace =
                    entry is DetailsCollected or ConsentAnswered
                    || (entry is MessageSent message && names.MayBe(message.Sender, campaign.Sender));
                if (isATrace && (first is not { } found || entry.When.Day < found))
                    first = entry.When.Day;
            }
            return first;
        }
    }

    /// <summary>The entries of one kind; of most kinds there are none.</summary>
    public T[] Of<T>()
        where T : ContactEntry => SomeEntries.Of<T>(known);

    SendIntended[] StillIntended(SendIntended[] intents, MessageSent[] sent, Campaign campaign)
    {
        if (intents.Length == 0)
            return [];
        var over = sent.Select(message => message.Id).Concat(Of<SendAbandoned>().Select(abandoned => abandoned.IntentId)).ToHashSet();
        return intents.Only(intent => intent.Sender == campaign.Sender && !over.Contains(intent.Id));
    }

    ContactEntry[] Known(IReadOnlyList<ContactEntry> entries)
    {
        ContactEntry[] all = [.. entries];
        foreach (var entry in all)
            if (!IsKnownOn(entry, campaign.Day))
            {
                all = all.Only(each => IsKnownOn(each, campaign.Day));
                break;
            }
        return When.InOrder(all, static entry => entry.When);
    }

    static bool IsAny(IReadOnlyList<ContactEntry> entries, Predicate<ContactEntry> holds)
    {
        for (var i = 0; i < entries.Count; i++)
            if (holds(entries[i]))
                return true;
        return false;
    }

    static bool IsKnownOn(ContactEntry entry, DateOnly day) => entry.When.Day <= day;

    /// <summary>Ticks that were kept of a row or carried from another address: no occasion on which this address was given.</summary>
    static bool IsOnlyTicks(ContactEntry entry) => entry is DetailsCollected collected && TickedBoxes.IsOnlyTicks(collected);
}
