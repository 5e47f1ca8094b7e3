using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary>Shows how far long work has come while somebody watches; prints nothing into a pipe.</summary>
static class ProgressDisplay
{
    public static async Task RunAsync(string first, Func<Action<string, long, long?>, Task> run)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            await run((_, _, _) => { });
            return;
        }
        await AnsiConsole
            .Progress()
            .AutoClear(true)
            .Columns(new SpinnerColumn(), new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn())
            .StartAsync(async context =>
            {
                var task = context.AddTask(first);
                task.IsIndeterminate = true;
                await run(
                    (what, done, total) =>
                    {
                        task.Description = $"{what}: {done:N0}";
                        task.IsIndeterminate = total is null or 0;
                        if (total is > 0)
                            (task.MaxValue, task.Value) = (total.Value, done);
                    }
                );
            });
    }
}
