using System.CommandLine;
using System.CommandLine.Help;
using MaySend.Cli;
using MaySend.Cli.Commands;
using MaySend.Cli.Gate;
using MaySend.Cli.Start;
using MaySend.Cli.Stores;

// Only the command that is asked for is made: they have some hundreds of options, and whoever asks one question waits for all of them.
(string Name, Func<Command> Make)[] commands =
[
    ("start", () => StartCommand.Make(TimeProvider.System)),
    ("demo", () => DemoCommand.Make()),
    ("ask", () => AskCommand.Make()),
    ("screen", () => ScreenCommand.Make()),
    ("join", () => JoinCommand.Make()),
    ("fridays", () => FridaysCommand.Make(TimeProvider.System)),
    ("list", () => ListCommand.Make()),
    ("sql", () => SqlCommand.Make()),
    ("warehouse", () => WarehouseCommand.Make()),
    ("checks", () => ChecksCommand.Make()),
    ("assess", () => AssessCommand.Make(TimeProvider.System)),
    ("store", () => StoreCommand.Make()),
    ("import", () => ImportCommand.Make()),
    ("imports", () => ImportsCommand.Make()),
    ("domains", () => DomainsCommand.Make()),
    ("record", () => RecordCommand.Make()),
    ("inbound", () => InboundCommand.Make(TimeProvider.System)),
    ("evidence", () => PersonCommands.Evidence()),
    ("export", () => PersonCommands.Export()),
    ("erase", () => PersonCommands.Erase()),
    ("hold", () => PersonCommands.Hold()),
    ("inbox", () => InboxCommand.Make()),
    ("sign-up", () => SignUpCommand.Make(TimeProvider.System)),
    ("requests", () => RequestsCommand.Make(TimeProvider.System)),
    ("audit", () => AuditCommand.Make()),
    ("replay", () => ReplayCommand.Make()),
    ("evidence-pack", () => EvidencePackCommand.Make()),
    ("ledger", () => LedgerCommand.Make()),
    ("cluster", () => ClusterCommand.Make()),
    ("upgrade-check", () => UpgradeCheckCommand.Make(TimeProvider.System)),
    ("law", () => LawCommand.Make()),
    ("message", () => MessageCommand.Make()),
    ("serve", () => ServeCommand.Make()),
    ("gate", () => GateCommand.Make()),
    ("mcp", () => McpCommand.Make()),
];
var root = new Command(
    "maysend",
    "Says, for every recipient of every marketing message, whether it may be sent and whether the person's data may be used for it."
)
{
    new HelpOption { Recursive = true },
    new VersionOption { Recursive = false },
};
var asked = Array.FindAll(commands, command => args.Length > 0 && command.Name == args[0]);
foreach (var (_, make) in asked.Length > 0 ? asked : commands)
    root.Subcommands.Add(make());
var parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
    return CommandFailures.Usage(parsed);
return await CommandFailures.Guard(() => parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false }));
