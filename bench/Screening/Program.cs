using System.Diagnostics;
using System.Globalization;
using DuckDB.NET.Data;
using MaySend.Bench.Screening;
using MaySend.Decisions;
using MaySend.Evidence.Files;
using MaySend.Evidence.Fold;
using MaySend.Law.Files;
using MaySend.Reading;
using MaySend.Screening;
using MaySend.Screening.Audiences;
using MaySend.Screening.Runs;

// Files to the three lists and the report, beside what a good engineer would write in SQL for one country's law and five facts of it, on
// the same files and threads in the same run, each in turn. Only the ratios within one run say anything.
// Usage: Bench.Screening REPOSITORY [times] [rounds]
var root = args.Length > 0 ? args[0] : ".";
var times = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 25;
var rounds = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : 5;

// Loading a store takes longer than all else: more than so many times the sample is measured from files alone.
const int MostOnRecord = 100;
const int Stopping = 500;
const string Head = "| way | clock | processor | permitted / not shown / refused |\n|---|---|---|---|";
var folder = Directory.CreateTempSubdirectory("maysend-bench-").FullName;
try
{
    var (audience, lists, peerLists) = (Path.Combine(folder, "audience"), Path.Combine(folder, "lists"), Path.Combine(folder, "peer"));
    Grown.Write(Path.Combine(root, "samples", "online-retail"), audience, times);
    Directory.CreateDirectory(peerLists);
    var problems = new Problems();
    var controller = new ControllerRecord(SenderFolder.Read(audience, problems));
    var campaign = CampaignFile.Read(Path.Combine(audience, "campaigns", "spring-2026.yaml"), controller, problems)!;
    problems.ThrowIfAny();
    var sql = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "peer.sql"))
        .Replace("{d}", audience, StringComparison.Ordinal)
        .Replace("{out}", peerLists, StringComparison.Ordinal);
    using var connection = new DuckDBConnection("DataSource=:memory:");
    connection.Open();
    string Ask(string text)
    {
        using var command = connection.CreateCommand();
        command.CommandText = text;
        return Convert.ToString(command.ExecuteScalar(), CultureInfo.InvariantCulture) ?? "";
    }
    Ask($"SET threads TO {Environment.ProcessorCount}");

    var (people, largest) = (0, 0L);
    Dictionary<string, int> counts = [];
    var ours = new List<Cost>();
    var peers = new List<Cost>();
    for (var round = 0; round < rounds; round++)
    {
        ours.Add(
            Cost.Of(() =>
            {
                // The law is read anew each time, as by a command.
                var decider = new Decider(LawReader.Read(Path.Combine(root, "law")));
                var list = AudienceFiles.InFolder(audience, null);
                var summary = FileScreening.Run(decider, controller, campaign, list, campaign.Day, lists);
                (people, counts) = (summary.People, summary.Counts.ToDictionary(pair => pair.Key.Word(), pair => pair.Value));
            })
        );
        // DuckDB works in this process too: what is largest before it begins is ours alone.
        largest = round == 0 ? Process.GetCurrentProcess().PeakWorkingSet64 : largest;
        peers.Add(Cost.Of(() => Ask(sql)));
    }
    var theirs = counts.Keys.ToDictionary(
        verdict => verdict,
        verdict => int.Parse(Ask($"select count(*) from verdicts where verdict = '{verdict}'"), CultureInfo.InvariantCulture)
    );
    string Row(string name, Cost cost, Dictionary<string, int> verdicts) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {cost.Clock:0.00} s | {cost.Processor:0.00} s | {verdicts["permitted"]:N0} / {verdicts["not-shown"]:N0} / "
                + $"{verdicts["refused"]:N0} |"
        );
    var (own, peer) = (Cost.Median(ours), Cost.Median(peers));
    Console.WriteLine(
        string.Create(CultureInfo.InvariantCulture, $"Files to lists and report, {people:N0} people, median of {rounds}, 2 ways in turn:\n")
    );
    Console.WriteLine(Head);
    Console.WriteLine(Row("maysend, the whole law with reasons", own, counts));
    Console.WriteLine(Row($"DuckDB {Ask("SELECT version()")}, five facts of one law", peer, theirs));
    Console.WriteLine(
        string.Create(
            CultureInfo.InvariantCulture,
            $"\nclock {own.Clock / peer.Clock:0.00} x, processor {own.Processor / peer.Processor:0.00} x DuckDB's;"
                + $" at its largest {largest >> 20:N0} MB"
        )
    );
    var isAlike = times > MostOnRecord || await OnRecord(own);
    // The SQL knows no other country and no cap of an assessment: it must count everybody, and no more than ours refused as asked to stop.
    return theirs.Values.Sum() == people && theirs["refused"] <= counts["refused"] && isAlike ? 0 : 1;

    // The same people from a store: the first reading of everybody writes snapshots, the others begin with them.
    async Task<bool> OnRecord(Cost files)
    {
        await using var stored = await Stored.LoadAsync(audience, Path.Combine(folder, "store"));
        ScreeningSummary? found = null;
        Task Screen() => Task.Run(async () => found = await stored.ScreenAsync(root, "spring-2026", lists));
        Dictionary<string, int> Counts() => found!.Counts.ToDictionary(pair => pair.Key.Word(), pair => pair.Value);
        var first = await Cost.OfAsync(Screen);
        var seen = Counts();
        var again = new List<Cost>();
        for (var round = 0; round < rounds; round++)
            again.Add(await Cost.OfAsync(Screen));
        var later = Counts();
        await stored.StopAsync(Path.Combine(lists, "permitted.csv"), Stopping);
        var stopped = await Cost.OfAsync(Screen);
        Console.WriteLine($"\nEverybody on record, the same people in SQLite:\n\n{Head}");
        Console.WriteLine(Row("maysend, for the first time: snapshots are written", first, seen));
        Console.WriteLine(Row($"maysend, from snapshots, median of {rounds}", Cost.Median(again), later));
        Console.WriteLine(Row($"maysend, from snapshots, {Stopping} requests to stop since", stopped, Counts()));
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"\nfrom snapshots, clock {Cost.Median(again).Clock / files.Clock:0.00} x that of files"
            )
        );
        var isSame = counts.All(pair => seen[pair.Key] == pair.Value && later[pair.Key] == pair.Value);
        return isSame && Counts()["permitted"] == counts["permitted"] - Stopping && Counts()["refused"] == counts["refused"] + Stopping;
    }
}
finally
{
    Directory.Delete(folder, recursive: true);
}

/// <summary>What something took, in seconds.</summary>
readonly record struct Cost(double Clock, double Processor)
{
    public static Cost Of(Action what)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        what();
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    public static async Task<Cost> OfAsync(Func<Task> what)
    {
        var before = Environment.CpuUsage.TotalTime;
        var clock = Stopwatch.StartNew();
        await what();
        return new(clock.Elapsed.TotalSeconds, (Environment.CpuUsage.TotalTime - before).TotalSeconds);
    }

    public static Cost Median(List<Cost> costs) =>
        new(
            costs.Select(cost => cost.Clock).Order().ElementAt(costs.Count / 2),
            costs.Select(cost => cost.Processor).Order().ElementAt(costs.Count / 2)
        );
}
