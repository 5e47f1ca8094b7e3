using System.Collections.Immutable;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Questions;
using MaySend.Assessments.Readiness;
using MaySend.Law.Facts;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>
/// <c>assess new</c>, <c>assess edit</c> and <c>assess revise</c>: begin a document, write it, or begin its next version. An existing file
/// is never written over.
/// </summary>
static class AssessWriting
{
    public static Command New(TimeProvider clock)
    {
        var id = new Argument<string>("id") { Description = "the assessment's name, such as LIA-3" };
        var folder = new Option<string>("--in") { Description = "the folder of documents", DefaultValueFactory = _ => "assessments" };
        var sender = new Option<string>("--sender")
        {
            Description = "the controller it is for, as sender.yaml names it",
            DefaultValueFactory = _ => "",
        };
        var title = new Option<string>("--title") { Description = "what it is about", DefaultValueFactory = _ => "" };
        var (by, reason, on) = (AssessLife.By(), AssessLife.Reason(), AssessCommand.On());
        var command = new Command("new", "Start an assessment: writes a document with every question, for you to fill in with an editor.")
        {
            id,
            folder,
            sender,
            title,
            by,
            reason,
            on,
        };
        command.SetAction(parsed =>
        {
            var name = parsed.GetValue(id)!;
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c != '-'))
                throw new BadInputException(
                    new Place("assess new"),
                    $"`{name}` is not a valid name: use letters, digits and hyphens",
                    "such as LIA-3"
                );
            var today = AssessCommand.Today(clock);
            var day = AssessLife.NotAhead(parsed.GetValue(on) ?? today, today);
            var content = new AssessmentContent
            {
                Title = parsed.GetValue(title)!,
                Scope = new AssessmentScope { Sender = parsed.GetValue(sender)!, Purposes = NameSet.Of("direct-marketing") },
                Answers = QuestionBook.All.ToImmutableSortedDictionary(
                    question => question.Id,
                    _ => new GivenAnswer("", null, []),
                    StringComparer.Ordinal
                ),
                Safeguards = [new Safeguard(SafeguardKinds.OptOut, null, "")],
                Review = new ReviewPlan { Triggers = NameSet.Everything },
            };
            var drafted = new LifeEvent(
                LifeEventKind.Drafted,
                AssessLife.Named(parsed.GetValue(by)!),
                day,
                parsed.GetValue(reason) ?? "begun"
            );
            return Create(parsed.GetValue(folder)!, new AssessmentDocument(name, 1, content, [drafted]));
        });
        return command;
    }

    public static Command Edit(TimeProvider clock)
    {
        var (file, law, on) = (AssessCommand.File(), Inputs.LawFolder(), AssessCommand.On());
        var command = new Command(
            "edit",
            "Open a draft in your editor ($VISUAL or $EDITOR), then list what is missing. A signed version can't be edited."
        )
        {
            file,
            law,
            on,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var path = parsed.GetValue(file)!;
                if (AssessCommand.Read(path).Document is { Life.State: not (AssessmentState.Draft or AssessmentState.InReview) } document)
                    throw new BadInputException(
                        new Place(path),
                        $"is {document.Life.State.Word()} and can't be changed",
                        "maysend assess revise starts the next version"
                    );
                await EditAsync(path, cancellation);
                AssessCommand.Write(
                    ReadinessCheck.Run(
                        AssessCommand.Read(path),
                        Home.ReadLaw(parsed.GetValue(law)),
                        parsed.GetValue(on) ?? AssessCommand.Today(clock)
                    )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static async Task EditAsync(string path, CancellationToken cancellation)
    {
        // As git does it: the variable may hold arguments, so a shell reads it; the path is passed apart and never read as code.
        var editor =
            new[] { "VISUAL", "EDITOR" }.Select(Environment.GetEnvironmentVariable).FirstOrDefault(set => !string.IsNullOrWhiteSpace(set))
            ?? "vi";
        using var process = Process.Start("/bin/sh", ["-c", $"{editor} \"$1\"", "edit", path]);
        await process.WaitForExitAsync(cancellation);
        if (process.ExitCode != 0)
            throw new IOException($"the editor `{editor}` exited with status {process.ExitCode}; the file stays as the editor left it");
    }

    public static Command Revise(TimeProvider clock)
    {
        var (file, by, reason, on) = (AssessCommand.File(), AssessLife.By(), AssessLife.Reason(), AssessCommand.On());
        var command = new Command(
            "revise",
            "Start the next version of an assessment: a draft with the same words. The signed version applies until the next is signed."
        )
        {
            file,
            by,
            reason,
            on,
        };
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var document = AssessCommand.Read(path).Document;
            var today = AssessCommand.Today(clock);
            var day = AssessLife.NotAhead(parsed.GetValue(on) ?? today, today);
            return Create(
                Path.GetDirectoryName(path) is { Length: > 0 } folder ? folder : ".",
                document.NextVersion(AssessLife.Named(parsed.GetValue(by)!), day, parsed.GetValue(reason) ?? "review")
            );
        });
        return command;
    }

    static int Create(string folder, AssessmentDocument document)
    {
        var path = Path.Combine(folder, string.Create(CultureInfo.InvariantCulture, $"{document.VersionId}.yaml"));
        if (File.Exists(path))
            throw new BadInputException(new Place(path), "already exists", "a document is never overwritten");
        Directory.CreateDirectory(folder);
        AssessmentFile.Write(path, document);
        AnsiConsole.MarkupLineInterpolated($"{path}: a draft; fill it in, then [bold]maysend assess check {path}[/]");
        return ExitCode.Done;
    }
}
