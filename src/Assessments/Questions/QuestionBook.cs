using System.Collections.Immutable;
using System.Text;
using MaySend.Reading;

namespace MaySend.Assessments.Questions;

/// <summary>The questions that every assessment answers, read once from the resource <c>questions.yaml</c>. Immutable.</summary>
public static class QuestionBook
{
    static readonly IReadOnlyDictionary<string, Test> Tests = new Dictionary<string, Test>
    {
        ["purpose"] = Test.Purpose,
        ["necessity"] = Test.Necessity,
        ["balancing"] = Test.Balancing,
    };

    static readonly IReadOnlyDictionary<string, bool?> YesNo = new Dictionary<string, bool?> { ["yes"] = true, ["no"] = false };

    /// <summary>Every question, in order.</summary>
    public static readonly ImmutableArray<Question> All = Load();

    /// <summary>The questions of one test, in order.</summary>
    public static IEnumerable<Question> Of(Test test) => All.Where(question => question.Test == test);

    /// <summary>Finds a question; null when there is none of that id.</summary>
    public static Question? Find(string id) => All.FirstOrDefault(question => question.Id == id);

    static ImmutableArray<Question> Load()
    {
        var problems = new Problems();
        var (root, help) = (Open("questions.yaml", problems), Open("guidance.yaml", problems));
        var guidance = help.Entries("guidance")
            .ToDictionary(pair => pair.Key.Text, pair => Guidance(MapReader.Open(pair.Value, problems)), StringComparer.Ordinal);
        var questions = root.Items("questions")
            .Select((node, index) => Read(MapReader.Open(node, problems), index + 1, guidance))
            .ToImmutableArray();
        root.Done();
        help.Done();
        problems.ThrowIfAny();
        return questions;
    }

    static MapReader Open(string file, Problems problems)
    {
        using var stream = typeof(QuestionBook).Assembly.GetManifestResourceStream($"MaySend.Assessments.Questions.{file}")!;
        using var text = new StreamReader(stream, Encoding.UTF8);
        return MapReader.Open(YamlTree.Read(text, file, problems), problems, new Place(file));
    }

    static Guidance Guidance(MapReader map)
    {
        var guidance = new Guidance(map.Text("think"), map.Text("carries"), map.Text("falls"));
        map.Done();
        return guidance;
    }

    static Question Read(MapReader map, int number, Dictionary<string, Guidance> guidance)
    {
        var id = map.Text("id");
        var question = new Question(
            id,
            number,
            map.Word("test", Tests, Test.Purpose, isRequired: true),
            map.Text("part"),
            map.Text("asks"),
            map.Word("choice", YesNo, null) == true,
            map.Word("against", YesNo, null),
            map.Word("decides", YesNo, null) == true,
            map.Text("rests_on")
        )
        {
            Guidance = guidance.GetValueOrDefault(id) ?? new("", "", ""),
        };
        map.Done();
        return question;
    }
}
