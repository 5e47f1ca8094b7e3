using System.Collections.Immutable;
using MaySend.Evidence.Entries;
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

    /// <summary>The question was a what-if.</summary>
    public const string WhatIf = "what-if";

    /// <summary>Whether what was decided may go out now.</summary>
    /// <param name="decision">What was decided.</param>
    /// <param name="campaign">The campaign with all its days.</param>
    /// <param name="law">Whose zones count.</param>
    /// <param name="now">Now.</param>
    /// <param name="canStop">True while requests to stop can be taken.</param>
    /// <param name="isWhatIf">True where the question was a what-if.</param>
    public static Sending Of(Decision decision, Campaign campaign, LawBook law, DateTimeOffset now, bool canStop, bool isWhatIf)
    {
        var days = Today(decision, law, now);
        var reasons = ImmutableArray.CreateBuilder<string>();
        if (isWhatIf)
            reasons.Add(WhatIf);
        if (days.Any(day => day < campaign.Day))
            reasons.Add(BeforeItsDay);
        else if (days.Any(day => !campaign.Has(day)))
            reasons.Add(ItsDayHasPassed);
        if (!canStop)
            reasons.Add(OptOutsNotTaken);
        return new(decision.Verdict == Verdict.Permitted && reasons.Count == 0, reasons.ToImmutable());
    }

    /// <summary>Which day it is in the zone of every law that asks: where they differ, each must be a day of the campaign.</summary>
    static HashSet<DateOnly> Today(Decision decision, LawBook law, DateTimeOffset now)
    {
        var zones = decision
            .Formula.Send.Elements.Concat(decision.Formula.Process.Elements)
            .Select(element => law.Find(element.Jurisdiction)?.Zone)
            .OfType<string>()
            .Distinct(StringComparer.Ordinal)
            .ToList();
        return [.. (zones.Count == 0 ? ["Etc/UTC"] : zones).Select(zone => DayIn(zone, now))];
    }

    /// <summary>The day that it is in a zone.</summary>
    static DateOnly DayIn(string zone, DateTimeOffset now) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime);
}
