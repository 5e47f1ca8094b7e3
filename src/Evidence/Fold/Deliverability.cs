using System.Globalization;
using MaySend.Evidence.Entries;

namespace MaySend.Evidence.Fold;

/// <summary>Whether mail arrives at an address, as far as is on record. It is given beside the legal answer and never changes it.</summary>
public enum Deliverable
{
    /// <summary>Nothing on record says so or otherwise.</summary>
    Unknown,

    /// <summary>The person acted from the address after the last lasting failure, or there was none.</summary>
    Yes,

    /// <summary>It failed for good, and nothing since shows that it works.</summary>
    No,
}

/// <summary>Whether an address works, and what says so.</summary>
/// <param name="Is">The answer.</param>
/// <param name="Since">The day of the failure; null where none is known or no failure stands.</param>
/// <param name="Class">What the other side said; null where not known or no failure stands.</param>
public readonly record struct Deliverability(Deliverable Is, DateOnly? Since, string? Class)
{
    /// <summary><c>yes</c>, <c>no</c> or <c>unknown</c>.</summary>
    public string Word =>
        Is switch
        {
            Deliverable.Yes => "yes",
            Deliverable.No => "no",
            _ => "unknown",
        };

    /// <summary>Since when and why mail does not arrive, in words; blank where nothing says so.</summary>
    public string Says =>
        Is == Deliverable.No
            ? string.Concat(
                "mail came back for good",
                Since is { } day ? string.Create(CultureInfo.InvariantCulture, $" on {day:d MMM yyyy}") : "",
                Class is { Length: > 0 } what ? $": {what}" : ""
            )
            : "";

    /// <summary>A fold over what is on record about one address, in the order in which it was recorded.</summary>
    public static Deliverability Of(IReadOnlyList<ContactEntry> entries)
    {
        (int Place, AddressFailed Entry)? failure = null;
        (int Place, When When)? act = null;
        for (var place = 0; place < entries.Count; place++)
            switch (entries[place])
            {
                case AddressFailed { IsPermanent: true } failed
                    when failure is null || IsLater((place, failed.When), (failure.Value.Place, failure.Value.Entry.When)):
                    failure = (place, failed);
                    break;
                case ConsentAnswered { Confirmed: { } confirmed } when act is null || IsLater((place, confirmed), act.Value):
                    act = (place, confirmed);
                    break;
                case ConsentAnswered { ServedHere: true } served when act is null || IsLater((place, served.When), act.Value):
                    act = (place, served.When);
                    break;
            }
        if (failure is not { } stands)
            return new(act is null ? Deliverable.Unknown : Deliverable.Yes, null, null);
        return act is { } since && IsLater(since, (stands.Place, stands.Entry.When))
            ? new(Deliverable.Yes, null, null)
            : new(Deliverable.No, stands.Entry.When.Day > DateOnly.MinValue ? stands.Entry.When.Day : null, stands.Entry.Class);
    }

    /// <summary>Surely later; of an undated failure, as imports have them, the order of recording says.</summary>
    static bool IsLater((int Place, When When) one, (int Place, When When) other) =>
        other.When.Day == DateOnly.MinValue || one.When.Day == DateOnly.MinValue
            ? one.Place > other.Place
            : one.When.IsSurelyAfter(other.When);
}
