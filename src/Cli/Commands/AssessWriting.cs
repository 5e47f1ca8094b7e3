using System.CommandLine;
using System.Collections.Immutable;
using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Questions;
using MaySend.Law.Facts;
using MaySend.Law.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>assess new</c> and <c>assess revise</c>: begin a document, or its next version. An existing file is never written over.</summary>
static class AssessWriting
{
    public static Command New(TimeProvider clock)
    {
        var id = new Argument<string>("id") { Description = "the assessment's name, such as LIA-3" };
        var folder = new Option<string>("--in") { Description = "the folder of documents", DefaultValueFactory = _ => "assessments" };
        var sender = new Option<string>("--sender") { Description = "the controller it speaks for, as sender.yaml names it", DefaultValueFactory = _ => "" };
        var title = new Option<string>("--title") { Description = "what it is about", DefaultValueFactory = _ => "" };
        var (by, reason, on) = (AssessLife.By(), AssessLife.Reason(), AssessCommand.On());
        var command = new Command("new", "Begin an assessment: a document with every question, to be filled in with an editor.") { id, folder, sender, title, by, reason, on };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(id)!;
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-')) throw new BadInputException(new Place("assess new"), $"`{name}` is not a name of letters, digits and hyphens", "such as LIA-3");
            var today = AssessCommand.Today(clock);
            var day = AssessLife.NotAhead(parsed.GetValue(on) ?? today, today);
            var content = new AssessmentContent
            {
                Title = parsed.GetValue(title)!, Scope = new AssessmentScope { Sender = parsed.GetValue(sender)!, Purposes = NameSet.Of("direct-marketing") },
                Answers = QuestionBook.All.ToImmutableSortedDictionary(question => question.Id, _ => new Answer("", null, []), StringComparer.Ordinal),
                Safeguards = [new Safeguard(SafeguardKinds.OptOut, null, "")], Review = new ReviewPlan { Triggers = NameSet.Everything },
            };
            var drafted = new LifeEvent(LifeEventKind.Drafted, AssessLife.Named(parsed.GetValue(by)!), day, parsed.GetValue(reason) ?? "begun");
            return Create(parsed.GetValue(folder)!, new AssessmentDocument(name, 1, content, [drafted]));
        });
        return command;
    }

    public static Command Revise(TimeProvider clock)
    {
        var (file, by, reason, on) = (AssessCommand.File(), AssessLife.By(), AssessLife.Reason(), AssessCommand.On());
        var command = new Command("revise", "Begin the next version of an assessment: the same words as a draft. The signed version stands until the next one is signed.") { file, by, reason, on };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var document = AssessCommand.Read(path).Document;
            var today = AssessCommand.Today(clock);
            var day = AssessLife.NotAhead(parsed.GetValue(on) ?? today, today);
            return Create(Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".", document.NextVersion(AssessLife.Named(parsed.GetValue(by)!), day, parsed.GetValue(reason) ?? "review"));
        });
        return command;
    }

    static int Create(string folder, AssessmentDocument document)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{document.VersionId}.yaml"));
        if (File.Exists(path)) throw new BadInputException(new Place(path), "is there already", "a document is never written over");
        Directory.CreateDirectory(folder);
        AssessmentFile.Write(path, document);
        AnsiConsole.MarkupLineInterpolated($"{path}: a draft; fill it in, then [bold]maysend assess check {path}[/]");
        return ExitCode.Done;
    }
}
