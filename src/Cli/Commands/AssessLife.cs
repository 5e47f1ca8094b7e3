using System.CommandLine;
using System.Text.Json;
using MaySend.Assessments.Documents;
using MaySend.Assessments.Life;
using MaySend.Assessments.Readiness;
using MaySend.Evidence.Entries;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>
/// The commands that move an assessment through its life: submit, review, sign, withdraw, lapse. A refused one writes nothing.
/// </summary>
static class AssessLife
{
    public static Option<string> By() => new("--by") { Description = "who does this: a name or a role", Required = true };

    public static Option<string?> Reason() => new("--reason") { Description = "why" };

    static Option<string> NeededReason() => new("--reason") { Description = "why", Required = true };

    public static Command Submit(TimeProvider clock) =>
        Make(
            clock,
            "submit",
            "Hand a draft in for review. It must pass the check.",
            (by, on, why, findings) => new LifeCommand.Submit(by, on, why, findings)
        );

    public static Command Sign(TimeProvider clock) =>
        Make(
            clock,
            "sign",
            "Sign what a second person approved. It applies from that day on, and can't be changed after that.",
            (by, on, why, findings) => new LifeCommand.Sign(by, on, why, findings)
        );

    public static Command Withdraw(TimeProvider clock) =>
        Make(
            clock,
            "withdraw",
            "Withdraw an assessment: from that day on, no message can rely on it.",
            (by, on, why, _) => new LifeCommand.Withdraw(by, on, why)
        );

    public static Command Review(TimeProvider clock)
    {
        var back = new Option<bool>("--return") { Description = "send it back to its writer instead of approving it" };
        return Make(
            clock,
            "review",
            "As a second person, approve what was handed in, or send it back.",
            (by, on, why, _) => new LifeCommand.Approve(by, on, why),
            back,
            parsed => parsed.GetValue(back) ? (by, on, why, _) => new LifeCommand.Return(by, on, why) : null
        );
    }

    public static Command Lapse(TimeProvider clock)
    {
        var trigger = new Option<string>("--trigger")
        {
            Description = $"what happened: {string.Join(", ", ReviewTriggers.All)}",
            Required = true,
        }.AcceptOnlyFromAmong([.. ReviewTriggers.All]);
        return Make(
            clock,
            "lapse",
            "End an assessment because something happened that it did not weigh: from that day on, no message can rely on it.",
            (by, on, why, _) => new LifeCommand.Withdraw(by, on, why),
            trigger,
            parsed => (by, on, why, _) => new LifeCommand.Lapse(by, on, why, parsed.GetValue(trigger)!)
        );
    }

    delegate LifeCommand Asking(string by, DateOnly on, string why, IReadOnlyList<Finding> findings);

    static Command Make(
        TimeProvider clock,
        string name,
        string says,
        Asking asking,
        Option? extra = null,
        Func<ParseResult, Asking?>? choose = null
    )
    {
        var (file, by, reason, on, law, json) = (
            AssessCommand.File(),
            By(),
            NeededReason(),
            AssessCommand.On(),
            Inputs.LawFolder(),
            AssessCommand.Json()
        );
        var command = new Command(name, says) { file, by, reason, on, law, json };
        if (extra is not null)
            command.Add(extra);
        command.SetAction(parsed =>
        {
            var path = parsed.GetValue(file)!;
            var read = AssessCommand.Read(path);
            var today = AssessCommand.Today(clock);
            var day = parsed.GetValue(on) ?? today;
            var isChecked = name is "submit" or "sign";
            var findings = isChecked ? ReadinessCheck.Run(read, Home.ReadLaw(parsed.GetValue(law)), day) : [];
            var asked = (choose?.Invoke(parsed) ?? asking)(parsed.GetValue(by)!, day, parsed.GetValue(reason)!, findings);
            if (name == "sign")
                RefuseWhenLaterIsSigned(path, read);
            var outcome = LifeCycle.Answer(read.Document, asked, today);
            if (outcome.Event is not { } happened)
            {
                if (findings.Any(finding => finding.Blocks))
                    AssessCommand.Write(findings);
                throw new BadInputException(read.PlaceOf("history"), outcome.Refusal!, $"see maysend assess show {path}");
            }
            var after = read.Document.After(happened);
            AssessmentFile.Write(path, after);
            if (happened.Kind == LifeEventKind.Signed)
                SupersedeEarlier(path, after, happened);
            Write(after, happened, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>A later version that was signed has taken the place of this one: it would carry nothing.</summary>
    static void RefuseWhenLaterIsSigned(string path, AssessmentFile read)
    {
        var later = Beside(path)
            .Select(file => file.Document)
            .FirstOrDefault(other =>
                other.Id == read.Document.Id && other.Version > read.Document.Version && other.Life.SignedBy is not null
            );
        if (later is not null)
            throw new BadInputException(
                read.PlaceOf("version"),
                $"{later.VersionId} is already signed, so this version would never apply",
                $"revise {later.VersionId}"
            );
    }

    static IReadOnlyList<AssessmentFile> Beside(string path)
    {
        var problems = new Problems();
        var files = AssessmentFolder.ReadFiles(Path.GetDirectoryName(Path.GetFullPath(path))!, problems);
        problems.ThrowIfAny();
        return files;
    }

    /// <summary>
    /// Notes in the files of earlier signed versions beside it that they are superseded. Decisions do not wait for that: they see the later
    /// signature.
    /// </summary>
    static void SupersedeEarlier(string path, AssessmentDocument signed, LifeEvent signature)
    {
        foreach (var file in Beside(path))
        {
            if (file.Document.Id != signed.Id || file.Document.Version >= signed.Version)
                continue;
            var outcome = LifeCycle.Answer(
                file.Document,
                new LifeCommand.Supersede(signature.By, signature.On, $"{signed.VersionId} was signed"),
                signature.On
            );
            if (outcome.Event is { } superseded)
                AssessmentFile.Write(file.Whole.File, file.Document.After(superseded));
        }
    }

    static void Write(AssessmentDocument document, LifeEvent happened, bool isJson)
    {
        var state = document.StateOn(happened.On);
        if (isJson)
            Console.WriteLine(
                JsonSerializer.Serialize(
                    new
                    {
                        Assessment = document.Id,
                        document.Version,
                        State = state,
                        Event = happened,
                    },
                    EntryJson.Options
                )
            );
        else
        {
            var what = $"{happened.Kind.ToString().ToLowerInvariant()} by {happened.By} on {happened.On:yyyy-MM-dd}";
            AnsiConsole.MarkupLineInterpolated($"[bold]{document.VersionId}[/]: {what}; it is [bold]{state.Word()}[/]");
        }
    }

    /// <summary>A day that is not still to come.</summary>
    public static DateOnly NotAhead(DateOnly day, DateOnly today) =>
        day <= today ? day : throw new BadInputException(new Place("--on"), $"{day:yyyy-MM-dd} is in the future");

    /// <summary>A name that says something.</summary>
    public static string Named(string by) =>
        string.IsNullOrWhiteSpace(by)
            ? throw new BadInputException(new Place("--by"), "name the person or role that does this")
            : by.Trim();
}
