namespace MaySend.Law.Formulas;

/// <summary>
/// Reads what is asked by the ends of a formula, those that hold no other formula: whatever joins, negates or looks for a record is gone
/// through to them.
/// </summary>
public abstract class Gathering<T> : IFormulaReader<IEnumerable<T>>
{
    /// <summary>What an end gives.</summary>
    protected virtual IEnumerable<T> Of(Formula end) => [];

    /// <inheritdoc />
    public IEnumerable<T> Constant(Constant node) => [];

    /// <inheritdoc />
    public IEnumerable<T> All(All node) => node.Parts.SelectMany(part => part.Read(this));

    /// <inheritdoc />
    public IEnumerable<T> Any(Any node) => node.Parts.SelectMany(part => part.Read(this));

    /// <inheritdoc />
    public IEnumerable<T> Not(Not node) => node.Part.Read(this);

    /// <inheritdoc />
    public virtual IEnumerable<T> Some(Some node) => node.Body.Read(this);

    /// <inheritdoc />
    public virtual IEnumerable<T> OneOf(OneOf node) => Of(node);

    /// <inheritdoc />
    public virtual IEnumerable<T> Same(Same node) => Of(node);

    /// <inheritdoc />
    public virtual IEnumerable<T> Compare(Compare node) => Of(node);

    /// <inheritdoc />
    public virtual IEnumerable<T> Within(Within node) => Of(node);

    /// <inheritdoc />
    public virtual IEnumerable<T> Covers(Covers node) => Of(node);

    /// <inheritdoc />
    public virtual IEnumerable<T> Overlaps(Overlaps node) => Of(node);

    /// <inheritdoc />
    public IEnumerable<T> SendStandsWithoutConsent(SendStandsWithoutConsent node) => [];

    /// <inheritdoc />
    public virtual IEnumerable<T> Limb(Limb node) => node.Test.Read(this);
}
