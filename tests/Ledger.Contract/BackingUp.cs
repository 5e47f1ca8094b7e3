using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class BackingUpSqlite() : BackingUp(new SqliteStore());

public sealed class BackingUpPostgres(PostgresCluster cluster) : BackingUp(new PostgresStore(cluster));

public sealed class BackingUpCluster(PostgresCluster cluster) : BackingUp(new ClusterStore(cluster));

public abstract class BackingUp(Store store) : Contract(store)
{
    static readonly Address Cara = Address.Email("cara@example.com").Required();

    string Backup => Path.Combine(Store.Folder, "backup");

    [Fact]
    public async Task Restoring_forgets_again_whoever_was_erased_since()
    {
        var ben = await ContactAt(Ben);
        await ContactAt(Anna);
        await ContactAt(Cara);
        await Ledger.EraseAsync(Erase(Cara));
        await Ledger.AppendAsync(Request(new EntrySubject.At(Cara) { DespiteSuppression = true }, "consent"));
        await Ledger.PlaceHoldAsync(ben, "claim");
        await Ledger.BackupAsync(Backup);
        await Ledger.EraseAsync(Erase(Anna));
        await Ledger.SuppressAsync(Address.Email("dan@example.com").Required(), Json("{}"));

        var (restoredStore, restoration) = await Store.RestoreAsync(Backup, Store.KeyFile);
        await using var _ = restoredStore;
        restoration.ShouldBe(new Restoration(Forgotten: 1, Suppressed: 2, UnreadableLines: 0));
        await using var restored = await restoredStore.OpenAsync();
        restored.StoreId.ShouldBe(Ledger.StoreId);
        (await restored.RecogniseAsync(Anna)).Contact.ShouldBeNull();
        (await restored.RecogniseAsync(Anna)).Suppressions.Count.ShouldBe(1);
        (await restored.AppendAsync(Order(Anna))).Outcome.ShouldBe(AppendOutcome.Suppressed);
        (await restored.RecogniseAsync(Ben)).Contact.ShouldBe(ben);
        (await restored.HoldsAsync(ben)).Count.ShouldBe(1);
        (await restored.PlaceHoldAsync(ben, "another")).ShouldNotBeNull();
        (await restored.RecogniseAsync(Cara)).Contact.ShouldNotBeNull("she came back before the backup, and no erasure followed it");
        (await restored.RecogniseAsync(Address.Email("dan@example.com").Required())).Suppressions.Count.ShouldBe(1);
        (await restored.ReadControllerAsync())
            .Select(entry => entry.Kind)
            .ShouldBe(["contact-erased", "contact-erased", "ledger-restored"]);
        await restored.CheckpointAsync();
        (await restoredStore.VerifyAsync([], [])).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_backup_brings_its_own_key_file_where_none_is_left()
    {
        await ContactAt(Anna);
        await Ledger.BackupAsync(Backup);
        var (restoredStore, _) = await Store.RestoreAsync(
            Backup,
            Path.Combine(Store.Folder, "elsewhere.json"),
            new() { WithoutErasureList = true }
        );
        await using var kept = restoredStore;
        await using var restored = await restoredStore.OpenAsync();
        (await restored.RecogniseAsync(Anna)).Contact.ShouldNotBeNull();
    }

    [Fact]
    public async Task Once_the_old_wrapping_key_is_destroyed_an_older_backup_needs_the_key_file_saved_with_it()
    {
        await ContactAt(Anna);
        await Ledger.BackupAsync(Backup);
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        (await Should.ThrowAsync<LedgerKeyException>(Store.RestoreAsync(Backup, Store.KeyFile))).Message.ShouldContain(
            "no longer holds the wrapping key"
        );
    }

    [Theory]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1")]
    [InlineData("""{"StoreId": null, "Tables": null, "Database": null, "Map": null}""")]
    public async Task A_backup_that_does_not_say_what_belongs_to_it_is_damaged_and_not_restored(string says)
    {
        await ContactAt(Anna);
        await Ledger.BackupAsync(Backup);
        var manifest = Directory.GetFiles(Backup, "*.json").Single(path => Path.GetFileName(path) is "backup.json" or "cluster.json");
        await File.WriteAllTextAsync(manifest, says);
        var fault = await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(Backup, Store.KeyFile));
        fault.Because.ShouldBe(UnavailableBecause.Damaged);
        fault.Message.ShouldContain(Path.GetFileName(manifest));
    }

    [Fact]
    public async Task A_backup_that_was_altered_is_not_restored()
    {
        await ContactAt(Anna);
        await Ledger.BackupAsync(Backup);
        var file = new[] { "ledger.sqlite", "entry.copy" }
            .SelectMany(name => Directory.EnumerateFiles(Backup, name, SearchOption.AllDirectories))
            .First();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[^20] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);
        (await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(Backup, Store.KeyFile))).Because.ShouldBe(
            UnavailableBecause.Damaged
        );
    }

    [Fact]
    public async Task A_backup_goes_into_an_empty_folder()
    {
        await Ledger.BackupAsync(Backup);
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.BackupAsync(Backup))).Message.ShouldContain(
            "is not empty"
        );
    }
}
