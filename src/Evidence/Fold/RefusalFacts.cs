using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Facts of each request to stop. "No" when details were collected is one too, and so is a consent's withdrawal. A request bars what it
/// reaches minus what later acts of the person, on a form this system served or confirmed from the address itself, name: not silence, not a
/// new order, not an unticked refusal box, not an import.
/// </summary>
static class RefusalFacts
{
    static readonly string[] AffirmativeActs = ["unticked-box", "equal-yes-no", "written-statement", "verbal-recorded"];

    /// <summary>
    /// Every request on record with its width settled, whatever its date and whatever record it stands in, without those taken back on the
    /// spot. One about a topic that is on record no longer, nor as a retired one, is about every topic: nobody can tell what its messages
    /// are called now.
    /// </summary>
    public static IReadOnlyList<RefusalMade> Requests(IReadOnlyList<ContactEntry> entries, KnownNames known)
    {
        var requests = AsSettled(entries, known);
        List<RefusalMade>? wider = null;
        for (var i = 0; i < requests.Count; i++)
            if (requests[i] is var request && IsOfALostTopic(request, entries, known))
                (wider ??= [.. requests])[i] = request with { Topics = NameSet.Everything };
        return wider ?? requests;
    }

    /// <summary>An act of the person that freed all the request's messages about the topic leaves nothing of it to widen.</summary>
    static bool IsOfALostTopic(RefusalMade request, IReadOnlyList<ContactEntry> entries, KnownNames known)
    {
        if (request.Topics is not { IsEverything: false } topics)
            return false;
        foreach (var topic in topics.Names)
            if (
                !known.HasTopic(topic, request.Senders!)
                && request with { Topics = NameSet.Of(topic) } is var about
                && !Array.Exists(entries.Of<ConsentAnswered>(), act => IsAct(act, about) && NamesAll(act, about))
            )
                return true;
        return false;
    }

