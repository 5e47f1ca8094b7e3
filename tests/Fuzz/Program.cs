using System.CommandLine;
using MaySend.Fuzz;

// ./test tries what is saved and some damage of it; eng/fuzz goes on as long as one likes, led by the branches that inputs take.
return args switch
{
    ["run", .. var asked] => await Running.Command().Parse(asked).InvokeAsync(),
    ["instrument", var folder] => Running.Instrument(folder),
    _ when args.Any(argument => argument is "-automated" or "@@") => await Xunit.Runner.InProc.SystemConsole.ConsoleRunner.Run(args),
    _ => await Xunit.MicrosoftTestingPlatform.TestPlatformTestFramework.RunAsync(
        args,
        SelfRegisteredExtensions.AddSelfRegisteredExtensions
    ),
};
