using System.CommandLine;
using System.Text.Json;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Exports;
using MaySend.Assessments.Life;
using MaySend.Assessments.Questions;
using MaySend.Assessments.Readiness;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend assess</c>: write, check, review and sign legitimate interests assessments, on document files.</summary>
static class AssessCommand
{
    static readonly JsonSerializerOptions Layout = new(EntryJson.Options) { WriteIndented = true };

    public static Command Make(TimeProvider clock) =>
        new("assess", "Write, check, review and sign legitimate interests assessments (Art 6(1)(f) GDPR and UK GDPR).")
        {
            AssessWriting.New(clock),
            AssessWriting.Edit(clock),
            Check(clock),
            Show(clock),
            AssessLife.Submit(clock),
            AssessLife.Review(clock),
            AssessLife.Sign(clock),
            AssessLife.Withdraw(clock),
            AssessLife.Lapse(clock),
            AssessWriting.Revise(clock),
            AssessExport.Make(clock),
            Questions(),
        };

    internal static Argument<string> File() => new("file") { Description = "a document file, such as assessments/LIA-3.v1.yaml" };

    internal static Option<bool> Json() => new("--json") { Description = "as JSON" };

    internal static Option<DateOnly?> On() => Inputs.Day("--on", "the day to use, such as 2026-03-10; today if left out");

    internal static DateOnly Today(TimeProvider clock) => DateOnly.FromDateTime(clock.GetLocalNow().DateTime);

    /// <summary>Reads a document; ends the operation when it cannot be used.</summary>
    internal static AssessmentFile Read(string path)
    {
        var problems = new Problems();
        var file = AssessmentFile.Read(path, path, problems);
        problems.ThrowIfAny();
        return file!;
    }

    static Command Check(TimeProvider clock)
    {
        var (file, on, law, json) = (File(), On(), Inputs.LawFolder(), Json());
        var command = new Command(
            "check",
            "Check what is missing, and where answers contradict each other or the law. Exit status: 0 ready, 1 something is in the way."
        )
        {
            file,
            on,
            law,
            json,
        };
        command.SetAction(parsed =>
        {
            var findings = ReadinessCheck.Run(
                Read(parsed.GetValue(file)!),
                Home.ReadLaw(parsed.GetValue(law)),
                parsed.GetValue(on) ?? Today(clock)
            );
            if (parsed.GetValue(json))
                Console.WriteLine(
                    JsonSerializer.Serialize(
                        findings.Select(f => new
                        {
                            f.Rule,
                            f.Subject,
                            Place = f.Place.ToString(),
                            f.Text,
                            f.Help,
                            f.Blocks,
                        }),
                        Layout
                    )
                );
            else
                Write(findings);
            return findings.Any(finding => finding.Blocks) ? ExitCode.CheckFailed : ExitCode.Done;
        });
        return command;
    }

    /// <summary>Writes findings, those in the way first.</summary>
    internal static void Write(IReadOnlyList<Finding> findings)
    {
        foreach (var finding in findings)
        {
            AnsiConsole.MarkupLineInterpolated($"[bold]{finding.Place}[/]: {(finding.Blocks ? "in the way" : "to weigh")}: {finding.Text}");
            AnsiConsole.MarkupLineInterpolated($"  [grey]help: {finding.Help}[/]");
        }
        var blocking = findings.Count(finding => finding.Blocks);
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{(blocking == 0 ? "ready" : "not ready")}[/]: {blocking} in the way, {findings.Count - blocking} to weigh"
        );
    }

    static Command Show(TimeProvider clock)
    {
        var (file, on, json) = (File(), On(), Json());
        var command = new Command("show", "Show the state of an assessment on a day.") { file, on, json };
        command.SetAction(parsed =>
        {
            var document = Read(parsed.GetValue(file)!).Document;
            var day = parsed.GetValue(on) ?? Today(clock);
            if (parsed.GetValue(json))
                Console.WriteLine(AssessmentExport.ToJson(document, day));
            else
                Write(document, day);
            return ExitCode.Done;
        });
        return command;
    }

    static void Write(AssessmentDocument document, DateOnly day)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{document.VersionId}[/] {document.Content.Title}: [bold]{document.StateOn(day).Word()}[/] on {day:yyyy-MM-dd}"
        );
        var table = new Table { Border = TableBorder.Simple }.AddColumns("day", "what", "by", "why");
        foreach (var happened in document.History)
            table.AddRow(
                $"{happened.On:yyyy-MM-dd}".EscapeMarkup(),
                happened.Kind.ToString().ToLowerInvariant(),
                happened.By.EscapeMarkup(),
                happened.Reason.EscapeMarkup()
            );
        AnsiConsole.Write(table);
        foreach (var test in Enum.GetValues<Test>())
        {
            var outcome = document.Content.OutcomeOf(test).Passed switch
            {
                true => "passed",
                false => "failed",
                null => "not done",
            };
            AnsiConsole.MarkupLineInterpolated($"{test.ToString().ToLowerInvariant()} test: {outcome}");
        }
        AnsiConsole.MarkupLineInterpolated($"review due: {(document.Content.Review.Due is { } due ? $"{due:yyyy-MM-dd}" : "not stated")}");
    }

    static Command Questions()
    {
        var json = Json();
        var command = new Command("questions", "List the questions that an assessment answers, and the law behind each.") { json };
        command.SetAction(parsed =>
        {
            if (parsed.GetValue(json))
                Console.WriteLine(JsonSerializer.Serialize(QuestionBook.All, Layout));
            else
                foreach (var question in QuestionBook.All)
                {
                    var form =
                        $"{question.Test.ToString().ToLowerInvariant()}, {question.Part}{(question.AsksForChoice ? ", yes or no" : "")}";
                    AnsiConsole.MarkupLineInterpolated(
                        $"{question.Number, 2}. [bold]{question.Id}[/] ({form}) {question.Asks} [grey]{question.RestsOn}[/]"
                    );
                }
            return ExitCode.Done;
        });
        return command;
    }
}
