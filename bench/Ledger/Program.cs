using System.Diagnostics;
using System.Globalization;
using MaySend.Bench.Ledger;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Sqlite;
using Spectre.Console;

// How fast the ledger takes evidence in and gives it back, beside plain tables on the same disk in the same run. Only the ratios count.
// dotnet run -c Release --project bench/Ledger [-- SECONDS-PER-MEASUREMENT [FOLDER [ORDERS-TO-IMPORT]]]
var seconds = args.Length > 0 ? double.Parse(args[0], CultureInfo.InvariantCulture) : 3;
var orders = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 1_000_000;
var folder = Path.Combine(args.Length > 1 ? args[1] : Path.GetTempPath(), $"maysend-bench-{Environment.ProcessId}");
Directory.CreateDirectory(folder);
try
{
    Machine.Print();
    var work = new Work();
    var table = new Table()
        .Border(TableBorder.Simple)
        .AddColumns("durable appends per second", "bare", "bare, indexed", "ledger", "ratio", "to indexed");
    foreach (var column in table.Columns.Skip(1))
        column.RightAligned();

    var sqlite = SqliteLedger.Create(new() { Path = Path.Combine(folder, "ledger.sqlite"), KeyFile = Path.Combine(folder, "keys.json") });
    var size = await Measure.FillAsync(sqlite, work, () => Measure.SqliteSize(folder));
    using (var plain = new BareSqlite(Path.Combine(folder, "bare.sqlite"), indexed: false))
    using (var indexed = new BareSqlite(Path.Combine(folder, "indexed.sqlite"), indexed: true))
        await Measure.AppendsAsync("SQLite", table, sqlite, plain, indexed, work, seconds);
    var reads = new List<string> { await Measure.ReadsAsync("SQLite", sqlite, work, seconds) };
    await sqlite.DisposeAsync();

    using var server = PostgresServer.Start(Path.Combine(folder, "pg"));
    if (server is null)
    {
        AnsiConsole.MarkupLine("PostgreSQL 15 is not installed; measured on SQLite alone.");
    }
    else
    {
        await using var postgres = await PostgresLedger.CreateAsync(
            new() { ConnectionString = server.ConnectionString, KeyFile = Path.Combine(folder, "pg-keys.json") }
        );
        await Measure.FillAsync(postgres, work, () => 0);
        await using (var plain = await BarePostgres.OpenAsync(server.ConnectionString, indexed: false))
        await using (var indexed = await BarePostgres.OpenAsync(server.ConnectionString, indexed: true))
            await Measure.AppendsAsync("PostgreSQL", table, postgres, plain, indexed, work, seconds);
        reads.Add(await Measure.ReadsAsync("PostgreSQL", postgres, work, seconds));
    }

    var imports = await new Imports(folder, orders).RunAsync(seconds);
    AnsiConsole.Write(table);
    reads.ForEach(Console.WriteLine);
    Console.WriteLine(size);
    foreach (var line in imports)
        Console.WriteLine(line);
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}
