using System.Collections.Immutable;
using System.Globalization;
using MaySend.Law.Composition;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Tests.Samples;

/// <summary>Random formulas with every kind of node, over facts of every scope; in limbs, as law files make them, or bare.</summary>
public sealed class RandomFormulas(RandomFacts facts, bool inLimbs, bool withOverlaps = true)
{
    static readonly Period[] Periods = [new(12, 0), new(1, 0), new(24, 0), new(0, 28), new(2, 5)];
    int limbs;

    /// <summary>A formula; facts of records only ask about what is bound, save now and then, when there is nothing to see.</summary>
    public Formula Formula(int depth, ImmutableHashSet<Scope> bound)
    {
        if (depth == 0)
            return Leaf(bound);
        switch (facts.Random.Next(10))
        {
            case 0 or 1 or 2:
                return new All(Parts(depth, bound));
            case 3 or 4:
                return new Any(Parts(depth, bound));
            case 5:
                return new Not(Formula(depth - 1, bound));
            case 6 or 7 or 8:
                var kind = facts.Pick(Scopes.Records);
                return new Some(kind, Formula(depth - 1, bound.Add(kind)));
            default:
                return Leaf(bound);
        }
    }

    /// <summary>A key of a few elements in the order of reasons.</summary>
    public KeyFormula Key(Key key)
    {
        var elements = Enumerable
            .Range(0, facts.Random.Next(4))
            .Select(Element)
            .OrderBy(element => element.Kind)
            .ThenBy(element => element.Id, StringComparer.Ordinal);
        return new KeyFormula(key, [.. elements]);
    }

    Element Element(int number)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"zz/rule-{number}");
        var applies = Formula(2, []);
        switch (facts.Random.Next(5))
        {
            case 0:
                var holds = Formula(2, []);
                return new(ElementKind.Bar, id, "zz", null, applies, [], holds, new Not(new All([applies, holds])));
            case 1:
                var met = Formula(3, []);
                return new(ElementKind.Duty, id, "zz", null, applies, [], met, new Any([new Not(applies), met]));
            case 2 when facts.OneIn(4):
                return new(ElementKind.NotCovered, id, "zz", null, Constant.Satisfied, [], null, Constant.NotEvidenced);
            default:
                ImmutableArray<ComposedGround> grounds =
                [
                    .. Enumerable
                        .Range(0, facts.Random.Next(1, 4))
                        .Select(i => new ComposedGround(Ground(i), Formula(3, [])) { IsForOtherMeans = facts.OneIn(5) }),
                ];
                return new(
                    ElementKind.Prohibition,
                    id,
                    "zz",
                    null,
                    applies,
                    grounds,
                    null,
                    new Any([new Not(applies), .. grounds.Select(ground => ground.Body)])
                );
        }
    }

    static Ground Ground(int number) =>
        new()
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"ground-{number}"),
            Says = "",
            Cite = "",
            Body = Constant.NotEvidenced,
            RestsOn = RestsOn.Exception,
            InForce = InForce.Always,
            Place = default,
        };

    ImmutableArray<Formula> Parts(int depth, ImmutableHashSet<Scope> bound) =>
        [.. Enumerable.Range(0, facts.Random.Next(1, 4)).Select(_ => Formula(depth - 1, bound))];

    Formula Leaf(ImmutableHashSet<Scope> bound)
    {
        if (!inLimbs)
            return Test(bound);
        var test = facts.OneIn(4) ? Test(bound) & Test(bound) : Test(bound);
        return new Limb(
            new LimbOf(
                string.Create(CultureInfo.InvariantCulture, $"limb-{limbs++}"),
                ConditionBook.All[0],
                Argument.None,
                "",
                Authority.Statute,
                Confidence.High,
                null,
                null,
                InForce.Always,
                null,
                default
            ),
            test
        );
    }

    Formula Test(ImmutableHashSet<Scope> bound)
    {
        switch (facts.Random.Next(withOverlaps ? 11 : 10))
        {
            case 10:
                return facts.OneIn(3)
                    ? new Overlaps(Fact<SetFact>(bound), null, Argument.OfNames(NamesOf(Fact<SetFact>(bound))))
                    : new Overlaps(Fact<SetFact>(bound), Fact<SetFact>(bound), Argument.None);
            case 0:
                return Constant.Of((Truth)facts.Random.Next(3));
            case 1:
                return new Same(Fact<NameFact>(bound), Fact<NameFact>(bound));
            case 2:
                return new Within(Fact<DayFact>(bound), Argument.OfPeriod(facts.Pick(Periods)), Fact<DayFact>(bound));
            case 3:
                return new Compare(Fact<DayFact>(bound), How(), null, Argument.OfDay(facts.Day()));
            case 4:
                return new Compare(Fact<DayFact>(bound), How(), Fact<DayFact>(bound), Argument.None);
            case 5:
                return new Compare(
                    Fact<NumberFact>(bound),
                    How(),
                    facts.OneIn(2) ? Fact<NumberFact>(bound) : null,
                    Argument.OfNumber(facts.OneIn(6) ? long.MaxValue : facts.Random.Next(20))
                );
            case 6:
                var whole = Fact<SetFact>(bound);
                return new Covers(whole, null, Argument.OfNames(facts.Set(whole).Names));
            case 7:
                return new Covers(Fact<SetFact>(bound), Fact<SetFact>(bound), Argument.None);
            case 8:
                return new Covers(Fact<SetFact>(bound), facts.OneIn(2) ? Fact<WordFact>(bound) : Fact<NameFact>(bound), Argument.None);
            default:
                var fact = Fact<WordFact>(bound);
                return facts.OneIn(30)
                    ? new SendStandsWithoutConsent()
                    : new OneOf(fact, Argument.OfWords(Enumerable.Range(0, facts.Random.Next(1, 4)).Select(_ => facts.Pick(fact.Words))));
        }
    }

    IEnumerable<string> NamesOf(SetFact fact) => facts.Set(fact).Names is { IsEmpty: false } names ? names : ["a"];

    Comparison How() => (Comparison)facts.Random.Next(4);

    T Fact<T>(ImmutableHashSet<Scope> bound)
        where T : Fact
    {
        var open = Vocabulary
            .All.OfType<T>()
            .Where(fact => !fact.IfSilent.IsRecorded)
            .Where(fact => !fact.Scope.IsRecord() || bound.Contains(fact.Scope) || facts.OneIn(20))
            .ToList();
        return open.Count > 0 ? facts.Pick(open) : facts.Pick(Vocabulary.All.OfType<T>().ToList());
    }
}
