using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Runs;

namespace MaySend.Warehouse.Tests.Runs;

/// <summary>An answer of ClickHouse's HTTP interface is either whole or an error, and an error never a row less.</summary>
public sealed class ClickHouseAnswersTests
{
    [Fact]
    public async Task Rows_come_with_blanks_numbers_and_texts_as_they_are_and_a_shard_that_is_away_may_not_be_skipped()
    {
        await using var server = new Answering(_ =>
            (200, "{\"a\":9007199254740993,\"b\":null}\n{\"a\":-1,\"b\":\"x\\ny\\u00e9\"}\n", null)
        );
        using (var warehouse = server.Open())
            warehouse
                .Ask("SELECT a, b FROM t")
                .ToList()
                .ShouldBe([
                    [9007199254740993L, null],
                    [-1L, "x\nyé"],
                ]);
        server.Asked.ShouldHaveSingleItem().ShouldContain("skip_unavailable_shards=0");
        foreach (var setting in new[] { "wait_end_of_query=1", "read_overflow_mode=throw", "timeout_overflow_mode=throw" })
            server.Asked[0].ShouldContain(setting);
    }

    [Theory]
    [InlineData("Code: 279. DB::NetException: All connection tries failed. (ALL_CONNECTION_TRIES_FAILED)")]
    [InlineData("Code: 210, e.displayText() = DB::NetException: Connection refused (10.0.0.3:9000)")]
    [InlineData("Code: 369. DB::Exception: All replicas are stale")]
    [InlineData("the proxy in front knows nothing")]
    public async Task A_shard_that_does_not_answer_is_to_be_asked_again_and_no_mistake_of_the_tables(string says)
    {
        await using var server = new Answering(_ => (500, says, null));
        using var warehouse = server.Open();
        Should.Throw<IOException>(() => warehouse.Ask("SELECT 1").ToList()).Message.ShouldContain(says);
        Should.Throw<IOException>(() => warehouse.Run("CREATE TABLE t (a Int8)"));
        Should.Throw<IOException>(() => warehouse.Hold(""));
    }

    [Fact]
    public async Task What_the_server_refuses_is_told_as_a_mistake_with_its_words()
    {
        await using var server = new Answering(_ =>
            (404, "Code: 60. DB::Exception: Table default.people does not exist. (UNKNOWN_TABLE)", null)
        );
        using var warehouse = server.Open();
        Should.Throw<BadInputException>(() => warehouse.Hold("")).Message.ShouldContain("Table default.people does not exist");
    }

    [Theory]
    [InlineData("{\"a\":1}\n{\"a\":2", 7)]
    [InlineData("{\"a\":1}\nCode: 32. DB::Exception: Attempt to read after eof\n", null)]
    [InlineData("{\"a\":1}\n{\"a\":1.5}\n", null)]
    [InlineData("{\"a\":1}\n[2]\n", null)]
    public async Task An_answer_that_breaks_off_or_is_none_ends_the_run_after_whatever_came(string body, int? missing)
    {
        await using var server = new Answering(_ => (200, body, missing));
        using var warehouse = server.Open();
        Should.Throw<IOException>(() => warehouse.Ask("SELECT a FROM t").ToList());
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_to_be_away_without_its_password()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();
        using var warehouse = new ClickHouseWarehouse(ClickHouseServer.At($"clickhouse://me:s3cret@127.0.0.1:{port}/crm")!);
        var away = Should.Throw<IOException>(() => warehouse.Run("SELECT 1"));
        away.ToString().ShouldNotContain("s3cret");
        warehouse.Name.ShouldBe("clickhouse://127.0.0.1/crm");
    }

    [Theory]
    [InlineData("postgres://host/x")]
    [InlineData("duckdb:x")]
    [InlineData("clickhouse:x")]
    [InlineData("http://127.0.0.1:8123")]
    public void What_names_no_server_of_it_is_none(string location) => ClickHouseServer.At(location).ShouldBeNull();

    /// <summary>A server of HTTP that answers as it is told; <c>missing</c> octets are promised and never come.</summary>
    sealed class Answering : IAsyncDisposable
    {
        readonly TcpListener listener = new(IPAddress.Loopback, 0);
        readonly Task answering;

        public Answering(Func<string, (int Status, string Body, int? Missing)> answer)
        {
            listener.Start();
            answering = AnswerAsync(answer);
        }

        /// <summary>The lines that were asked by.</summary>
        public List<string> Asked { get; } = [];

        public ClickHouseWarehouse Open() =>
            new(ClickHouseServer.At($"clickhouse://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/crm")!);

        async Task AnswerAsync(Func<string, (int Status, string Body, int? Missing)> answer)
        {
            while (true)
            {
                try
                {
                    using var client = await listener.AcceptTcpClientAsync();
                    await using var line = client.GetStream();
                    using var reader = new StreamReader(line);
                    var asked = await reader.ReadLineAsync() ?? "";
                    var length = 0;
                    while (await reader.ReadLineAsync() is { Length: > 0 } header)
                        if (header.StartsWith("Content-Length: ", StringComparison.OrdinalIgnoreCase))
                            length = int.Parse(header.AsSpan(16), CultureInfo.InvariantCulture);
                    var sql = new char[length];
                    await reader.ReadBlockAsync(sql);
                    Asked.Add(asked);
                    var (status, body, missing) = answer(new string(sql));
                    var octets = Encoding.UTF8.GetBytes(body);
                    await line.WriteAsync(
                        Encoding.ASCII.GetBytes(
                            $"HTTP/1.1 {status} said\r\nContent-Length: {octets.Length + (missing ?? 0)}\r\nConnection: close\r\n\r\n"
                        )
                    );
                    await line.WriteAsync(octets);
                }
                catch (Exception ended) when (ended is SocketException or ObjectDisposedException or InvalidOperationException)
                {
                    return;
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            listener.Dispose();
            await answering;
        }
    }
}
