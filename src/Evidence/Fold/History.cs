using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>An occasion on which details were obtained, with what the person was shown then; null where that is not on record.</summary>
readonly record struct Collected(DetailsCollected Entry, Shown? Shown);

/// <summary>
/// A marketing message of the campaign's sender that went out, with the version of its template then in force; null where there is none.
/// </summary>
readonly record struct Sent(MessageSent Entry, TemplateVersion? Template);

/// <summary>
/// What is on record about one person as far as it counts for a campaign, oldest first, and what several facts ask of it.
/// </summary>
sealed class History
{
    readonly ContactEntry[] known;

    public History(IReadOnlyList<ContactEntry> entries, Campaign campaign, ControllerRecord controller)
    {
        known = Known(entries, campaign.Day);
        Stated = Of<DetailsStated>();
        Consents = Of<ConsentAnswered>();
        Requests = RefusalFacts.Requests(known);
        Collected = Array.ConvertAll(
            Of<DetailsCollected>(),
            entry => new Collected(entry, entry.Shown ?? controller.PointOn(entry.Point, entry.When.Day)?.Shown)
        );
        Sent = Array.ConvertAll(
            Array.FindAll(Of<MessageSent>(), sent => sent.IsMarketing && sent.Sender == campaign.Sender),
            sent => new Sent(sent, controller.TemplateOn(sent.Template, sent.When.Day))
        );
    }

    public DetailsStated[] Stated { get; }

    public Collected[] Collected { get; }

    public ConsentAnswered[] Consents { get; }

    /// <summary>Every request to stop, as <see cref="RefusalFacts.Requests"/> gives them.</summary>
    public IReadOnlyList<RefusalMade> Requests { get; }

    public Sent[] Sent { get; }

    /// <summary>The entries of one kind; of most kinds there are none.</summary>
    public T[] Of<T>()
        where T : ContactEntry => known.Of<T>();

    static ContactEntry[] Known(IReadOnlyList<ContactEntry> entries, DateOnly day)
    {
        ContactEntry[] known = [.. entries];
        if (!Array.TrueForAll(known, entry => IsKnownOn(entry, day)))
            known = Array.FindAll(known, entry => IsKnownOn(entry, day));
        return IsInOrder(known) ? known : [.. known.OrderBy(entry => entry.When, When.Order)];
    }

    static bool IsKnownOn(ContactEntry entry, DateOnly day) => entry.When.Day <= day || entry is RefusalMade or RefusalRetracted;

    static bool IsInOrder(ContactEntry[] entries)
    {
        for (var next = 1; next < entries.Length; next++)
            if (When.Order.Compare(entries[next - 1].When, entries[next].When) > 0)
                return false;
        return true;
    }
}

/// <summary>Entries by their kind.</summary>
static class EntriesOfAKind
{
    /// <summary>The entries of one kind, in their order.</summary>
    public static T[] Of<T>(this IReadOnlyList<ContactEntry> entries)
        where T : ContactEntry
    {
        var count = 0;
        for (var i = 0; i < entries.Count; i++)
            if (entries[i] is T)
                count++;
        if (count == 0)
            return [];
        var found = new T[count];
        for (var i = entries.Count - 1; count > 0; i--)
            if (entries[i] is T entry)
                found[--count] = entry;
        return found;
    }
}
