using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

/// <summary>Partitions go from server to server while they are written and read.</summary>
public sealed class Moving(PostgresCluster cluster) : Contract(new ClusterStore(cluster))
{
    ClusterStore Own => (ClusterStore)Store;

    [Fact]
    public async Task A_partition_moves_while_it_is_written_and_loses_nothing()
    {
        var anna = await ContactAt(Anna);
        var partition = (await Own.PartitionOfAsync(anna)).Number;
        var hold = await Ledger.PlaceHoldAsync(anna, "claim");
        using var stop = new CancellationTokenSource();
        var acknowledged = new List<LedgerPosition>();
        var writing = Enumerable
            .Range(0, 4)
            .Select(writer =>
                Task.Run(async () =>
                {
                    for (var i = 0; !stop.IsCancellationRequested; i++)
                    {
                        var added = await Ledger.AppendAsync(Order(Anna, $"{writer}-{i}", $"{writer}-{i}"));
                        lock (acknowledged)
                            acknowledged.Add(added.Position!.Value);
                        (await Ledger.FindAsync(Anna)).History!.Entries.ShouldContain(entry => entry.Position == added.Position);
                    }
                })
            )
            .ToList();

        foreach (var to in new[] { "b", "c", "a", "b" })
            await ClusterUpkeep.MoveAsync(Own.Options, partition, to);
        await stop.CancelAsync();
        await Task.WhenAll(writing);

        acknowledged.Distinct().Count().ShouldBe(acknowledged.Count, "no place in the chain is given twice");
        var entries = (await Ledger.ReadAsync(anna)).Entries.Select(entry => entry.Position).ToHashSet();
        acknowledged.Where(position => !entries.Contains(position)).ShouldBeEmpty();
        (await Ledger.HoldsAsync(anna)).ShouldHaveSingleItem().Number.ShouldBe(hold!.Number);
        foreach (var server in new[] { "a", "c" })
            (await Own.AtAsync(server, $"select count(*) from entry where partition = {partition}")).ShouldBe(0L, "nothing is left behind");
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData(MoveStep.Begun)]
    [InlineData(MoveStep.Copied)]
    [InlineData(MoveStep.Fenced)]
    [InlineData(MoveStep.Taken)]
    [InlineData(MoveStep.Switched)]
    [InlineData(MoveStep.Cleared)]
    public async Task A_move_that_broke_off_goes_on_where_it_stood(MoveStep last)
    {
        var anna = await ContactAt(Anna);
        await Ledger.AppendAsync(Order(Anna, "2", "k"));
        var partition = (await Own.PartitionOfAsync(anna)).Number;
        var to = Own.Options.Servers.First(server => server.Name != ((ClusterLedger)Ledger).Map.OwnerOf(partition)).Name;
        await Should.ThrowAsync<InvalidOperationException>(
            ClusterUpkeep.MoveAsync(
                Own.Options,
                partition,
                to,
                step =>
                {
                    if (step == last)
                        throw new InvalidOperationException("the process ends here");
                }
            )
        );

        // Meanwhile the partition is with the old server, the new one or nobody, and never with two.
        if (last is MoveStep.Fenced or MoveStep.Taken)
            (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.FindAsync(Anna))).Because.ShouldBe(
                UnavailableBecause.Busy
            );
        else
            (await Ledger.FindAsync(Anna)).History!.Entries.Count.ShouldBe(2);
        var another = (partition + 1) % Partition.Contacts;
        await Should.ThrowAsync<LedgerUnavailableException>(ClusterUpkeep.MoveAsync(Own.Options, another, to));

        (await ClusterUpkeep.MoveAsync(Own.Options, partition, to)).ShouldBeTrue();
        (await ClusterUpkeep.MoveAsync(Own.Options, partition, to)).ShouldBeFalse();
        (await Ledger.FindAsync(Anna)).History!.Entries.Count.ShouldBe(2);
        (await Ledger.AppendAsync(Order(Anna, "2", "k"))).Outcome.ShouldBe(AppendOutcome.AlreadyThere);
        (await ClusterUpkeep.StatusAsync(Own.Options)).Map.Moving.ShouldBeNull();
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Whoever_has_an_old_map_is_refused_and_reads_the_new_one()
    {
        var anna = await ContactAt(Anna);
        var partition = (await Own.PartitionOfAsync(anna)).Number;
        await using var stale = (ClusterLedger)await Store.OpenAsync();
        var version = stale.Map.Version;
        var to = Own.Options.Servers.First(server => server.Name != stale.Map.OwnerOf(partition)).Name;
        await ClusterUpkeep.MoveAsync(Own.Options, partition, to);

        stale.Map.Version.ShouldBe(version);
        (await ((ILedger)stale).AppendAsync(Order(Anna, "2"))).Contact.ShouldBe(anna);
        stale.Map.Version.ShouldBeGreaterThan(version);
        (await stale.FindAsync(Anna)).History!.Entries.Count.ShouldBe(2);
    }

