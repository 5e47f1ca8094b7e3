using System.Collections.Immutable;
using System.CommandLine;
using MaySend.Cli.Commands;
using MaySend.Decisions;
using MaySend.Evidence.Import;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Records.Start;
using Spectre.Console;

namespace MaySend.Cli.Start;

/// <summary>
/// <c>maysend start</c>: from an export to a first screening. It asks, shows what each answer proves, writes the sender's folder, and signs
/// nothing for anybody.
/// </summary>
static class StartCommand
{
    public static Command Make(TimeProvider clock)
    {
        var files = new Argument<string[]>("files")
        {
            Description = "the exports of the shop or mail platform: CSV, XLSX or ZIP",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var folder = new Option<string>("--in")
        {
            Description = "the folder to write; an interview begun there is continued",
            Required = true,
        };
        var by = new Option<string>("--by") { Description = "who answers", DefaultValueFactory = _ => Environment.UserName };
        var answers = new Option<string?>("--answers") { Description = "take the answers from this file (YAML) instead of asking" };
        var again = new Option<string[]>("--again") { Description = "ask a question again; may be repeated", HelpName = "QUESTION" };
        var (zone, law) = (Inputs.Zone(), Inputs.LawFolder());
        var aside = new Option<string?>("--set-aside")
        {
            Description = "write the rows that cannot be read to this CSV file",
            HelpName = "FILE",
        };
        var command = new Command(
            "start",
            "From an export of your shop to a first screening: asks what only you know, and says what each answer shows."
        )
        {
            files,
            folder,
            by,
            answers,
            again,
            zone,
            aside,
            law,
        };
        command.Subcommands.Add(Sign(clock));
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(folder)!;
            var path = Path.Combine(place, StartRecord.FileName);
            var record = File.Exists(path) ? StartRecord.Read(path) : new StartRecord();
            record = record with { AskedBy = parsed.GetValue(by)! };
            var given = parsed.GetValue(answers) is { } file ? ReadAnswers(file, AssessCommand.Today(clock)) : null;
            foreach (var (question, fields) in (given ?? new StartRecord()).Answers)
                record = record.With(question, fields);
            foreach (var question in parsed.GetValue(again) ?? [])
                if (given?.HasAnswered(question) != true)
                    record = record with { Answers = record.Answers.Remove(question) };
            var (names, times) = (parsed.GetValue(files) ?? [], Inputs.ReadZone(parsed.GetValue(zone)));
            var isAsked = given is null && AnsiConsole.Profile.Capabilities.Interactive;
            if (names.Length == 0 && !File.Exists(Path.Combine(place, "people.csv")))
                throw new BadInputException(new Place("start"), "no file was given", "maysend start orders.csv customers.csv --in DIR");
            var brought = new List<StartFile>();
            foreach (var name in names)
                (record, brought) = (Bring(name, record, times, isAsked, AssessCommand.Today(clock), out var each), [.. brought, each]);
            WriteAside(parsed.GetValue(aside), brought);
            var decider = new Decider(Home.ReadLaw(parsed.GetValue(law)));
            record = Interview(
                place,
                record,
                brought,
                AssessCommand.Today(clock),
                decider.Law,
                isAsked ? so => StartWorth.Of(place, so, decider, AssessCommand.Today(clock)) : null
            );
            Finish(place, record, decider, clock);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Reads a file, and asks what only a person can say of it until nothing is open or nobody knows.</summary>
    static StartRecord Bring(string name, StartRecord record, TimeZoneInfo? zone, bool isAsked, DateOnly today, out StartFile file)
    {
        while (true)
        {
            file = StartIntake.Propose(name, record, zone);
            StartText.Write(file);
            if (!isAsked || file.Question is not { } question)
                return record;
            var said = StartTalk.Ask(question, null, today);
            // What happened on a day that nobody can name shows nothing.
            if (said.Count == 0 || (said.ContainsKey(StartOccasions.Happened) && !said.ContainsKey(StartOccasions.When)))
                return record;
            record = record.With(
                question.Id,
                (record.Answers.GetValueOrDefault(question.Id) ?? ImmutableSortedDictionary<string, string>.Empty).SetItems(said)
            );
        }
    }

    static StartRecord ReadAnswers(string file, DateOnly today)
    {
        var problems = new Problems();
        var given = StartDays.Dated(StartRecord.Read(file), today, problems);
        StartQuestions.NoteStrangers(given, problems);
        problems.ThrowIfAny();
        return given;
    }

    /// <summary>
    /// Asks what is not answered yet. Questions that depend on the files see them as they are read with the answers so far; each
    /// answer is saved.
    /// </summary>
    /// <param name="folder">The folder.</param>
    /// <param name="record">What was answered before.</param>
    /// <param name="brought">The files.</param>
    /// <param name="today">Today.</param>
    /// <param name="law">The law that says which registers are looked up.</param>
    /// <param name="worth">What questions are worth as things stand; null where nobody is there to be asked.</param>
    static StartRecord Interview(
        string folder,
        StartRecord record,
        IReadOnlyList<StartFile> brought,
        DateOnly today,
        LawBook law,
        Func<StartRecord, StartWorth>? worth
    )
    {
        Directory.CreateDirectory(folder);
        if (brought.Count > 0)
            StartIntake.Write(brought, record, folder);
        var found = StartFindings.In(folder, law);
        var what =
            $"{Amount.Of(found.People, "person", "people")}, {found.Occasions:N0} orders and sign-ups, "
            + Amount.Of(found.Stops, "opt-out");
        AnsiConsole.MarkupLineInterpolated($"[bold]together[/]: {what}; {found.CountryLine}");
        while (true)
        {
            StartWorth? counted = null;
            if (StartQuestions.Next(StartQuestions.For(record, found), record, worth is null ? null : Count) is not { } next)
                break;
            if (worth is null && !next.CanBeSkipped)
                throw new BadInputException(new Place("--answers"), $"`{next.Id}` has no answer, and needs one", next.Asks);
            record = record.With(next.Id, worth is null ? [] : StartTalk.Ask(next, counted, today));
            record.Write(Path.Combine(folder, StartRecord.FileName));

            StartWorth Count() => counted = worth!(record);
        }
        // Whose the files are and what a "no" in them means is known only now.
        if (brought.Count > 0)
            StartIntake.Write(brought, record, folder);
        return record;
    }

    /// <summary>Writes the folder, screens it as it stands and as it would stand once signed, and says what comes next.</summary>
    internal static void Finish(string folder, StartRecord record, Decider decider, TimeProvider clock)
    {
        record.Write(Path.Combine(folder, StartRecord.FileName));
        if (record.Day("what", "day") is null)
        {
            StartFolder.Write(folder, record, record.SignatureOf);
            Console.WriteLine($"the day of the mailing is not known, so nothing was screened: maysend start --in {folder} --again what");
            return;
        }
        StartFolder.Write(folder, record, record.SignatureOf);
        var today = AssessCommand.Today(clock);
        var (now, once) = (StartOutcome.Of(folder, record, decider), StartOutcome.Of(folder, record, decider, today));
        List<StartSentence> unsigned = [.. StartSentences.Of(record).Where(sentence => record.SignatureOf(sentence) is null)];
        var questions = StartQuestions.For(record, StartFindings.In(folder, decider.Law));
        List<StartQuestion> open = [.. questions.Where(question => record.Answers.GetValueOrDefault(question.Id) is { IsEmpty: true })];
        var worth = open.Count == 0 ? null : StartWorth.Of(folder, record, decider, today);
        List<string> notAsked = [.. questions.Where(question => !record.HasAnswered(question.Id)).Select(question => question.Id)];
        open = [.. open.OrderByDescending(question => worth![question.Id])];
        StartText.Write(now, once, worth, unsigned, open, Home.Shown(folder));
        if (notAsked.Count > 0)
            Console.WriteLine($"not asked, because it changes nobody's result: {string.Join(", ", notAsked)}");
        File.WriteAllText(
            Path.Combine(folder, StartReport.FileName),
            StartReport.Write(record, now, once, open, worth, Home.Shown(folder))
        );
        Console.WriteLine($"the same with a picture: {Home.Shown(Path.Combine(folder, StartReport.FileName))}");
        if (unsigned.Count == 0)
            Console.WriteLine($"the lists: maysend screen --in {Home.Shown(folder)} --campaign {StartFolder.Campaign} --out DIR");
    }

    static Command Sign(TimeProvider clock)
    {
        var folder = new Option<string>("--in") { Description = "the folder of the interview", Required = true };
        var by = new Option<string>("--by") { Description = "who signs", Required = true };
        var answers = new Option<string?>("--answers")
        {
            Description = "take from this file (YAML) which sentences are signed, each with its reason, instead of asking",
        };
        var law = Inputs.LawFolder();
        var command = new Command("sign", "Sign what was answered, one sentence at a time, each with a reason.")
        {
            folder,
            by,
            answers,
            law,
        };
        command.SetAction(parsed =>
        {
            var place = parsed.GetValue(folder)!;
            var record = StartRecord.Read(Path.Combine(place, StartRecord.FileName));
            var given = parsed.GetValue(answers) is { } file ? StartRecord.Read(file) : null;
            var signer = parsed.GetValue(by)!;
            if (signer == record.AskedBy)
                Console.WriteLine("you answered these questions yourself: your signature is marked self-signed");
            var sentences = StartSentences.Of(record);
            foreach (var unknown in (given ?? new StartRecord()).Answers.Keys.Except(sentences.Select(sentence => sentence.Id)))
                throw new BadInputException(
                    new Place("--answers"),
                    $"there is no sentence `{unknown}` to sign",
                    $"one of {string.Join(", ", sentences.Select(sentence => sentence.Id))}"
                );
            foreach (var sentence in sentences.Where(sentence => record.SignatureOf(sentence) is null))
                if (ReasonFor(sentence, given) is { Length: > 0 } reason)
                    record = record.Sign(sentence, signer, AssessCommand.Today(clock), reason);
            Finish(place, record, new Decider(Home.ReadLaw(parsed.GetValue(law))), clock);
            return ExitCode.Done;
        });
        return command;
    }

    /// <summary>Why this sentence can be signed; null where it is not signed. Nothing is signed together with anything else.</summary>
    static string? ReasonFor(StartSentence sentence, StartRecord? given)
    {
        if (given is not null)
            return given[sentence.Id, "reason"];
        if (!AnsiConsole.Profile.Capabilities.Interactive)
            return null;
        AnsiConsole.WriteLine();
        AnsiConsole.MarkupLineInterpolated($"[bold]{sentence.Says}[/]");
        return AnsiConsole.Prompt(new ConfirmationPrompt("Do you sign that?") { DefaultValue = false })
            ? AnsiConsole.Ask<string>("How do you know? (stays on record)")
            : null;
    }

    static void WriteAside(string? path, IReadOnlyList<StartFile> brought)
    {
        if (path is null)
            return;
        using var text = new StreamWriter(path);
        foreach (var file in brought.Where(file => !file.Summary.SetAside.IsEmpty))
            file.Summary.WriteSetAside(text);
    }
}
