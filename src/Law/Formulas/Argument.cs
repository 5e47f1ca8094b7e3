using System.Collections.Immutable;
using System.Globalization;
using MaySend.Law.Facts;

namespace MaySend.Law.Formulas;

/// <summary>What a law file may add to a condition with <c>with:</c>, so that no statutory number, day or list stands in C#.</summary>
public enum ArgumentKind
{
    /// <summary>The condition takes nothing.</summary>
    None,

    /// <summary>Words of the tested fact's closed list.</summary>
    Words,

    /// <summary>Names: a register, labels.</summary>
    Names,

    /// <summary>A whole number, such as an age in years.</summary>
    Number,

    /// <summary>A calendar period, <c>P12M</c>.</summary>
    Period,

    /// <summary>A calendar day.</summary>
    Day,
}

/// <summary>A constant inside a formula, or the place that a law file fills. Immutable.</summary>
public sealed record Argument
{
    Argument(ArgumentKind kind, bool isOpen) => (Kind, IsOpen) = (kind, isOpen);

    /// <summary>No argument.</summary>
    public static readonly Argument None = new(ArgumentKind.None, isOpen: false);

    /// <summary>Words the law file chooses.</summary>
    public static readonly Argument WordsFromLaw = new(ArgumentKind.Words, isOpen: true);

    /// <summary>Names the law file gives.</summary>
    public static readonly Argument NamesFromLaw = new(ArgumentKind.Names, isOpen: true);

    /// <summary>A number the law file gives.</summary>
    public static readonly Argument NumberFromLaw = new(ArgumentKind.Number, isOpen: true);

    /// <summary>A period the law file gives.</summary>
    public static readonly Argument PeriodFromLaw = new(ArgumentKind.Period, isOpen: true);

    /// <summary>A day the law file gives.</summary>
    public static readonly Argument DayFromLaw = new(ArgumentKind.Day, isOpen: true);

    /// <summary>What it holds.</summary>
    public ArgumentKind Kind { get; private init; }

    /// <summary>True while a law file has yet to fill it.</summary>
    public bool IsOpen { get; private init; }

    /// <summary>The words or names, in the order given.</summary>
    public ImmutableArray<string> Names { get; private init; } = [];

    /// <summary>The number, or the day's number.</summary>
    public long Number { get; private init; }

    /// <summary>The period.</summary>
    public Period Period { get; private init; }

    /// <summary>Fixed words, for conditions that need none from the law.</summary>
    public static Argument OfWords(params IEnumerable<string> words) => new(ArgumentKind.Words, isOpen: false) { Names = [.. words] };

    /// <summary>Fixed names.</summary>
    public static Argument OfNames(params IEnumerable<string> names) => new(ArgumentKind.Names, isOpen: false) { Names = [.. names] };

    /// <summary>A fixed number.</summary>
    public static Argument OfNumber(long number) => new(ArgumentKind.Number, isOpen: false) { Number = number };

    /// <summary>A fixed period.</summary>
    public static Argument OfPeriod(Period period) => new(ArgumentKind.Period, isOpen: false) { Period = period };

    /// <summary>A fixed day.</summary>
    public static Argument OfDay(DateOnly day) => new(ArgumentKind.Day, isOpen: false) { Number = day.DayNumber };

    /// <summary>As a law file writes it.</summary>
    public override string ToString() =>
        Kind switch
        {
            ArgumentKind.Words or ArgumentKind.Names => string.Join(", ", Names),
            ArgumentKind.Number => Number.ToString(CultureInfo.InvariantCulture),
            ArgumentKind.Period => Period.InWords(),
            ArgumentKind.Day => DateOnly.FromDayNumber((int)Number).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            _ => "",
        };

    /// <summary>Equal when kind and content are.</summary>
    public bool Equals(Argument? other) =>
        other is not null
        && Kind == other.Kind
        && IsOpen == other.IsOpen
        && Number == other.Number
        && Period == other.Period
        && Names.AsSpan().SequenceEqual(other.Names.AsSpan());

    /// <inheritdoc />
    public override int GetHashCode() => HashCode.Combine(Kind, IsOpen, Number, Period, Names.Length);
}

/// <summary>Short ways to write the formulas of conditions.</summary>
public static class Tests
{
    /// <summary>The fact is one of these words.</summary>
    public static Formula Is(this WordFact fact, params IEnumerable<string> words) =>
        new OneOf(
            fact,
            Argument.OfWords([
                .. words.Select(word => fact.Words.Contains(word) ? word : throw new ArgumentException($"{fact.Name} has no word {word}")),
            ])
        );

    /// <summary>The flag is yes.</summary>
    public static Formula IsYes(this WordFact flag) => flag.Is("yes");

    /// <summary>The flag is no.</summary>
    public static Formula IsNo(this WordFact flag) => flag.Is("no");

    /// <summary>The fact is one of the words the law file chooses.</summary>
    public static Formula IsOneOfTheLaws(this WordFact fact) => new OneOf(fact, Argument.WordsFromLaw);

    /// <summary>The set holds this fact's word, name or names.</summary>
    public static Formula Covers(this SetFact whole, Fact part) => new Covers(whole, part, Argument.None);

    /// <summary>The sets have a name in common, or may have.</summary>
    public static Formula Overlaps(this SetFact one, SetFact other) => new Overlaps(one, other, Argument.None);

    /// <summary>The set has a name in common with those the law file gives, or may have.</summary>
    public static Formula OverlapsTheLaws(this SetFact one) => new Overlaps(one, null, Argument.NamesFromLaw);

    /// <summary>The set holds these names.</summary>
    public static Formula Holds(this SetFact whole, params IEnumerable<string> names) => new Covers(whole, null, Argument.OfNames(names));

    /// <summary>The set holds the names the law file gives.</summary>
    public static Formula HoldsTheLaws(this SetFact whole) => new Covers(whole, null, Argument.NamesFromLaw);

    /// <summary>Not more than the law's period before the later day.</summary>
    public static Formula WithinTheLawsPeriodBefore(this DayFact earlier, DayFact later) =>
        new Within(earlier, Argument.PeriodFromLaw, later);

    /// <summary>Compares two facts.</summary>
    public static Formula Compared(this Fact left, Comparison how, Fact right) => new Compare(left, how, right, Argument.None);

    /// <summary>Compares a fact with the law's number or day.</summary>
    public static Formula ComparedWithTheLaws(this Fact left, Comparison how, ArgumentKind kind = ArgumentKind.Number) =>
        new Compare(left, how, null, kind == ArgumentKind.Day ? Argument.DayFromLaw : Argument.NumberFromLaw);
}
