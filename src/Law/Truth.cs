namespace MaySend.Law;

/// <summary>
/// One of the three values of every formula, with Kleene's strong tables: <c>all</c> is the conjunction, <c>any</c> the disjunction.
/// Only <see cref="Satisfied"/> lets a message out. The default is <see cref="NotEvidenced"/>, so that nothing forgotten permits.
/// </summary>
/// <remarks>Source: S. C. Kleene, Introduction to Metamathematics (1952) §64; SQL's NULL logic has the same tables.</remarks>
public enum Truth : byte
{
    /// <summary>Nothing on record shows it either way.</summary>
    NotEvidenced = 0,

    /// <summary>Shown by what is on record.</summary>
    Satisfied = 1,

    /// <summary>What is on record shows the contrary.</summary>
    NotSatisfied = 2,
}

/// <summary>Kleene's tables for <see cref="Truth"/>.</summary>
public static class TruthTables
{
    /// <summary>Conjunction: not satisfied if either is, satisfied only if both are.</summary>
    public static Truth And(this Truth left, Truth right) =>
        left == Truth.NotSatisfied || right == Truth.NotSatisfied ? Truth.NotSatisfied
        : left == Truth.Satisfied && right == Truth.Satisfied ? Truth.Satisfied
        : Truth.NotEvidenced;

    /// <summary>Disjunction: satisfied if either is, not satisfied only if both are not.</summary>
    public static Truth Or(this Truth left, Truth right) =>
        left == Truth.Satisfied || right == Truth.Satisfied ? Truth.Satisfied
        : left == Truth.NotSatisfied && right == Truth.NotSatisfied ? Truth.NotSatisfied
        : Truth.NotEvidenced;

    /// <summary>Negation; not evidenced stays not evidenced.</summary>
    public static Truth Negated(this Truth truth) =>
        truth switch
        {
            Truth.Satisfied => Truth.NotSatisfied,
            Truth.NotSatisfied => Truth.Satisfied,
            _ => Truth.NotEvidenced,
        };

    /// <summary>A definite answer as a truth.</summary>
    public static Truth Of(bool answer) => answer ? Truth.Satisfied : Truth.NotSatisfied;
}
