using System.Net;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Server.Tests.OptOut;

/// <summary>Two machines on one PostgreSQL: of the first the second has the store's key file and nothing else.</summary>
public class SharedStoreTests(PostgresCluster cluster)
{
    static readonly Func<ServerOptions, ServerOptions> Seldom = options => options with { DrainEvery = TimeSpan.FromHours(1) };

    /// <summary>Months go by; what is done by the minute is done for the last hour only.</summary>
    static void Pass(Running server)
    {
        server.Clock.AdjustTime(server.Clock.GetUtcNow().AddDays(85));
        server.Clock.Advance(TimeSpan.FromHours(1));
    }

    [Fact]
    public async Task A_link_of_either_machine_opts_out_at_the_other_also_after_both_have_rotated()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var one = await Running.StartAsync(postgres: database, with: Seldom);
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, database, with: Seldom);
        var people = Enumerable.Range(0, 8).Select(number => $"p{number}@example.com").ToList();
        foreach (var address in people)
            await one.AddCustomerAsync(address);
        var links = new List<(Running At, string Path)>
        {
            (other, await one.LinkAsync(people[0])),
            (one, await other.LinkAsync(people[1])),
        };
        Pass(one);
        Pass(other);
        await Task.WhenAll(
            people
                .Skip(2)
                .Select(
                    async (address, place) =>
                    {
                        var (from, at) = place % 2 == 0 ? (one, other) : (other, one);
                        var path = await from.LinkAsync(address);
                        lock (links)
                            links.Add((at, path));
                    }
                )
        );
        foreach (var (at, path) in links)
            (await at.Public.PostAsync(path, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var address in people)
            (await one.RefusalsAsync(address)).ShouldBe(1, address);
    }

    [Fact]
    public async Task With_PostgreSQL_away_a_known_link_is_taken_an_unknown_one_is_told_to_come_back_and_both_count_in_the_end()
    {
        var database = await cluster.NewDatabaseAsync();
        await using var one = await Running.StartAsync(postgres: database, with: Seldom);
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, database, with: Seldom);
        await one.AddCustomerAsync("bert@example.com");
        var known = await one.LinkAsync();
        Pass(one);
        var unknown = await one.LinkAsync("bert@example.com");
        await cluster.AllowAsync(database, false);
        (await other.Public.PostAsync(known, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        foreach (var path in new[] { unknown, $"{unknown}/stop" })
        {
            var answer = await other.Public.PostAsync(path, null);
            answer.StatusCode.ShouldBe(HttpStatusCode.ServiceUnavailable);
            answer.Headers.RetryAfter.ShouldNotBeNull();
        }
        await cluster.AllowAsync(database, true);
        (await other.Public.PostAsync(unknown, null)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await one.RefusalsAsync("bert@example.com")).ShouldBe(1);
        other.Clock.Advance(TimeSpan.FromHours(2));
        for (var tries = 0; tries < 200 && await one.RefusalsAsync() == 0; tries++)
            await Task.Delay(50);
        (await one.VerdictAsync()).ShouldBe("refused");
    }
}
