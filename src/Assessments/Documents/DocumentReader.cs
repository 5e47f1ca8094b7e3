using System.Collections.Immutable;
using System.Globalization;
using MaySend.Assessments.Questions;
using MaySend.Evidence.Countries;
using MaySend.Law.Facts;
using MaySend.Reading;

namespace MaySend.Assessments.Documents;

/// <summary>
/// Reads a document strictly: unknown keys, questions and words are problems, and so is a history that could not have happened.
/// </summary>
static class DocumentReader
{
    /// <summary>How to come by a file that can be read here.</summary>
    public const string Expected =
        "an assessment document begins with `assessment: LIA-3` and `version: 1`; maysend " + "assess new LIA-3 --by NAME starts one";

    public static AssessmentFile? Read(YamlTree root, Problems problems)
    {
        if (root is not YamlMap { Entries: var entries } || !entries.Any(entry => entry.Key.Text is "assessment" or "answers" or "history"))
        {
            problems.Add(root.Place, "this is not an assessment document", Expected);
            return null;
        }
        var before = problems.Count;
        var map = MapReader.Open(root, problems);
        var id = map.Text("assessment");
        if (id.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
            map.Problem("assessment", $"`{id}` is not a valid name: use letters, digits and hyphens", "such as LIA-3");
        var version = Number(map, "version", 1) ?? 0;
        if (version == 0 && !map.Has("version"))
            map.Problem("version", "`version` is missing", "version: 1");
        var tests = Open(map, "tests", problems);
        var content = new AssessmentContent
        {
            Title = map.OptionalText("title") ?? "",
            Note = map.OptionalText("note"),
            Scope = Scope(Open(map, "scope", problems), problems),
            Answers = Answers(map, problems),
            Purpose = Outcome(tests, "purpose", problems),
            Necessity = Outcome(tests, "necessity", problems),
            Balancing = Outcome(tests, "balancing", problems),
            Safeguards = [.. map.Items("safeguards").Select(node => Safeguard(MapReader.Open(node, problems)))],
            Review = Review(Open(map, "review", problems)),
        };
        tests.Done();
        var history = HistoryReader.Read(map, problems);
        map.Done();
        var document = new AssessmentDocument(id, version, content, history);
        if (problems.Count == before)
            HistoryReader.Check(document, map, problems);
        if (problems.Count > before)
            return null;
        var places = ImmutableDictionary.CreateBuilder<string, Place>(StringComparer.Ordinal);
        Locate(root, "", places);
        return new AssessmentFile(document, places.ToImmutable(), new Place(root.Place.File, root.Place.Line, root.Place.Column));
    }

    static AssessmentScope Scope(MapReader map, Problems problems)
    {
        var scope = new AssessmentScope
        {
            Sender = map.OptionalText("sender") ?? "",
            Establishment = Country(map, "establishment"),
            Purposes = Words(map, "purposes", DocumentWords.Purposes),
            Channels = Words(map, "channels", Law.Facts.Words.Channels),
            Audiences = Words(map, "audiences", Law.Facts.Words.Audiences),
            Families = Names(map, "families"),
            Countries = Countries(map),
            Data = [.. map.Items("data").Select(node => Data(MapReader.Open(node, problems)))],
            Profiling = map.Word("profiling", DocumentWords.YesNo, null),
            Children = map.Word("children", DocumentWords.YesNo, null),
            PlannedIn30Days = Number(map, "planned_in_30_days", 1),
            MessagesIn30Days = Number(map, "messages_in_30_days", 1),
            FirstSend = map.Day("first_send"),
        };
        map.Done();
        return scope;
    }

    static DataUsed Data(MapReader map)
    {
        var data = new DataUsed(
            map.Text("what"),
            Word(map, "source", DocumentWords.Sources),
            map.Word("special", DocumentWords.YesNo, null)
        );
        map.Done();
        return data;
    }

    static ImmutableSortedDictionary<string, GivenAnswer> Answers(MapReader map, Problems problems)
    {
        var answers = ImmutableSortedDictionary.CreateBuilder<string, GivenAnswer>(StringComparer.Ordinal);
        foreach (var (key, node) in map.Entries("answers"))
        {
            if (QuestionBook.Find(key.Text) is not { } question)
            {
                problems.Add(key.Place, $"`{key.Text}` is not a question", "see maysend assess questions");
                continue;
            }
            var answer = MapReader.Open(node, problems);
            var choice = answer.Word("choice", DocumentWords.YesNo, null);
            if (choice is not null && !question.AsksForChoice)
                answer.Problem("choice", $"`{key.Text}` needs an answer in words, not yes or no");
            answers[key.Text] = new GivenAnswer(answer.OptionalText("says") ?? "", choice, [.. answer.Texts("evidence")]);
            answer.Done();
        }
        return answers.ToImmutable();
    }

    static TestOutcome Outcome(MapReader tests, string test, Problems problems)
    {
        var map = Open(tests, test, problems);
        var outcome = new TestOutcome(map.Word("outcome", DocumentWords.Outcomes, null), map.OptionalText("reason") ?? "");
        map.Done();
        return outcome;
    }

    static Safeguard Safeguard(MapReader map)
    {
        var safeguard = new Safeguard(
            Word(map, "kind", SafeguardKinds.All),
            map.Word("in_place", DocumentWords.YesNo, null),
            map.OptionalText("says") ?? ""
        );
        map.Done();
        return safeguard;
    }

    static ReviewPlan Review(MapReader map)
    {
        var plan = new ReviewPlan
        {
            Due = map.Day("due"),
            Triggers = Words(map, "triggers", ReviewTriggers.All),
            ObjectionsPerThousand = Number(map, "objections_per_thousand", 1),
        };
        map.Done();
        return plan;
    }

    static MapReader Open(MapReader map, string key, Problems problems)
    {
        var node = map.Node(key);
        return node is null or YamlText { Text: "" }
            ? new MapReader(new YamlMap(map.PlaceOf(key), []), problems)
            : MapReader.Open(node, problems);
    }

    static NameSet Names(MapReader map, string key)
    {
        var texts = map.Texts(key).Where(text => text.Length > 0).ToList();
        if (texts.Count > 1 && texts.Contains("all"))
            map.Problem(key, "`all` is given together with other names", "all, or names");
        return texts is ["all"] ? NameSet.Everything : NameSet.Of(texts);
    }

    static NameSet Words(MapReader map, string key, IReadOnlyCollection<string> words)
    {
        var names = Names(map, key);
        foreach (var unknown in names.Names.Where(name => !words.Contains(name)))
            map.Problem(key, $"`{unknown}` is not one of {string.Join(", ", words)}");
        return names;
    }

    static string Word(MapReader map, string key, IReadOnlyCollection<string> words)
    {
        var word = map.Text(key);
        if (word.Length > 0 && !words.Contains(word))
            map.Problem(key, $"`{word}` is not one of {string.Join(", ", words)}");
        return word;
    }

    static NameSet Countries(MapReader map)
    {
        var names = Names(map, "countries");
        var codes = new List<string>();
        foreach (var name in names.Names)
        {
            if (CountryNames.TryRead(name, out var country) && country.Names.Length == 1)
                codes.Add(country.Names[0]);
            else
                map.Problem("countries", $"`{name}` is not a country", "codes such as gb, or all");
        }
        return names.IsEverything ? names : NameSet.Of(codes);
    }

    static string? Country(MapReader map, string key)
    {
        if (map.OptionalText(key) is not { } text)
            return null;
        if (CountryNames.TryRead(text, out var country) && country.Names.Length == 1)
            return country.Names[0];
        map.Problem(key, $"`{text}` is not a country", "a code such as gb");
        return null;
    }

    static int? Number(MapReader map, string key, int least)
    {
        if (map.OptionalText(key) is not { } text)
            return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= least)
            return number;
        map.Problem(key, string.Create(CultureInfo.InvariantCulture, $"`{text}` is not a whole number of at least {least}"));
        return null;
    }

    static void Locate(YamlTree node, string path, ImmutableDictionary<string, Place>.Builder places)
    {
        if (node is not YamlMap map)
            return;
        foreach (var (key, value) in map.Entries)
        {
            var below = path.Length == 0 ? key.Text : $"{path}.{key.Text}";
            places[below] = key.Place;
            Locate(value, below, places);
        }
    }
}
