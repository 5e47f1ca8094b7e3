using System.Collections.Immutable;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Law.Formulas;

/// <summary>
/// A three-valued formula over facts: a value, never code, so that explaining one case, screening many and writing a query are readings of
/// the same thing. The set of nodes is closed; a new one is a new method of <see cref="IFormulaReader{T}"/>, and every reader stops
/// compiling until it has it.
/// </summary>
public abstract record Formula
{
    private protected Formula() { }

    /// <summary>Hands this node to a reader.</summary>
    public abstract T Read<T>(IFormulaReader<T> reader);

    /// <summary>
    /// The same for readings that give a truth: the commonest by far, and a plain virtual call is found several times faster than a generic
    /// one.
    /// </summary>
    public abstract Truth Read(IFormulaReader<Truth> reader);

    /// <summary>Both.</summary>
    public static Formula operator &(Formula left, Formula right) => new All([left, right]);

    /// <summary>Either.</summary>
    public static Formula operator |(Formula left, Formula right) => new Any([left, right]);

    /// <summary>The contrary.</summary>
    public static Formula operator !(Formula formula) => new Not(formula);
}

/// <summary>One reading of formulas; one method for each node.</summary>
/// <typeparam name="T">What the reading gives.</typeparam>
public interface IFormulaReader<out T>
{
    T Constant(Constant node);
    T All(All node);
    T Any(Any node);
    T Not(Not node);
    T Some(Some node);
    T OneOf(OneOf node);
    T Same(Same node);
    T Compare(Compare node);
    T Within(Within node);
    T Covers(Covers node);
    T Overlaps(Overlaps node);
    T SendStandsWithoutConsent(SendStandsWithoutConsent node);
    T Limb(Limb node);
}

/// <summary>A truth that is already known, as after folding what a campaign settles.</summary>
public sealed record Constant(Truth Truth) : Formula
{
    public static readonly Constant Satisfied = new(Truth.Satisfied);
    public static readonly Constant NotSatisfied = new(Truth.NotSatisfied);
    public static readonly Constant NotEvidenced = new(Truth.NotEvidenced);

    public static Constant Of(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => Satisfied,
            Truth.NotSatisfied => NotSatisfied,
            _ => NotEvidenced,
        };

    public override T Read<T>(IFormulaReader<T> reader) => reader.Constant(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Constant(this);
}

/// <summary>Satisfied when every part is. Never empty.</summary>
public sealed record All(ImmutableArray<Formula> Parts) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.All(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.All(this);
}

/// <summary>Satisfied when some part is. Never empty.</summary>
public sealed record Any(ImmutableArray<Formula> Parts) : Formula
{
    /// <summary>
    /// True when the parts are one body written out for several records, as folding does with assessments: its limbs then count once.
    /// </summary>
    public bool IsOverRecords { get; init; }

    public override T Read<T>(IFormulaReader<T> reader) => reader.Any(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Any(this);
}

/// <summary>The contrary of a formula; not evidenced stays not evidenced.</summary>
public sealed record Not(Formula Part) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Not(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Not(this);
}

/// <summary>
/// Satisfied when ONE record of the kind meets the whole body: a ground never stands on a mix of records. Over no records it is the kind's
/// declared silence (<see cref="Scopes.SilenceOf"/>).
/// </summary>
public sealed record Some(Scope Kind, Formula Body) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Some(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Some(this);
}

/// <summary>The fact's word or name is one of these.</summary>
public sealed record OneOf(Fact Fact, Argument Values) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.OneOf(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.OneOf(this);
}

/// <summary>Two names are the same name.</summary>
public sealed record Same(NameFact Left, NameFact Right) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Same(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Same(this);
}

/// <summary>How two numbers or days compare.</summary>
public enum Comparison
{
    Less,
    AtMost,
    AtLeast,
    More,
}

/// <summary>A number or day compared with another fact, or with a number of the law's.</summary>
/// <param name="Left">The fact on the left.</param>
/// <param name="How">The comparison.</param>
/// <param name="Right">The fact on the right, or null where the law gives the number.</param>
/// <param name="Number">The law's number, where there is no fact on the right.</param>
public sealed record Compare(Fact Left, Comparison How, Fact? Right, Argument Number) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Compare(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Compare(this);
}

/// <summary>The earlier day is not after the later one, and not more than the period before it.</summary>
public sealed record Within(DayFact Earlier, Argument Period, DayFact Later) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Within(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Within(this);
}

/// <summary>
/// The whole holds all of the part. The part may be a set, one word or one name, or names of the law's; empty or unknown on either side
/// shows nothing.
/// </summary>
/// <param name="Whole">The set that must cover; a name counts as a set of one.</param>
/// <param name="Part">The fact that must be covered, or null where the law names the part.</param>
/// <param name="Names">The law's names, where there is no fact.</param>
public sealed record Covers(Fact Whole, Fact? Part, Argument Names) : Formula
{
    /// <summary>The whole as a campaign settles it, which then stands in for the fact; null while it is open.</summary>
    public NameSet? KnownWhole { get; init; }

    /// <summary>The part as a campaign settles it, where a list of names does not say it all; null while it is open.</summary>
    public NameSet? KnownPart { get; init; }

    public override T Read<T>(IFormulaReader<T> reader) => reader.Covers(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Covers(this);
}

/// <summary>
/// The two sets have a name in common, or may have. What is not recorded, empty, or may miss names overlaps with everything: the test of
/// restrictions, where a doubt must restrict (model §8). It is never not evidenced.
/// </summary>
/// <param name="One">A set.</param>
/// <param name="Other">The other set, or null where a campaign has settled it and <paramref name="Names"/> stands in for it.</param>
/// <param name="Names">The settled names; never empty where there is no other fact.</param>
public sealed record Overlaps(SetFact One, SetFact? Other, Argument Names) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Overlaps(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Overlaps(this);
}

/// <summary>
/// Every send prohibition in force either does not apply or has a ground other than consent: legitimate interests pair with a soft opt-in,
/// never with a send that needed consent. Replaced by the formula it stands for when a decision is composed.
/// </summary>
public sealed record SendStandsWithoutConsent : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.SendStandsWithoutConsent(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.SendStandsWithoutConsent(this);
}

/// <summary>A named condition as one provision uses it: what it tests and where the law says so. Reads as its test.</summary>
public sealed record Limb(LimbOf Of, Formula Test) : Formula
{
    public override T Read<T>(IFormulaReader<T> reader) => reader.Limb(this);

    public override Truth Read(IFormulaReader<Truth> reader) => reader.Limb(this);
}
