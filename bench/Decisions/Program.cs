using System.Globalization;
using DuckDB.NET.Data;
using MaySend.Bench.Decisions;

// Screens the same contacts by columns and by DuckDB, in one run on the same threads, after checking that both count the same verdicts.
// Times drift by machine and hour; only the ratios within one run say anything. Usage: Bench.Decisions [contacts] [rounds] [seed]
var contacts = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 65_536 * 16;
var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 9;
var seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 20_260_310;
var threads = Environment.ProcessorCount;

using var connection = new DuckDBConnection("DataSource=:memory:");
connection.Open();
connection.Run($"SET threads TO {threads}");
Console.WriteLine(Machine.Describe(connection.Ask("SELECT version()"), contacts, threads, seed));

var agree = true;
Workload[] workloads = [FlatWorkload.Make(), FullWorkload.Make()];
foreach (var workload in workloads)
{
    var contest = new Contest(workload, connection, contacts, threads, seed);
    agree &= contest.Run(rounds);
}
await OneDecision.RunAsync(workloads[1], workloads[0], FullWorkload.LawFolder(), seed);
return agree ? 0 : 1;
