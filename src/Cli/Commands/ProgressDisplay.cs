using System.Globalization;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary>
/// Shows how far long work has come while somebody watches: what is done, of how much, how fast, and how long it will still take.
/// Prints nothing into a pipe. Ctrl+C stops the work.
/// </summary>
static class ProgressDisplay
{
    /// <summary>Runs work that gives what it does, how much is done, and of how much where that is known.</summary>
    public static async Task RunAsync(string first, Func<Action<string, long, long?>, Task> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            await run((_, _, _) => { });
            return;
        }
        await Shown(AnsiConsole.Console)
            .StartAsync(async context =>
            {
                var steps = new ShownSteps(context, first);
                await run(steps.Advance);
            });
    }

    /// <summary>The same for work that holds its thread.</summary>
    public static void Run(string first, Action<Action<string, long, long?>> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            run((_, _, _) => { });
            return;
        }
        Shown(AnsiConsole.Console).Start(context => run(new ShownSteps(context, first).Advance));
    }

    static Progress Shown(IAnsiConsole console) =>
        console
            .Progress()
            .AutoClear(true)
            .Columns(
                new SpinnerColumn(),
                new TaskDescriptionColumn { Alignment = Justify.Left },
                new ProgressBarColumn(),
                new PercentageColumn(),
                new RemainingTimeColumn()
            );
}

/// <summary>The steps of some work as lines of a display: each begins when the one before it is over. Safe for many threads.</summary>
sealed class ShownSteps
{
    readonly Lock alone = new();
    readonly ProgressContext context;
    ProgressTask task;
    string stage;

    public ShownSteps(ProgressContext context, string first)
    {
        (this.context, stage) = (context, first);
        task = context.AddTask(first);
        task.IsIndeterminate = true;
    }

    /// <summary>Shows where the work is.</summary>
    public void Advance(string what, long done, long? total)
    {
        lock (alone)
        {
            if (what != stage)
            {
                task.StopTask();
                (task, stage) = (context.AddTask(what), what);
            }
            task.IsIndeterminate = total is null or 0;
            if (total is > 0)
                task.MaxValue = total.Value;
            else if (done > task.MaxValue)
                task.MaxValue = double.MaxValue;
            task.Value = done;
            task.Description = Says(what, done, total, task.Speed).EscapeMarkup();
        }
    }

    /// <summary>For example <c>deciding: 120,000 of 300,000, 41,200 a second</c>.</summary>
    internal static string Says(string what, long done, long? total, double? speed) =>
        string.Create(CultureInfo.InvariantCulture, $"{what}: {done:N0}")
        + (total is > 0 and var all ? string.Create(CultureInfo.InvariantCulture, $" of {all:N0}") : "")
        + (speed is >= 1 and var rate ? string.Create(CultureInfo.InvariantCulture, $", {rate:N0} a second") : "");
}
