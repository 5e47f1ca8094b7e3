using System.Collections.Immutable;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What is on record about a person without the requests to stop of files that were taken back. Only the request goes: what else such a
/// row says of a collection stays, with nothing known of a refusal, and a consent that it calls withdrawn is not revived but gone.
/// </summary>
static class TakenBackEntries
{
    /// <summary>The entries that count; the same list where nothing of it was taken back.</summary>
    public static IReadOnlyList<ContactEntry> Without(IReadOnlyList<ContactEntry> entries, ControllerRecord controller) =>
        Without(entries, controller.TakenBackFiles, controller);

    /// <summary>The same for files that nobody has taken back yet.</summary>
    public static IReadOnlyList<ContactEntry> Without(
        IReadOnlyList<ContactEntry> entries,
        ImmutableHashSet<string> files,
        ControllerRecord controller
    )
    {
        if (files.IsEmpty || !entries.Any(entry => IsFrom(entry, files)))
            return entries;
        return [.. entries.Select(entry => IsFrom(entry, files) ? Rest(entry, controller) : entry).OfType<ContactEntry>()];
    }

    static bool IsFrom(ContactEntry entry, ImmutableHashSet<string> files) => entry.FromFile is { } file && files.Contains(file);

    static ContactEntry? Rest(ContactEntry entry, ControllerRecord controller) =>
        entry switch
        {
            DetailsCollected { Refused: true } collected => TickedBoxes.WithoutStops(
                collected with
                {
                    Refused = null,
                    Stops = null,
                },
                controller
            ),
            DetailsCollected collected when TickedBoxes.AreIn(collected) => TickedBoxes.WithoutStops(collected, controller),
            RefusalMade or ConsentAnswered { Withdrawn: not null } => null,
            _ => entry,
        };
}
