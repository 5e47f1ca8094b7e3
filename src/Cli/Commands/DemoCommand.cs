using System.CommandLine;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Reading;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend demo</c>: the main job on real data.</summary>
static class DemoCommand
{
    public static Command Make()
    {
        var output = new Option<string>("--out")
        {
            Description = "where to write",
            DefaultValueFactory = _ => Path.Combine(Directory.GetCurrentDirectory(), "demo-output"),
        };
        var command = new Command("demo", "Screen a real shop's customers for one campaign.") { output };
        command.SetAction(
            (parsed, cancellation) =>
            {
                var sample = Path.Combine(Home.Folder, "samples", "online-retail");
                var campaignPath = Path.Combine(sample, "campaigns", "spring-2026.yaml");
                var (controller, campaign) = Inputs.ReadSender(sample, campaignPath);
                Console.WriteLine("Real orders of a UK shop (Online Retail, UCI), moved forward by exactly 14");
                Console.WriteLine("years so that today's law applies. Addresses, forms, templates, statements,");
                Console.WriteLine("refusals and the assessment are made up: see samples/online-retail/SOURCE.md.");
                using var list = AudienceList.InFolder(sample, null);
                ScreenCommand.Run(
                    new Decider(Home.ReadLaw(null)),
                    controller,
                    campaign,
                    list,
                    campaign.Day,
                    parsed.GetValue(output)!,
                    cancellation
                );
                AnsiConsole.MarkupLine("\n[bold]Try next[/]");
                foreach (var (address, what) in Examples(sample))
                {
                    AnsiConsole.MarkupLineInterpolated($"  [grey]# {what}[/]");
                    Console.WriteLine($"  ./maysend ask {address} --in {Home.Shown(sample)} --campaign {campaign.Id}");
                }
                Console.WriteLine("  ./maysend law compare soft-opt-in legitimate-interests --country gb");
                Console.WriteLine("  ./maysend law diff --from 2026-02-04 --to 2026-02-06");
                Console.WriteLine("  ./maysend law test");
                return Task.FromResult(ExitCode.Done);
            }
        );
        return command;
    }

    static IEnumerable<(string Address, string What)> Examples(string sample)
    {
        var problems = new Problems();
        using var csv = CsvRows.Open(
            Path.Combine(sample, "examples.csv"),
            [new CsvColumn("address", "", "", IsRequired: true), new CsvColumn("what", "", "", IsRequired: true)],
            null,
            problems
        );
        problems.ThrowIfAny();
        while (csv!.Read())
            yield return (csv.Text("address"), csv.Text("what"));
    }
}
