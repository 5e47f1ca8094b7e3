using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Sqlite;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class FailingOnSqlite() : Failing(new SqliteStore())
{
    [Fact]
    public async Task A_full_database_refuses_writes_keeps_what_it_acknowledged_and_stays_readable()
    {
        await Ledger.DisposeAsync();
        var store = (SqliteStore)Store;
        store.GreatestSize = new FileInfo(store.Database).Length + 400_000;
        await using var cramped = await Store.OpenAsync();
        var acknowledged = 0;
        var error = await Should.ThrowAsync<LedgerUnavailableException>(async () =>
        {
            for (; acknowledged < 100_000; acknowledged++)
                await cramped.AppendAsync(
                    Order(Address.Email($"p{acknowledged % 50}@example.com").Required(), $"{acknowledged}", $"k{acknowledged}")
                );
        });
        error.Because.ShouldBe(UnavailableBecause.Full);
        acknowledged.ShouldBeGreaterThan(100);
        (await cramped.RecogniseAsync(Address.Email("p1@example.com").Required())).Contact.ShouldNotBeNull();
        await cramped.DisposeAsync();

        store.GreatestSize = null;
        await using var roomy = await Store.OpenAsync();
        (await Store.VerifyAsync([], [])).Entries.ShouldBe(acknowledged);
        (await roomy.AppendAsync(Order(Anna))).Outcome.ShouldBe(AppendOutcome.Added);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task What_is_no_ledger_is_said_to_be_none()
    {
        var path = Path.Combine(Store.Folder, "other");
        Should
            .Throw<LedgerUnavailableException>(() => SqliteLedger.Open(new() { Path = path, KeyFile = Store.KeyFile }))
            .Message.ShouldContain("there is no ledger at");
        await File.WriteAllTextAsync(path, new string('x', 10_000));
        Should
            .Throw<LedgerUnavailableException>(() => SqliteLedger.Open(new() { Path = path, KeyFile = Store.KeyFile }))
            .Because.ShouldBe(UnavailableBecause.Damaged);
        await File.WriteAllBytesAsync(path, []);
        Should
            .Throw<LedgerUnavailableException>(() => SqliteLedger.Open(new() { Path = path, KeyFile = Store.KeyFile }))
            .Message.ShouldContain("is not a MaySend ledger");
        Should
            .Throw<LedgerUnavailableException>(() =>
                SqliteLedger.Create(new() { Path = ((SqliteStore)Store).Database, KeyFile = Store.KeyFile })
            )
            .Message.ShouldContain("no ledger was made");
    }
}

public sealed class FailingOnPostgres(PostgresCluster cluster) : Failing(new PostgresStore(cluster))
{
    [Fact]
    public async Task A_second_server_without_the_key_file_is_told_which_one_it_lacks()
    {
        var keys = Store.KeyFile;
        Store.KeyFile = Path.Combine(Store.Folder, "none.json");
        (await Should.ThrowAsync<LedgerKeyException>(Store.CreateAsync)).Message.ShouldContain(
            "Copy the key file from the server that made it"
        );
        File.Exists(Store.KeyFile).ShouldBeFalse();
        Store.KeyFile = keys;
    }

    [Fact]
    public async Task A_server_without_room_refuses_the_write_and_keeps_what_it_acknowledged()
    {
        var contact = await ContactAt(Anna);
        await Store.HarmAsync(
            """
            create function no_room() returns trigger language plpgsql as $$ begin raise exception 'no space left on device' using errcode = '53100'; end $$;
            create trigger no_room before insert on entry execute function no_room();
            """
        );
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.AppendAsync(Order(Ben)))).Because.ShouldBe(
            UnavailableBecause.Full
        );
        (await Ledger.ReadAsync(contact)).Entries.Count.ShouldBe(1);
        (await Ledger.RecogniseAsync(Ben)).Contact.ShouldBeNull();
        await Store.HarmAsync("drop trigger no_room on entry");
        (await Ledger.AppendAsync(Order(Ben))).Outcome.ShouldBe(AppendOutcome.Added);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_broken_connection_is_one_clear_error_and_the_next_write_goes_through()
    {
        await ContactAt(Anna);
        await Store.HarmAsync("select pg_terminate_backend(pid) from pg_stat_activity where application_name = current_schema()");
        var refused = 0;
        for (var tries = 0; tries < 20; tries++)
        {
            try
            {
                (await Ledger.AppendAsync(Order(Ben, "1", "once"))).Position.ShouldNotBeNull();
                break;
            }
            catch (LedgerUnavailableException error)
            {
                error.Because.ShouldBe(UnavailableBecause.Unreachable);
                refused++;
            }
        }

        refused.ShouldBeInRange(1, 19);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_one_clear_error()
    {
        var options = new PostgresLedgerOptions
        {
            ConnectionString = "Host=127.0.0.1;Port=1;Username=postgres;Timeout=2",
            KeyFile = Store.KeyFile,
        };
        (await Should.ThrowAsync<LedgerUnavailableException>(PostgresLedger.OpenAsync(options))).Because.ShouldBe(
            UnavailableBecause.Unreachable
        );
        var elsewhere = new PostgresLedgerOptions
        {
            ConnectionString = Store.Address,
            Schema = "no_such_schema",
            KeyFile = Store.KeyFile,
        };
        (await Should.ThrowAsync<LedgerUnavailableException>(PostgresLedger.OpenAsync(elsewhere))).Message.ShouldContain(
            "there is no ledger in this schema"
        );
    }
}

public abstract class Failing(Store store) : Contract(store)
{
    [Fact]
    public async Task Killed_in_mid_write_a_process_leaves_every_acknowledged_entry_and_whole_chains()
    {
        for (var round = 0; round < 3; round++)
        {
            using var writer = new OtherWriter(Store, $"round{round}", 0);
            var lines = await writer.LinesAsync(atLeast: 100);
            writer.Kill();
            lines.AddRange(await writer.LinesAsync());
            lines.Count.ShouldBeGreaterThanOrEqualTo(100);

            await ReopenAsync();
            await AssertSoundAsync();
            var stored = new HashSet<(string, LedgerPosition)>();
            foreach (var partition in lines.Select(line => line.Position.Partition).Distinct())
            {
                await foreach (var entry in Ledger.StreamAsync(partition))
                    stored.Add(
                        (
                            System.Text.Json.JsonDocument.Parse(entry.Content!.Payload).RootElement.TryGetProperty("key", out var key)
                                ? key.GetString()!
                                : "",
                            entry.Position
                        )
                    );
            }

            lines.Where(line => !stored.Contains((line.Key, line.Position))).ShouldBeEmpty();
            (await Ledger.AppendAsync(Order(Anna))).Outcome.ShouldBe(AppendOutcome.Added);
        }
    }

    [Fact]
    public async Task Two_processes_and_this_one_write_the_same_chains_and_never_fork_them()
    {
        using var one = new OtherWriter(Store, "one", 150);
        using var two = new OtherWriter(Store, "two", 150);
        var mine = Enumerable
            .Range(0, 150)
            .Select(async i =>
            {
                await Task.Yield();
                return (await Ledger.AppendAsync(Order(Address.Email($"p{i % 7}@example.com").Required(), $"{i}", $"mine-{i}")))
                    .Position!
                    .Value;
            });
        var positions = (await Task.WhenAll(mine))
            .Concat((await one.LinesAsync()).Select(line => line.Position))
            .Concat((await two.LinesAsync()).Select(line => line.Position))
            .ToList();
        positions.Count.ShouldBe(450);
        positions.Distinct().Count().ShouldBe(450);
        (await Store.VerifyAsync([], [])).Entries.ShouldBe(450);
        (await All(Ledger.ContactsAsync())).Count.ShouldBe(7);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task A_writer_that_is_kept_waiting_too_long_gets_one_clear_error_and_loses_nothing()
    {
        var partition = (await Ledger.AppendAsync(Order(Anna))).Position!.Value.Partition;
        await using var impatient = await Store.OpenAsync(busyWait: TimeSpan.FromMilliseconds(100));
        await using (await Store.HoldWriteLockAsync(partition))
        {
            (
                await Should.ThrowAsync<LedgerUnavailableException>(async () => await impatient.AppendAsync(Order(Anna, "2", "k")))
            ).Because.ShouldBe(UnavailableBecause.Busy);
            (await impatient.RecogniseAsync(Anna)).Contact.ShouldNotBeNull();
        }

        (await impatient.AppendAsync(Order(Anna, "2", "k"))).Outcome.ShouldBe(AppendOutcome.Added);
        await AssertSoundAsync();
    }
}
