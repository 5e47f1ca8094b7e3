using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Records.Start;

/// <summary>The registers that are to be looked up before a mailing, and what somebody said that the look-ups found.</summary>
static class StartRegisters
{
    const string Channel = "email";
    const string DayOf = "-day",
        FoundIn = "-found";

    /// <summary>Those that the law of some of these countries asks about for a mailing, by id.</summary>
    public static IReadOnlyList<string> AskedFor(LawBook law, IEnumerable<string> countries) =>
        [
            .. countries
                .Select(law.Find)
                .OfType<Jurisdiction>()
                .SelectMany(country => law.AsAt(country.SendLaw, Key.Send, DateOnly.MaxValue, DateOnly.MaxValue))
                .Where(provision => provision.Channels.Contains(Channel) && provision.AddedBy is null && !OneSubject.IsOf(provision))
                .SelectMany(provision => provision.Grounds.Select(ground => ground.Body).Append(provision.Body))
                .OfType<Formula>()
                .SelectMany(body => LookUp.In(body, DateOnly.MaxValue))
                .Select(lookUp => lookUp.Register)
                .Distinct()
                .Order(StringComparer.Ordinal),
        ];

    /// <summary>What is asked about one register.</summary>
    public static IEnumerable<StartField> Fields(string register) =>
        [
            new(Id(register) + DayOf, $"{register}: on which day did you look the list up in it?") { IsDay = true, IsNeeded = false },
            new(Id(register) + FoundIn, $"{register}: who was in it? Addresses separated by spaces, or none") { IsNeeded = false },
        ];

    /// <summary>A good answer about each register.</summary>
    public static IEnumerable<KeyValuePair<string, string>> NobodyFound(IEnumerable<string> registers, DateOnly day) =>
        registers.SelectMany(register =>
            new KeyValuePair<string, string>[]
            {
                new(Id(register) + DayOf, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)),
                new(Id(register) + FoundIn, "none"),
            }
        );

    /// <summary>
    /// The look-ups that were answered in full: the register, its day, and the words said of whom it holds. A day alone, or names alone,
    /// show nothing.
    /// </summary>
    public static IEnumerable<(string Register, string Country, DateOnly Day, IReadOnlyList<string> Listed)> Answered(StartRecord record) =>
        from field in record.Answers.GetValueOrDefault("registers")?.Keys ?? []
        where field.EndsWith(DayOf, StringComparison.Ordinal) && field.Length > DayOf.Length + 3
        let id = field[..^DayOf.Length]
        let day = record.Day("registers", field)
        let listed = record["registers", id + FoundIn]
        where day is not null && listed is not null
        select (
            $"{id[..2]}/{id[3..]}",
            id[..2],
            day.Value,
            (IReadOnlyList<string>)(listed == "none" ? [] : listed.Split([' ', ',', ';', '\n'], StringSplitOptions.RemoveEmptyEntries))
        );

    /// <summary>Ids of registers begin with the country: at/ecg.</summary>
    static string Id(string register) => register.Replace('/', '-');
}
