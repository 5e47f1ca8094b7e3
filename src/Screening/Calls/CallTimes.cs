using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Screening.Audiences;

namespace MaySend.Screening.Calls;

/// <summary>
/// When each person of a call list may be called, and until which day the answer holds if nothing new is recorded: for a screening of
/// calls, beside its verdicts. Asks the same formula again for other hours, weekdays and days; it permits nothing that a decision would
/// not.
/// </summary>
sealed class CallTimes
{
    /// <summary>The file it is written to.</summary>
    public const string FileName = WrittenLists.CallTimes;

    const int DaysAhead = 31;
    const int MostNamed = 6;
    static readonly NameSet Nowhere = NameSet.Of(DayOfSending.Nowhere);
    static readonly string[] Short = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    readonly Decider decider;
    readonly ControllerRecord controller;
    readonly DateOnly knownAt;
    readonly CampaignFacts campaign;
    readonly FactFinder finder;
    readonly List<string[]> rows = [];
    readonly SortedDictionary<(DateOnly Until, string Register), int> growOld = [];
    readonly Dictionary<DecisionFormula, IReadOnlyList<LookUp>> asked = new(ReferenceEqualityComparer.Instance);
    readonly Dictionary<DecisionFormula, IReadOnlyList<IReadOnlyList<string>>> hourGroups = new(ReferenceEqualityComparer.Instance);

    CallTimes(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt)
    {
        (this.decider, this.controller, this.knownAt) = (decider, controller, knownAt);
        this.campaign = CampaignFactFinder.Find(controller, campaign);
        finder = new FactFinder(controller, campaign, decider.Days);
    }

    /// <summary>For a campaign of calls; null for one by another channel.</summary>
    public static CallTimes? For(Decider decider, ControllerRecord controller, Campaign campaign, DateOnly knownAt) =>
        Words.Calls.Contains(campaign.Channel) ? new CallTimes(decider, controller, campaign, knownAt) : null;

