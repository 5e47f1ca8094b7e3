using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Text.RegularExpressions;

namespace MaySend.Law;

/// <summary>A statute, judgment, decision or guidance that law files cite, with its first day.</summary>
/// <param name="Name">As citations spell it: "GDPR", "C-673/17".</param>
/// <param name="Says">What it is.</param>
/// <param name="From">The first day on which it was law; for a reading, the day it was given.</param>
/// <param name="Until">The first day on which it was law no longer; null while it is.</param>
/// <param name="IsReading">A judgment, decision or guidance: it says what the law is, and counts from the day it was known, also for days
/// before.</param>
public sealed record Instrument(string Name, string Says, DateOnly From, DateOnly? Until, bool IsReading)
{
    /// <summary>True on a day on which it is law, or known by a day.</summary>
    public bool On(DateOnly day, DateOnly knownAt) =>
        IsReading ? From <= (day > knownAt ? day : knownAt) : From <= day && (Until is null || day < Until);
}

/// <summary>
/// The instruments that law files cite. A citation is a list of parts between semicolons; a part that names an instrument is a citation
/// only since that instrument's first day, a part that names none belongs to the provision's own instrument. Immutable.
/// </summary>
public sealed partial class Instruments
{
    readonly Regex? names;
    readonly ImmutableDictionary<string, Instrument> byName;

    // The texts of a law are few, and each is asked about on every day and in every country.
    readonly ConcurrentDictionary<string, IReadOnlyList<Instrument>> inText = new(StringComparer.Ordinal);

    /// <summary>These instruments.</summary>
    public Instruments(IEnumerable<Instrument> instruments)
    {
        All = [.. instruments.OrderByDescending(one => one.Name.Length).ThenBy(one => one.Name, StringComparer.Ordinal)];
        byName = All.GroupBy(one => one.Name, StringComparer.Ordinal).ToImmutableDictionary(group => group.Key, group => group.First());
        names = All.IsEmpty
            ? null
            : new Regex(
                $@"(?<![\w/-])(?:{string.Join('|', All.Select(one => Regex.Escape(one.Name)))})(?![\w/-])",
                RegexOptions.CultureInvariant
            );
    }

    /// <summary>None: every citation is of the provision's own instrument.</summary>
    public static readonly Instruments None = new([]);

    /// <summary>Every instrument, the longest name first.</summary>
    public ImmutableArray<Instrument> All { get; }

    /// <summary>The instruments that a text names.</summary>
    public IReadOnlyList<Instrument> In(string text) =>
        names is null ? [] : inText.GetOrAdd(text, one => [.. names.Matches(one).Select(match => byName[match.Value])]);

    /// <summary>What looks like an instrument and is none of these.</summary>
    public IEnumerable<string> UnknownIn(string text)
    {
        var rest = names?.Replace(text, "") ?? text;
        return Looks().Matches(rest).Select(match => match.Value).Distinct(StringComparer.Ordinal);
    }

    /// <summary>True when all that a part of a citation, or a note, names is law on a day, or known by then.</summary>
    public bool Shows(string part, DateOnly day, DateOnly knownAt) => In(part).All(one => one.On(day, knownAt));

    /// <summary>
    /// The citation as it stood on a day: its parts that were law, or known, by then; all of it where that leaves nothing.
    /// </summary>
    public string On(string cite, DateOnly day, DateOnly knownAt)
    {
        if (Shows(cite, day, knownAt))
            return cite;
        var parts = Parts(cite).Where(part => Shows(part, day, knownAt)).ToList();
        return parts.Count == 0 ? cite : string.Join("; ", parts);
    }

    /// <summary>A note, where it names nothing younger; null otherwise.</summary>
    public string? NoteOn(string? note, DateOnly day, DateOnly knownAt) =>
        note is null || Shows(note, day, knownAt) ? note
        : Parts(note).Where(part => Shows(part, day, knownAt)).ToList() is { Count: > 0 } parts ? string.Join("; ", parts)
        : null;

    /// <summary>The parts of a citation.</summary>
    public static IEnumerable<string> Parts(string cite) =>
        cite.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    const string Acts = @"\bDirective \d{2,4}/\d+|\bRegulation \(EU\) \d+/\d+|\b(?:UK )?GDPR\b";
    const string Judgments = @"\b[CT]-\d+/\d+|\[\d{4}\] (?:UK|EW)[A-Z]+(?: Civ)? \d+|\bSAN-\d{4}-\d+|\bGuidelines \d+/\d{4}";
    const string GermanCourts = @"\b(?:BGH|OLG|AG|KG) [A-ZÄÖÜ][\wäöüß]*(?: [IVX]+)? ?[\d ]+[A-Z]+ [\d/]+";

    [GeneratedRegex($"{Acts}|{Judgments}|{GermanCourts}", RegexOptions.CultureInvariant)]
    private static partial Regex Looks();
}
