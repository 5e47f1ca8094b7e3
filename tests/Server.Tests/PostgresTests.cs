using MaySend.Ledger.Contract.Stores;

namespace MaySend.Server.Tests;

public class PostgresTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Two_processes_on_one_PostgreSQL_an_opt_out_in_one_refuses_in_the_other_at_once()
    {
        var database = await cluster.NewDatabaseAsync();
        // Each server has its own connections and knows nothing of the other but the store and its key file.
        await using var one = await Running.StartAsync(postgres: $"{database};Application Name=one");
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, $"{database};Application Name=other");
        (await other.VerdictAsync()).ShouldBe("permitted");
        (await one.Public.PostAsync(await one.LinkAsync(), null)).EnsureSuccessStatusCode();
        (await other.VerdictAsync()).ShouldBe("refused");
        // The other way round, with a link that the first server made.
        await one.AddCustomerAsync("bert@example.com");
        var link = await one.LinkAsync("bert@example.com");
        (await one.VerdictAsync("bert@example.com")).ShouldBe("permitted");
        (await other.Public.PostAsync(link, null)).EnsureSuccessStatusCode();
        (await one.VerdictAsync("bert@example.com")).ShouldBe("refused");
    }

    [Fact]
    public async Task An_opt_out_between_two_answers_of_another_server_is_in_the_second_however_often_it_is_tried()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var one = await Running.StartAsync(postgres: $"{database};Application Name=one");
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, $"{database};Application Name=other");
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 40),
            new ParallelOptions { MaxDegreeOfParallelism = 8 },
            async (i, cancellation) =>
            {
                var address = $"p{i}@example.com";
                await one.AddCustomerAsync(address);
                (await other.VerdictAsync(address)).ShouldBe("permitted");
                (await one.Public.PostAsync(await one.LinkAsync(address), null, cancellation)).EnsureSuccessStatusCode();
                (await other.VerdictAsync(address)).ShouldBe("refused");
            }
        );
    }

    [Fact]
    public async Task A_server_whose_PostgreSQL_goes_away_says_503_and_no_and_comes_back_with_it()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var server = await Running.StartAsync(postgres: database);
        await cluster.AllowAsync(database, false);
        var answer = await server.Client.PostAsync(
            "/v1/decisions",
            Running.Json("""{"address": "anna@example.com", "campaign": "spring-2026"}""")
        );
        ((int)answer.StatusCode).ShouldBe(503);
        answer.Headers.RetryAfter.ShouldNotBeNull();
        (await Running.ReadAsync(answer)).Body.GetProperty("send").GetBoolean().ShouldBeFalse();
        await cluster.AllowAsync(database, true);
        (await server.VerdictAsync()).ShouldBe("permitted");
    }

    [Fact]
    public async Task An_entry_in_PostgreSQL_is_proven_by_a_checkpoint()
    {
        await using var server = await Running.StartAsync(postgres: await cluster.NewDatabaseAsync());
        await server.PostAsync("/v1/ledger/checkpoints", "{}");
        var (status, body) = await server.GetAsync("/v1/ledger/proof?position=256:1");
        status.ShouldBe(200, body.ToString());
        System
            .Text.Json.JsonSerializer.Deserialize<MaySend.Ledger.Verify.ChainProof>(body, System.Text.Json.JsonSerializerOptions.Web)!
            .Holds([Evidence.Ledger.Keys.KeyRing.Load(server.Options.KeyFile).Signing.VerifierKey])
            .ShouldBeTrue();
    }
}
