using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;

namespace MaySend.Server.Tests;

/// <summary>Decisions asked for by the line, over one connection.</summary>
public class DecisionBatchTests
{
    [Fact]
    public async Task A_batch_answers_every_line_in_order_and_a_bad_line_is_a_no()
    {
        await using var server = await Running.StartAsync();
        var lines = await BatchAsync(
            server,
            "{\"address\":\"anna@example.com\"}\n\nnot "
                + "json\n{\"address\":\"ben@example.com\"}\n{\"address\":\"anna\",\"x\":1}\n{\"\\ud800\":1}\n"
                + new string('x', 100_000)
                + "\n{\"address\":\"anna@example.com\"}"
        );
        lines
            .Select(line => (line.GetProperty("line").GetInt32(), line.GetProperty("send").GetBoolean()))
            .ShouldBe([(1, true), (3, false), (4, false), (5, false), (6, false), (7, false), (8, true)]);
    }

    [Fact]
    public async Task One_connection_carries_one_batch_after_another()
    {
        await using var server = await Running.StartAsync();
        var connections = 0;
        using var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (target, cancellation) =>
            {
                connections++;
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(target.DnsEndPoint, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        };
        using var client = new HttpClient(handler)
        {
            BaseAddress = server.Client.BaseAddress,
            DefaultRequestHeaders = { Authorization = server.Client.DefaultRequestHeaders.Authorization },
        };
        for (var batch = 0; batch < 5; batch++)
        {
            using var content = new StringContent(
                "{\"address\":\"anna@example.com\"}\n{\"address\":\"anna@example.com\"}",
                Encoding.UTF8,
                new MediaTypeHeaderValue("application/x-ndjson")
            );
            (await (await client.PostAsync("/v1/decisions/batch?campaign=spring-2026", content)).Content.ReadAsStringAsync())
                .Split("\"send\":true")
                .Length.ShouldBe(3);
        }
        connections.ShouldBe(1);
    }

    [Fact]
    public async Task A_store_that_goes_away_in_the_middle_of_a_batch_makes_the_rest_of_it_a_no()
    {
        await using var server = await Running.StartAsync();
        var half = string.Concat(Enumerable.Repeat("{\"address\":\"anna@example.com\"}\n", 64));
        await using var call = await RawCall.ConnectAsync(server.Url);
        await call.SendAsync(
            "POST /v1/decisions/batch?campaign=spring-2026 HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + $"{server.Key}\r\nContent-Type: application/x-ndjson\r\nTransfer-Encoding: chunked\r\n\r\n"
        );
        await call.SendChunkAsync(half);
        (await call.ReadStatusAsync()).ShouldBe(200);
        JsonDocument.Parse((await call.ReadLineAsync())!).RootElement.GetProperty("send").GetBoolean().ShouldBeTrue();
        await server.Store.DisposeAsync();
        await call.SendChunkAsync(half);
        await call.SendLastChunkAsync();
        var rest = new List<JsonElement>();
        while (await call.ReadLineAsync() is { } line)
            rest.Add(JsonDocument.Parse(line).RootElement);
        rest.Count.ShouldBe(127);
        rest[^1].GetProperty("send").GetBoolean().ShouldBeFalse();
        rest[^1].GetProperty("verdict").GetString().ShouldBe("not-shown");
    }

    internal static async Task<List<JsonElement>> BatchAsync(Running server, string lines)
    {
        using var content = new StringContent(lines, Encoding.UTF8, new MediaTypeHeaderValue("application/x-ndjson"));
        var answer = await server.Client.PostAsync("/v1/decisions/batch?campaign=spring-2026", content);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        return
        [
            .. (await answer.Content.ReadAsStringAsync())
                .Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonDocument.Parse(line).RootElement.Clone()),
        ];
    }
}
