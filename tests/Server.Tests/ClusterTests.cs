using System.Net;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Ledger.Contract.Stores;
using MaySend.Stores;

namespace MaySend.Server.Tests;

/// <summary>Two machines over three PostgreSQL servers keep what two machines over one keep.</summary>
public class ClusterTests(PostgresCluster cluster)
{
    [Fact]
    public async Task Two_machines_on_three_servers_an_opt_out_at_one_refuses_at_the_other_at_once()
    {
        var (location, _) = await cluster.NewLedgerOnThreeAsync();
        await using var one = await Running.StartAsync(postgres: location);
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, location);
        await Parallel.ForEachAsync(
            Enumerable.Range(0, 24),
            new ParallelOptions { MaxDegreeOfParallelism = 4 },
            async (i, cancellation) =>
            {
                var address = $"p{i}@example.com";
                await one.AddCustomerAsync(address);
                var (takes, asks) = i % 2 == 0 ? (one, other) : (other, one);
                (await asks.VerdictAsync(address)).ShouldBe("permitted");
                (await takes.Public.PostAsync(await one.LinkAsync(address), null, cancellation)).EnsureSuccessStatusCode();
                (await asks.VerdictAsync(address)).ShouldBe("refused");
            }
        );
        (await EvidenceStores.VerifyAsync(location, [], [], one.Options.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_partition_moves_between_an_opt_out_at_one_machine_and_the_question_at_the_other()
    {
        var (location, _) = await cluster.NewLedgerOnThreeAsync();
        await using var one = await Running.StartAsync(postgres: location);
        await using var other = await Running.StartAsync(Databases.FolderWithKeyOf(one), one.Key, location);
        (await other.VerdictAsync()).ShouldBe("permitted");
        (await one.Public.PostAsync(await one.LinkAsync(), null)).EnsureSuccessStatusCode();
        var servers = EvidenceStores.Cluster(location, one.Options.KeyFile)!;
        var partition = (await one.Store.FindAsync(Address.Read(Running.Anna).Required())).Position.Contact.Partition.Number;
        foreach (var to in new[] { "b", "c", "a" })
        {
            await ClusterUpkeep.MoveAsync(servers, partition, to);
            (await other.VerdictAsync()).ShouldBe("refused", to);
            (await one.VerdictAsync()).ShouldBe("refused", to);
        }
    }

    [Fact]
    public async Task With_one_server_away_its_people_are_neither_mailed_nor_lost_and_the_others_are_served()
    {
        var (location, databases) = await cluster.NewLedgerOnThreeAsync();
        await using var one = await Running.StartAsync(postgres: location);
        var map = (await ClusterUpkeep.StatusAsync(EvidenceStores.Cluster(location, one.Options.KeyFile)!)).Map;
        var links = new Dictionary<string, (string Server, string Link)>();
        // Where somebody belongs hangs on the store's own key: as many as it takes until each server has some.
        for (var i = 0; i < 12 || links.Values.DistinctBy(link => link.Server).Count() < 3; i++)
        {
            var address = $"p{i}@example.com";
            await one.AddCustomerAsync(address);
            var at = (await one.Store.FindAsync(Address.Read(address).Required())).Position.Contact.Partition.Number;
            links[address] = (map.OwnerOf(at), await one.LinkAsync(address));
        }

        await cluster.AllowAsync(databases[2], false);
        foreach (var (address, (server, link)) in links)
        {
            var (status, body) = await one.PostAsync("/v1/decisions", $$"""{"address": "{{address}}", "campaign": "spring-2026"}""");
            status.ShouldBe(server == "c" ? 503 : 200);
            body.GetProperty("send").GetBoolean().ShouldBe(server != "c");
            (await one.Public.PostAsync(link, null)).StatusCode.ShouldBe(HttpStatusCode.OK, "it is on disk, here or there");
        }

        await cluster.AllowAsync(databases[2], true);
        for (var tries = 0; tries < 200 && one.Spool.Waiting > 0; tries++)
        {
            one.Clock.Advance(TimeSpan.FromSeconds(10));
            await Task.Delay(50);
        }

        foreach (var address in links.Keys)
            (await one.VerdictAsync(address)).ShouldBe("refused");
    }

    [Fact]
    public async Task An_entry_on_any_server_is_proven_by_the_checkpoint_of_all()
    {
        var (location, _) = await cluster.NewLedgerOnThreeAsync();
        await using var server = await Running.StartAsync(postgres: location);
        await server.PostAsync("/v1/ledger/checkpoints", "{}");
        var anna = (await server.Store.FindAsync(Address.Read(Running.Anna).Required())).Position.Contact;
        foreach (var position in new[] { "256:1", $"{anna.Partition}:{anna.Seq}" })
            (await server.GetAsync($"/v1/ledger/proof?position={position}")).Status.ShouldBe(200, position);
    }
}
