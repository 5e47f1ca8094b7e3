using System.Text.Json;
using MaySend.Records;
using MaySend.Records.Walking;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace MaySend.Server.Tests;

/// <summary>The walk through the store beside the requests: what it finds stops everything until it is right again.</summary>
public sealed class IndexWalkTests
{
    [Fact]
    public async Task A_row_that_was_altered_turns_the_server_red_and_sends_nothing_until_it_is_right_again_even_after_a_restart()
    {
        await using var server = await Running.StartAsync();
        var walk = server.Part<IndexWalk>();
        await MinutesAsync(server, () => walk.Ended is not null);
        walk.Faults.ShouldBeEmpty();
        (await SendAsync(server)).ShouldBe((true, ""));

        // Of somebody else: whom it may hit, nobody can say.
        await server.AddCustomerAsync("bea@example.com");
        var (whose, right) = Last(server);
        Harm(server, whose, "00112233445566778899aabbccddeeff");
        await MinutesAsync(server, () => walk.Faults.Count > 0);
        var (status, ready) = await server.GetAsync("/health/ready");
        (status, ready.GetProperty("status").GetString()).ShouldBe((503, "store-damaged"));
        ready.GetProperty("because").GetString().ShouldBe("a row of 1 chain was changed after it was written; the log names it");
        walk.Faults.ShouldHaveSingleItem().ShouldContain("is found under the hash of an address that is not its own");
        (await SendAsync(server)).ShouldBe((false, "store-damaged"));
        using (var pages = await server.Public.GetAsync("/health/opt-outs"))
        {
            ((int)pages.StatusCode).ShouldBe(200, "requests to stop are taken all the same");
            // What a gate in another process goes by.
            pages.Headers.GetValues("MaySend-Hindrance").ShouldBe(["store-damaged"]);
        }
        (await server.Public.PostAsync(await server.LinkAsync(), null)).IsSuccessStatusCode.ShouldBeTrue();

        using (var restarted = new IndexWalk(server.Store, server.Part<RecordsOptions>(), server.Clock, NullLogger<IndexWalk>.Instance))
            restarted.Faults.ShouldHaveSingleItem("it is known before anything is walked");

        Harm(server, whose, right);
        await MinutesAsync(server, () => walk.Faults.Count == 0);
        (await server.GetAsync("/health/ready")).Status.ShouldBe(200);
        using var mended = await server.Public.GetAsync("/health/opt-outs");
        mended.Headers.Contains("MaySend-Hindrance").ShouldBeFalse();
    }

    /// <summary>Whom the last entry is about, and the hash under which they are found.</summary>
    static (string Id, string Hash) Last(Running server)
    {
        using var file = Open(server);
        using var last = file.CreateCommand();
        last.CommandText =
            "select hex(id), hex(address_mac) from contact where id = (select contact from entry where partition < 256 order by "
            + "number desc)";
        using var rows = last.ExecuteReader();
        rows.Read().ShouldBeTrue();
        return (rows.GetString(0), rows.GetString(1));
    }

    static void Harm(Running server, string id, string hash)
    {
        using var file = Open(server);
        using var harm = file.CreateCommand();
        harm.CommandText = $"update contact set address_mac = x'{hash}' where id = x'{id}'";
        harm.ExecuteNonQuery().ShouldBe(1);
    }

    static SqliteConnection Open(Running server)
    {
        var file = new SqliteConnection($"Data Source={Path.Combine(server.Options.DataFolder, "ledger.db")};Pooling=False");
        file.Open();
        return file;
    }

    static async Task<(bool Send, string Because)> SendAsync(Running server)
    {
        var (_, body) = await server.PostAsync(
            "/v1/decisions",
            JsonSerializer.Serialize(new { address = Running.Anna, campaign = "spring-2026" })
        );
        return (
            body.GetProperty("send").GetBoolean(),
            string.Join(" ", body.GetProperty("notSentBecause").EnumerateArray().Select(reason => reason.GetString()))
        );
    }

    /// <summary>Lets minutes pass until a state holds, however slow the machine is.</summary>
    static async Task MinutesAsync(Running server, Func<bool> state)
    {
        for (var tried = 0; !state(); tried++)
        {
            tried.ShouldBeLessThan(300);
            server.Clock.Advance(TimeSpan.FromMinutes(1));
            await Task.Delay(100);
        }
    }
}
