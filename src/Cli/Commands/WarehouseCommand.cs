using System.CommandLine;
using System.Data.Common;
using System.Globalization;
using MaySend.Evidence.Ledger;
using MaySend.Reading;
using MaySend.Screening.Audiences;
using MaySend.Stores;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Runs;
using MaySend.Warehouse.Schemas;
using Spectre.Console;

namespace MaySend.Cli.Commands;

/// <summary><c>maysend warehouse</c>: the tables that the statement reads.</summary>
static class WarehouseCommand
{
    public static Command Make() =>
        new("warehouse", "The tables that `maysend sql` and `maysend screen --on` read.") { Export(), Schema(), Check() };

    static Command Export()
    {
        var inputs = new WarehouseInputs();
        var audience = Inputs.Audience();
        var zone = Inputs.Zone();
        var output = new Option<string?>("--out")
        {
            Description = "a new folder for Parquet files, one for each table and part",
            HelpName = "DIR",
        };
        var to = new Option<string?>("--to")
        {
            Description = "a database instead: duckdb:FILE, postgres://... or clickhouse://...",
            HelpName = "DATABASE",
        };
        var tables = WarehouseInputs.TablePrefix();
        var parts = new Option<int>("--parts")
        {
            Description = "how many parts to split people into, by their address",
            DefaultValueFactory = _ => FactExport.UsualParts,
        };
        var command = new Command("export", "Write the facts of an audience for one campaign, from which the statement decides.")
        {
            output,
            to,
            tables,
            parts,
            audience,
            zone,
        };
        inputs.AddTo(command);
        command.SetAction(
            async (parsed, cancellation) =>
            {
                if (parsed.GetValue(parts) is not (>= 1 and <= 4096))
                    throw new BadInputException(new Place("--parts"), "from 1 to 4,096 parts");
                await using var store = parsed.GetValue(inputs.Data) is { } location
                    ? await OpenStore.OpenAsync(location, parsed.GetValue(inputs.Keys))
                    : null;
                var asked = await inputs.ReadAsync(parsed, store, cancellation);
                if (store is not null)
                    await store.ShownAsync(
                        Records.Auditing.Viewed.Store,
                        people: (int)Math.Min(int.MaxValue, await store.Evidence.Ledger.CountContactsAsync(cancellation)),
                        about: "facts for a warehouse"
                    );
                Manifest? manifest = null;
                ProgressDisplay.Run(
                    "reading",
                    advance =>
                    {
                        using var source = store is null
                            ? FactSource.OfFiles(
                                asked.Controller,
                                asked.Campaign,
                                asked.Decider.Days,
                                FilesOf(parsed.GetValue(audience) ?? parsed.GetValue(inputs.Both), Inputs.ReadZone(parsed.GetValue(zone))),
                                advance
                            )
                            : FactSource.OfStore(
                                asked.Controller,
                                asked.Campaign,
                                asked.Decider.Days,
                                store.Evidence,
                                AsKnown.Now,
                                cancellation
                            );
                        using var target = Open(parsed.GetValue(output), parsed.GetValue(to), parsed.GetValue(tables));
                        manifest = FactExport.Run(
                            source,
                            asked.Campaign,
                            asked.State,
                            target,
                            parsed.GetValue(parts),
                            people => advance("writing people", people, null)
                        );
                    }
                );
                foreach (var table in manifest!.Counts.GroupBy(pair => pair.Key.Table))
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Sum(pair => pair.Value), 12:N0}  {table.Key}"));
                foreach (var note in manifest.Notes)
                    AnsiConsole.MarkupLine($"[grey]note: {note.EscapeMarkup()}[/]");
                Console.WriteLine(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"facts for {asked.Campaign.Id} on {asked.Campaign.Day:d MMMM yyyy}, good for that day only; "
                            + $"written to {Shown(parsed.GetValue(output), parsed.GetValue(to))}"
                    )
                );
                return ExitCode.Done;
            }
        );
        return command;
    }

    static AudienceFiles FilesOf(string? folder, TimeZoneInfo? zone) =>
        folder is null ? throw new BadInputException(new Place("--audience"), "whose facts? --in, --audience or --data is missing")
        : Directory.Exists(folder) ? AudienceFiles.InFolder(folder, zone)
        : throw new BadInputException(new Place(folder), "folder not found");

    static string Shown(string? folder, string? database) =>
        folder is not null ? Home.Shown(folder)
        : database!.StartsWith(Duck, StringComparison.Ordinal) ? database
        : database.StartsWith("clickhouse", StringComparison.Ordinal) ? "ClickHouse"
        : "PostgreSQL";

    const string Duck = "duckdb:";

    static IFactTarget Open(string? folder, string? database, string? tables)
    {
        var prefix = WarehouseInputs.ReadPrefix(tables);
        if (folder is null == database is null)
            throw new BadInputException(new Place("--out"), "where to? either --out DIR or --to DATABASE");
        if (folder is not null)
            return new ParquetTarget(folder);
        try
        {
            return Open(database!, prefix);
        }
        // What an engine refuses is a wrong input; one that is not there is to be asked again later.
        catch (DbException refused) when (refused.SqlState is not null || database!.StartsWith(Duck, StringComparison.Ordinal))
        {
            throw new BadInputException(new Place("--to"), refused.Message, "name another file or database");
        }
        catch (DbException away)
        {
            throw new IOException($"--to: {away.Message}", away);
        }
    }

    static IFactTarget Open(string database, string prefix)
    {
        if (database.StartsWith(Duck, StringComparison.Ordinal))
            return new DuckDbTarget(database[Duck.Length..], prefix);
        if (ClickHouseServer.At(database) is { } server)
            return new ClickHouseTarget(server, prefix);
        return EvidenceStores.ConnectionString(database) is { } connection
            ? new PostgresTarget(connection, prefix)
            : throw NoDatabase("--to", database);
    }

    static BadInputException NoDatabase(string option, string text) =>
        new(
            new Place(option),
            $"`{text}` is not a database that MaySend can use",
            "duckdb:FILE, postgres://USER@HOST/DATABASE or clickhouse://USER@HOST/DATABASE"
        );

    /// <summary>Opens a warehouse to be read; ends the operation when it cannot be.</summary>
    public static IWarehouse OpenToRead(string database) =>
        database.StartsWith(Duck, StringComparison.Ordinal) ? new DuckDbWarehouse(database[Duck.Length..])
        : ClickHouseServer.At(database) is { } server ? new ClickHouseWarehouse(server)
        : EvidenceStores.ConnectionString(database) is { } connection ? new PostgresWarehouse(connection)
        : throw NoDatabase("--on", database);

    static Command Schema()
    {
        var (dialect, tables) = (WarehouseInputs.DialectName(), WarehouseInputs.TablePrefix());
        var command = new Command(
            "schema",
            "Print the tables as SQL, with the meaning of each column and of a blank, for filling them from your own."
        )
        {
            dialect,
            tables,
        };
        command.SetAction(parsed =>
        {
            Console.WriteLine(
                SchemaText.Write(
                    WarehouseInputs.ReadDialect(parsed.GetValue(dialect)!),
                    WarehouseInputs.ReadPrefix(parsed.GetValue(tables))
                )
            );
            return ExitCode.Done;
        });
        return command;
    }

    static Command Check()
    {
        var on = new Option<string>("--on")
        {
            Description = "the database: duckdb:FILE, postgres://... or clickhouse://...",
            Required = true,
            HelpName = "DATABASE",
        };
        var tables = WarehouseInputs.TablePrefix();
        var command = new Command("check", "Check that tables you filled from your own hold what the statement expects.") { on, tables };
        command.SetAction(parsed =>
        {
            using var warehouse = OpenToRead(parsed.GetValue(on)!);
            var (manifest, countries, notes) = new Conformance(warehouse, WarehouseInputs.ReadPrefix(parsed.GetValue(tables))).Look();
            foreach (var table in manifest.Counts.GroupBy(pair => pair.Key.Table))
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{table.Sum(pair => pair.Value), 12:N0}  {table.Key}"));
            foreach (var note in notes)
                AnsiConsole.MarkupLine($"[grey]note: {note.EscapeMarkup()}[/]");
            Console.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"no problems found; facts for {manifest.Campaign} on {manifest.Day:d MMMM yyyy}, "
                        + $"of people of {countries.Count:N0} countries or sets of countries"
                )
            );
            return ExitCode.Done;
        });
        return command;
    }
}
