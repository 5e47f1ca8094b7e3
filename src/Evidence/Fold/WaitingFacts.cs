using System.Collections.Immutable;
using System.Globalization;
using MaySend.Evidence.Entries;
using MaySend.Law.Facts;

namespace MaySend.Evidence.Fold;

/// <summary>
/// What may be a request to stop and waits for a person: a request of which nothing is known, neither what it covers nor whether it is
/// one. So no bar shows that nobody asked to stop, and nothing is shown until it is settled.
/// </summary>
static class WaitingFacts
{
    /// <summary>One sheet for each message that waits and holds; none for most people.</summary>
    public static ImmutableArray<FactSheet> Of(IReadOnlyList<ContactEntry> entries)
    {
        var waiting = entries.Of<MessageWaiting>();
        if (!Array.Exists(waiting, message => message.Holds))
            return [];
        var settled = entries.Of<MessageSettled>();
        return
        [
            .. waiting
                .Where(message => message.Holds && !Array.Exists(settled, end => end.WaitingId == message.Id))
                .Select(message => new FactSheet(Scope.Refusal, Says(message)).With(Refusal.Lifted, false)),
        ];
    }

    static string Says(MessageWaiting message) =>
        string.Create(CultureInfo.InvariantCulture, $"message from {message.When.Day:d MMM yyyy}, waiting in the inbox");
}
