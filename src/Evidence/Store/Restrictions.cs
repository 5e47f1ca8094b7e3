using System.Security.Cryptography;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;

namespace MaySend.Evidence.Store;

/// <summary>
/// Requests to stop are the person's and bind at every address of theirs (model §6): opt-outs, objections, withdrawals and a "no" when
/// details were collected. A copy names the contact and the request it comes from, so that copying again adds nothing and taking one back
/// reaches its copies.
/// </summary>
static class Restrictions
{
    const string Mark = "linked ";

    /// <summary>True for an entry that stops messages, or takes such a stop back.</summary>
    public static bool IsOne(ContactEntry entry) =>
        entry is RefusalMade or RefusalRetracted or DetailsCollected { Refused: true } or ConsentAnswered { Withdrawn: not null };

    /// <summary>
    /// The entry as it is recorded at another address of the person; null when it came from there, or is nothing to copy.
    /// </summary>
    public static ContactEntry? CopyOf(ContactEntry entry, ContactId from, ContactId to, KnownNames known)
    {
        if (entry is RefusalRetracted retracted)
            return retracted with
            {
                Id = IdOf(retracted.Id, from),
                RefusalId = Home(retracted.RefusalId, to) ?? IdOf(retracted.RefusalId, from),
            };
        if (RefusalFacts.AsSettled([entry], known) is not [var request] || Home(request.Id, to) is not null)
            return null;
        return request with { Id = IdOf(request.Id, from) };
    }

    /// <summary>
    /// Every copy that the other addresses must hold of what stands at one: requests that were taken back on the spot are not among them.
    /// </summary>
    public static IEnumerable<ContactEntry> CopiesOf(IReadOnlyList<ContactEntry> entries, ContactId from, ContactId to, KnownNames known) =>
        RefusalFacts.AsSettled(entries, known).Select(request => CopyOf(request, from, to, known)).OfType<ContactEntry>();

    /// <summary>
    /// The ticks of an occasion that hold its address until somebody explains them, as they hold another address of the person; null where
    /// there are none, or they came from there.
    /// </summary>
    public static ContactEntry? HoldOf(ContactEntry entry, ContactId from, ContactId to, ControllerRecord record) =>
        entry is DetailsCollected collected && Home(collected.Id, to) is null && TickedBoxes.Held(collected, record) is { } held
            ? held with
            {
                Id = IdOf(held.Id, from),
            }
            : null;

    /// <summary>
    /// The same copy twice is one entry; two requests that share an id stay two, and so does one that two files bring: either may be taken
    /// back.
    /// </summary>
    public static string KeyOf(ContactEntry copy, EntrySource? source = null) =>
        $"{copy.Id}#{Convert.ToHexStringLower(SHA256.HashData(EntryJson.Write(copy)))[..16]}"
        + (source is null ? "" : $"#{source.FileDigest[..16]}");

    /// <summary>The request's own id where the copy was made from this contact's; else null.</summary>
    static string? Home(string id, ContactId contact) =>
        id.StartsWith($"{Mark}{contact} ", StringComparison.Ordinal) ? id[$"{Mark}{contact} ".Length..] : null;

    static string IdOf(string id, ContactId from) => id.StartsWith(Mark, StringComparison.Ordinal) ? id : $"{Mark}{from} {id}";
}
