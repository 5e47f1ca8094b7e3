using System.Collections.Immutable;
using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Questions;
using MaySend.Evidence.Fold;
using MaySend.Law.Facts;
using MaySend.Law.Provisions;

namespace MaySend.Console.Assessing;

/// <summary>The words that the fields of the scope choose from: those of the law on file and of the controller's record.</summary>
/// <param name="Senders">Senders on record.</param>
/// <param name="Families">Product families of every map on record, and those that the draft names already.</param>
/// <param name="Countries">Countries with law on file, by code.</param>
public sealed record ScopeWords(
    IReadOnlyCollection<string> Senders,
    IReadOnlyCollection<string> Families,
    IReadOnlyCollection<string> Countries
)
{
    /// <summary>The words for a draft.</summary>
    public static ScopeWords Of(ControllerRecord controller, LawBook law, AssessmentScope scope, DateOnly day) =>
        new(
            [
                .. controller
                    .Senders.Keys.Concat(scope.Sender.Length > 0 ? [scope.Sender] : [])
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            [
                .. (controller.MapOn(day)?.Families ?? [])
                    .Concat(scope.Families.Names)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ],
            [
                .. law
                    .Jurisdictions.Where(one => !one.IsEverywhere && one.Id.Length == 2 && one.Id != "eu")
                    .Select(one => one.Id)
                    .Concat(scope.Countries.Names)
                    .Distinct(StringComparer.Ordinal)
                    .Order(StringComparer.Ordinal),
            ]
        );
}

/// <summary>Carries what a draft says into the fields of a step, and what was typed back into the draft.</summary>
static class StepFields
{
    const int BlankRows = 3;
    const int MostRows = 30;

    /// <summary>How many rows of data the form shows.</summary>
    public static int Rows(StepForm form) =>
        Math.Min(MostRows, Enumerable.Range(0, MostRows).LastOrDefault(row => IsFilled(form, row), -1) + 1 + BlankRows);

    public static StepForm Fill(AssessmentContent content, AssessmentStep step)
    {
        var form = new StepForm();
        if (step.IsScope)
            Scope(form, content);
        foreach (var question in step.Questions)
        {
            if (content.Answers.GetValueOrDefault(question.Id) is not { } answer)
                continue;
            form.Set($"choice-{question.Id}", DocumentChoice(answer.Choice));
            form.Set($"says-{question.Id}", answer.Says);
            form.Set($"evidence-{question.Id}", string.Join('\n', answer.Evidence));
        }
        if (step.Concludes is { } test)
        {
            form.Set(
                "outcome",
                content.OutcomeOf(test).Passed switch
                {
                    true => "passed",
                    false => "failed",
                    null => "",
                }
            );
            form.Set("reason", content.OutcomeOf(test).Reason);
        }
        if (step.IsSafeguards)
            Safeguards(form, content);
        return form;
    }

    public static AssessmentContent Read(StepForm form, AssessmentContent content, AssessmentStep step, ScopeWords words)
    {
        if (step.IsScope)
            content = content with
            {
                Title = form.Text("title"),
                Note = form.Text("note") is { Length: > 0 } note ? note : null,
                Scope = ReadScope(form, words),
            };
        foreach (var question in step.Questions)
        {
            var answer = new GivenAnswer(
                form.Text($"says-{question.Id}"),
                question.AsksForChoice ? form.Choice($"choice-{question.Id}") : null,
                [.. form.Lines($"evidence-{question.Id}")]
            );
            var isBlank = answer is { IsEmpty: true, Choice: null, Evidence.IsEmpty: true };
            content = content with
            {
                Answers = isBlank ? content.Answers.Remove(question.Id) : content.Answers.SetItem(question.Id, answer),
            };
        }
        if (step.Concludes is { } test)
        {
            var outcome = new TestOutcome(form.Choice("outcome", "passed", "failed"), form.Text("reason"));
            content = test switch
            {
                Test.Purpose => content with { Purpose = outcome },
                Test.Necessity => content with { Necessity = outcome },
                _ => content with { Balancing = outcome },
            };
        }
        return step.IsSafeguards ? content with { Safeguards = [.. ReadSafeguards(form)], Review = ReadReview(form) } : content;
    }

    static void Scope(StepForm form, AssessmentContent content)
    {
        var scope = content.Scope;
        form.Set("title", content.Title);
        form.Set("note", content.Note);
        form.Set("sender", scope.Sender);
        form.Set("establishment", scope.Establishment);
        form.Set("purposes", scope.Purposes);
        form.Set("channels", scope.Channels);
        form.Set("audiences", scope.Audiences);
        form.Set("families", scope.Families);
        form.Set("countries", scope.Countries);
        for (var row = 0; row < scope.Data.Length; row++)
        {
            form.Set($"data-{row}-what", scope.Data[row].What);
            form.Set($"data-{row}-source", scope.Data[row].Source);
            form.Set($"data-{row}-special", DocumentChoice(scope.Data[row].IsSpecial));
        }
        form.Set("profiling", DocumentChoice(scope.Profiling));
        form.Set("children", DocumentChoice(scope.Children));
        form.Set("planned", scope.PlannedIn30Days?.ToString(CultureInfo.InvariantCulture));
        form.Set("limit", scope.MessagesIn30Days?.ToString(CultureInfo.InvariantCulture));
        form.Set("first-send", scope.FirstSend is { } first ? Format.IsoDay(first) : null);
    }

    static AssessmentScope ReadScope(StepForm form, ScopeWords words) =>
        new()
        {
            Sender = form.Word("sender", words.Senders) ?? "",
            Establishment = form.Word("establishment", words.Countries),
            Purposes = form.Names("purposes", Message.Purpose.Words),
            Channels = form.Names("channels", Words.Channels),
            Audiences = form.Names("audiences", Words.Audiences),
            Families = form.Names("families", words.Families),
            Countries = form.Names("countries", words.Countries),
            Data = [.. ReadData(form)],
            Profiling = form.Choice("profiling"),
            Children = form.Choice("children"),
            PlannedIn30Days = form.Number("planned"),
            MessagesIn30Days = form.Number("limit"),
            FirstSend = form.Day("first-send"),
        };

    static IEnumerable<DataUsed> ReadData(StepForm form)
    {
        for (var row = 0; row < MostRows; row++)
        {
            if (!IsFilled(form, row))
                continue;
            var (what, source) = (form.Text($"data-{row}-what"), form.Word($"data-{row}-source", Collection.From.Words));
            if (what.Length == 0)
                form.Problem($"data-{row}-what", "is blank: say which data");
            if (source is null && form.ProblemOf($"data-{row}-source") is null)
                form.Problem($"data-{row}-source", "is not chosen: where do these data come from?");
            yield return new DataUsed(what, source ?? "", form.Choice($"data-{row}-special"));
        }
    }

    static bool IsFilled(StepForm form, int row) =>
        form.Raw($"data-{row}-what").Trim().Length + form.Raw($"data-{row}-source").Length + form.Raw($"data-{row}-special").Length > 0;

    static void Safeguards(StepForm form, AssessmentContent content)
    {
        foreach (var safeguard in content.Safeguards)
        {
            form.Set(
                $"guard-{safeguard.Kind}",
                safeguard.InPlace switch
                {
                    true => "in-place",
                    false => "planned",
                    null => "",
                }
            );
            form.Set($"guard-{safeguard.Kind}-says", safeguard.Says);
        }
        form.Set("due", content.Review.Due is { } due ? Format.IsoDay(due) : null);
        form.Set("triggers", content.Review.Triggers);
        form.Set("rate", content.Review.ObjectionsPerThousand?.ToString(CultureInfo.InvariantCulture));
    }

    static IEnumerable<Safeguard> ReadSafeguards(StepForm form)
    {
        foreach (var kind in SafeguardKinds.All)
        {
            var (inPlace, says) = (form.Choice($"guard-{kind}", "in-place", "planned"), form.Text($"guard-{kind}-says"));
            if (inPlace is not null || says.Length > 0)
                yield return new Safeguard(kind, inPlace, says);
        }
    }

    static ReviewPlan ReadReview(StepForm form) =>
        new()
        {
            Due = form.Day("due"),
            Triggers = form.Names("triggers", ReviewTriggers.All),
            ObjectionsPerThousand = form.Number("rate"),
        };

    static string? DocumentChoice(bool? value) =>
        value switch
        {
            true => "yes",
            false => "no",
            null => null,
        };
}
