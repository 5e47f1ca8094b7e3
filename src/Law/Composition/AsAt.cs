using System.Collections.Immutable;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;

namespace MaySend.Law.Composition;

/// <summary>
/// What is left of a provision on one day, as known on a day, under one policy: limbs and grounds outside their period are gone, limbs that
/// policy adds are there or not, and under caution a low-confidence limb can no longer favour sending.
/// </summary>
sealed class AsAt(DateOnly day, DateOnly knownAt, HousePolicy policy)
{
    public DateOnly Day => day;
    public DateOnly KnownAt => knownAt;
    public HousePolicy Policy => policy;

    public bool IsOn(string? addedBy) => addedBy is null || policy.Has(addedBy);

    /// <summary>
    /// When a provision applies: what is in doubt must not keep it from applying, unless it is a bar, which stays as it reads.
    /// </summary>
    public Formula? Applies(Provision provision) =>
        Reduce(provision.AppliesWhen, provision.Kind == ProvisionKind.Bar ? Favours.Nothing : Favours.NotSatisfied);

    public Formula? Bar(Provision provision) => Reduce(provision.Body, Favours.Nothing);

    public Formula? Duty(Provision provision) => Reduce(provision.Body, Favours.Satisfied);

    public ImmutableArray<ComposedGround> Grounds(Provision provision) =>
        [
            .. provision
                .Grounds.Where(ground =>
                    ground.InForce.On(day)
                    && (ground.KnownFrom is null || ground.KnownFrom <= knownAt)
                    && (ground.DroppedBy is null || !policy.Has(ground.DroppedBy))
                )
                .Select(ground => new ComposedGround(
                    ground.On(day, knownAt),
                    Reduce(ground.Body, Favours.Satisfied) ?? Constant.NotEvidenced
                )),
        ];

    Formula? Reduce(Formula? formula, Favours favours) => formula?.Read(new Reducer(this, favours));

    /// <summary>Which truth of a limb favours sending.</summary>
    enum Favours
    {
        Nothing,
        Satisfied,
        NotSatisfied,
    }

    sealed class Reducer(AsAt asAt, Favours favours) : IFormulaReader<Formula?>
    {
        public Formula? Constant(Constant node) => node;

        public Formula? All(All node) => Join(node.Parts, parts => new All(parts));

        public Formula? Any(Any node) => Join(node.Parts, parts => new Any(parts));

        public Formula? Not(Not node)
        {
            var turned = favours switch
            {
                Favours.Satisfied => Favours.NotSatisfied,
                Favours.NotSatisfied => Favours.Satisfied,
                _ => Favours.Nothing,
            };
            return node.Part.Read(new Reducer(asAt, turned)) is { } part ? new Not(part) : null;
        }

        public Formula? Some(Some node) => node.Body.Read(this) is { } body ? node with { Body = body } : null;

        public Formula? OneOf(OneOf node) => node;

        public Formula? Same(Same node) => node;

        public Formula? Compare(Compare node) => node;

        public Formula? Within(Within node) => node;

        public Formula? Covers(Covers node) => node;

        public Formula? Overlaps(Overlaps node) => node;

        public Formula? SendStandsWithoutConsent(SendStandsWithoutConsent node) => node;

        public Formula? Limb(Limb node)
        {
            var of = node.Of;
            if (!of.InForce.On(asAt.Day) || (of.KnownFrom is { } known && known > asAt.KnownAt) || !asAt.IsOn(of.AddedBy))
                return null;
            if (of.Confidence != Confidence.Low || !asAt.Policy.Has(HousePolicy.LowConfidence))
                return node with { Of = of.On(asAt.Day, asAt.KnownAt) };
            var dated = node with { Of = of.On(asAt.Day, asAt.KnownAt) };
            return favours switch
            {
                Favours.Satisfied => dated with { Test = new All([node.Test, Formulas.Constant.NotEvidenced]) },
                Favours.NotSatisfied => dated with { Test = new Any([node.Test, Formulas.Constant.NotEvidenced]) },
                _ => dated,
            };
        }

        Formula? Join(ImmutableArray<Formula> parts, Func<ImmutableArray<Formula>, Formula> join)
        {
            ImmutableArray<Formula> left = [.. parts.Select(part => part.Read(this)).OfType<Formula>()];
            return left.Length switch
            {
                0 => null,
                1 => left[0],
                _ => join(left),
            };
        }
    }
}
