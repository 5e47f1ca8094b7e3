using MaySend.Reading;

namespace MaySend.Records.Start;

/// <content>What is answered and was not asked.</content>
public static partial class StartQuestions
{
    /// <summary>
    /// Answers to questions that nobody asks, or in fields that a question lacks: a slip of the pen, which would otherwise read as "I don't
    /// know".
    /// </summary>
    public static void NoteStrangers(StartRecord answers, Problems problems)
    {
        var (record, none) = (new StartRecord(), new StartFindings());
        StartQuestion[] all =
        [
            Who(),
            Stops(none),
            MeaningOfNo(none),
            What(none),
            Chosen(),
            .. StartWay.EveryForm.SelectMany(way => StartWayQuestions.Of(way, record, none)),
            Children(),
            Email(),
            Similar(none),
            Before(none),
            .. StartListQuestions.All(none),
        ];
        foreach (var (id, fields) in answers.Answers)
            if (id.StartsWith("file:", StringComparison.Ordinal))
                foreach (var stranger in fields.Keys.Except(StartIntake.Fields))
                    problems.Add(
                        new Place("--answers"),
                        $"`{id}` has no field `{stranger}`",
                        $"one of {string.Join(", ", StartIntake.Fields)}"
                    );
            else if (Array.Find(all, question => question.Id == id) is not { } asked)
                problems.Add(
                    new Place("--answers"),
                    $"there is no question `{id}`",
                    $"one of {string.Join(", ", all.Where(IsOfNow).Select(one => one.Id))}, or of an earlier form (earlier-box)"
                );
            else if (asked.Fields.Count > 0)
                NoteStrangers(asked, fields, problems);
    }

    /// <summary>Fields that the question has not, and words that are none of its answers: nobody would hear them.</summary>
    static void NoteStrangers(StartQuestion asked, IReadOnlyDictionary<string, string> given, Problems problems)
    {
        foreach (var (name, said) in given)
            if (asked.Fields.FirstOrDefault(field => field.Id == name) is not { } field)
                problems.Add(
                    new Place("--answers"),
                    $"`{asked.Id}` has no field `{name}`",
                    $"one of {string.Join(", ", asked.Fields.Select(one => one.Id))}"
                );
            else if (said.Length > 0 && field.Choices.Count > 0 && field.Choices.All(choice => choice.Word != said))
                problems.Add(
                    new Place("--answers"),
                    $"`{name}` of `{asked.Id}` is no answer: `{said}`",
                    $"one of {string.Join(", ", field.Choices.Select(choice => choice.Word))}; leave it out if nobody knows"
                );
    }

    static bool IsOfNow(StartQuestion question) => !question.Id.Contains("earlier-", StringComparison.Ordinal);
}
