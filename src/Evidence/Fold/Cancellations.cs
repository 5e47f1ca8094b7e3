using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>
/// A cancellation belongs to its order (model §8): the one with its number and obtainer that is not surely later. It gives no details; the
/// order did, and reads as a cancelled one, whichever of the two was imported first.
/// </summary>
static class Cancellations
{
    /// <summary>The event of a collection that was itself a cancellation, or whose order was cancelled.</summary>
    public const string Context = "cancelled-sale";

    /// <summary>The cancellations among what was collected of a person; of most there are none.</summary>
    public static DetailsCollected[] In(DetailsCollected[] collected) => collected.Only(static entry => entry.Context == Context);

    /// <summary>The event, as far as is known by now.</summary>
    /// <param name="entry">The collection.</param>
    /// <param name="cancellations">Every cancellation of the person.</param>
    public static string? ContextOf(DetailsCollected entry, DetailsCollected[] cancellations)
    {
        if (cancellations.Length > 0 && IsAnOrder(entry))
            foreach (var cancellation in cancellations)
                if (Cancels(cancellation, entry))
                    return Context;
        return entry.Context;
    }

    /// <summary>True when a cancellation has its order on record.</summary>
    public static bool HasItsOrder(DetailsCollected cancellation, Collected[] collected) =>
        Array.Exists(collected, other => IsAnOrder(other.Entry) && Cancels(cancellation, other.Entry));

    static bool IsAnOrder(DetailsCollected entry) => entry.Context is "sale" or "service" or "account-with-paid-tier";

    static bool Cancels(DetailsCollected cancellation, DetailsCollected order) =>
        cancellation.Context == Context
        && cancellation.Id == order.Id
        && !order.Id.StartsWith("row ", StringComparison.Ordinal)
        && (cancellation.ObtainedBy is null || order.ObtainedBy is null || cancellation.ObtainedBy == order.ObtainedBy)
        && !order.When.IsSurelyAfter(cancellation.When);
}
