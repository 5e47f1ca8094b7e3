using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>A name in a request to stop that is not understood, and that made the request as wide as it can be in its dimension.</summary>
/// <param name="Dimension"><c>sender</c>, <c>channel</c> or <c>topic</c>; <c>box</c> for a tick that may be a request.</param>
/// <param name="Name">The name as given.</param>
public sealed record NotUnderstood(string Dimension, string Name)
{
    /// <summary>What became of it, as a sentence.</summary>
    public string Says { get; init; } = $"`{Name}` is not a {Dimension} on record, so the request to stop applies to every {Dimension}";
}

/// <summary>
/// Settles what a request to stop reaches, once, when it is recorded: a name that is not understood, among known ones too, widens its
/// dimension to everything (model §8). The settled width stands in the entry beside the words as given, so that nothing recorded later
/// narrows it. What comes from files is settled by the same rule when it is folded.
/// </summary>
public static class RequestWidth
{
    static readonly string[] WordsForAll = ["all", "*", "any", "every", "everything", "everyone"];

    /// <summary>The entry with its width settled; the same entry where it holds no request, or was settled before.</summary>
    /// <param name="entry">What is to be recorded.</param>
    /// <param name="known">The names on record now.</param>
    /// <param name="notUnderstood">Gets what was not understood.</param>
    public static ContactEntry Settled(ContactEntry entry, KnownNames known, ICollection<NotUnderstood>? notUnderstood = null) =>
        entry switch
        {
            RefusalMade refusal => Settled(refusal, known, notUnderstood),
            DetailsCollected { Refused: true, Stops: null } collected => collected with
            {
                Stops = Settle(GivenBy(collected), known, notUnderstood),
            },
            ConsentAnswered { Withdrawn: not null, Stops: null } consent => consent with
            {
                Stops = Settle(GivenBy(consent), known, notUnderstood),
            },
            _ => entry,
        };

    /// <summary>
    /// The entry as it was given, without what was settled: the same fact from the same source is the same whatever was known when it came.
    /// </summary>
    public static ContactEntry AsGiven(ContactEntry entry) =>
        entry switch
        {
            RefusalMade { Given: { } given } refusal => refusal with
            {
                Senders = given.Senders,
                Channels = given.Channels,
                Topics = given.Topics,
                Given = null,
            },
            DetailsCollected { Stops: not null } collected => collected with { Stops = null },
            ConsentAnswered { Stops: not null } consent => consent with { Stops = null },
            _ => entry,
        };

    /// <summary>What a request names, whatever record it stands in; null where there is none.</summary>
    public static RequestScope? GivenIn(ContactEntry entry) =>
        entry switch
        {
            RefusalMade refusal => refusal.Given ?? new(refusal.Senders, refusal.Channels, refusal.Topics),
            DetailsCollected { Refused: true } collected => GivenBy(collected),
            ConsentAnswered { Withdrawn: not null } consent => GivenBy(consent),
            _ => null,
        };

    /// <summary>What a request to stop, or a no to a request for consent, names; null where the entry is neither.</summary>
    public static RequestScope? NamedIn(ContactEntry entry) =>
        GivenIn(entry) ?? (entry is ConsentAnswered { Act: AskedInVain.No } declined ? GivenBy(declined) : null);

    /// <summary>What of a request to stop is not understood, in whatever record it stands: names, and boxes that were ticked.</summary>
    public static IReadOnlyList<NotUnderstood> NotUnderstoodIn(ContactEntry entry, ControllerRecord record)
    {
        var found = new List<NotUnderstood>();
        if (GivenIn(entry) is { } given)
            Settle(given, record.Names, found);
        if (entry is DetailsCollected collected)
            found.AddRange(
                TickedBoxes
                    .NotUnderstood(collected, record)
                    .Select(box => new NotUnderstood("box", box) { Says = TickedBoxes.Says(collected, box) })
            );
        return found;
    }

    /// <summary>What a request that names this reaches.</summary>
    public static RequestScope Settle(RequestScope given, KnownNames known, ICollection<NotUnderstood>? notUnderstood = null)
    {
        var senders = Wide(given.Senders, "sender", known.Senders, notUnderstood);
        return new(
            senders,
            Wide(given.Channels, "channel", Channels, notUnderstood),
            Wide(given.Topics, "topic", name => known.Topics(name, senders), notUnderstood)
        );
    }

    internal static RefusalMade Settled(RefusalMade refusal, KnownNames known, ICollection<NotUnderstood>? notUnderstood = null)
    {
        if (refusal.Given is not null)
            return refusal is { Senders: not null, Channels: not null, Topics: not null } ? refusal : Whole(refusal);
        var given = new RequestScope(refusal.Senders, refusal.Channels, refusal.Topics);
        var settled = Settle(given, known, notUnderstood);
        return refusal with { Senders = settled.Senders, Channels = settled.Channels, Topics = settled.Topics, Given = given };
    }

    /// <summary>A settled request of which a store has lost a part is about all of that part.</summary>
    static RefusalMade Whole(RefusalMade refusal) =>
        refusal with
        {
            Senders = refusal.Senders ?? NameSet.Everything,
            Channels = refusal.Channels ?? NameSet.Everything,
            Topics = refusal.Topics ?? NameSet.Everything,
        };

    /// <summary>True for the words by which people say everything.</summary>
    public static bool NamesAll(string name) => WordsForAll.Contains(name.Trim(), StringComparer.OrdinalIgnoreCase);

    static RequestScope GivenBy(DetailsCollected collected) =>
        new(collected.ObtainedBy is { } sender ? NameSet.Of(sender) : NameSet.Everything);

    static RequestScope GivenBy(ConsentAnswered consent) => new(consent.To, consent.Channels, consent.Topics);

    static IEnumerable<string> Channels(string name) =>
        Words.Channels.Where(channel => string.Equals(channel, name.Trim(), StringComparison.OrdinalIgnoreCase));

    static NameSet Wide(
        NameSet? given,
        string dimension,
        Func<string, IEnumerable<string>> understood,
        ICollection<NotUnderstood>? notUnderstood
    )
    {
        if (given is not { IsEverything: false, IsComplete: true, Names.IsEmpty: false })
            return NameSet.Everything;
        var names = new List<string>();
        var isWide = false;
        foreach (var name in given.Names)
        {
            // First of all: whoever lists a topic `all` does not make the word for everything one of several.
            isWide |= NamesAll(name);
            var before = names.Count;
            names.AddRange(understood(name));
            if (names.Count > before || NamesAll(name))
                continue;
            isWide = true;
            notUnderstood?.Add(new(dimension, name));
        }
        return isWide ? NameSet.Everything : NameSet.Of(names);
    }
}
