using System.Globalization;
using MaySend.Evidence;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Store;
using MaySend.Reading;

namespace MaySend.Decisions;

/// <summary>
/// Names one decision by everything it is a function of (model §6): the same question on the same evidence has the
/// same id, on any machine. It says nothing about the person.
/// </summary>
/// <param name="Contact">The contact; all zero when nobody is on record.</param>
/// <param name="Campaign">The campaign's digest.</param>
/// <param name="Day">The day of sending.</param>
/// <param name="KnownAt">The day as of which readings of the law were known.</param>
/// <param name="Law">The law's digest.</param>
/// <param name="Policy">The policy's digest.</param>
/// <param name="Position">The contact's last piece of evidence, and the controller's.</param>
public sealed record DecisionId(
    ContactId Contact,
    string Campaign,
    DateOnly Day,
    DateOnly KnownAt,
    string Law,
    string Policy,
    DecisionPosition Position
)
{
    /// <summary>What names a decision about a campaign, made on a person's record and on the controller's up to a number.</summary>
    /// <param name="contact">The contact; null when nobody is on record.</param>
    /// <param name="lastEvidence">Where the contact's last evidence stands (<see cref="Dossier.LastEvidence"/>).</param>
    /// <param name="campaign">The campaign's digest.</param>
    /// <param name="day">The day of sending.</param>
    /// <param name="knownAt">The day as of which readings of the law were known.</param>
    /// <param name="law">The law's digest.</param>
    /// <param name="policy">The policy's digest.</param>
    /// <param name="controllerSeq">Where the controller's last evidence stands (<see cref="Evidence.Fold.ControllerRecord.Seq"/>).</param>
    public static DecisionId Of(
        ContactId? contact,
        LedgerPosition lastEvidence,
        string campaign,
        DateOnly day,
        DateOnly knownAt,
        string law,
        string policy,
        long controllerSeq
    ) => new(contact ?? ContactId.Controller, campaign, day, knownAt, law, policy, new(lastEvidence, controllerSeq));

    const string DayForm = "yyyyMMdd";

    /// <summary>As people copy it: seven parts joined by dots; the last is <c>partition-seq-controller</c>.</summary>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Contact}.{Campaign}.{Day:yyyyMMdd}.{KnownAt:yyyyMMdd}.{Law}.{Policy}."
                + $"{Position.Contact.Partition}-{Position.Contact.Seq}-{Position.ControllerSeq}"
        );

    /// <summary>Reads what <see cref="ToString"/> writes; null for anything else.</summary>
    public static DecisionId? Parse(string text)
    {
        if (text.Trim().Split('.') is not [var contact, var campaign, var day, var knownAt, var law, var policy, var position])
            return null;
        if (!ContactId.TryParse(contact, out var id) || Day8(day) is not { } on || Day8(knownAt) is not { } known)
            return null;
        if (!new[] { campaign, law, policy }.All(IsDigest))
            return null;
        if (
            position.Split('-') is not [var partition, var seq, var controller]
            || Number(partition) is not (>= 0 and < Partition.Count)
            || Number(seq) is not { } s
            || Number(controller) is not { } c
        )
            return null;
        return new(id, campaign, on, known, law, policy, new(new(new Partition((int)Number(partition)!.Value), s), c));
    }

    /// <summary>64 hexadecimal digits, or the twelve of ids that were given before digests were kept whole.</summary>
    static bool IsDigest(string text) => text.Length is 2 * Digest.Size or Digest.ShortLength && text.All(char.IsAsciiHexDigitLower);

    static DateOnly? Day8(string text) =>
        DateOnly.TryParseExact(text, DayForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    static long? Number(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
