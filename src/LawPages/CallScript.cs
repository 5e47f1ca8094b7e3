using System.Globalization;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.LawPages;

/// <summary>One thing to do or to say, with where the law says so.</summary>
public sealed record ScriptLine(string Text, string Cite);

/// <summary>
/// What a caller does before dialling and says on the line, for one country, channel and day, out of the law files: it says nothing that no
/// provision asks for. Whether a person may be called at all is not its question.
/// </summary>
public sealed record CallScript(
    string Country,
    string Channel,
    DateOnly Day,
    IReadOnlyList<ScriptLine> Before,
    IReadOnlyList<ScriptLine> Say,
    IReadOnlyList<ScriptLine> Afterwards
)
{
    static readonly List<string> Week = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    /// <summary>The script of a country.</summary>
    /// <param name="law">The law on file.</param>
    /// <param name="country">Whose law.</param>
    /// <param name="channel">How the call is made: one of <see cref="Words.Calls"/>.</param>
    /// <param name="day">The day of the call.</param>
    public static CallScript Of(LawBook law, Jurisdiction country, string channel, DateOnly day)
    {
        var provisions = law.AsAt(country.SendLaw, Key.Send, day, day)
            .Concat(law.AsAt(country.ProcessLaw, Key.Process, day, day))
            .Where(p => p.AddedBy is null && p.Channels.Contains(channel))
            .Select(p => p.On(day, day))
            .ToList();
        var limbs = provisions
            .SelectMany(p => p.Grounds.Where(ground => ground.InForce.On(day)).Select(ground => ground.Body).Append(p.Body))
            .OfType<Formula>()
            .SelectMany(FirstLimb.LimbsIn)
            .Select(limb => limb.Of)
            .Where(limb => limb.InForce.On(day) && limb.AddedBy is null)
            .ToList();
        return new CallScript(
            country.Name,
            channel,
            day,
            [.. Lines(limbs, BeforeTheCall), .. LookUps(law, provisions, day)],
            [.. Lines(limbs, OnTheLine)],
            [
                new ScriptLine(
                    "If the person says no, in whatever words: end the call and record it at once (maysend record refusal)",
                    string.Join(
                        "; ",
                        provisions.Where(p => p.Kind == ProvisionKind.Bar && !OneSubject.IsOf(p)).Select(p => p.ShortName).Distinct()
                    )
                ),
                .. Lines(limbs.Concat(Bars(provisions, day)), AfterTheCall),
            ]
        );
    }

    /// <summary>Each register once, with the strictest age where several provisions ask about it.</summary>
    static IEnumerable<ScriptLine> LookUps(LawBook law, IEnumerable<Provision> provisions, DateOnly day) =>
        provisions
            .Where(p => !OneSubject.IsOf(p))
            .SelectMany(p =>
                p.Grounds.Where(ground => ground.InForce.On(day))
                    .Select(ground => ground.Body)
                    .Append(p.Body)
                    .OfType<Formula>()
                    .SelectMany(body => LookUp.In(body, day))
                    .Select(lookUp => (LookUp: lookUp, p.ShortName))
            )
            .GroupBy(asked => asked.LookUp.Register)
            .Join(
                law.Registers,
                asked => asked.Key,
                register => register.Id,
                (asked, register) =>
                {
                    var age = asked.Select(one => one.LookUp).MinBy(one => one.LastDay(day) ?? DateOnly.MaxValue)!.Age;
                    return new ScriptLine(
                        $"Look the number up in {register.Name}, {register.Url}" + (age.Length > 0 ? $"; the look-up may be {age}" : ""),
                        string.Join("; ", asked.Select(one => one.ShortName).Distinct())
                    );
                }
            );

    static IEnumerable<LimbOf> Bars(IEnumerable<Provision> provisions, DateOnly day) =>
        provisions
            .Where(p => p.Kind == ProvisionKind.Bar)
            .Select(p => p.Body)
            .OfType<Formula>()
            .SelectMany(FirstLimb.LimbsIn)
            .Select(limb => limb.Of)
            .Where(limb => limb.InForce.On(day));

    /// <summary>One line for each thing to do, with every place that asks for it.</summary>
    static IEnumerable<ScriptLine> Lines(IEnumerable<LimbOf> limbs, Func<LimbOf, string?> says) =>
        limbs
            .Select(limb => (Text: says(limb), limb.Cite))
            .Where(line => line.Text is not null)
            .GroupBy(line => line.Text!)
            .Select(group => new ScriptLine(group.Key, string.Join("; ", group.Select(line => line.Cite).Distinct())));

    static string? BeforeTheCall(LimbOf limb) =>
        limb.Condition switch
        {
            var c when c == CallConditions.OnWeekday => $"Call on these days only: {Weekdays(limb.With.Names)}",
            var c when c == CallConditions.NotOnAHoliday => "Do not call on a public holiday",
            var c when c == CallConditions.NotOnARegionalHoliday =>
                "Do not call on a public holiday of the person's region or town (MaySend does not know the holidays of towns)",
            var c when c == CallConditions.NotInTheHours =>
                $"Call between these hours by the person's clock: {Hours.InWords(Hours.All.Except(limb.With.Names))}",
            var c when c == CallConditions.FewerCalls => string.Create(
                CultureInfo.InvariantCulture,
                $"Call, or try to call, one person at most {limb.With} times in 30 days"
            ),
            var c when c == MessageConditions.CallingLineShown => "Show your number",
            var c when c == CallConditions.LineRegistered => "Call from a number that the directory lists under your name",
            var c when c == CallConditions.RangeIs => $"Call from a number of this kind: {limb.With}",
            _ => null,
        };

    /// <summary>"Monday to Friday" where the days follow each other, else one after another.</summary>
    static string Weekdays(IEnumerable<string> names)
    {
        var days = names.Select(name => CultureInfo.InvariantCulture.TextInfo.ToTitleCase(name)).ToList();
        var places = days.Select(day => Week.IndexOf(day)).Order().ToList();
        return days.Count > 2 && places[0] >= 0 && places[^1] - places[0] == days.Count - 1
            ? $"{Week[places[0]]} to {Week[places[^1]]}"
            : string.Join(", ", days);
    }

    static string? OnTheLine(LimbOf limb) =>
        limb.Condition switch
        {
            var c when c == CallConditions.MachineDisclosed => "At the start: \"You are talking to a machine.\"",
            var c when c == MessageConditions.SenderIdentified => "At the start: who you are, and on whose behalf you call",
            var c when c == MessageConditions.CommercialNatureClear => "At the start: that this is a commercial call, and what it offers",
            var c when c == MessageConditions.RightToObjectShown =>
                "Apart from the offer: \"You can tell us at any time that you want no more calls; then we stop.\"",
            var c when c == MessageConditions.RefusalOffered => "In every call: an easy and free way to say no to further calls",
            var c when c == MessageConditions.StopAddress => "A free number or an address at which people can stop further calls",
            var c when c == MessageConditions.NoticeGiven => "Where you got the number, and where the privacy information is",
            _ => null,
        };

    static string? AfterTheCall(LimbOf limb) =>
        limb.Condition == CallConditions.RefusedWithin ? $"After a no, do not call that person for {limb.With}" : null;
}
