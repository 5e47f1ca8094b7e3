using System.Globalization;
using MaySend.Law.Conditions;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Reading;

namespace MaySend.Law.Files;

/// <summary>What a clause inherits from the ground or provision it stands in.</summary>
sealed record ClauseDefaults(string Id, string Cite, Authority Authority, Confidence Confidence);

/// <summary>
/// Reads the structure of a law file: <c>all</c>, <c>any</c>, <c>not</c> and <c>some</c> over named conditions, and nothing else.
/// There is no rule language: what a condition means stands in C#, what the law says about it stands here.
/// </summary>
sealed class ClauseReader(Problems problems, Instruments instruments)
{
    static readonly IReadOnlyDictionary<string, Scope> Kinds = Scopes.Records.ToDictionary(kind => kind.Word());

    readonly Dictionary<string, int> used = [];

    /// <summary>
    /// Reads a clause out of a map that may hold other keys too; null when it has none of the four words and no condition.
    /// </summary>
    public Formula? ReadBody(MapReader map, ClauseDefaults defaults, IReadOnlySet<Scope> bound)
    {
        if (map.Has("condition"))
            return Condition(map, defaults, bound);
        var kind = map.Has("some") ? SomeKind(map) : null;
        var inner = kind is { } k ? bound.Append(k).ToHashSet() : bound;
        var parts = new List<Formula>();
        if (map.Has("all"))
            AddAll(parts, Parts(map, "all", defaults, inner), all => new All([.. all]));
        if (map.Has("any"))
            AddAll(parts, Parts(map, "any", defaults, inner), any => new Any([.. any]));
        if (map.Has("not") && Read(map.Node("not")!, defaults, inner) is { } negated)
            parts.Add(new Not(negated));
        if (parts.Count == 0)
        {
            if (kind is not null)
                problems.Add(map.Place, "`some` has no `all` or `any`", "say which conditions one record must meet");
            return null;
        }
        var body = parts.Count == 1 ? parts[0] : new All([.. parts]);
        return kind is { } record ? new Some(record, body) : body;
    }

    Formula? Read(YamlTree node, ClauseDefaults defaults, IReadOnlySet<Scope> bound)
    {
        if (node is YamlText name)
            return Limb(name.Text.Trim(), name.Place, Argument.None, defaults, null, null, InForce.Always, null, bound);
        var map = MapReader.Open(node, problems);
        var clause = ReadBody(map, defaults, bound);
        if (clause is null && node is YamlMap)
            problems.Add(node.Place, "must be a clause: a condition, all, any, not or some");
        map.Done();
        return clause;
    }

    List<Formula> Parts(MapReader map, string word, ClauseDefaults defaults, IReadOnlySet<Scope> bound)
    {
        var items = map.Items(word);
        if (items.Count == 0)
            map.Problem(word, $"an empty `{word}`", "an empty clause never permits: name at least one condition");
        return [.. items.Select(item => Read(item, defaults, bound)).OfType<Formula>()];
    }

    static void AddAll(List<Formula> parts, List<Formula> read, Func<List<Formula>, Formula> join)
    {
        if (read.Count > 0)
            parts.Add(read.Count == 1 ? read[0] : join(read));
    }

    static Scope? SomeKind(MapReader map)
    {
        var word = map.Text("some");
        if (Kinds.TryGetValue(word, out var kind))
            return kind;
        map.Problem("some", $"`{word}` is not a kind of record", $"one of {string.Join(", ", Kinds.Keys)}");
        return null;
    }

    Formula? Condition(MapReader map, ClauseDefaults defaults, IReadOnlySet<Scope> bound)
    {
        var name = map.Text("condition");
        var own = defaults with
        {
            Cite = map.OptionalText("cite") ?? defaults.Cite,
            Authority = map.Word("authority", LawWords.Authorities, defaults.Authority),
            Confidence = map.Word("confidence", LawWords.Confidences, defaults.Confidence),
        };
        var addedBy = LawWords.Switch(map, "added_by");
        var with = With(map, name);
        return Limb(
            name,
            map.PlaceOf("condition"),
            with,
            own,
            map.OptionalText("note"),
            addedBy,
            LawWords.Period(map, InForce.Always),
            map.Day("known_from"),
            bound
        );
    }

    static Argument With(MapReader map, string name)
    {
        var takes = ConditionBook.Find(name)?.Takes ?? ArgumentKind.None;
        var texts = map.Texts("with");
        if (texts.Count == 0)
            return Argument.None;
        switch (takes)
        {
            case ArgumentKind.Words or ArgumentKind.Names:
                return takes == ArgumentKind.Words ? Argument.OfWords(texts) : Argument.OfNames(texts);
            case ArgumentKind.Number
                when texts is [var text] && int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number):
                return Argument.OfNumber(number);
            case ArgumentKind.Period when texts is [var text] && Period.TryParse(text, out var period):
                return Argument.OfPeriod(period);
            case ArgumentKind.Day when map.Day("with") is { } day:
                return Argument.OfDay(day);
            case ArgumentKind.None:
                map.Problem("with", $"`{name}` takes nothing");
                return Argument.None;
            default:
                map.Problem(
                    "with",
                    $"`{string.Join(", ", texts)}` is not a {takes.ToString().ToLowerInvariant()}",
                    takes == ArgumentKind.Period ? "such as P12M or P28D" : null
                );
                return Argument.None;
        }
    }

    Formula? Limb(
        string name,
        Place place,
        Argument with,
        ClauseDefaults defaults,
        string? note,
        string? addedBy,
        InForce inForce,
        DateOnly? knownFrom,
        IReadOnlySet<Scope> bound
    )
    {
        if (ConditionBook.Find(name) is not { } condition)
        {
            problems.Add(place, $"unknown condition `{name}`", $"did you mean {string.Join(", ", ConditionBook.Near(name))}?");
            return null;
        }
        if (condition.Takes != ArgumentKind.None && with.Kind == ArgumentKind.None)
            problems.Add(place, $"`{name}` needs `with:` ({condition.Takes.ToString().ToLowerInvariant()})");
        if (defaults.Cite.Length == 0)
            problems.Add(place, $"no citation for `{name}`", "add `cite:` here or to the ground");
        var test = Arguments.Fill(condition.Test, with);
        foreach (var fact in FactsIn.Of(test))
        {
            if (fact.Scope.IsRecord() && !bound.Contains(fact.Scope))
                problems.Add(
                    place,
                    $"`{name}` asks about a {fact.Scope.Word()} outside `some: {fact.Scope.Word()}`",
                    "one record must meet a ground: wrap the conditions in `some`"
                );
        }
        foreach (var word in FactsIn.UnknownWords(test))
            problems.Add(place, word);
        var id = $"{defaults.Id}/{name}";
        var count = used[id] = used.GetValueOrDefault(id) + 1;
        if (count > 1)
            id = string.Create(CultureInfo.InvariantCulture, $"{id}~{count}");
        return new Limb(
            new LimbOf(
                id,
                condition,
                with,
                defaults.Cite,
                defaults.Authority,
                defaults.Confidence,
                note,
                addedBy,
                inForce,
                knownFrom,
                place
            )
            {
                Instruments = instruments,
            },
            test
        );
    }
}
