using System.Collections.Immutable;
using System.Globalization;

namespace MaySend.Law.Facts;

/// <summary>
/// One thing that can be on record about a message, a sender, a recipient or a record: its name, scope, meaning and kind of value.
/// A fact is not a value; see <see cref="FactValue"/> and <see cref="FactSheet"/>. Immutable; the closed list is <see cref="Vocabulary"/>.
/// </summary>
public abstract class Fact
{
    private protected Fact(Scope scope, string name, string meaning)
    {
        Scope = scope;
        LocalName = name;
        Name = $"{scope.Word()}.{name}";
        Meaning = meaning;
    }

    /// <summary>What it is a fact of.</summary>
    public Scope Scope { get; }

    /// <summary>Its name within the scope, as files spell it.</summary>
    public string LocalName { get; }

    /// <summary>Scope and name: <c>collection.context</c>.</summary>
    public string Name { get; }

    /// <summary>What it says, in one sentence.</summary>
    public string Meaning { get; }

    /// <summary>Its place in a <see cref="FactSheet"/> of its scope, given by <see cref="Vocabulary"/>.</summary>
    public int Index { get; internal set; } = -1;

    /// <summary>
    /// Its place among the facts of its scope whose values are names or sets, given by <see cref="Vocabulary"/>; -1 for numbers, words and
    /// days.
    /// </summary>
    internal int HeldIndex { get; set; } = -1;

    /// <summary>
    /// What nothing on record says, for the few facts that only ever stand in the way: a defect, a promise or a limit that somebody has to
    /// record before it counts. <see cref="FactValue.NotRecorded"/> for every other fact: silence shows nothing.
    /// </summary>
    public FactValue IfSilent { get; private protected init; }

    /// <summary>What values look like in a file: <c>yes | no</c>, <c>a day, 2026-02-05</c>.</summary>
    public abstract string Form { get; }

    /// <summary>Reads one value as files spell it. Blank is no value: <see cref="FactValue.NotRecorded"/>.</summary>
    /// <returns>False, with what is wrong, when the text is not a value of this fact.</returns>
    public bool TryRead(string text, out FactValue value, out string problem)
    {
        value = FactValue.NotRecorded;
        problem = "";
        return string.IsNullOrWhiteSpace(text) || TryReadText(text.Trim(), out value, out problem);
    }

    private protected abstract bool TryReadText(string text, out FactValue value, out string problem);

    /// <summary>A value of this fact as files spell it; blank when not recorded.</summary>
    public abstract string Write(FactValue value);

    /// <inheritdoc />
    public override string ToString() => Name;
}

/// <summary>A fact with one word out of a closed list; <c>yes</c> and <c>no</c> for a flag.</summary>
public sealed class WordFact : Fact
{
    internal WordFact(Scope scope, string name, string meaning, params string[] words)
        : base(scope, name, meaning)
    {
        Words = [.. words];
        (yes, no) = (Array.IndexOf(words, "yes"), Array.IndexOf(words, "no"));
    }

    readonly int yes;
    readonly int no;

    /// <summary>The closed list; a value is a place in it.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>What a list without a name says, where that is more than silence; null elsewhere.</summary>
    public NameSet? None { get; init; }

    /// <summary>What another name of a word stands for; null where words have no other names.</summary>
    internal Func<string, string>? Reading { get; init; }

    /// <summary>The word that silence says (<see cref="Fact.IfSilent"/>).</summary>
    internal string Presumed
    {
        init => IfSilent = Of(value);
    }

    /// <inheritdoc />
    public override string Form => string.Join(" | ", Words);

    /// <summary>The value for a word of the list.</summary>
    /// <exception cref="ArgumentException">The word is not in the list.</exception>
    public FactValue Of(string word) => FactValue.OfNumber(PlaceOf(word));

    /// <summary>The place of a word in the list.</summary>
    /// <exception cref="ArgumentException">The word is not in the list.</exception>
    internal int PlaceOf(string word) =>
        IndexOf(word) is >= 0 and var index
            ? index
            : throw new ArgumentException($"`{word}` is not a value of {Name}: {Form}", nameof(word));

    /// <summary>The value of a yes or a no, for a flag.</summary>
    /// <exception cref="ArgumentException">The fact is no flag.</exception>
    public FactValue Of(bool answer) => FactValue.OfNumber(PlaceOf(answer));

    /// <summary>The place of a yes or a no in the list, for a flag.</summary>
    /// <exception cref="ArgumentException">The fact is no flag.</exception>
    internal int PlaceOf(bool answer) => (answer ? yes : no) is >= 0 and var index ? index : PlaceOf(answer ? "yes" : "no");

