using System.CommandLine;
using MaySend.Evidence;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli;

/// <summary>Turns what ends an operation into words and an exit status. Whatever is thrown, nothing is sent.</summary>
static class CommandFailures
{
    static readonly IAnsiConsole Errors = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });

    public static async Task<int> Guard(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (BadInputException bad)
        {
            Write(bad.Problems);
            return ExitCode.BadInput;
        }
        catch (LedgerUnavailableException unavailable)
        {
            Console.Error.WriteLine($"the store is not available, so nothing is sent or shown: {unavailable.Message}");
            return ExitCode.Unavailable;
        }
        catch (LedgerKeyException key)
        {
            Console.Error.WriteLine($"the store cannot be read, so nothing is sent or shown: {key.Message}");
            return ExitCode.BadInput;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"error: {error.Message}");
            return ExitCode.Unavailable;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stopped before it was done; nothing is sent on the strength of this run");
            return ExitCode.Stopped;
        }
        catch (Exception fault)
        {
            Console.Error.WriteLine($"a fault in the program; nothing is sent on the strength of this run: {fault}");
            return ExitCode.Fault;
        }
    }

    /// <summary>Says what is wrong with a command line and where help is.</summary>
    public static int Usage(ParseResult parsed)
    {
        foreach (var error in parsed.Errors.Select(error => error.Message).Distinct())
            Errors.MarkupLineInterpolated($"[red]{error}[/]");
        var command = string.Join(' ', Ancestry(parsed.CommandResult.Command));
        Console.Error.WriteLine(
            parsed.CommandResult.Command.Subcommands.Count > 0
                ? $"commands of {command}: {string.Join(", ", parsed.CommandResult.Command.Subcommands.Select(sub => sub.Name))}"
                : $"see {command} --help"
        );
        return ExitCode.Usage;
    }

    /// <summary>Says why something was not done, and gives the status of a failed check.</summary>
    public static int NotDone(string why)
    {
        Errors.MarkupLineInterpolated($"[red]{why}[/]");
        return ExitCode.CheckFailed;
    }

    static IEnumerable<string> Ancestry(Command command) =>
        command.Parents.OfType<Command>().FirstOrDefault() is { } parent ? Ancestry(parent).Append(command.Name) : [command.Name];

    /// <summary>Writes every problem with its place and help line.</summary>
    public static void Write(IReadOnlyList<Problem> problems, int most = 50)
    {
        foreach (var problem in problems.Take(most))
        {
            Errors.MarkupLineInterpolated($"[bold]{problem.Place}[/]: [red]{problem.Text}[/]");
            if (problem.Help is not null)
                Errors.MarkupLineInterpolated($"  [grey]help: {problem.Help}[/]");
        }
        if (problems.Count > most)
            Errors.MarkupLineInterpolated($"[grey]... and {problems.Count - most} more[/]");
        Errors.MarkupLineInterpolated($"[bold]{Amount.Of(problems.Count, "problem")}[/]; nothing was written");
    }
}
