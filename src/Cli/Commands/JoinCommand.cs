using System.CommandLine;
using MaySend.Evidence.Actors;
using MaySend.Records.Auditing;
using MaySend.Screening.Runs;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend join</c>: one list of the shares that several machines have screened.</summary>
static class JoinCommand
{
    public static Command Make()
    {
        var folders = new Argument<string[]>("shares")
        {
            Description = "the folders that `maysend screen --share` has written, all of them, in any order",
            Arity = ArgumentArity.OneOrMore,
            HelpName = "DIR",
        };
        var output = new Option<string>("--out") { Description = "folder for the lists and report.html", Required = true };
        var law = Inputs.LawFolder();
        var (data, keys, by) = (StoreOptions.Data(), StoreOptions.Keys(), StoreOptions.By());
        var command = new Command("join", "One list of the shares of everybody on record that several machines have screened.")
        {
            folders,
            data,
            output,
            law,
            keys,
            by,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var join = new ScreeningJoin(store.Evidence, store.KeepLaw(parsed.GetValue(law)));
                var to = parsed.GetValue(output)!;
                var outcome = await join.RunAsync(parsed.GetValue(folders)!, Actor.Runner(parsed.GetValue(by)!), to, cancellation);
                await store.ShownAsync(
                    Viewed.ListFile,
                    people: outcome.Summary.People,
                    about: $"screening of {outcome.Summary.Campaign}, {outcome.Manifest!.Id}"
                );
                ScreeningText.Write(outcome.Summary, to);
                AnsiConsole.MarkupLineInterpolated($"[grey]screening {outcome.Manifest.Id}, kept on record[/]");
                return ExitCode.Done;
            }
        );
        return command;
    }
}
