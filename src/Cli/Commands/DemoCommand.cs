using System.CommandLine;
using MaySend.Decisions;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend demo</c>: the main job on real data.</summary>
static class DemoCommand
{
    public static Command Make()
    {
        var output = new Option<string>("--out") { Description = "where to write", DefaultValueFactory = _ => Path.Combine(Directory.GetCurrentDirectory(), "demo-output") };
        var command = new Command("demo", "Screen a real shop's customers for one campaign.") { output };
        command.SetAction(parsed =>
        {
            var sample = Path.Combine(Home.Folder, "samples", "online-retail");
            var campaignPath = Path.Combine(sample, "campaigns", "spring-2026.yaml");
            var (controller, campaign) = Inputs.ReadSender(sample, campaignPath);
            AnsiConsole.MarkupLine("Real orders of a UK shop (Online Retail, UCI), moved forward by exactly 14 years so that");
            AnsiConsole.MarkupLine("today's law applies. Addresses, forms, templates, statements, refusals and the assessment");
            AnsiConsole.MarkupLine("are made up: see samples/online-retail/SOURCE.md.");
            ScreenCommand.Run(new Decider(Home.ReadLaw(null)), controller, campaign, sample, null, campaign.Day, parsed.GetValue(output)!);
            AnsiConsole.MarkupLine("\n[bold]Go on with[/]");
            var shown = Home.Shown(sample);
            var files = $"--sender {shown} --audience {shown} --campaign {Home.Shown(campaignPath)}";
            foreach (var (address, what) in Examples.Where(example => true))
                AnsiConsole.MarkupLineInterpolated($"  ./maysend ask {address} {files}   [grey]# {what}[/]");
            AnsiConsole.MarkupLine("  ./maysend law compare soft-opt-in legitimate-interests --country gb");
            AnsiConsole.MarkupLine("  ./maysend law diff --from 2026-02-04 --to 2026-02-06");
            AnsiConsole.MarkupLine("  ./maysend law test");
            return ExitCode.Done;
        });
        return command;
    }

    static readonly (string Address, string What)[] Examples = [];
}
