using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Reading;
using MaySend.Records.Screenings;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend list</c>: what became of a list that left.</summary>
static class ListCommand
{
    public static Command Make() =>
        new("list", "Check an earlier list: for which days it is good, and who has opted out since.") { Check() };

    static Command Check()
    {
        var file = new Argument<string>("file") { Description = "the permitted.csv of a screening" };
        var (data, keys) = (StoreOptions.Data(), StoreOptions.Keys());
        var output = new Option<string?>("--out")
        {
            Description = "write the people who have not opted out since to this file",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command(
            "check",
            "For which days a list is good, and how many on it opted out since it was made. It makes no new decisions: `screen --delta` "
                + "does that."
        )
        {
            file,
            data,
            keys,
            output,
            json,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var path = parsed.GetValue(file)!;
                if (!File.Exists(path))
                    throw new BadInputException(new Place(path), "file not found", "the permitted.csv of an earlier screening");
                await using var store = await OpenStore.OpenAsync(parsed.GetValue(data)!, parsed.GetValue(keys));
                var gone = new HashSet<string>(StringComparer.Ordinal);
                ListStanding? standing = null;
                await ProgressDisplay.RunAsync(
                    "checking",
                    async advance =>
                    {
                        long done = 0;
                        standing = await new ListCheck(store.Evidence).OfAsync(
                            path,
                            made: null,
                            (address, since) =>
                            {
                                if (since != ListedSince.Stands)
                                    gone.Add(address);
                                if (++done % 512 == 0)
                                    advance("checking", done, null);
                            },
                            cancellation
                        );
                    }
                );
                if (parsed.GetValue(output) is { } target)
                {
                    using var still = new DraftedText(target);
                    await HarmlessCsv.CopyAsync(
                        path,
                        still.Writer.BaseStream,
                        cell => ValueTask.FromResult(!gone.Contains(cell.TrimStart('\''))),
                        cancellation
                    );
                    still.Commit();
                }
                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(standing, JsonSerializerOptions.Web));
                else
                    Write(standing!, path, parsed.GetValue(output));
                return ExitCode.Done;
            }
        );
        return command;
    }

    static void Write(ListStanding standing, string path, string? output)
    {
        AnsiConsole.MarkupLineInterpolated(
            $"[bold]{Path.GetFileName(path)}[/]: {standing.Days}{(standing.IsWhatIf ? "; a what-if, nothing is sent by it" : "")}"
        );
        Console.WriteLine($"  {Number(standing.People), 9}  people on it");
        Line(standing.OptedOutSince, "opted out since");
        Line(standing.ErasedSince, "were erased since");
        Line(standing.MayHaveSince, "may have asked to stop since: only a new screening can tell");
        Console.WriteLine($"  {Number(standing.StillStand), 9}  still stand");
        if (output is not null)
            AnsiConsole.MarkupLineInterpolated($"written to [bold]{Home.Shown(output)}[/]: the people who have not opted out since");
    }

    static void Line(int people, string says)
    {
        if (people > 0)
            Console.WriteLine($"  {Number(people), 9}  {says}");
    }

    static string Number(int number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
