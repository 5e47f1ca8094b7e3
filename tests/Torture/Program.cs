using System.CommandLine;
using MaySend.Torture;
using MaySend.Torture.Rounds;

// The suite runs a few rounds of each kind; eng/torture as many as one likes.
if (args is not ["rounds", .. var asked])
    return args.Any(argument => argument is "-automated" or "@@")
        ? await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args)
        : await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
            args,
            SelfRegisteredExtensions.AddSelfRegisteredExtensions
        );

var rounds = new Option<int>("--rounds") { Description = "how many", DefaultValueFactory = _ => 20 };
var seed = new Option<int>("--seed") { Description = "what chance begins with", DefaultValueFactory = _ => 1 };
var first = new Option<int>("--from") { Description = "the round to begin with, to repeat one", DefaultValueFactory = _ => 1 };
var only = new Option<string?>("--only") { Description = "one kind of round: " + string.Join(", ", Kinds.All.Select(kind => kind.Name)) };
var command = new RootCommand("Kills, stops, fills up, restores and damages a store, and checks from outside what is promised.")
{
    rounds,
    seed,
    first,
    only,
};
command.SetAction(
    (parsed, stop) =>
        Sequence.RunAsync(parsed.GetValue(rounds), parsed.GetValue(seed), parsed.GetValue(first), parsed.GetValue(only), Console.Out, stop)
);

// Told to stop, it ends the round it is in and prints the figures so far.
return await command.Parse(asked).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = TimeSpan.FromMinutes(2) });
