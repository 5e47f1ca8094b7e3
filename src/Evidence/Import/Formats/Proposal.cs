using System.Security.Cryptography;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Evidence.Import.Formats;

/// <summary>
/// How far an imported entry goes as evidence. A grade describes; what an entry satisfies is for the law's conditions to say.
/// </summary>
public enum EvidenceGrade
{
    /// <summary>A request to stop. It is taken whatever the source leaves out: nobody has to prove a refusal.</summary>
    Restriction,

    /// <summary>The source says when, and how or where it was asked: wording, or a collection point whose version shows it.</summary>
    Documented,

    /// <summary>The source says when, and no more.</summary>
    Dated,

    /// <summary>Not even when.</summary>
    Weak,
}

/// <summary>An entry that a row of a file proposes. Nothing is recorded yet.</summary>
/// <param name="Address">Whom it is about.</param>
/// <param name="Entry">What it says.</param>
/// <param name="Source">The file and row.</param>
public sealed record Proposal(Address Address, ContactEntry Entry, EntrySource Source)
{
    /// <summary>How far it goes as evidence.</summary>
    public EvidenceGrade Grade =>
        Entry switch
        {
            _ when Restrictions.IsOne(Entry) => EvidenceGrade.Restriction,
            _ when Entry.When.Day == DateOnly.MinValue => EvidenceGrade.Weak,
            ConsentAnswered { Act: not null } consent when consent.Wording is not null || consent.Point is not null =>
                EvidenceGrade.Documented,
            DetailsCollected { Context: not null } collection when collection.Point is not null || collection.Shown is not null =>
                EvidenceGrade.Documented,
            _ => EvidenceGrade.Dated,
        };

    /// <summary>
    /// The content key of an entry: the same fact has the same key whatever file it came in, so that a file, or a newer export of it, adds
    /// only what is new.
    /// </summary>
    public static string KeyOf(ContactEntry entry) => KeyOf(WrittenEntry.Of(Given(entry)));

    /// <summary>The content key of what <see cref="Given"/> made.</summary>
    internal static string KeyOf(WrittenEntry given) => $"import {Convert.ToHexStringLower(SHA256.HashData(given.Json))}";

    /// <summary>The entry as its source gave it, of which the key is made: the very entry where nothing was settled about it.</summary>
    internal static ContactEntry Given(ContactEntry entry) => RequestWidth.AsGiven(entry);

    /// <summary>The entry under an id made from what it says, for sources that give none: the same row in another place of another file has
    /// the same id.</summary>
    internal static ContactEntry Named(ContactEntry entry, string prefix) => entry with { Id = $"{prefix} {NameOf(entry)}" };

    /// <summary>
    /// The entry without an id that was made up for it, from the row of its file or from what it says: the same fact is the same under
    /// either, and under the source's own id it is the one that the source means.
    /// </summary>
    public static ContactEntry WithoutMadeUpId(ContactEntry entry) =>
        entry.Id.StartsWith("row ", StringComparison.Ordinal)
        || RepeatedMessages.Untold(entry.Id).EndsWith($" {NameOf(entry)}", StringComparison.Ordinal)
            ? entry with
            {
                Id = "",
            }
            : entry;

    static string NameOf(ContactEntry entry) => Convert.ToHexStringLower(SHA256.HashData(EntryJson.Write(entry with { Id = "" })))[..10];
}

/// <summary>Something a file says that is not evidence: a status without a time, a legal basis somebody chose from a list.</summary>
/// <param name="Text">What it is and why it is not evidence; the same for every row of its kind.</param>
/// <param name="Address">Whom it is about.</param>
/// <param name="Row">The row.</param>
public sealed record Claim(string Text, string Address, long Row);

/// <summary>What one row, or one order of several rows, gives.</summary>
/// <param name="Table">The table it stands in.</param>
/// <param name="Row">The row, counted from 1 with the header.</param>
/// <param name="Proposals">Entries it proposes.</param>
/// <param name="Claims">What it says that is not evidence.</param>
/// <param name="LeftOut">Why the row gives nothing at all; null when it does.</param>
sealed record ReadRow(string Table, long Row, IReadOnlyList<Proposal> Proposals, IReadOnlyList<Claim> Claims, string? LeftOut)
{
    /// <summary>The domain whose every address the row asks to leave alone; null for a row about one address.</summary>
    public string? Domain { get; init; }

    /// <summary>Whom the row is about where it says nothing of them that could be recorded.</summary>
    public string? Bare { get; init; }
}
