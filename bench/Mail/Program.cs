using System.Diagnostics;
using System.Globalization;
using System.Reflection;
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

var table = new Table().Border(TableBorder.Simple).AddColumn("what").AddColumn("a second, each round").AddColumn("of MimeKit alone");
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

foreach (var name in new[] { "X-Failed-Recipients", "To", "Subject", "References", "List-Unsubscribe" })
{
    var (one, two) = (Seconds(Long(name, 1)), Seconds(Long(name, 2)));
    Console.WriteLine(Invariant($"{name} of 1 MB {one * 1000:0} ms, of 2 MB {two * 1000:0} ms: {two / one:0.0} times"));
}

void Row(string what, List<double> rates, List<double> beside) =>
    table.AddRow(what, string.Join("  ", rates.Select(rate => Invariant($"{rate:N0}"))), Invariant($"{rates.Max() / beside.Max():0.00}"));

List<double> Rates(byte[][] mails, Action<byte[]> read)
{
    var rates = new List<double>();
    // The first round is for the compiler.
    for (var round = 0; round <= rounds; round++)
    {
        var (watch, count) = (Stopwatch.StartNew(), 0);
        while (watch.Elapsed < TimeSpan.FromSeconds(2))
        {
            Parallel.ForEach(mails, read);
            count += mails.Length;
        }
        if (round > 0)
            rates.Add(count / watch.Elapsed.TotalSeconds);
    }
    return rates;
}

double Seconds(byte[] octets)
{
    reader.Read(octets, arrived);
    return Enumerable
        .Range(0, 3)
        .Min(_ =>
        {
            var watch = Stopwatch.StartNew();
            reader.Read(octets, arrived);
            return watch.Elapsed.TotalSeconds;
        });
}

static MimeMessage Parse(byte[] octets) => MimeMessage.Load(new MemoryStream(octets, writable: false));

static byte[] Long(string name, int megabytes) =>
    Encoding.ASCII.GetBytes(
        $"From: Mailer-Daemon@mx.example\r\n{name}: "
            + string.Concat(Enumerable.Range(0, megabytes * 50_000).Select(i => Invariant($"<r{i:000000}@example.com>, ")))
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
