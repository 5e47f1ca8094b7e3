using System.Globalization;
using MaySend.Law.Composition;
using MaySend.Law.Facts;

namespace MaySend.Warehouse.Statements;

/// <summary>One key over the people of a slice: its truth and the reason of each row, as <see cref="KeyReason.Of"/> defines them.</summary>
sealed class KeySql
{
    readonly Frame people;
    readonly NodeMaker maker;
    readonly ReasonCodes reasons;
    readonly bool hasAssessments;

    public KeySql(KeyFormula key, NodeMaker maker, ReasonCodes reasons, bool hasAssessments)
    {
        (people, this.maker, this.reasons, this.hasAssessments) = (maker.People, maker, reasons, hasAssessments);
        var elements = key.Elements.Select(element => (Element: element, Clear: maker.Make(element.Clear))).ToList();
        if (elements.Count == 0)
        {
            (Truth, Reason) = (Number.Of(0), Number.Of(reasons.Number(KeyReason.NoLaw(key))));
            return;
        }
        Truth = people.Add(Whole([.. elements.Select(element => element.Clear)]));
        // The first element that has the key's own truth decides: where one is contradicted, the first that is; else the first not shown.
        var fallen = elements.Select(element => (element.Clear.Truth, Reason: people.Add(Decide(element.Element)))).ToList();
        var turned = Turned(key);
        Reason = people.Add(
            new Number(
                Case(
                    [
                        (Node.Is(Truth, 1), turned.Sql),
                        .. fallen.Select(one => (Node.Is(one.Truth, 2), one.Reason.Sql)),
                        .. fallen.Select(one => (Node.IsNot(one.Truth, 1), one.Reason.Sql)),
                    ],
                    "0"
                ),
                fallen.SelectMany(one => new[] { one.Truth.Level, one.Reason.Level }).Append(turned.Level).Append(Truth.Level).Max()
            )
        );
    }

    /// <summary>1, 2 or 0 (<see cref="Law.Truth"/>).</summary>
    public Number Truth { get; }

    /// <summary>The number of the reason.</summary>
    public Number Reason { get; }

    static Number Whole(IReadOnlyList<Node> parts) =>
        parts.Count == 1
            ? parts[0].Truth
            : new(
                Case(
                    [
                        (Cond.Or(parts.Select(part => Node.Is(part.Truth, 2))), "2"),
                        (Cond.And(parts.Select(part => Node.Is(part.Truth, 1))), "1"),
                    ],
                    "0"
                ),
                parts.Max(part => part.Truth.Level)
            );

    /// <summary>The first ground that is shown of the first prohibition that may apply.</summary>
    Number Turned(KeyFormula key)
    {
        var cases = new List<(string When, string Then)>();
        var level = 0;
        foreach (var element in key.Elements.Where(element => element.Kind == ElementKind.Prohibition))
        {
            var applies = maker.Make(element.Applies).Truth;
            foreach (var ground in element.Grounds)
            {
                var shown = maker.Make(ground.Body).Truth;
                level = Math.Max(level, Math.Max(applies.Level, shown.Level));
                cases.Add(
                    (Cond.And(Node.IsNot(applies, 2), Node.Is(shown, 1)), Text(reasons.Number(KeyReason.GroundCode(element, ground))))
                );
            }
        }
        return people.Add(new Number(Case(cases, Text(reasons.Number(KeyReason.NotApplicable(key)))), level));
    }

    /// <summary>By what an element falls fallen.</summary>
    Number Decide(Element element)
    {
        switch (element.Kind)
        {
            case ElementKind.Prohibition when !element.Grounds.IsEmpty:
                var ways = element
                    .Grounds.Select(ground => (Ground: ground, Body: maker.Make(ground.Body)))
                    .Select(way =>
                        (Distance: Distance(way.Ground, way.Body), Reason: people.Add(way.Body.Decide(ReasonsIn(element, way.Ground))))
                    )
                    .ToList();
                if (ways.Count == 1)
                    return ways[0].Reason;
                var least = people.Add(
                    new Number($"LEAST({string.Join(", ", ways.Select(way => way.Distance.Sql))})", ways.Max(way => way.Distance.Level))
                );
                return new(
                    Case(ways.Select(way => ($"{way.Distance.Sql} = {least.Sql}", way.Reason.Sql)), "0"),
                    ways.Select(way => way.Reason.Level).Append(least.Level).Max()
                );
            case ElementKind.Duty:
                return maker.Make(element.Body!).Decide(ReasonsIn(element, null));
            default:
                return Number.Of(reasons.Number(KeyReason.ElementCode(element)));
        }
    }

    /// <summary>How far a ground is, in limbs, with what its missing record adds (<see cref="GroundDistance"/>).</summary>
    Number Distance(ComposedGround ground, Node body)
    {
        var kinds = GroundDistance.KindsOf(ground);
        var unmet = people.Add(body.Unmet);
        if (ground.IsForOtherMeans)
            return people.Add(new Number($"{unmet.Sql} + {GroundDistance.Elsewhere}", unmet.Level));
        if (kinds.Contains(Scope.Assessment) && !hasAssessments)
            return people.Add(new Number($"{unmet.Sql} + {GroundDistance.WithoutRecord}", unmet.Level));
        if (kinds.IsEmpty)
            return people.Add(
                new Number(
                    $"{unmet.Sql} + {Case([(Node.Is(body.Truth, 2), Text(GroundDistance.Elsewhere))], "0")}",
                    Math.Max(unmet.Level, body.Truth.Level)
                )
            );
        var rows = kinds.Where(kind => kind != Scope.Assessment).Select(maker.RowsOf).ToList();
        return rows.Count == 0
            ? unmet
            : people.Add(
                new Number(
                    $"{unmet.Sql} + {Case([(Cond.Or(rows.Select(row => Node.Is(row, 0))), Text(GroundDistance.WithoutRecord))], "0")}",
                    rows.Select(row => row.Level).Append(unmet.Level).Max()
                )
            );
    }

    ReasonsOf ReasonsIn(Element element, ComposedGround? ground)
    {
        int Code(Shortfall shortfall) => reasons.Number(KeyReason.ShortfallCode(element, ground, shortfall));
        return new(Code(Shortfall.Of(Law.Truth.NotEvidenced)), kind => Code(new Shortfall(Law.Truth.NotEvidenced, 1, null, kind)));
    }

    static string Case(IEnumerable<(string When, string Then)> cases, string otherwise) => Node.Case(cases, otherwise);

    static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
