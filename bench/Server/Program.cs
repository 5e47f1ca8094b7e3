using System.Diagnostics;
using System.Globalization;
using System.Text;
using MaySend.Bench.Ledger;
using MaySend.Bench.Server;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Files;
using MaySend.Server;
using MaySend.Server.Hosting;
using MaySend.Server.Tests;
using Spectre.Console;

// Single decisions over HTTP beside the same server's empty endpoint (/health/live), in the same run; the server is a process of its own,
// and shares the machine with those who call it.
// dotnet run -c Release --project bench/Server [-- --people 1000000 --seconds 5 --connections 16 --phases --only decision]
int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
var root = AppContext.GetData("MAYSEND_ROOT") as string ?? Directory.GetCurrentDirectory();
if (args is ["--serve", var data])
{
    var options = new ServerOptions
    {
        DataFolder = data,
        LawFolder = Path.Combine(root, "law"),
        Urls = "http://127.0.0.1:0",
        RequestsPerSecond = 10_000_000,
    };
    var store = await FirstRun.OpenAsync(options);
    await using (store)
    await using (var app = ServerHost.Build(options, store, LawReader.Read(options.LawFolder)))
    {
        await app.StartAsync();
        Console.WriteLine($"ready {app.Urls.First()} {await FirstRun.KeyAsync(store)}");
        Console.In.ReadToEnd();
        await app.StopAsync();
    }
    return 0;
}

var (people, seconds, connections) = (Option("--people", 20_000), Option("--seconds", 5), Option("--connections", 16));
var folder = Directory.CreateTempSubdirectory("maysend-bench-").FullName;
try
{
    Machine.Print();
    await FillAsync();
    using var server = Process.Start(
        new ProcessStartInfo(Environment.ProcessPath!, ["--serve", folder])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            WorkingDirectory = root,
            // As the unit of a server sets it (eng/package/maysend.service).
            Environment = { ["DOTNET_TieredPGO"] = "1" },
        }
    )!;
    var line = "";
    while (!line.StartsWith("ready ", StringComparison.Ordinal))
        line = server.StandardOutput.ReadLine() ?? throw new InvalidOperationException("the server did not start");
    var (url, key) = (new Uri(line.Split(' ')[1]), line.Split(' ')[2]);
    try
    {
        await DescribeAsync(url, key);
        Measure(new Load(url, connections), key, server);
    }
    finally
    {
        server.StandardInput.Close();
        server.WaitForExit();
    }
    if (args.Contains("--phases"))
    {
        await using var store = await MaySend.Stores.EvidenceStores.OpenAsync(folder);
        await Phases.PrintAsync(store, Path.Combine(root, "law"), people);
    }
    return 0;
}
finally
{
    Directory.Delete(folder, recursive: true);
}

async Task FillAsync()
{
    var store = await MaySend.Stores.EvidenceStores.CreateAsync(folder);
    await using (store)
    {
        await store.RecordAsync(Shop.Entries, Actor.Runner("bench"));
        var clock = Stopwatch.StartNew();
        for (var from = 0; from < people; from += 5000)
            await store.RecordAsync([.. Enumerable.Range(from, Math.Min(5000, people - from)).SelectMany(NewPerson)]);
        AnsiConsole.WriteLine($"{people:N0} people, two entries each, recorded in {clock.Elapsed.TotalSeconds:N0} s");
    }
}

static IEnumerable<NewEntry> NewPerson(int number)
{
    var address = Address.Read($"person{number}@example.com").Required();
    return
    [
        new(address, Shop.InBritain, Actor.Runner("bench")),
        new(address, Shop.Order with { Id = $"order {number}" }, Actor.Runner("bench")),
    ];
}

static async Task DescribeAsync(Uri url, string key)
{
    using var client = new HttpClient { BaseAddress = url };
    client.DefaultRequestHeaders.Authorization = new("Bearer", key);
    using var campaign = new StringContent(Shop.Spring, Encoding.UTF8, "application/json");
    (await client.PutAsync("/v1/campaigns/spring-2026", campaign)).EnsureSuccessStatusCode();
}

