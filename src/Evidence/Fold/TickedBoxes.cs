using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>What the boxes of one occasion ask to stop.</summary>
/// <param name="Requests">The requests to stop that they are, in the words of the boxes; their width is not settled yet.</param>
/// <param name="NotUnderstood">
/// Boxes that were ticked and that no signed version of the form explains, by the ids given: each may be a request to stop everything.
/// </param>
public sealed record BoxStops(ImmutableArray<RefusalMade> Requests, ImmutableArray<string> NotUnderstood)
{
    /// <summary>Nothing was asked.</summary>
    public static readonly BoxStops None = new([], []);

    /// <summary>True when no box asks, or may ask, to stop anything.</summary>
    public bool IsEmpty => Requests.IsEmpty && NotUnderstood.IsEmpty;
}

/// <summary>
/// What ticks may have said that stands in the way of sending. A request to stop counts in whatever record it stands: where the one signed
/// version that was in force explains a box, it says what the tick meant; where there is none, or several, or it does not know the box,
/// every version of the form is asked, signed or not, of whichever day. Only somebody who may sign can say that a tick was no request.
/// </summary>
public static class TickedBoxes
{
    /// <summary>What the ticks of an occasion stop, given what is on record about its form now, whatever day is asked about.</summary>
    /// <param name="collection">The occasion.</param>
    /// <param name="controller">What the controller has on record.</param>
    public static BoxStops Stops(DetailsCollected collection, ControllerRecord controller)
    {
        if (!AreIn(collection))
            return BoxStops.None;
        return new(
            [.. FormAnswers.Refusals(collection, Possible(collection, controller)).Distinct()],
            NotUnderstood(collection, controller)
        );
    }

    /// <summary>True where a tick of the entry stops something, or may.</summary>
    public static bool Stop(ContactEntry entry, ControllerRecord controller) =>
        entry is DetailsCollected collected && !Stops(collected, controller).IsEmpty;

    /// <summary>What is on record about a person with the requests to stop that ticks in boxes are beside it.</summary>
    public static IReadOnlyList<ContactEntry> ReadIn(IReadOnlyList<ContactEntry> entries, ControllerRecord controller) =>
        entries.Any(AreIn)
            ? [.. entries, .. entries.OfType<DetailsCollected>().SelectMany(collection => Stops(collection, controller).Requests)]
            : entries;

    /// <summary>The occasion without the ticks that ask, or may ask, to stop: nothing is known of those boxes then.</summary>
    public static DetailsCollected WithoutStops(DetailsCollected collection, ControllerRecord controller)
    {
        var possible = Possible(collection, controller);
        bool IsStop(string id) =>
            possible.Any(answer => answer.Box.Kind == BoxKind.OptOut && FormAnswers.IsSameId(answer.Box.Id, id))
            || NotUnderstood(collection, controller).Contains(id);
        return collection with
        {
            Boxes = collection.Boxes?.RemoveRange(collection.Boxes.Where(tick => tick.Value && IsStop(tick.Key)).Select(tick => tick.Key)),
            ConsentTicked =
                collection.ConsentTicked == true && possible.Any(answer => answer is { Box.Kind: BoxKind.OptOut, IsTicked: true })
                    ? null
                    : collection.ConsentTicked,
        };
    }

    /// <summary>
    /// Of an occasion only its ticks: what is kept of a row that cannot be read as what it is. It is no occasion itself, and shows nothing.
    /// </summary>
    public static DetailsCollected OnlyTicks(DetailsCollected collection) =>
        new(collection.When, IsOnlyTicks(collection) ? collection.Id : $"{OnlyTicksOf}{collection.Id}")
        {
            ObtainedBy = collection.ObtainedBy,
            Point = collection.Point,
            Boxes = collection.Boxes,
            ConsentTicked = collection.ConsentTicked,
            FirstSeen = collection.FirstSeen,
            FromFile = collection.FromFile,
        };

