using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class KeepingKeysOfSqlite() : KeepingKeys(new SqliteStore());

public sealed class KeepingKeysOfPostgres(PostgresCluster cluster) : KeepingKeys(new PostgresStore(cluster));

public sealed class KeepingKeysOfCluster(PostgresCluster cluster) : KeepingKeys(new ClusterStore(cluster));

public abstract class KeepingKeys(Store store) : Contract(store)
{
    [Fact]
    public async Task A_lost_key_file_is_a_clear_error_and_is_never_made_anew()
    {
        await ContactAt(Anna);
        await Ledger.DisposeAsync();
        File.Delete(Store.KeyFile);
        (await Should.ThrowAsync<LedgerKeyException>(Store.OpenAsync(null))).Message.ShouldContain(
            "is missing. Restore it from its backup"
        );
        File.Exists(Store.KeyFile).ShouldBeFalse();
    }

    [Fact]
    public async Task A_wrong_key_file_is_a_clear_error()
    {
        await ContactAt(Anna);
        await Ledger.DisposeAsync();
        KeyRing.Create().Save(Store.KeyFile);
        var error = await Should.ThrowAsync<LedgerKeyException>(Store.OpenAsync(null));
        error.Message.ShouldContain("belongs to another ledger");
        error.Message.ShouldContain(Store.KeyFile);
        await File.WriteAllTextAsync(Store.KeyFile, """{"format":"other"}""");
        (await Should.ThrowAsync<LedgerKeyException>(Store.OpenAsync(null))).Message.ShouldContain("is not a MaySend key file");
        await File.WriteAllTextAsync(Store.KeyFile, "not json");
        (await Should.ThrowAsync<LedgerKeyException>(Store.OpenAsync(null))).Message.ShouldContain("cannot be read");
    }

    [Fact]
    public async Task An_older_copy_of_the_key_file_is_a_clear_error()
    {
        var older = await File.ReadAllBytesAsync(Store.KeyFile);
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: false);
        await Ledger.DisposeAsync();
        await File.WriteAllBytesAsync(Store.KeyFile, older);
        (await Should.ThrowAsync<LedgerKeyException>(Store.OpenAsync(null))).Message.ShouldContain("lacks generation 2");
    }

    [Fact]
    public void The_key_file_is_readable_by_its_owner_alone()
    {
        if (!OperatingSystem.IsWindows())
            File.GetUnixFileMode(Store.KeyFile).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    [Fact]
    public async Task After_a_rotation_everything_is_found_and_read_under_the_new_generation_alone()
    {
        var addresses = Enumerable.Range(0, 1200).Select(i => Address.Email($"p{i}@example.com").Required()).ToList();
        await Ledger.AppendAsync([.. addresses.Select((address, i) => Order(address, $"{i}", $"orders:{i}"))]);
        await Ledger.SuppressAsync(Ben, Json("{}"));
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        KeyRing
            .Load(Store.KeyFile)
            .Generations.Select(generation => (generation.Number, generation.CanUnwrap))
            .ShouldBe([(2, true), (1, false)]);
        await ReopenAsync();

        (await All(Ledger.ContactsAsync())).Select(contact => contact.Address).ShouldBe(addresses, ignoreOrder: true);
        var id = (await Ledger.RecogniseAsync(addresses[7])).Contact.ShouldNotBeNull();
        (await Ledger.ReadAsync(id)).Entries.ShouldHaveSingleItem().Content.ShouldNotBeNull();
        (await Ledger.AppendAsync(Order(addresses[7], "7", "orders:7"))).Outcome.ShouldBe(AppendOutcome.AlreadyThere);
        (await Ledger.RecogniseAsync(Ben)).Suppressions.Count.ShouldBe(1);
        (await Ledger.AppendAsync(Order(Ben))).Outcome.ShouldBe(AppendOutcome.Suppressed);
        (await Ledger.AppendAsync(Request(new EntrySubject.Controller(), "campaign"))).Outcome.ShouldBe(AppendOutcome.Added);
        await AssertSoundAsync();
    }

    [Fact]
    public async Task Another_process_that_holds_the_older_ring_reads_the_key_file_again()
    {
        var anna = await ContactAt(Anna);
        await using var other = await Store.OpenAsync();
        (await other.RecogniseAsync(Anna)).Contact.ShouldBe(anna);
        await using var third = await Store.OpenAsync();
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: false);

        (await third.FindAsync(Anna)).History.ShouldNotBeNull().Entries.Count.ShouldBe(1);
        (await other.RecogniseAsync(Anna)).Contact.ShouldBe(anna);
        (await other.AppendAsync(Order(Anna, "2"))).Contact.ShouldBe(anna);
        (await other.AppendAsync(Order(Ben))).Outcome.ShouldBe(AppendOutcome.Added);
        (await other.ReadAsync(anna)).Entries.Count.ShouldBe(2);
        (await Ledger.RecogniseAsync(Ben)).Contact.ShouldNotBeNull();
        (
            await other.EraseAsync(
                new()
                {
                    Address = Anna,
                    Covers = Json("{}"),
                    By = "dpo",
                }
            )
        ).ShouldBeOfType<ErasureOutcome.Erased>().Contacts.ShouldBe(1);
        (await Ledger.RecogniseAsync(Anna)).Suppressions.Count.ShouldBe(1);
    }
}
