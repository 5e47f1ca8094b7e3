using System.CommandLine;
using MaySend.Cli;
using MaySend.Cli.Commands;

var root = new RootCommand("MaySend says, for every recipient of every marketing message, whether it may be sent and whether the person's data may be used for it.")
{
    DemoCommand.Make(),
    AskCommand.Make(),
    ScreenCommand.Make(),
    LawCommand.Make(),
};
return await Failures.Guard(() => root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
