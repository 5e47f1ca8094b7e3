using System.CommandLine;
using System.CommandLine.Help;
using MaySend.Cli;
using MaySend.Cli.Commands;
using MaySend.Cli.Gate;
using MaySend.Cli.Start;
using MaySend.Cli.Stores;

var root = new Command(
    "maysend",
    "Says, for every recipient of every marketing message, whether it may be sent and whether the person's data may be used for it."
)
{
    new HelpOption { Recursive = true },
    new VersionOption { Recursive = false },
    StartCommand.Make(TimeProvider.System),
    DemoCommand.Make(),
    AskCommand.Make(),
    ScreenCommand.Make(),
    JoinCommand.Make(),
    FridaysCommand.Make(TimeProvider.System),
    ListCommand.Make(),
    SqlCommand.Make(),
    WarehouseCommand.Make(),
    ChecksCommand.Make(),
    AssessCommand.Make(TimeProvider.System),
    StoreCommand.Make(),
    ImportCommand.Make(),
    ImportsCommand.Make(),
    DomainsCommand.Make(),
    RecordCommand.Make(),
    InboundCommand.Make(TimeProvider.System),
    PersonCommands.Evidence(),
    PersonCommands.Export(),
    PersonCommands.Erase(),
    PersonCommands.Hold(),
    InboxCommand.Make(),
    SignUpCommand.Make(TimeProvider.System),
    RequestsCommand.Make(TimeProvider.System),
    AuditCommand.Make(),
    ReplayCommand.Make(),
    EvidencePackCommand.Make(),
    LedgerCommand.Make(),
    ClusterCommand.Make(),
    UpgradeCheckCommand.Make(TimeProvider.System),
    LawCommand.Make(),
    MessageCommand.Make(),
    ServeCommand.Make(),
    GateCommand.Make(),
    McpCommand.Make(),
};
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
    return CommandFailures.Usage(parsed);
return await CommandFailures.Guard(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
