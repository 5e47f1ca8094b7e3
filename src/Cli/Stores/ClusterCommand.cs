using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using MaySend.Cli.Commands;
using MaySend.Evidence;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Reading;
using MaySend.Stores;
using Spectre.Console;

namespace MaySend.Cli.Stores;

/// <summary><c>maysend cluster</c>: which PostgreSQL server has what of a ledger on several; add one; move partitions between
/// them.</summary>
static class ClusterCommand
{
    static readonly JsonSerializerOptions Indented = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static Command Make() =>
        new("cluster", "A ledger on several PostgreSQL servers: see which server has what, add a server, move partitions.")
        {
            Status(),
            Add(),
            Move(),
        };

    static Option<string> File() =>
        new("--data")
        {
            Description = "the file that names the servers (docs/operating.md)",
            Required = true,
            HelpName = ClusterFile.Scheme + "FILE",
        };

    static Command Status()
    {
        var (data, keys) = (File(), StoreOptions.Keys());
        var json = new Option<bool>("--json") { Description = "print the result as JSON" };
        var command = new Command(
            "status",
            "Which server has which partitions, how much, and whether it answers. Exit status: 0 all answer, 1 at least one does not."
        )
        {
            data,
            keys,
            json,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var status = await ClusterUpkeep.StatusAsync(Servers(parsed.GetValue(data)!, parsed.GetValue(keys)));
                var isWhole =
                    status.Map.Moving is null
                    && status.Servers.All(server => server.Fault is null && server.MapVersion == status.Map.Version);
                if (parsed.GetValue(json))
                    Console.WriteLine(JsonSerializer.Serialize(status, Indented));
                else
                    Show(status);
                return isWhole ? ExitCode.Done : ExitCode.CheckFailed;
            }
        );
        return command;
    }

    static void Show(ClusterStatus status)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var heading in new[] { "server", "chains", "contacts", "entries", "on disk", "map" })
            table.AddColumn(new TableColumn($"[grey]{heading}[/]").RightAligned());
        table.Columns[0].LeftAligned();
        foreach (var server in status.Servers)
            table.AddRow(
                $"{server.Name}{(server.Name == status.Map.Home ? " (home)" : "")}".EscapeMarkup(),
                Number(server.Partitions),
                server.Fault is null ? Number(server.Contacts) : "?",
                server.Fault is null ? Number(server.Entries) : "?",
                server.Fault is null ? string.Create(CultureInfo.InvariantCulture, $"{server.Bytes / 1e6:N1} MB") : "?",
                server.Fault is null ? Number(server.MapVersion) : "[red]does not answer[/]"
            );
        AnsiConsole.Write(table);
        AnsiConsole.MarkupLineInterpolated($"[grey]ledger {status.StoreId}, map {status.Map.Version}[/]");
        foreach (var server in status.Servers.Where(server => server.Fault is not null))
            AnsiConsole.MarkupLineInterpolated($"[red]{server.Name}: {server.Fault}[/]");
        if (status.Map.Moving is { } move)
        {
            AnsiConsole.MarkupLineInterpolated($"[yellow]partition {move.Partition} is on its way from {move.From} to {move.To}[/]");
            AnsiConsole.MarkupLineInterpolated(
                $"[yellow]if nobody is moving it, run `maysend cluster move {move.Partition} --to {move.To}`[/]"
            );
        }
    }

    static Command Add()
    {
        var (data, keys) = (File(), StoreOptions.Keys());
        var name = new Argument<string>("server") { Description = "its name in the file" };
        var command = new Command(
            "add",
            "Add a server to the ledger, without partitions yet. The first must be the one that has the ledger already: it becomes home."
        )
        {
            name,
            data,
            keys,
        };
        command.SetAction(
            async (parsed, _) =>
            {
                var server = parsed.GetValue(name)!;
                Console.WriteLine(
                    await ClusterUpkeep.AddAsync(Servers(parsed.GetValue(data)!, parsed.GetValue(keys)), server)
                        ? $"server {server} is now part of the ledger"
                        : $"server {server} was already part of the ledger"
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static Command Move()
    {
        var (data, keys) = (File(), StoreOptions.Keys());
        var which = new Argument<string>("partitions") { Description = "which ones: 7, or 0-63, or 1,5,9-12" };
        var to = new Option<string>("--to")
        {
            Description = "the server to move them to",
            Required = true,
            HelpName = "SERVER",
        };
        var command = new Command(
            "move",
            "Move partitions to another server while everything keeps running. If it is interrupted, run it again: it goes on where it "
                + "stopped."
        )
        {
            which,
            to,
            data,
            keys,
        };
        command.SetAction(
            async (parsed, cancellation) =>
            {
                var (options, target) = (Servers(parsed.GetValue(data)!, parsed.GetValue(keys)), parsed.GetValue(to)!);
                var moved = 0;
                foreach (var partition in Partitions(parsed.GetValue(which)!))
                {
                    var isMoved = await ClusterUpkeep.MoveAsync(options, partition, target, cancellation: cancellation);
                    Console.WriteLine(
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"partition {partition} {(isMoved ? $"is now on {target}" : $"was already on {target}")}"
                        )
                    );
                    moved += isMoved ? 1 : 0;
                }
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{moved} moved"));
                return ExitCode.Done;
            }
        );
        return command;
    }

    static ClusterOptions Servers(string location, string? keys) =>
        EvidenceStores.Cluster(location, keys)
        ?? throw new BadInputException(new Place(location), "does not name a file of servers", $"--data {ClusterFile.Scheme}FILE");

    static SortedSet<int> Partitions(string text)
    {
        var all = new SortedSet<int>();
        foreach (var part in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var ends = part.Split('-', StringSplitOptions.TrimEntries);
            if (
                ends.Length > 2
                || !int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
                || !int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
                || first > last
                || last >= Partition.Contacts
            )
                throw new BadInputException(
                    new Place(text),
                    $"`{part}` does not name partitions",
                    "7, or 0-63, or 1,5,9-12; partitions are numbered 0 to 255"
                );
            all.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        return all;
    }

    static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);
}