    /// <summary>The same as they were settled, for copies: what is on record is copied, and read again at the other address.</summary>
    public static IReadOnlyList<RefusalMade> AsSettled(IReadOnlyList<ContactEntry> entries, KnownNames known)
    {
        List<RefusalMade>? requests = null;
        HashSet<string>? retracted = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var request = entries[i] switch
            {
                RefusalMade refusal when !IsRetracted(refusal, retracted ??= Retracted(entries)) => RequestWidth.Settled(refusal, known),
                DetailsCollected { Refused: true } collected => AtCollection(collected, known),
                ConsentAnswered { Withdrawn: not null } consent => Withdrawal(consent, known),
                _ => null,
            };
            if (request is not null)
                (requests ??= []).Add(request);
        }
        return requests ?? (IReadOnlyList<RefusalMade>)[];
    }

    /// <summary>
    /// The requests as fact sheets for one campaign. One for fewer messages is none while fewer have gone out in 30 days; where nobody can
    /// count them, whether it stands is not known.
    /// </summary>
    public static ImmutableArray<FactSheet> Of(History history, Campaign campaign, Func<History, int?> count)
    {
        if (history.Requests.Count == 0)
            return [];
        var sheets = new List<FactSheet>(history.Requests.Count);
        var acts = new FreeingActs(history.Consents, campaign);
        foreach (var refusal in history.Requests)
        {
            bool? isLifted = acts.Free(refusal);
            if (refusal.AtMostIn30Days is { } most && isLifted == false)
            {
                var sent = count(history);
                if (sent < most)
                    continue;
                isLifted = sent is null ? null : false;
            }
            sheets.Add(Sheet(refusal, isLifted));
        }
        return RecordOrder.NewestFirst([.. sheets], Refusal.Day);
    }

    /// <summary>One request as a fact sheet.</summary>
    public static FactSheet Sheet(RefusalMade refusal, bool? isLifted) =>
        new FactSheet(Scope.Refusal, refusal.Id)
            .With(Refusal.Day, refusal.When.Day)
            .With(Refusal.Senders, refusal.Senders)
            .With(Refusal.Channels, refusal.Channels)
            .With(Refusal.Topics, refusal.Topics)
            .With(Refusal.Kind, refusal.Kind)
            .With(Refusal.MadeBy, refusal.MadeBy)
            .With(Refusal.Lifted, isLifted);

    /// <summary>
    /// The request that may have been made before the register begins: what the register does not vouch for is neither none nor one. None
    /// where the register reaches back to the first trace of the person, or to a later act of theirs that frees the campaign of whatever
    /// came before.
    /// </summary>
    public static FactSheet? BeforeTheRegister(StatementSigned? complete, History history, Campaign campaign)
    {
        if (
            complete is not { Answer: true }
            || complete.SpeaksFrom() is not { } since
            || history.FirstTrace is not { } first
            || since <= first
        )
            return null;
        if (new FreeingActs(history.Consents, campaign).Free(OfEverything(When.Of(since.AddDays(-1)))))
            return null;
        var id = string.Create(CultureInfo.InvariantCulture, $"before {since:d MMM yyyy}, when the register of refusals begins");
        return new FactSheet(Scope.Refusal, id).With(Refusal.Lifted, false);
    }

    /// <summary>
    /// Boxes that were ticked and that no signed form explains: each may be a request to stop everything, so nothing shows that there is
    /// none, until a form is signed or a later act of the person frees the campaign.
    /// </summary>
    public static IEnumerable<FactSheet> NotUnderstood(History history, Campaign campaign)
    {
        var acts = new FreeingActs(history.Consents, campaign);
        return history
            .NotUnderstood.Where(tick => !acts.Free(OfEverything(tick.Entry.When)))
            .Select(tick =>
                new FactSheet(Scope.Refusal, $"box `{tick.Box}` ticked at {tick.Entry.Id}, which no signed form explains").With(
                    Refusal.Lifted,
                    false
                )
            );
    }

    static RefusalMade OfEverything(When when) =>
        new(when, "")
        {
            Senders = NameSet.Everything,
            Channels = NameSet.Everything,
            Topics = NameSet.Everything,
        };

    /// <summary>
    /// True when a request, its width settled, reaches a campaign: any topic of it is enough, and a message without topics is reached by
    /// every request.
    /// </summary>
    public static bool Reaches(RefusalMade request, Campaign campaign) =>
        FormAnswers.Reaches(campaign, request.Senders!, request.Channels!, request.Topics!);

    /// <summary>
    /// The requests of which something stands: no one act on record names all that they reach. What several acts free together is for a
    /// campaign to ask (<see cref="FreeingActs"/>); here the wider reading is the safe one.
    /// </summary>
    public static IReadOnlyList<RefusalMade> Standing(IReadOnlyList<ContactEntry> entries, KnownNames known)
    {
        var consents = entries.Of<ConsentAnswered>();
        return
        [
            .. Requests(entries, known).Where(refusal => !Array.Exists(consents, act => IsAct(act, refusal) && NamesAll(act, refusal))),
        ];
    }

    /// <summary>
    /// The later acts of the person that free something of what a request reaches, the earliest first: whether or not they leave anything
    /// of it.
    /// </summary>
    public static IReadOnlyList<ConsentAnswered> Freeing(RefusalMade refusal, IReadOnlyList<ContactEntry> entries) =>
        [
            .. entries
                .Of<ConsentAnswered>()
                .Where(act =>
                    IsAct(act, refusal)
                    && Meets(act.To, refusal.Senders)
                    && Meets(act.Channels, refusal.Channels)
                    && Meets(act.Topics, refusal.Topics)
                )
                .OrderBy(act => act.When, When.Order),
        ];

    /// <summary>
    /// Every message, by sender, channel and topic as far as names are known, that some request on record stops: what a file would newly
    /// stop is the difference between before and after.
    /// </summary>
    public static HashSet<Campaign> Stopped(IReadOnlyList<ContactEntry> entries, KnownNames known)
    {
        var requests = Requests(entries, known);
        if (requests.Count == 0)
            return [];
        var consents = entries.Of<ConsentAnswered>();
        return [.. known.Messages().Where(IsStopped)];

        bool IsStopped(Campaign message)
        {
            FreeingActs? acts = null;
            foreach (var request in requests)
                if (Reaches(request, message) && !(acts ??= new(consents, message)).Free(request))
                    return true;
            return false;
        }
    }

    /// <summary>
    /// When a request was made. One whose source gives no time is later than everything before it was first on record; one in a file, than
    /// everything.
    /// </summary>
    public static When MadeAt(RefusalMade request) =>
        request.When.Day > DateOnly.MinValue ? request.When
        : request.FirstSeen is { } seen ? When.Of(seen)
        : When.Of(DateOnly.MaxValue);

    static bool IsAct(ConsentAnswered consent, RefusalMade refusal) => IsAct(consent) && consent.When.IsSurelyAfter(MadeAt(refusal));

    /// <summary>An act of the person, whenever it was, that frees what was asked to stop before it.</summary>
    internal static bool IsAct(ConsentAnswered consent) =>
        consent.ServedHere && consent.Withdrawn is null && AffirmativeActs.Contains(consent.Act);

    static bool NamesAll(ConsentAnswered act, RefusalMade refusal) =>
        Names(act.To, refusal.Senders!) && Names(act.Channels, refusal.Channels!) && Names(act.Topics, refusal.Topics!);

    static bool Meets(NameSet? act, NameSet? request) => act is not null && act.Overlaps(request);

    static bool Names(NameSet? act, NameSet request) => act is not null && act.Covers(request) == Law.Truth.Satisfied;

    /// <summary>
    /// Only a request made through a link can be taken back on its page; another that happens to bear the same id stands.
    /// </summary>
    static bool IsRetracted(RefusalMade refusal, HashSet<string> retracted) => refusal.How == "link" && retracted.Contains(refusal.Id);

    static HashSet<string> Retracted(IReadOnlyList<ContactEntry> entries) =>
        new(entries.Of<RefusalRetracted>().Select(taken => taken.RefusalId), StringComparer.Ordinal);

    static RefusalMade AtCollection(DetailsCollected collected, KnownNames known) =>
        Derived(collected, ((DetailsCollected)RequestWidth.Settled(collected, known)).Stops!, collected.When, $"at {collected.Id}") with
        {
            Kind = "at-collection",
            How = "form",
        };

    static RefusalMade Withdrawal(ConsentAnswered consent, KnownNames known) =>
        Derived(
            consent,
            ((ConsentAnswered)RequestWidth.Settled(consent, known)).Stops!,
            consent.Withdrawn!.Value,
            $"withdrawal of {consent.Id}"
        ) with
        {
            Kind = "withdrawal",
            How = "import",
        };

    static RefusalMade Derived(ContactEntry from, RequestScope stops, When when, string id) =>
        new(when, id)
        {
            Senders = stops.Senders ?? NameSet.Everything,
            Channels = stops.Channels ?? NameSet.Everything,
            Topics = stops.Topics ?? NameSet.Everything,
            Given = RequestWidth.GivenIn(from),
            FirstSeen = from.FirstSeen,
            FromFile = from.FromFile,
        };
}
