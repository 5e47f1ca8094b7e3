using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using MaySend.Assessments.Questions;
using MaySend.Law.Facts;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace MaySend.Assessments.Documents;

/// <summary>
/// Writes a document the same way every time: every key, the answers in the order of the questions, each under its question as a comment.
/// Comments are not read back: remarks belong under <c>note</c>.
/// </summary>
public static class DocumentWriter
{
    /// <summary>The document as YAML.</summary>
    public static string Write(AssessmentDocument document)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        var yaml = new Yaml(new Emitter(text, new EmitterSettings(2, int.MaxValue, false, 1024)));
        yaml.Begin();
        var content = document.Content;
        yaml.Pair("assessment", document.Id);
        yaml.Pair("version", Number(document.Version));
        yaml.Pair("title", content.Title);
        if (content.Note is not null)
            yaml.Pair("note", content.Note);
        Scope(yaml, content.Scope);
        Answers(yaml, content.Answers);
        yaml.Map(
            "tests",
            () =>
            {
                foreach (var test in Enum.GetValues<Test>())
                    yaml.Map(
                        test.ToString().ToLowerInvariant(),
                        () =>
                        {
                            yaml.Pair("outcome", DocumentWords.Passed(content.OutcomeOf(test).Passed));
                            yaml.Pair("reason", content.OutcomeOf(test).Reason);
                        }
                    );
            }
        );
        yaml.Comment($"kind: one of {string.Join(", ", SafeguardKinds.All)}");
        yaml.List(
            "safeguards",
            content.Safeguards,
            safeguard =>
            {
                yaml.Pair("kind", safeguard.Kind);
                yaml.Pair("in_place", DocumentWords.Yes(safeguard.InPlace));
                yaml.Pair("says", safeguard.Says);
            }
        );
        yaml.Comment("house policy: within 12 months of signing");
        yaml.Map(
            "review",
            () =>
            {
                yaml.Pair("due", Day(content.Review.Due));
                yaml.Names("triggers", content.Review.Triggers);
                yaml.Pair("objections_per_thousand", Number(content.Review.ObjectionsPerThousand));
            }
        );
        yaml.Comment("written by maysend assess; a signed version can't be changed");
        yaml.List("history", document.History, happened => Event(yaml, happened));
        yaml.End();
        return text.ToString();
    }

    static void Scope(Yaml yaml, AssessmentScope scope) =>
        yaml.Map(
            "scope",
            () =>
            {
                yaml.Pair("sender", scope.Sender);
                yaml.Pair("establishment", scope.Establishment);
                yaml.Names("purposes", scope.Purposes);
                yaml.Names("channels", scope.Channels);
                yaml.Names("audiences", scope.Audiences);
                yaml.Names("families", scope.Families);
                yaml.Names("countries", scope.Countries);
                yaml.List(
                    "data",
                    scope.Data,
                    data =>
                    {
                        yaml.Pair("what", data.What);
                        yaml.Pair("source", data.Source);
                        yaml.Pair("special", DocumentWords.Yes(data.IsSpecial));
                    }
                );
                yaml.Pair("profiling", DocumentWords.Yes(scope.Profiling));
                yaml.Pair("children", DocumentWords.Yes(scope.Children));
                yaml.Pair("planned_in_30_days", Number(scope.PlannedIn30Days));
                yaml.Pair("messages_in_30_days", Number(scope.MessagesIn30Days));
                yaml.Pair("first_send", Day(scope.FirstSend));
            }
        );

    static void Answers(Yaml yaml, ImmutableSortedDictionary<string, GivenAnswer> answers) =>
        yaml.Map(
            "answers",
            () =>
            {
                foreach (var question in QuestionBook.All)
                {
                    if (!answers.TryGetValue(question.Id, out var answer))
                        continue;
                    yaml.Comment($"{Number(question.Number)}. {question.Asks}");
                    yaml.Map(
                        question.Id,
                        () =>
                        {
                            if (question.AsksForChoice)
                                yaml.Pair("choice", DocumentWords.Yes(answer.Choice));
                            yaml.Pair("says", answer.Says);
                            if (!answer.Evidence.IsEmpty)
                                yaml.Texts("evidence", answer.Evidence);
                        }
                    );
                }
            }
        );

    static void Event(Yaml yaml, LifeEvent happened)
    {
        yaml.Pair("event", happened.Kind.ToString().ToLowerInvariant());
        yaml.Pair("by", happened.By);
        yaml.Pair("on", Day(happened.On));
        yaml.Pair("reason", happened.Reason);
        if (happened.Trigger is not null)
            yaml.Pair("trigger", happened.Trigger);
        if (happened.Content is not null)
            yaml.Pair("content", happened.Content);
    }

    static string? Number(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    static string? Day(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The few shapes that a document needs, over YAML events.</summary>
    sealed class Yaml(Emitter emitter)
    {
        public void Begin()
        {
            emitter.Emit(new StreamStart());
            emitter.Emit(new DocumentStart(null, null, true));
            emitter.Emit(new MappingStart());
        }

        public void End()
        {
            emitter.Emit(new MappingEnd());
            emitter.Emit(new DocumentEnd(true));
            emitter.Emit(new StreamEnd());
        }

        public void Comment(string text) => emitter.Emit(new Comment(text, isInline: false));

        public void Pair(string key, string? value)
        {
            emitter.Emit(new Scalar(key));
            Value(value);
        }

        public void Map(string key, Action inside)
        {
            emitter.Emit(new Scalar(key));
            emitter.Emit(new MappingStart());
            inside();
            emitter.Emit(new MappingEnd());
        }

        public void List<T>(string key, ImmutableArray<T> items, Action<T> inside)
        {
            emitter.Emit(new Scalar(key));
            emitter.Emit(new SequenceStart(null, null, true, items.IsEmpty ? SequenceStyle.Flow : SequenceStyle.Block));
            foreach (var item in items)
            {
                emitter.Emit(new MappingStart());
                inside(item);
                emitter.Emit(new MappingEnd());
            }
            emitter.Emit(new SequenceEnd());
        }

        public void Names(string key, NameSet names)
        {
            if (names.IsEverything)
                Pair(key, "all");
            else
                Texts(key, names.Names);
        }

        public void Texts(string key, ImmutableArray<string> texts)
        {
            emitter.Emit(new Scalar(key));
            emitter.Emit(new SequenceStart(null, null, true, SequenceStyle.Flow));
            foreach (var text in texts)
                Value(text);
            emitter.Emit(new SequenceEnd());
        }

        /// <summary>Nothing said is left blank; text of several lines keeps them; anything YAML could misread is quoted.</summary>
        void Value(string? value)
        {
            var style =
                string.IsNullOrEmpty(value) ? ScalarStyle.Plain
                : value.Contains('\n', StringComparison.Ordinal) ? ScalarStyle.DoubleQuoted
                : ScalarStyle.Any;
            emitter.Emit(new Scalar(AnchorName.Empty, TagName.Empty, value ?? "", style, true, true));
        }
    }
}