    /// <summary>Takes one person's answer. Not safe for several threads.</summary>
    public void Add(Screened screened)
    {
        var facts = finder.Find(screened.Person.Entries, screened.Person.Address);
        var until = screened.Verdict == Verdict.Permitted ? GoodUntil(facts).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
        var lookUps = LookUpsOf(facts).ToList();
        foreach (var lookUp in lookUps)
            growOld[(lookUp.Until, lookUp.Register)] = growOld.GetValueOrDefault((lookUp.Until, lookUp.Register)) + 1;
        rows.Add([
            screened.Person.Address,
            screened.Verdict.Word(),
            Week(facts),
            until,
            string.Join(
                "; ",
                lookUps.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Register} until {one.Until:yyyy-MM-dd}"))
            ),
        ]);
    }

    /// <summary>Until when the look-ups on record count, soonest first, and of how many people; none where no law asked for one.</summary>
    public IReadOnlyList<LookUpsUntil> LookUps => [.. growOld.Select(one => new LookUpsUntil(one.Key.Until, one.Key.Register, one.Value))];

    /// <summary>The same in one sentence, if there are any.</summary>
    public static IEnumerable<string> InWords(IReadOnlyList<LookUpsUntil> lookUps)
    {
        if (lookUps.Count > 0)
            yield return "look-ups on record are valid until: "
                + string.Join(
                    ", ",
                    lookUps
                        .Take(MostNamed)
                        .Select(one =>
                            string.Create(CultureInfo.InvariantCulture, $"{one.Until:d MMM yyyy} ({one.Register}: {one.People:N0})")
                        )
                )
                + (lookUps.Count > MostNamed ? ", ..." : "");
    }

    /// <summary>
    /// The last look-up on record in each register that the law of this person asks about, with the last day on which it counts.
    /// </summary>
    public IEnumerable<LookUpOnRecord> LookUpsOf(RecipientFacts facts)
    {
        var formula = Formula(campaign, facts);
        if (!asked.TryGetValue(formula, out var lookUps))
            asked[formula] = lookUps = [.. LookUp.In(formula.Send.Whole, campaign.Message[Message.Day].Day)];
        foreach (var lookUp in lookUps)
        {
            var last = facts
                .Checks.Where(check => check[Check.Register].Name == lookUp.Register && check[Check.Day].IsRecorded)
                .MaxBy(check => check[Check.Day].Number);
            if (last is not null && lookUp.LastDay(last[Check.Day].Day) is { } until)
                yield return new LookUpOnRecord(lookUp.Register, last[Check.Day].Day, until, Check.Listed.Write(last[Check.Listed]));
        }
    }

    /// <summary>Facts of one person for this campaign.</summary>
    public RecipientFacts Facts(IReadOnlyList<ContactEntry> entries, string address) => finder.Find(entries, address);

    /// <summary>What is decided about somebody for the campaign's day.</summary>
    public Verdict VerdictOn(RecipientFacts facts) =>
        decider.Decide(campaign, facts, knownAt, controller.PolicyOn(campaign.Message[Message.Day].Day)).Verdict;

    /// <summary>
    /// The last day of the rest that the law gives somebody after a refusal of calls, taken back or not; null where none runs.
    /// </summary>
    public DateOnly? RestUntil(RecipientFacts facts)
    {
        var day = campaign.Message[Message.Day].Day;
        var channel = Message.Channel.Write(campaign.Message[Message.Channel]);
        return FirstLimb
            .LimbsIn(Formula(campaign, facts).Send.Whole)
            .Where(limb => limb.Of.Condition == CallConditions.RefusedWithin)
            .SelectMany(limb =>
                facts
                    .Refusals.Where(refusal => refusal[Refusal.Day].IsRecorded && refusal[Refusal.Channels].Set?.Has(channel) != false)
                    .Select(refusal => (DateOnly?)limb.Of.With.Period.LastWithin(refusal[Refusal.Day].Day))
            )
            .Where(until => until >= day)
            .Max();
    }

    /// <summary>The file's content: one row a person, in the order they came.</summary>
    public string Write() => CsvTable.Text(["address", "verdict", "may_be_called", "good_until", "look_ups"], rows);

    /// <summary>
    /// The windows of a week in which the person may be called: <c>Mon-Fri 10-13, 14-20; not on public holidays</c>, <c>any time</c>, or
    /// nothing.
    /// </summary>
    public string Week(RecipientFacts facts)
    {
        var formula = Formula(campaign, facts);
        if (Truth(formula.Process, campaign, facts) != Law.Truth.Satisfied)
            return "";
        var groups = GroupsOf(formula);
        var days = new List<string>();
        CampaignFacts? open = null;
        foreach (var weekday in Calling.Weekday.Words)
        {
            var hours = new List<string>();
            foreach (var group in groups)
            {
                var at = At(weekday, group, isHoliday: false);
                if (Truth(formula.Send, at, facts) != Law.Truth.Satisfied)
                    continue;
                hours.AddRange(group);
                open ??= At(weekday, group, isHoliday: true);
            }
            days.Add(Hours.InWords(hours));
        }
        if (open is null)
            return "";
        var holidays = Truth(formula.Send, open, facts) == Law.Truth.Satisfied ? "" : "; not on public holidays";
        return days.TrueForAll(day => day == "0-24") ? $"any time{holidays}" : InWords(days) + holidays;
    }

    /// <summary>
    /// The last day, of the next <see cref="DaysAhead"/>, on which the answer still holds: look-ups grow old, consents and contracts end,
    /// laws change.
    /// </summary>
    public DateOnly GoodUntil(RecipientFacts facts)
    {
        var day = campaign.Message[Message.Day].Day;
        var last = day;
        for (var ahead = 1; ahead <= DaysAhead; ahead++)
        {
            var then = campaign with { Message = OnDay(day.AddDays(ahead)) };
            var formula = Formula(then, facts);
            if (Truth(formula.Send, then, facts) != Law.Truth.Satisfied || Truth(formula.Process, then, facts) != Law.Truth.Satisfied)
                return last;
            last = day.AddDays(ahead);
        }
        return last;
    }

    DecisionFormula Formula(CampaignFacts at, RecipientFacts facts) =>
        decider.Formula(
            at,
            facts.Recipient[Recipient.Countries].Set ?? NameSet.Of(),
            knownAt,
            controller.PolicyOn(at.Message[Message.Day].Day)
        );

    static Truth Truth(KeyFormula key, CampaignFacts at, RecipientFacts facts) => new Evaluator(at, facts).Of(key.Whole);

    /// <summary>A day that is a holiday everywhere, in every region too, or nowhere.</summary>
    CampaignFacts At(string weekday, IReadOnlyList<string> hours, bool isHoliday) =>
        campaign with
        {
            Message = campaign
                .Message.Copy()
                .With(Calling.Weekday, weekday)
                .With(Calling.NoCallsIn, Hours.Besides(hours))
                .With(Calling.PublicHolidayIn, isHoliday ? NameSet.Of(DayOfSending.Countries) : Nowhere)
                .With(Calling.RegionalHolidaysIn, isHoliday ? NameSet.Of(RegionalHolidays.Countries) : Nowhere)
                .With(Calling.RegionalHolidayIn, isHoliday ? NameSet.Of(RegionalHolidays.Regions) : Nowhere),
        };

    /// <summary>Another day of the same kind: weekday and holiday stay, so that what is asked is age alone.</summary>
    FactSheet OnDay(DateOnly day)
    {
        var message = campaign.Message;
        var other = DayOfSending.Mark(message.Copy().With(Message.Day, day));
        other[Calling.Weekday] = message[Calling.Weekday];
        foreach (var holidays in new[] { Calling.PublicHolidayIn, Calling.RegionalHolidaysIn, Calling.RegionalHolidayIn })
            other[holidays] = message[holidays];
        return other;
    }

    /// <summary>Hours about which the law in force makes no difference, together: few questions then answer for a whole day.</summary>
    IReadOnlyList<IReadOnlyList<string>> GroupsOf(DecisionFormula formula)
    {
        if (hourGroups.TryGetValue(formula, out var known))
            return known;
        var forbidden = FirstLimb
            .LimbsIn(formula.Send.Whole)
            .Where(limb => limb.Of.Condition == CallConditions.NotInTheHours)
            .Select(limb => limb.Of.With.Names)
            .ToList();
        return hourGroups[formula] = [
            .. Hours
                .All.GroupBy(hour => string.Concat(forbidden.Select(hours => hours.Contains(hour) ? '1' : '0')))
                .Select(group => group.ToList()),
        ];
    }

    /// <summary>Days with the same windows together: <c>Mon-Fri 9-21; Sat 10-12</c>.</summary>
    static string InWords(List<string> days)
    {
        var parts = new List<string>();
        for (var from = 0; from < days.Count; from++)
        {
            if (days[from].Length == 0)
                continue;
            var to = from;
            while (to + 1 < days.Count && days[to + 1] == days[from])
                to++;
            parts.Add($"{(to > from ? $"{Short[from]}-{Short[to]}" : Short[from])} {days[from]}");
            from = to;
        }
        return string.Join("; ", parts);
    }
}
