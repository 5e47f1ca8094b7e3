using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime;
using System.Text;
using MaySend.Bench.Ledger;
using MaySend.Mail.Inbound.RawMail;
using MaySend.Mail.Messages;
using MaySend.Mail.OptOut;
using MimeKit;
using Spectre.Console;

// How fast what came back is read, and a message checked before it goes, beside MimeKit's reading of the same octets and nothing more, on
// all processors; and that a header of two megabytes costs twice as much as one of one.
// dotnet run -c Release --project bench/Mail [-- --rounds 3]
var rounds = Array.IndexOf(args, "--rounds") is >= 0 and var at ? int.Parse(args[at + 1], CultureInfo.InvariantCulture) : 3;
Machine.Print();
var root = typeof(Machine)
    .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
    .Single(attribute => attribute.Key == "RepositoryRoot")
    .Value!;
var fixtures = Path.Combine(root, "tests", "Mail.Tests", "fixtures");
byte[][] bounces =
[
    .. new[] { "bounces-flufl", "bounces-perl", Path.Combine("flanker", "bounce") }
        .SelectMany(folder => Directory.GetFiles(Path.Combine(fixtures, folder), "*", SearchOption.AllDirectories))
        .Order(StringComparer.Ordinal)
        .Select(File.ReadAllBytes),
];
var reader = new InboundMail(new OwnTokens(new OptOutKeyRing([OptOutKey.Create(1, TimeProvider.System)]), _ => null));
var arrived = new MailEnvelope(null, [], TimeProvider.System.GetUtcNow());
byte[][] messages = [.. Enumerable.Range(0, 16).Select(Message)];

var table = new Table()
    .Border(TableBorder.Simple)
    .AddColumn("what")
    .AddColumn("a second, each round")
    .AddColumn("a processor second")
    .AddColumn("of MimeKit alone");
var parsed = Rates(bounces, octets => Parse(octets).Dispose());
Row("bounces of the corpora read", Rates(bounces, octets => reader.Read(octets, arrived)), parsed);
var loaded = Rates(messages, octets => Parse(octets).Dispose());
Row(
    $"messages of {messages[0].Length / 1024} kB checked",
    Rates(
        messages,
        octets =>
        {
            using var message = Parse(octets);
            _ = MessageCheck.Of(message);
        }
    ),
    loaded
);
AnsiConsole.Write(table);

foreach (var end in new[] { "", "\r\n" })
foreach (var name in new[] { "X-Failed-Recipients", "To", "Subject", "References", "List-Unsubscribe" })
{
    var (one, two) = (Seconds(Long(name, 1, end)), Seconds(Long(name, 2, end)));
    var how = end.Length > 0 ? "folded " : "";
    Console.WriteLine(Invariant($"{how}{name} of 1 MB {one * 1000:0} ms, of 2 MB {two * 1000:0} ms: {two / one:0.0} times"));
}

void Row(string what, List<(double Clock, double Processor)> rates, List<(double Clock, double Processor)> beside) =>
    table.AddRow(
        what,
        string.Join("  ", rates.Select(rate => Invariant($"{rate.Clock:N0}"))),
        Invariant($"{rates.Max(rate => rate.Processor):N0}"),
        Invariant($"{rates.Max(rate => rate.Processor) / beside.Max(rate => rate.Processor):0.00}")
    );

// By the clock, and by the time that the processors really gave to it: that hardly depends on what else the machine does.
List<(double Clock, double Processor)> Rates(byte[][] mails, Action<byte[]> read)
{
    WarmUp(mails, read);
    var rates = new List<(double, double)>();
    for (var round = 0; round < rounds; round++)
    {
        var (watch, before, count) = (Stopwatch.StartNew(), Environment.CpuUsage.TotalTime, 0);
        while (watch.Elapsed < TimeSpan.FromSeconds(2))
        {
            Parallel.ForEach(mails, read);
            count += mails.Length;
        }
        rates.Add((count / watch.Elapsed.TotalSeconds, count / (Environment.CpuUsage.TotalTime - before).TotalSeconds));
    }
    return rates;
}

// What reads mail runs for weeks: until the compiler has next to nothing left to do, or for half a minute.
static void WarmUp(byte[][] mails, Action<byte[]> read)
{
    var watch = Stopwatch.StartNew();
    TimeSpan compiled;
    do
    {
        compiled = JitInfo.GetCompilationTime();
        var until = watch.Elapsed + TimeSpan.FromSeconds(3);
        while (watch.Elapsed < until)
            Parallel.ForEach(mails, read);
    } while (JitInfo.GetCompilationTime() - compiled > TimeSpan.FromMilliseconds(60) && watch.Elapsed < TimeSpan.FromSeconds(30));
}

double Seconds(byte[] octets)
{
    reader.Read(octets, arrived);
    return Enumerable
        .Range(0, 3)
        .Min(_ =>
        {
            var before = Environment.CpuUsage.TotalTime;
            reader.Read(octets, arrived);
            return (Environment.CpuUsage.TotalTime - before).TotalSeconds;
        });
}

static MimeMessage Parse(byte[] octets) => MimeMessage.Load(new MemoryStream(octets, writable: false));

static byte[] Long(string name, int megabytes, string end) =>
    Encoding.ASCII.GetBytes(
        $"From: Mailer-Daemon@mx.example\r\n{name}: "
            + string.Concat(Enumerable.Range(0, megabytes * 50_000).Select(i => Invariant($"<r{i:000000}@example.com>,{end} ")))
            + "x@example.com\r\n\r\nFailed: a1@example.com user unknown\r\n"
    );

// A shop's letter: a style sheet, sixteen products with a picture each, a footer with the way out, and the same as plain text.
static byte[] Message(int number)
{
    var product = string.Concat(
        Enumerable
            .Range(0, 16)
            .Select(i =>
                "<tr><td style=\"padding:8px;color:#333;font-size:14px\"><img src=\"https://shop.example/p/"
                + Invariant($"{number}-{i}.jpg\" alt=\"A lamp that lasts\" width=\"120\" height=\"120\">")
                + "<p class=\"name\">A lamp that lasts for years and gives light</p><p class=\"price\">from 24.90 with free delivery</p>"
                + Invariant(
                    $"<a class=\"buy\" href=\"https://shop.example/lamp/{number}/{i}?from=letter\">Look at this lamp</a></td></tr>\r\n"
                )
            )
    );
    var html =
        "<html><head><style>.name{font-weight:bold}.price{color:#900}.buy{background:#06c;color:#fff}.foot{font-size:11px;color:#666}"
        + "</style></head><body><table>"
        + product
        + "</table><p class=\"foot\">Shop Ltd, 1 Example Street, London. You get this letter because you bought from us. "
        + "<a href=\"https://u.example/o/TOKEN\">Unsubscribe</a></p></body></html>\r\n";
    var plain = string.Concat(
        Enumerable.Repeat("A lamp that lasts for years and gives warm light, from 24.90 with free delivery.\r\n", 70)
    );
    return Encoding.ASCII.GetBytes(
        "From: Shop <letters@shop.example>\r\nTo: anna@example.com\r\nSubject: Lamps\r\nMIME-Version: 1.0\r\n"
            + "List-Unsubscribe: <https://u.example/o/TOKEN>\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
            + "Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\nContent-Type: text/plain; charset=us-ascii\r\n\r\n"
            + plain
            + "To unsubscribe go to https://u.example/o/TOKEN\r\n--b\r\nContent-Type: text/html; charset=us-ascii\r\n\r\n"
            + html
            + "--b--\r\n"
    );
}

static string Invariant(FormattableString text) => FormattableString.Invariant(text);
