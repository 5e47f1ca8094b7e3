using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace MaySend.Law.Facts;

/// <summary>
/// The facts of one question while they are being put together: a campaign and one recipient. Not safe for several threads.
/// </summary>
public sealed class FactsDraft
{
    static readonly Scope[] SingleScopes = [Scope.Message, Scope.Sender, Scope.Recipient];
    readonly Dictionary<Scope, List<FactSheet>> sheets = Enum.GetValues<Scope>().ToDictionary(scope => scope, _ => new List<FactSheet>());

    /// <summary>An empty draft.</summary>
    public FactsDraft()
    {
        foreach (var scope in SingleScopes)
            sheets[scope].Add(new FactSheet(scope));
    }

    /// <summary>The sheets of a scope: one for message, sender and recipient, any number for records.</summary>
    public IReadOnlyList<FactSheet> Of(Scope scope) => sheets[scope];

    /// <summary>Adds a record.</summary>
    public void Add(FactSheet record) => sheets[record.Scope].Add(record);

    /// <summary>Takes away every record of a kind.</summary>
    public void Clear(Scope kind) => sheets[kind].Clear();

    /// <summary>Sets a fact on every sheet of its scope.</summary>
    /// <returns>False when there is no record of that kind.</returns>
    public bool Set(Fact fact, FactValue value)
    {
        foreach (var sheet in sheets[fact.Scope])
            sheet[fact] = value;
        return sheets[fact.Scope].Count > 0;
    }

    /// <summary>A copy that can be changed without changing this one.</summary>
    public FactsDraft Copy()
    {
        var copy = new FactsDraft();
        foreach (var (scope, list) in sheets)
        {
            copy.sheets[scope].Clear();
            copy.sheets[scope].AddRange(list.Select(sheet => sheet.Copy()));
        }
        return copy;
    }

    /// <summary>
    /// Says what silence about ages says, once everything that is on record has been set: what is on record about a person outranks what
    /// the sender states in general, which speaks only for people of whom no age is on record (model §8).
    /// </summary>
    public void Complete()
    {
        var recipient = sheets[Scope.Recipient][0];
        var withAge = sheets[Scope.Consent].FindAll(consent => consent[Consent.Age].IsRecorded);
        var isKnown = recipient[Facts.Recipient.Minor] == Facts.Recipient.Minor.Of("yes") || withAge.Count > 0;
        foreach (var consent in sheets[Scope.Consent].Where(consent => !consent[Consent.AgeOnRecord].IsRecorded))
        {
            consent.With(Consent.AgeOnRecord, isKnown);
            if (!consent[Consent.Age].IsRecorded)
                consent.With(Consent.Age, AgeThen(consent, withAge));
        }
        if (recipient[Facts.Recipient.Minor].IsRecorded)
            return;
        var age = recipient[Facts.Recipient.Age];
        foreach (var consent in withAge)
            if (!age.IsRecorded || consent[Consent.Age].Number < age.Number)
                age = consent[Consent.Age];
        recipient[Facts.Recipient.Age] = age;
        if (age.IsRecorded)
            recipient.With(Facts.Recipient.Minor, "by-age");
        else if (sheets[Scope.Sender][0][Sender.OffersToChildren] == Sender.OffersToChildren.Of("no"))
            recipient.With(Facts.Recipient.Minor, "no");
    }

    /// <summary>The age at a consent without one, by those that others were given at; null where a day is not recorded.</summary>
    static int? AgeThen(FactSheet consent, List<FactSheet> withAge)
    {
        int? lowest = null;
        foreach (var other in withAge)
            if (
                (consent[Consent.Day], other[Consent.Day]) is ({ IsRecorded: true } then, { IsRecorded: true } on)
                && Ages.AtLeast((int)other[Consent.Age].Number, on.Day, then.Day) is var age
                && !(lowest <= age)
            )
                lowest = age;
        return lowest;
    }

    /// <summary>The campaign's part, marked with what follows from its day.</summary>
    public CampaignFacts Campaign =>
        new(DayOfSending.Mark(sheets[Scope.Message][0]), sheets[Scope.Sender][0], NewestFirst(Scope.Assessment, Assessment.Signed));

    /// <summary>The recipient's part.</summary>
    public RecipientFacts Recipient =>
        new(
            sheets[Scope.Recipient][0],
            UpToTheDay(Scope.Collection, Collection.Day),
            UpToTheDay(Scope.Consent, Consent.Day),
            NewestFirst(Scope.Refusal, Refusal.Day),
            UpToTheDay(Scope.Check, Check.Day)
        );

    /// <summary>Nothing dated after the day of sending shows anything, requests to stop apart.</summary>
    ImmutableArray<FactSheet> UpToTheDay(Scope kind, DayFact day)
    {
        var sending = sheets[Scope.Message][0][Message.Day];
        return RecordOrder.NewestFirst(
            [.. sheets[kind].Where(sheet => !sending.IsRecorded || !sheet[day].IsRecorded || sheet[day].Number <= sending.Number)],
            day
        );
    }

    ImmutableArray<FactSheet> NewestFirst(Scope kind, DayFact day) => RecordOrder.NewestFirst(sheets[kind], day);
}

/// <summary>The order in which records are looked at, the same everywhere: newest first, records without a day last, then by id.</summary>
public static class RecordOrder
{
    /// <summary>Few records are put in their places one by one; most people have few.</summary>
    const int Few = 32;

    /// <summary>The records in order.</summary>
    public static ImmutableArray<FactSheet> NewestFirst(IEnumerable<FactSheet> records, DayFact day)
    {
        FactSheet[] sheets = [.. records];
        return sheets.Length <= 1 ? ImmutableCollectionsMarshal.AsImmutableArray(sheets)
            : sheets.Length <= Few ? InPlace(sheets, day)
            : [.. sheets.OrderByDescending(record => DayOf(record, day)).ThenBy(record => record.Id, StringComparer.Ordinal)];
    }

    static ImmutableArray<FactSheet> InPlace(FactSheet[] sheets, DayFact day)
    {
        Span<long> days = stackalloc long[Few];
        for (var next = 0; next < sheets.Length; next++)
        {
            var (sheet, at) = (sheets[next], DayOf(sheets[next], day));
            var place = next;
            for (; place > 0 && IsBefore(at, sheet, days[place - 1], sheets[place - 1]); place--)
                (sheets[place], days[place]) = (sheets[place - 1], days[place - 1]);
            (sheets[place], days[place]) = (sheet, at);
        }
        return ImmutableCollectionsMarshal.AsImmutableArray(sheets);
    }

    static bool IsBefore(long day, FactSheet sheet, long otherDay, FactSheet other) =>
        day != otherDay ? day > otherDay : string.CompareOrdinal(sheet.Id, other.Id) < 0;

    static long DayOf(FactSheet record, DayFact day) => record[day] is { IsRecorded: true } value ? value.Number : long.MinValue;
}
