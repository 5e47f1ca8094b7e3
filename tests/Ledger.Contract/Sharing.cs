using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Ledger.Contract.Stores;
using MaySend.Ledger.Verify;

namespace MaySend.Ledger.Contract;

/// <summary>What only a ledger on several servers can do wrong.</summary>
public sealed class Sharing(PostgresCluster cluster) : Contract(new ClusterStore(cluster))
{
    ClusterStore Own => (ClusterStore)Store;

    [Fact]
    public async Task A_server_that_is_down_takes_its_own_partitions_along_and_no_others()
    {
        var people = await PeopleAsync(30);
        await Ledger.DisposeAsync();
        var options = Own.Options;
        await using var ledger = await ClusterLedger.OpenAsync(
            options with
            {
                Servers =
                [
                    options.Servers[0],
                    options.Servers[1],
                    options.Servers[2] with
                    {
                        ConnectionString = "Host=127.0.0.1;Port=1;Timeout=2",
                    },
                ],
            }
        );
        var (answered, refused) = (0, 0);
        foreach (var (address, contact) in people)
        {
            var isDown = ledger.Map.OwnerOf((await Own.PartitionOfAsync(contact)).Number) == "c";
            if (isDown)
            {
                (await Should.ThrowAsync<LedgerUnavailableException>(async () => await ledger.FindAsync(address))).Because.ShouldBe(
                    UnavailableBecause.Unreachable
                );
                await Should.ThrowAsync<LedgerUnavailableException>(async () => await ((ILedger)ledger).AppendAsync(Order(address, "2")));
                refused++;
            }
            else
            {
                (await ledger.FindAsync(address)).History!.Contact.ShouldBe(contact);
                answered++;
            }
        }

        answered.ShouldBeGreaterThan(0);
        refused.ShouldBeGreaterThan(0);
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await ledger.CheckpointAsync());
    }

    [Fact]
    public async Task Connection_strings_that_were_mixed_up_open_nothing()
    {
        await Ledger.DisposeAsync();
        var options = Own.Options;
        var mixed = options with
        {
            Servers = [options.Servers[0], options.Servers[2] with { Name = "b" }, options.Servers[1] with { Name = "c" }],
        };
        (await Should.ThrowAsync<LedgerUnavailableException>(ClusterLedger.OpenAsync(mixed))).Message.ShouldContain("mixed up");
        Ledger.StoreId.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task One_server_of_several_is_not_opened_as_if_it_were_the_ledger()
    {
        var server = Own.Options.Servers[1];
        var alone = new PostgresLedgerOptions
        {
            ConnectionString = server.ConnectionString,
            Schema = server.Schema,
            KeyFile = Store.KeyFile,
        };
        (await Should.ThrowAsync<LedgerUnavailableException>(PostgresLedger.OpenAsync(alone))).Message.ShouldContain(
            "postgres-cluster:FILE"
        );
        (await Verifier.PostgresAsync(server.ConnectionString, server.Schema, [], []))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldContain("postgres-cluster:FILE", Case.Sensitive, "a part is not called sound");
    }

    [Fact]
    public async Task A_home_that_is_an_older_copy_of_itself_decides_nothing()
    {
        await Ledger.DisposeAsync();
        await Own.AtAsync("b", "update shard_map set version = 9, map = replace(map, '\"version\":1,', '\"version\":9,')");
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync())).Message.ShouldContain(
            "an older copy of itself"
        );
    }

    [Fact]
    public async Task An_erasure_reaches_contacts_and_suppressions_on_whatever_server_they_are()
    {
        var people = await PeopleAsync(12);
        var first = people[0];
        foreach (var (_, contact) in people.Skip(1))
            (await Ledger.LinkAsync(first.Contact, contact)).ShouldBeTrue();
        (await Ledger.LinkedAsync(people[5].Contact)).Count.ShouldBe(11);

        var outcome = await Ledger.EraseAsync(
            new()
            {
                Address = first.Address,
                Covers = Json("""{"channels":"all"}"""),
                By = "dpo",
                WithLinked = true,
            }
        );
        outcome.ShouldBe(new ErasureOutcome.Erased(12, ResidueCleared: false));
        foreach (var (address, contact) in people)
        {
            (await Ledger.FindAsync(address)).History.ShouldBeNull();
            (await Ledger.FindAsync(address)).Suppressions.Count.ShouldBe(1);
            (await Ledger.AppendAsync(Order(address))).Outcome.ShouldBe(AppendOutcome.Suppressed);
            (await Ledger.ReadAsync(contact)).State.ShouldBe(ContactState.Erased);
        }

        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Joining_two_people_carried_half_through_is_carried_to_the_end_by_whoever_asks_next()
    {
        var people = await PeopleAsync(8);
        foreach (var side in new[] { people[..4], people[4..] })
        foreach (var (_, contact) in side.Skip(1))
            await Ledger.LinkAsync(side[0].Contact, contact);
        var number = await Own.PersonOfAsync(people[0].Contact);

        // What a process leaves that ended after it had said what it would do.
        foreach (var (_, contact) in people[4..])
            await Own.AtAsync("a", $"insert into link_pending values ('\\x{contact}', '\\x{number}')");
        (await Ledger.LinkedAsync(people[7].Contact)).Count.ShouldBe(7);
        (await Ledger.LinkedAsync(people[0].Contact)).Count.ShouldBe(7);
        (await Own.AtAsync("a", "select count(*) from link_pending")).ShouldBe(0L);
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_rotation_that_broke_off_between_two_servers_is_finished_before_anybody_is_answered()
    {
        var people = await PeopleAsync(12);
        await Ledger.DisposeAsync();
        var rotated = Evidence.Ledger.Keys.KeyRing.Load(Store.KeyFile).Rotated();
        rotated.Save(Store.KeyFile);
        await Own.AtAsync("c", $"insert into key_generation values (2, '\\x{Convert.ToHexStringLower(rotated.Generation(2).Check)}')");

        await using var ledger = await Store.OpenAsync();
        foreach (var server in new[] { "a", "b", "c" })
            (await Own.AtAsync(server, "select max(generation) from key_generation")).ShouldBe(2);
        foreach (var (address, contact) in people)
            (await ledger.AppendAsync(Order(address, "2"))).Contact.ShouldBe(contact, "nobody is made twice under the new keys");
        await ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        foreach (var (address, contact) in people)
            (await ledger.FindAsync(address)).History!.Contact.ShouldBe(contact);
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Servers_of_two_backups_are_not_put_together()
    {
        await PeopleAsync(10);
        var (older, newer) = (Path.Combine(Store.Folder, "older"), Path.Combine(Store.Folder, "newer"));
        await Ledger.BackupAsync(older);
        await PeopleAsync(20);
        await Ledger.BackupAsync(newer);
        Directory.Delete(Path.Combine(newer, "b"), recursive: true);
        Directory.Move(Path.Combine(older, "b"), Path.Combine(newer, "b"));
        (await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(newer, Store.KeyFile))).Message.ShouldContain(
            "belongs to a different checkpoint"
        );
    }

    [Fact]
    public async Task A_backup_made_under_load_is_of_one_moment_and_is_restored_as_it_was()
    {
        await PeopleAsync(10);
        using var writer = new OtherWriter(Store, "beside", 0);
        await writer.LinesAsync(atLeast: 50);
        var folder = Path.Combine(Store.Folder, "backup");
        await Ledger.BackupAsync(folder);
        writer.Kill();

        var (kept, _) = await Store.RestoreAsync(folder, Store.KeyFile);
        await using var _ = kept;
        await using var restored = await kept.OpenAsync();
        (await restored.CountContactsAsync()).ShouldBeGreaterThanOrEqualTo(10);
        (await kept.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    async Task<List<(Address Address, ContactId Contact)>> PeopleAsync(int count)
    {
        var people = new List<(Address, ContactId)>();
        for (var i = 0; i < count; i++)
        {
            var address = Address.Email($"person{i}@example.com").Required();
            people.Add((address, (await Ledger.AppendAsync(Order(address))).Contact.ShouldNotBeNull()));
        }

        return people;
    }
}
