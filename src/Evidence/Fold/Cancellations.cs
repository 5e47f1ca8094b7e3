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

    /// <summary>So many are looked at one by one.</summary>
    const int Few = 16;

    /// <summary>The cancellations among what was collected of a person; of most there are none.</summary>
    public static Cancelling In(DetailsCollected[] collected) =>
        collected.Only(static entry => entry.Context == Context) is { Length: > 0 } some ? new(some) : None;

    static readonly Cancelling None = new([]);

    /// <summary>Every cancellation of a person.</summary>
    internal sealed class Cancelling(DetailsCollected[] cancellations)
    {
        readonly ILookup<string, DetailsCollected>? byId =
            cancellations.Length > Few ? cancellations.ToLookup(each => each.Id, StringComparer.Ordinal) : null;

        /// <summary>The event of a collection, as far as is known by now.</summary>
        public string? ContextOf(DetailsCollected entry)
        {
            if (cancellations.Length > 0 && IsAnOrder(entry))
                foreach (var cancellation in byId?[entry.Id] ?? cancellations)
                    if (Cancels(cancellation, entry))
                        return Context;
            return entry.Context;
        }
    }

    /// <summary>Every order of a person.</summary>
    internal sealed class OrdersOnRecord(Collected[] collected)
    {
        readonly ILookup<string, DetailsCollected>? byId =
            collected.Length > Few
                ? collected.Select(each => each.Entry).Where(IsAnOrder).ToLookup(each => each.Id, StringComparer.Ordinal)
                : null;

        /// <summary>True when a cancellation has its order on record.</summary>
        public bool Has(DetailsCollected cancellation) =>
            byId is not null
                ? byId[cancellation.Id].Any(order => Cancels(cancellation, order))
                : Array.Exists(collected, other => IsAnOrder(other.Entry) && Cancels(cancellation, other.Entry));
    }

    static bool IsAnOrder(DetailsCollected entry) => entry.Context is "sale" or "service" or "account-with-paid-tier";

    static bool Cancels(DetailsCollected cancellation, DetailsCollected order) =>
        cancellation.Context == Context
        && cancellation.Id == order.Id
        && !order.Id.StartsWith("row ", StringComparison.Ordinal)
        && (cancellation.ObtainedBy is null || order.ObtainedBy is null || cancellation.ObtainedBy == order.ObtainedBy)
        && !order.When.IsSurelyAfter(cancellation.When);
}
