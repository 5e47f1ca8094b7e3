using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// Facts of each request to stop. "No" when details were collected is one too. Nothing lifts a request but the person's own later
/// affirmative act on a form this
/// system served, or a confirmation from the address itself, naming sender and channel: not silence, not a new order, not an unticked
/// refusal box, not an import.
/// </summary>
static class RefusalFacts
{
    static readonly string[] AffirmativeActs = ["unticked-box", "equal-yes-no", "written-statement", "verbal-recorded"];

    /// <summary>Every request on record, those made at a collection among them, without those taken back on the spot.</summary>
    public static IReadOnlyList<RefusalMade> Requests(IReadOnlyList<ContactEntry> known)
    {
        var retracted = known.Of<RefusalRetracted>();
        return
        [
            .. Array.FindAll(known.Of<RefusalMade>(), refusal => !Array.Exists(retracted, taken => taken.RefusalId == refusal.Id)),
            .. Array.ConvertAll(Array.FindAll(known.Of<DetailsCollected>(), collection => collection.Refused == true), AtCollection),
            .. Array.ConvertAll(Array.FindAll(known.Of<ConsentAnswered>(), consent => consent.Withdrawn is not null), Withdrawal),
        ];
    }

    /// <summary>The requests as fact sheets.</summary>
    public static ImmutableArray<FactSheet> Of(IReadOnlyList<RefusalMade> requests, ConsentAnswered[] consents) =>
        requests.Count == 0
            ? []
            : RecordOrder.NewestFirst(
                [
                    .. requests.Select(refusal =>
                        new FactSheet(Scope.Refusal, refusal.Id)
                            .With(Refusal.Day, refusal.When.Day)
                            .With(Refusal.Senders, refusal.Senders ?? NameSet.Everything)
                            .With(Refusal.Channels, refusal.Channels ?? NameSet.Everything)
                            .With(Refusal.Topics, refusal.Topics ?? NameSet.Everything)
                            .With(Refusal.Kind, refusal.Kind)
                            .With(Refusal.MadeBy, refusal.MadeBy)
                            .With(Refusal.Lifted, IsLifted(refusal, consents))
                    ),
                ],
                Refusal.Day
            );

    /// <summary>The requests that stand: nothing on record lifts them.</summary>
    public static IReadOnlyList<RefusalMade> Standing(IReadOnlyList<ContactEntry> known)
    {
        var consents = known.Of<ConsentAnswered>();
        return [.. Requests(known).Where(refusal => !IsLifted(refusal, consents))];
    }

    static bool IsLifted(RefusalMade refusal, ConsentAnswered[] consents) => Array.Exists(consents, consent => Lifts(consent, refusal));

    static bool Lifts(ConsentAnswered consent, RefusalMade refusal) =>
        consent.ServedHere
        && consent.Withdrawn is null
        && AffirmativeActs.Contains(consent.Act)
        && consent.When.IsSurelyAfter(refusal.When)
        && Names(consent.To, refusal.Senders)
        && Names(consent.Channels, refusal.Channels)
        && Names(consent.Topics, refusal.Topics);

    /// <summary>The act names all that the request covers; a request for everything is lifted only by an act for everything.</summary>
    static bool Names(NameSet? act, NameSet? request) =>
        act is not null && act.Covers(request ?? NameSet.Everything) == Law.Truth.Satisfied;

    static RefusalMade AtCollection(DetailsCollected collection) =>
        new(collection.When, $"at {collection.Id}")
        {
            Senders = collection.ObtainedBy is { } sender ? NameSet.Of(sender) : NameSet.Everything,
            Kind = "at-collection",
            How = "form",
        };

    static RefusalMade Withdrawal(ConsentAnswered consent) =>
        new(consent.Withdrawn!.Value, $"withdrawal of {consent.Id}")
        {
            Senders = consent.To,
            Channels = consent.Channels,
            Topics = consent.Topics,
            Kind = "withdrawal",
            How = "import",
        };
}