    /// <summary>Of an occasion only the ticks that may be requests to stop and that nobody has explained; null where there is
    /// none.</summary>
    public static DetailsCollected? Held(DetailsCollected collection, ControllerRecord controller) =>
        NotUnderstood(collection, controller) is { IsEmpty: false } held
            ? OnlyTicks(collection) with
            {
                Boxes = held.ToImmutableSortedDictionary(id => id, _ => true, StringComparer.Ordinal),
                ConsentTicked = null,
            }
            : null;

    /// <summary>True for what was kept of an occasion elsewhere, its ticks alone.</summary>
    public static bool IsOnlyTicks(DetailsCollected collection) =>
        collection is { Context: null, From: null, Shown: null, Refused: null, Products.IsEmpty: true }
        && collection.Id is var id
        && id.Contains(OnlyTicksOf, StringComparison.Ordinal)
        && (id.StartsWith(OnlyTicksOf, StringComparison.Ordinal) || id.StartsWith("linked ", StringComparison.Ordinal));

    const string OnlyTicksOf = "only the ticks of ";

    /// <summary>True when the occasion says that some box was ticked.</summary>
    public static bool WereTicked(ContactEntry entry) =>
        entry is DetailsCollected collected && (collected.ConsentTicked == true || collected.Boxes?.ContainsValue(true) == true);

    /// <summary>True when the occasion says anything of boxes.</summary>
    public static bool AreIn(ContactEntry entry) =>
        entry is DetailsCollected { Boxes.IsEmpty: false } or DetailsCollected { ConsentTicked: not null };

    /// <summary>The boxes that were ticked and that no signed version of the form lists.</summary>
    public static ImmutableArray<string> NotUnderstood(DetailsCollected collection, ControllerRecord controller) =>
        collection.Boxes is { IsEmpty: false } ticks
            ?
            [
                .. ticks
                    .Where(tick =>
                        tick.Value && !controller.VersionsOf(collection.Point).Any(one => one.IsSigned && Lists(one.Version, tick.Key))
                    )
                    .Select(tick => tick.Key),
            ]
            : [];

    /// <summary>What became of a tick that is not understood, as a sentence.</summary>
    public static string Says(DetailsCollected collection, string box) =>
        $"no signed version of {(collection.Point is { Length: > 0 } point ? $"`{point}`" : "a form that no row names")} lists the box "
        + $"`{box}`, so whoever ticked it may have asked to stop and is not shown until somebody signs one that does";

    /// <summary>The boxes that the occasion may have been about, with their ticks: for what counts against sending, and for nothing
    /// else.</summary>
    internal static ImmutableArray<BoxAnswer> Possible(DetailsCollected collection, ControllerRecord controller) =>
        AreIn(collection) ? Ticked(collection, controller) : [];

    static ImmutableArray<BoxAnswer> Ticked(DetailsCollected collection, ControllerRecord controller)
    {
        var known = controller.OnlySignedOn(collection.Point, collection.When.Day);
        var found = new List<BoxAnswer>();
        foreach (var (id, isTicked) in collection.Boxes ?? ImmutableSortedDictionary<string, bool>.Empty)
        foreach (var version in known is not null && Lists(known, id) ? [known] : Versions())
            if (BoxOf(version, id) is { } box)
                Add(box, isTicked);
        if (collection.ConsentTicked is { } ticked)
            foreach (var version in known is not null ? [known] : Versions())
                if (FormAnswers.OnlyBox(collection, version) is { } box && FormAnswers.TickOf(collection, version, box) is null)
                    Add(box, ticked);
        return [.. found.Distinct()];

        IEnumerable<CollectionPointVersion> Versions() => controller.VersionsOf(collection.Point).Select(one => one.Version);

        void Add(Box box, bool isTicked) => found.Add(new(FormAnswers.OfObtainer(box, collection), isTicked));
    }

    static bool Lists(CollectionPointVersion version, string id) => BoxOf(version, id) is not null;

    /// <summary>The box of that id, or else one whose id differs only by the case of its letters.</summary>
    static Box? BoxOf(CollectionPointVersion version, string id)
    {
        if (version.Boxes is not { IsDefaultOrEmpty: false } boxes)
            return null;
        return boxes.FirstOrDefault(box => box.Id == id) ?? boxes.FirstOrDefault(box => FormAnswers.IsSameId(box.Id, id));
    }
}