    [Fact]
    public async Task Nobody_is_called_unknown_because_an_old_map_was_asked_by()
    {
        var anna = await ContactAt(Anna);
        var partition = (await Own.PartitionOfAsync(anna)).Number;
        var ways = new (string What, Func<ILedger, Task<object?>> Ask)[]
        {
            ("history", async ledger => (await ledger.ReadAsync(anna)).State),
            ("contact", async ledger => (await ledger.ContactAsync(anna))?.Address),
            ("hold", async ledger => (await ledger.PlaceHoldAsync(anna, "claim"))?.Reason),
            ("append", async ledger => (await ledger.AppendAsync(Request(new EntrySubject.Contact(anna), "refusal"))).Contact),
            ("link", async ledger => await ledger.LinkAsync(anna, await ContactAt(Ben))),
        };
        foreach (var (what, ask) in ways)
        {
            await using var stale = await Store.OpenAsync();
            await stale.ReadAsync(anna);
            var owner = (await ClusterUpkeep.StatusAsync(Own.Options)).Map.OwnerOf(partition);
            await ClusterUpkeep.MoveAsync(Own.Options, partition, owner == "a" ? "b" : "a");
            var answer = await ask(stale);
            answer.ShouldNotBe(ContactState.Unknown, what);
            answer.ShouldNotBeNull(what);
            answer.ShouldNotBe(false, what);
        }

        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_server_is_added_while_the_ledger_is_used_and_takes_partitions()
    {
        await using var grown = new ClusterStore(cluster, 2) { Clock = Clock };
        var two = grown.Options;
        await using var ledger = await ClusterLedger.CreateAsync(two with { Servers = [two.Servers[0]] });
        var contact = (await ((ILedger)ledger).AppendAsync(Order(Anna))).Contact!.Value;
        (await ClusterUpkeep.AddAsync(two, "b")).ShouldBeTrue();
        (await ClusterUpkeep.AddAsync(two, "b")).ShouldBeFalse();
        var partition = (await grown.PartitionOfAsync(contact)).Number;
        await ClusterUpkeep.MoveAsync(two, partition, "b");

        // The process that was opened with one server has no connection to the other, and says so.
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await ledger.FindAsync(Anna));
        await using var both = await ClusterLedger.OpenAsync(two);
        (await both.FindAsync(Anna)).History!.Contact.ShouldBe(contact);
        (await grown.VerifyAsync([], [], grown.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_ledger_on_one_server_becomes_the_home_of_several()
    {
        await using var alone = new PostgresStore(cluster) { Clock = Clock };
        await using var grown = new ClusterStore(cluster, 2) { Clock = Clock, KeyFile = alone.KeyFile };
        ContactId contact;
        await using (var ledger = await alone.CreateAsync())
        {
            contact = (await ledger.AppendAsync(Order(Anna))).Contact!.Value;
            await ledger.PlaceHoldAsync(contact, "claim");
        }

        var options = grown.Options with { Servers = [grown.Options.Servers[0] with { Schema = alone.Schema }, grown.Options.Servers[1]] };
        (await ClusterUpkeep.AddAsync(options, "a")).ShouldBeTrue();
        (await ClusterUpkeep.AddAsync(options, "b")).ShouldBeTrue();
        await using var opened = await ClusterLedger.OpenAsync(options);
        var partition = (await opened.PositionAsync(contact)).Contact.Partition.Number;
        (await ClusterUpkeep.MoveAsync(options, partition, "b")).ShouldBeTrue();
        (await opened.FindAsync(Anna)).History!.Contact.ShouldBe(contact);
        var placed = await opened.PlaceHoldAsync(contact, "another");
        (await opened.HoldsAsync(contact)).Select(hold => hold.Number).ShouldBe([1, placed!.Number]);
    }
}
