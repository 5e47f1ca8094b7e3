using MaySend.Records.Start;
using Spectre.Console;

namespace MaySend.Cli.Start;

/// <summary>Asks the questions in a terminal: one at a time, each with what it proves, and always with "I don't know".</summary>
static class StartTalk
{
    const string Unknown = "I don't know";

    /// <summary>The answer; an empty map is "I don't know".</summary>
    /// <param name="question">The question.</param>
    /// <param name="today">Today, from which a weekday is counted.</param>
    /// <param name="worth">What it is worth as things stand; null where that is not known.</param>
    public static Dictionary<string, string> Ask(StartQuestion question, StartWorth? worth, DateOnly today)
    {
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{question.Asks}[/]");
        AnsiConsole.MarkupLineInterpolated($"[grey]It shows: {question.Proves}[/]");
        if (question.CanBeSkipped)
            AnsiConsole.MarkupLineInterpolated($"[grey]If you don't know: {question.Unknown}[/]");
        if (worth is not null)
            AnsiConsole.MarkupLineInterpolated($"[grey]{worth.Says(question.Id)}[/]");
        if (question.Signs != StartSigner.Nobody)
            AnsiConsole.MarkupLine("[grey]It counts once somebody who may sign has signed it.[/]");
        foreach (var found in question.Found)
            AnsiConsole.MarkupLineInterpolated($"[blue]{found}[/]");
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var field in question.Fields)
        {
            var answer = field.Choices.Count > 0 ? Choose(question, field) : Type(question, field, today);
            if (answer is not null)
                answers[field.Id] = answer;
            else if (field.IsNeeded && question.Fields[0] == field && question.CanBeSkipped)
                return [];
        }
        return answers;
    }

    static string? Choose(StartQuestion question, StartField field)
    {
        var choices = field.Choices.Select(choice => choice.Says.Length == 0 ? choice.Word : $"{choice.Word}: {choice.Says}").ToList();
        if (question.CanBeSkipped)
            choices.Add(Unknown);
        var chosen = AnsiConsole.Prompt(
            new SelectionPrompt<string>().Title(field.Says.EscapeMarkup()).UseConverter(text => text.EscapeMarkup()).AddChoices(choices)
        );
        return chosen == Unknown ? null : field.Choices[choices.IndexOf(chosen)].Word;
    }

    static string? Type(StartQuestion question, StartField field, DateOnly today)
    {
        if (field.Proposal is { } proposal)
            AnsiConsole.MarkupLineInterpolated($"[blue]{proposal}[/]");
        var hint = field.IsDay ? $" ({StartDays.Form})" : "";
        var empty = question.CanBeSkipped ? ", empty if you don't know" : "";
        var text = AnsiConsole
            .Prompt(
                new TextPrompt<string>($"{field.Says}{hint}{empty}:".EscapeMarkup())
                    .AllowEmpty()
                    .Validate(text =>
                        text.Trim().Length == 0 && !question.CanBeSkipped ? ValidationResult.Error("this question needs an answer")
                        : field.IsDay && text.Trim().Length > 0 && StartDays.Read(text.Trim(), today) is null
                            ? ValidationResult.Error($"not a day; write {StartDays.Form}")
                        : ValidationResult.Success()
                    )
            )
            .Trim();
        return text.Length == 0 ? null
            : field.IsDay ? StartDays.Read(text, today)
            : text;
    }
}
