using MaySend.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class RestoringSqlite() : Restoring(new SqliteStore())
{
    [Fact]
    public async Task An_older_file_put_in_the_newer_ones_place_is_named()
    {
        var file = ((SqliteStore)Store).Database;
        await ContactAt(Anna);
        await Ledger.DisposeAsync();
        File.Copy(file, file + ".older");
        await using (var newer = await Store.OpenAsync())
            await newer.AppendAsync(Order(Anna, "2"));
        foreach (var beside in new[] { "-wal", "-shm" })
            File.Delete(file + beside);
        File.Copy(file + ".older", file, overwrite: true);

        var refused = await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync());
        refused.Message.ShouldContain("is older than it was");
    }

    [Fact]
    public async Task The_files_of_a_store_are_their_owners_alone()
    {
        if (OperatingSystem.IsWindows())
            return;
        await ContactAt(Anna);
        await Ledger.EraseAsync(Erase(Anna));
        await Ledger.BackupAsync(Backup);
        foreach (var path in Directory.GetFiles(Store.Folder).Concat(Directory.GetFiles(Backup)))
            (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)).ShouldBe(UnixFileMode.None, path);
    }
}

public sealed class RestoringPostgres(PostgresCluster cluster) : Restoring(new PostgresStore(cluster));

public sealed class RestoringCluster(PostgresCluster cluster) : Restoring(new ClusterStore(cluster));

/// <summary>A backup brings nobody back who was erased since, and says so where it cannot know.</summary>
public abstract class Restoring(Store store) : Contract(store)
{
    protected string Backup => Path.Combine(Store.Folder, "backup");

    string List => Store.KeyFile + ".erasures";

    [Fact]
    public async Task Without_the_erasure_list_nothing_is_restored_unless_it_is_said_in_words()
    {
        await ContactAt(Anna);
        await Ledger.BackupAsync(Backup);
        await Ledger.EraseAsync(Erase(Anna));
        File.Move(List, List + ".lost");

        var refused = await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(Backup, Store.KeyFile));
        refused.Message.ShouldContain("--without-erasure-list");
        File.Exists(List).ShouldBeFalse();
        var (kept, _) = await Store.RestoreAsync(Backup, Store.KeyFile, new() { WithoutErasureList = true });
        await using var _ = kept;
        await using var restored = await kept.OpenAsync();
        (await restored.RecogniseAsync(Anna)).Contact.ShouldNotBeNull("nobody could know");
        var said = (await restored.ReadControllerAsync())[^1];
        said.Kind.ShouldBe("ledger-restored");
        System.Text.Encoding.UTF8.GetString(said.Content!.Payload.Span).ShouldContain("\"erasureList\":false");
    }

    [Fact]
    public async Task The_list_in_its_second_place_restores_what_the_first_disk_took_with_it()
    {
        await ContactAt(Anna);
        var second = Path.Combine(Store.Folder, "elsewhere", "erasures");
        Directory.CreateDirectory(Path.GetDirectoryName(second)!);
        ErasureList.Beside(Store.KeyFile).SetSecondPlace(second);
        await Ledger.BackupAsync(Backup);
        await Ledger.EraseAsync(Erase(Anna));
        (await File.ReadAllTextAsync(second)).ShouldBe(await File.ReadAllTextAsync(List));
        File.Delete(List);

        var (kept, restoration) = await Store.RestoreAsync(Backup, Store.KeyFile, new() { ErasureList = second });
        await using var _ = kept;
        restoration.Forgotten.ShouldBe(1);
        await using var restored = await kept.OpenAsync();
        (await restored.RecogniseAsync(Anna)).Contact.ShouldBeNull();
        (await restored.RecogniseAsync(Anna)).Suppressions.Count.ShouldBe(1);
        (await kept.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_second_place_that_cannot_be_written_stops_the_erasure()
    {
        await ContactAt(Anna);
        var second = Path.Combine(Store.Folder, "elsewhere");
        ErasureList.Beside(Store.KeyFile).SetSecondPlace(second);
        File.Delete(second);
        Directory.CreateDirectory(second);
        await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.EraseAsync(Erase(Anna)));
        (await Ledger.RecogniseAsync(Anna)).Contact.ShouldNotBeNull("nothing is erased that a backup could bring back");
    }

    [Fact]
    public async Task An_older_list_and_another_list_are_refused()
    {
        await ContactAt(Anna);
        await Ledger.EraseAsync(Erase(Ben));
        await Ledger.BackupAsync(Backup);
        var list = await File.ReadAllTextAsync(List);

        await File.WriteAllTextAsync(List, "");
        (await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(Backup, Store.KeyFile))).Message.ShouldContain(
            "is older than the backup"
        );
        await File.WriteAllTextAsync(List, list.Replace("generation\":1", "generation\":2", StringComparison.Ordinal));
        (await Should.ThrowAsync<LedgerUnavailableException>(Store.RestoreAsync(Backup, Store.KeyFile))).Message.ShouldContain(
            "is not the one that belongs to the backup"
        );
    }

    [Fact]
    public async Task The_list_names_contacts_and_suppressions_and_no_address()
    {
        var anna = await ContactAt(Anna);
        var index = await Store.ColumnAsync("select address_mac from contact");
        await Ledger.EraseAsync(Erase(Anna));
        var list = await File.ReadAllTextAsync(List);
        list.ShouldContain(anna.ToString());
        list.ShouldContain("suppression");
        list.ShouldNotContain("anna");
        list.ShouldNotContain(Convert.ToBase64String(index));
    }

    [Fact]
    public async Task A_crash_between_the_list_and_the_store_is_made_good_when_it_is_opened()
    {
        var anna = await ContactAt(Anna);
        await Ledger.DisposeAsync();
        ErasureList.Beside(Store.KeyFile).Add([new ErasureRecord.Forgotten(anna)]);
        await using var opened = await Store.OpenAsync();
        (await opened.RecogniseAsync(Anna)).Contact.ShouldBeNull();
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_list_that_went_missing_is_written_again_from_the_store()
    {
        var anna = await ContactAt(Anna);
        await Ledger.EraseAsync(Erase(Anna));
        await Ledger.DisposeAsync();
        File.Delete(List);
        await using (await Store.OpenAsync()) { }
        (await File.ReadAllTextAsync(List)).ShouldContain(anna.ToString());
        File.ReadLines(List).Count().ShouldBe(2);
    }
}