void Measure(Load load, string key, Process server)
{
    // A batch is one request and many decisions; what an API request costs that asks for no decision is the read of a campaign.
    const int InBatch = 50;
    // The campaign's day is the one of the samples, which has passed: the verdict is the same, and only it is compared.
    const string Permitted = "\"verdict\":\"permitted\"";
    string Lines(int random) => string.Join('\n', Enumerable.Range(0, InBatch).Select(line => Question((random % people) + (line * 7919))));
    (string Name, Calls Calls, int Each)[] kinds =
    [
        ("empty endpoint", new(_ => Request("GET /health/live", "", ""), "live"), 1),
        ("campaign read", new(_ => Request("GET /v1/campaigns/spring-2026", key, ""), "spring-2026"), 1),
        ("decision", new(random => Request("POST /v1/decisions", key, Question(random)), Permitted), 1),
        ("decision, explain=full", new(random => Request("POST /v1/decisions?explain=full", key, Question(random)), Permitted), 1),
        (
            $"decision in a batch of {InBatch}",
            new(random => Request("POST /v1/decisions/batch", key, Lines(random), "application/x-ndjson"), Permitted),
            InBatch
        ),
    ];
    (double Rate, double Cpu) Run(Calls calls, int each)
    {
        var (before, clock) = (Cpu(), Stopwatch.StartNew());
        var rate = load.Throughput(calls, seconds) * each;
        return (rate, (Cpu() - before) / (rate * clock.Elapsed.TotalSeconds));
    }
    double Cpu()
    {
        server.Refresh();
        return server.TotalProcessorTime.TotalMicroseconds;
    }
    // While one kind is worked on, the others need not be waited for; all are shares of the empty endpoint.
    if (Array.IndexOf(args, "--only") is >= 0 and var only)
        kinds = [kinds[0], .. kinds.Skip(1).Where(kind => kind.Name == args[only + 1])];
    // The compiler makes its best of what is called often, and beside the calls: ten seconds in all, whatever is measured then.
    for (var warm = 0; warm < 10; warm++)
        load.Throughput(kinds[warm % kinds.Length].Calls, 1);
    var rounds = Enumerable.Range(0, 3).Select(_ => kinds.Select(kind => Run(kind.Calls, kind.Each)).ToList()).ToList();
    var table = new Table()
        .Border(TableBorder.Simple)
        .AddColumns("", "a second", "of the empty", "server CPU each", "p50 at half", "p99 at half");
    foreach (var column in table.Columns.Skip(1))
        column.RightAligned();
    for (var kind = 0; kind < kinds.Length; kind++)
    {
        var rate = Median(rounds.Select(round => round[kind].Rate));
        var times = load.Latencies(kinds[kind].Calls, rate / kinds[kind].Each / 2, seconds);
        table.AddRow(
            kinds[kind].Name,
            $"{rate:N0}",
            $"{rate / Median(rounds.Select(round => round[0].Rate)):N2}",
            $"{Median(rounds.Select(round => round[kind].Cpu)):N0} us",
            $"{times[times.Length / 2]:N2} ms",
            $"{times[(int)(times.Length * 0.99)]:N2} ms"
        );
    }
    AnsiConsole.Write(table);
    AnsiConsole.WriteLine(
        $"{people:N0} people, SQLite, {connections} connections, medians of 3 rounds of {seconds} s; times of "
            + "answers are at half of each kind's own throughput"
    );
}

string Question(int random) => $$"""{"address": "person{{random % people}}@example.com", "campaign": "spring-2026"}""";

static double Median(IEnumerable<double> values) => values.Order().ElementAt(1);

static byte[] Request(string line, string key, string body, string type = "application/json") =>
    Encoding.ASCII.GetBytes(
        $"{line} HTTP/1.1\r\nHost: localhost\r\n"
            + $"{(key.Length > 0 ? $"Authorization: Bearer {key}\r\n" : "")}"
            + $"{(body.Length > 0 ? $"Content-Type: {type}\r\nContent-Length: {body.Length}\r\n" : "")}\r\n{body}"
    );
