using System.CommandLine;
using MaySend.Law.Cases;
using MaySend.Law.Files;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend law</c>: check, test and read the law on file.</summary>
static class LawCommand
{
    public static Command Make()
    {
        var folder = Inputs.LawFolder();
        var check = new Command("check", "Check the law files: form, coverage in time, citations, and that every limb decides some case.")
        {
            folder,
        };
        check.SetAction(parsed => Check(parsed.GetValue(folder) ?? Home.Law));
        var test = new Command("test", "Run every case beside the law.") { folder };
        test.SetAction(parsed => Test(parsed.GetValue(folder) ?? Home.Law));
        var time = TimeProvider.System;
        var into = new Option<string?>("--out")
        {
            Description = "The file to write; beside the program, where it looks for it, when left out.",
            HelpName = "FILE",
        };
        var compile = new Command(
            "compile",
            "Keep the law as it was understood, so that every command starts sooner; the text is read again as soon as it differs."
        )
        {
            folder,
            into,
        };
        compile.SetAction(parsed => Compile(parsed.GetValue(folder) ?? Home.Law, parsed.GetValue(into)));
        return new Command("law", "Check, test and read the law on file.")
        {
            check,
            test,
            compile,
            LawShow.Make(time),
            LawDiffCommand.Make(),
            LawCompare.Make(time),
            LawTableText.Make(time),
            LawTableText.MakeMap(time),
            LawCalls.MakeScript(time),
            LawCalls.MakeRegisters(time),
        };
    }

    /// <summary>Today, where no day is named.</summary>
    public static DateOnly Today(TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);

    /// <summary>How a degree of confidence looks in a terminal.</summary>
    public static string Colour(string confidence) =>
        confidence switch
        {
            "high" => "green",
            "medium" => "yellow",
            _ => "red",
        };

    static int Check(string folder)
    {
        var problems = new Problems();
        var law = LawReader.Read(folder, problems);
        var cases = CaseReader.Read(folder, problems);
        RegisterReader.Check(law, law.Registers, problems);
        if (problems.IsEmpty)
        {
            StopBars.Check(law, problems);
            LawCheck.Run(law, cases, problems);
        }
        if (!problems.IsEmpty)
        {
            CommandFailures.Write(problems.List, most: 200);
            return ExitCode.CheckFailed;
        }
        var held = $"{law.Jurisdictions.Length} jurisdictions, {law.Provisions.Length} provisions, {cases.Count} cases";
        AnsiConsole.MarkupLineInterpolated(
            $"[green]sound[/]: {held}; every limb is dated, cited and decides a case. law {law.Digest.Short}"
        );
        return ExitCode.Done;
    }

    static int Compile(string folder, string? path)
    {
        path ??= Path.Combine(AppContext.BaseDirectory, CompiledLaw.FileName);
        var law = CompiledLaw.Write(folder, path);
        AnsiConsole.MarkupLineInterpolated($"[green]compiled[/]: law {law.Digest.Short} into {Home.Shown(path)}");
        return ExitCode.Done;
    }

    static int Test(string folder)
    {
        var problems = new Problems();
        var law = LawReader.Read(folder, problems);
        var cases = CaseReader.Read(folder, problems);
        problems.ThrowIfAny();
        var runner = new CaseRunner(law);
        var failed = cases.Select(runner.Run).Where(outcome => !outcome.Passed).ToList();
        foreach (var outcome in failed)
            problems.Add(outcome.Case.Place, $"{outcome.Case.Name}: {string.Join("; ", outcome.Failures)}");
        if (failed.Count > 0)
            CommandFailures.Write(problems.List, most: 200);
        Console.WriteLine($"{cases.Count - failed.Count} passed, {failed.Count} failed");
        return failed.Count == 0 ? ExitCode.Done : ExitCode.CheckFailed;
    }
}
