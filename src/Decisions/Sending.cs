using System.Collections.Immutable;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Law.Provisions;

namespace MaySend.Decisions;

/// <summary>Whether a message may go out at this moment: a verdict is for a day, and never looks at a clock.</summary>
/// <param name="May">True only if it is permitted, and now is within the campaign's days, and opt-outs can be taken.</param>
/// <param name="Reasons">What stands in the way beside the verdict, as stable codes; empty where nothing does.</param>
public sealed record Sending(bool May, ImmutableArray<string> Reasons)
{
    /// <summary>Its first day has not come where the law that asks counts its days.</summary>
    public const string BeforeItsDay = "before-its-day";

    /// <summary>Its last day is over where the law that asks counts its days.</summary>
    public const string ItsDayHasPassed = "its-day-has-passed";

    /// <summary>Requests to stop cannot be taken now, so nothing may go out that somebody could want to stop.</summary>
    public const string OptOutsNotTaken = "opt-outs-not-taken";

    /// <summary>The store is not as the chain says it was written, so somebody who refused may look like a stranger.</summary>
    public const string StoreDamaged = "store-damaged";

    /// <summary>The question was a what-if.</summary>
    public const string WhatIf = "what-if";

    /// <summary>The campaign's channel cannot get to an address of this kind: an email to a telephone number, a call to an email
    /// address.</summary>
    public const string ChannelDoesNotReachIt = "channel-does-not-reach-the-address";

    /// <summary>In words, for people.</summary>
    /// <param name="verdict">What was decided.</param>
    public string Says(Verdict verdict) =>
        May ? "it may go out now"
        : Reasons.IsEmpty ? $"it is {verdict.Word().Replace('-', ' ')}"
        : string.Join(
            "; ",
            Reasons.Select(reason =>
                reason switch
                {
                    BeforeItsDay => "its day has not come",
                    ItsDayHasPassed => "its day has passed",
                    OptOutsNotTaken => "requests to stop cannot be taken now",
                    ChannelDoesNotReachIt => "the campaign's channel does not reach an address of this kind",
                    StoreDamaged => "the store is damaged: run `maysend ledger verify --keys`",
                    _ => "this is a what-if, so nothing goes out",
                }
            )
        );

    /// <summary>The same as a part of an explanation.</summary>
    /// <param name="verdict">What was decided.</param>
    public SendingExplanation Explain(Verdict verdict) => new(May, Reasons, Says(verdict));

    /// <summary>Whether what was decided may go out now.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="campaign">The campaign with all its days.</param>
    /// <param name="address">Where the message would go.</param>
    /// <param name="law">Whose zones count.</param>
    /// <param name="now">Now.</param>
    /// <param name="hindrance">What stands in the way of everything at this moment, a code of this class; null where nothing does.</param>
    /// <param name="isWhatIf">True where the question was a what-if.</param>
    public static Sending Of(
        Decision decision,
        Campaign campaign,
        Address address,
        LawBook law,
        DateTimeOffset now,
        string? hindrance,
        bool isWhatIf
    )
    {
        var days = Today(decision, law, now);
        var day = decision.Formula.Day;
        string? notToday =
            days.Any(today => today < campaign.Day) || days.All(today => today < day) ? BeforeItsDay
            : days.Any(today => !campaign.Has(today)) || !days.Contains(day) ? ItsDayHasPassed
            : null;
        ImmutableArray<string> reasons = [.. OutOfReach(campaign, address), .. Standing(notToday, hindrance, isWhatIf)];
        return new(decision.Verdict == Verdict.Permitted && reasons.IsEmpty, reasons);
    }

    /// <summary>Whether a list that is good for one day may be used now; whom it permits, it says itself.</summary>
    /// <param name="day">The day it is good for.</param>
    /// <param name="jurisdictions">Whose law was asked about the people of it.</param>
    /// <param name="law">Whose zones count.</param>
    /// <param name="now">Now.</param>
    /// <param name="hindrance">What stands in the way of everything at this moment, a code of this class; null where nothing does.</param>
    /// <param name="isWhatIf">True where the question was a what-if.</param>
    public static Sending OfList(
        DateOnly day,
        IEnumerable<string> jurisdictions,
        LawBook law,
        DateTimeOffset now,
        string? hindrance,
        bool isWhatIf
    )
    {
        var days = Today(jurisdictions, law, now);
        var reasons = Standing(
            days.Any(today => today < day) ? BeforeItsDay
                : days.Any(today => today > day) ? ItsDayHasPassed
                : null,
            hindrance,
            isWhatIf
        );
        return new(reasons.IsEmpty, reasons);
    }

    /// <summary>
    /// What files say about one address, where no clock is looked at: whether the campaign's channel reaches it. Null where it does, as
    /// nothing is sent from files.
    /// </summary>
    /// <param name="campaign">What is to be sent.</param>
    /// <param name="address">Where it would go.</param>
    public static Sending? FromFiles(Campaign campaign, Address address) =>
        OutOfReach(campaign, address).ToImmutableArray() is { IsEmpty: false } reasons ? new(false, reasons) : null;

    static IEnumerable<string> OutOfReach(Campaign campaign, Address address)
    {
        if (!ChannelReach.Reaches(campaign.Channel, address.Kind))
            yield return ChannelDoesNotReachIt;
    }

    static ImmutableArray<string> Standing(string? notToday, string? hindrance, bool isWhatIf) =>
        [.. new[] { isWhatIf ? WhatIf : null, notToday, hindrance }.OfType<string>()];

    /// <summary>Which day it is in the zone of every law that asks: where they differ, each must be a day of the campaign.</summary>
    internal static HashSet<DateOnly> Today(Decision decision, LawBook law, DateTimeOffset now) =>
        Today(decision.Formula.Send.Elements.Concat(decision.Formula.Process.Elements).Select(element => element.Jurisdiction), law, now);

    static HashSet<DateOnly> Today(IEnumerable<string> jurisdictions, LawBook law, DateTimeOffset now)
    {
        var days = new HashSet<DateOnly>();
        var (last, zone) = ("", "");
        foreach (var name in jurisdictions)
        {
            // Elements of one law stand together, and most laws of an answer share a zone.
            if (ReferenceEquals(name, last))
                continue;
            last = name;
            // House rules hold everywhere and have no day of their own.
            if (law.Find(name) is { IsEverywhere: false } one && one.Zone != zone)
                days.Add(DayIn(zone = one.Zone, now));
        }
        if (days.Count == 0)
            days.Add(DayIn("Etc/UTC", now));
        return days;
    }

    /// <summary>The day that it is in a zone.</summary>
    static DateOnly DayIn(string zone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