    private protected override bool TryReadText(string text, out FactValue value, out string problem)
    {
        var index = IndexOf(text);
        value = index >= 0 ? FactValue.OfNumber(index) : FactValue.NotRecorded;
        problem = index >= 0 ? "" : $"`{text}` is not one of {Form}";
        return index >= 0;
    }

    int IndexOf(string word)
    {
        word = Reading?.Invoke(word) ?? word;
        for (var index = 0; index < Words.Length; index++)
            if (string.Equals(Words[index], word, StringComparison.Ordinal))
                return index;
        return -1;
    }

    /// <inheritdoc />
    public override string Write(FactValue value) => value.IsRecorded ? Words[(int)value.Number] : "";
}

/// <summary>A fact with one name out of an open list: a legal entity, a country, a register.</summary>
public sealed class NameFact : Fact
{
    internal NameFact(Scope scope, string name, string meaning)
        : base(scope, name, meaning) { }

    /// <inheritdoc />
    public override string Form => "a name";

    private protected override bool TryReadText(string text, out FactValue value, out string problem)
    {
        value = FactValue.OfName(text);
        problem = "";
        return true;
    }

    /// <inheritdoc />
    public override string Write(FactValue value) => value.Name ?? "";
}

/// <summary>A fact with a set of names, out of a closed list of words where one is given.</summary>
public sealed class SetFact : Fact
{
    internal SetFact(Scope scope, string name, string meaning, params IEnumerable<string> words)
        : base(scope, name, meaning) => Words = [.. words];

    /// <summary>The closed list, or empty for an open one.</summary>
    public ImmutableArray<string> Words { get; }

    /// <summary>What a list without a name says, where that is more than silence; null elsewhere.</summary>
    public NameSet? None { get; init; }

    /// <summary>What another name of a word stands for; null where words have no other names.</summary>
    internal Func<string, string>? Reading { get; init; }

    /// <inheritdoc />
    public override string Form => Words.IsEmpty ? "names separated by spaces, or all" : $"some of {string.Join(' ', Words)}, or all";

    private protected override bool TryReadText(string text, out FactValue value, out string problem)
    {
        problem = "";
        var names = text.Split([' ', ',', ';', '|'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (Reading is not null)
            names = Array.ConvertAll(names, name => Reading(name));
        var isComplete = !names.Contains("...");
        value = names is ["all"]
            ? FactValue.OfSet(NameSet.Everything)
            : FactValue.OfSet(NameSet.Of(names.Where(name => name != "..."), isComplete));
        var unknown = Words.IsEmpty || names is ["all"] ? null : names.FirstOrDefault(name => name != "..." && !Words.Contains(name));
        if (unknown is null)
            return true;
        value = FactValue.NotRecorded;
        problem = $"`{unknown}` is not one of {string.Join(' ', Words)}";
        return false;
    }

    /// <inheritdoc />
    public override string Write(FactValue value) => value.Set?.ToString() ?? "";
}

/// <summary>A fact with a calendar day, in the time zone of the law that asks.</summary>
public sealed class DayFact : Fact
{
    internal DayFact(Scope scope, string name, string meaning)
        : base(scope, name, meaning) { }

    /// <summary>The day that silence says (<see cref="Fact.IfSilent"/>).</summary>
    internal DateOnly Presumed
    {
        init => IfSilent = FactValue.OfDay(value);
    }

    /// <inheritdoc />
    public override string Form => "a day, 2026-02-05";

    private protected override bool TryReadText(string text, out FactValue value, out string problem)
    {
        var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
        value = isDay ? FactValue.OfDay(day) : FactValue.NotRecorded;
        problem = isDay ? "" : $"`{text}` is not a day such as 2026-02-05";
        return isDay;
    }

    /// <inheritdoc />
    public override string Write(FactValue value) => value.IsRecorded ? value.Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : "";
}

/// <summary>A fact with a whole number, zero or more.</summary>
public sealed class NumberFact : Fact
{
    internal NumberFact(Scope scope, string name, string meaning)
        : base(scope, name, meaning) { }

    /// <inheritdoc />
    public override string Form => "a whole number";

    private protected override bool TryReadText(string text, out FactValue value, out string problem)
    {
        var isNumber = int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number);
        value = isNumber ? FactValue.OfNumber(number) : FactValue.NotRecorded;
        problem = isNumber ? "" : $"`{text}` is not a whole number";
        return isNumber;
    }

    /// <inheritdoc />
    public override string Write(FactValue value) => value.IsRecorded ? value.Number.ToString(CultureInfo.InvariantCulture) : "";
}
