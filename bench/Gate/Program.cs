using System.Diagnostics;
using System.Globalization;
using System.Text;
using MaySend.Bench.Gate;
using MaySend.Bench.Ledger;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Gate.Messages;
using MaySend.Gate.Tests.Running;
using MimeKit;
using MimeKit.Cryptography;
using Spectre.Console;

// The same Postfix, with one recipient a message: once it hands its queue to a sink that takes everything, once to the gate, which decides,
// records, stamps and hands on to the same sink. Postfix, gate, sink and the program that sends share the machine. Before that the gate
// alone, which also has its code compiled: a gate runs for weeks. Then DKIM beside MimeKit's own.
// dotnet run -c Release --project bench/Gate [-- --messages 2000 --rounds 3]      (as root: Postfix)
int Option(string name, int otherwise) =>
    Array.IndexOf(args, name) is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : otherwise;
var (messages, rounds) = (Option("--messages", 2000), Option("--rounds", 3));
Machine.Print();
var table = new Table()
    .Border(TableBorder.Simple)
    .AddColumn("what")
    .AddColumn("a second, each round")
    .AddColumn("ratio")
    .AddColumn("CPU ms each");

var (plain, gated) = (new List<double>(), new List<double>());
var (plainCpu, gatedCpu) = (new List<double>(), new List<double>());
var (alone, aloneCpu) = (new List<double>(), new List<double>());
for (var round = 0; round < 2; round++)
{
    await using var gate = await StockedAsync(2 * messages);
    await RateAsync(gate.Hop, gate.Port, 2 * messages, alone, aloneCpu, () => "", "-L ");
}
table.AddRow("the gate alone, by LMTP", Rates(alone), "", Cpu(aloneCpu));
for (var round = 0; round < rounds; round++)
{
    await using (var sink = new Sink())
    await using (var postfix = await Postfix.StartAsync(sink.Port, RunningGate.FreePort(), sink.Port))
        await RateAsync(sink, postfix.Port, messages, plain, plainCpu, () => postfix.Log);
    await using var gate = await StockedAsync(messages);
    await using (var postfix = await Postfix.StartAsync(gate.Port, RunningGate.FreePort(), gate.Hop.Port))
        await RateAsync(gate.Hop, postfix.Port, messages, gated, gatedCpu, () => postfix.Log);
}
table.AddRow("Postfix to a plain sink", Rates(plain), "", Cpu(plainCpu));
table.AddRow("Postfix to the gate, to the same sink", Rates(gated), Invariant($"{Median(gated) / Median(plain):0.00}"), Cpu(gatedCpu));

var octets = Encoding.ASCII.GetBytes(
    RunningGate.Message + string.Concat(Enumerable.Repeat("ten thousand octets of a letter to a customer\r\n", 220))
);
var (pem, _) = DkimKey.Make();
var key = Path.GetTempFileName();
await File.WriteAllTextAsync(key, pem);
using var ours = new MessageSigner("lantern.example", "s1", key, TimeProvider.System);
var theirs = new DkimSigner(key, "lantern.example", "s1");
var (one, other) = (new List<double>(), new List<double>());
for (var round = 0; round < rounds; round++)
{
    one.Add(PerSecond(() => ours.Sign(octets)));
    other.Add(
        PerSecond(() =>
        {
            using var message = MimeMessage.Load(new MemoryStream(octets));
            theirs.Sign(message, [HeaderId.From, HeaderId.Subject, HeaderId.To, HeaderId.MessageId]);
            using var written = new MemoryStream();
            message.WriteTo(written);
        })
    );
}
File.Delete(key);
table.AddRow("DKIM as MimeKit does it by default", Rates(other), "", "");
table.AddRow("DKIM as the gate does it, over-signed", Rates(one), Invariant($"{Median(one) / Median(other):0.00}"), "");
AnsiConsole.Write(table);

static async Task<RunningGate> StockedAsync(int customers)
{
    var clock = new RunningClock(new DateTimeOffset(Shop.Day, new TimeOnly(9, 0), TimeSpan.Zero));
    var gate = await RunningGate.StartAsync(running: clock);
    var by = Actor.Runner("bench");
    await gate.Store.RecordAsync([
        .. Enumerable
            .Range(0, customers + 1)
            .Select(number => Address.Read(Invariant($"{number}customer@example.org")).Address!)
            .SelectMany(whom => new[] { new NewEntry(whom, Shop.InBritain, by), new NewEntry(whom, Shop.Order, by) }),
    ]);
    return gate;
}

static async Task RateAsync(Sink sink, int port, int messages, List<double> rates, List<double> cpu, Func<string> log, string protocol = "")
{
    // What is measured is from the first message handed in to the last one out at the other end.
    var watch = Stopwatch.StartNew();
    var before = Environment.CpuUsage.TotalTime;
    using var source = Process.Start(
        "/usr/sbin/smtp-source",
        $"{protocol}-s 10 -N -l 10240 -m {messages} -f news@lantern.example -t customer@example.org 127.0.0.1:{port}"
    );
    await source.WaitForExitAsync();
    await Wait.UntilAsync(() => sink.Messages.Count(message => message.From.Length > 0) >= messages, log);
    rates.Add(messages / watch.Elapsed.TotalSeconds);
    cpu.Add((Environment.CpuUsage.TotalTime - before).TotalMilliseconds / messages);
}

static double PerSecond(Action sign)
{
    sign();
    var watch = Stopwatch.StartNew();
    var count = 0;
    while (watch.Elapsed < TimeSpan.FromSeconds(2))
    {
        sign();
        count++;
    }
    return count / watch.Elapsed.TotalSeconds;
}

// One quick or slow round among few says little on a machine that does other work too.
static double Median(List<double> rates) => rates.Order().ElementAt(rates.Count / 2);

static string Rates(List<double> rates) => string.Join("  ", rates.Select(rate => Invariant($"{rate:N0}")));

// Of this process: sink and gate, without Postfix; it does not depend on what else the machine does.
static string Cpu(List<double> milliseconds) => string.Join("  ", milliseconds.Select(each => Invariant($"{each:0.0}")));

static string Invariant(FormattableString text) => FormattableString.Invariant(text);
