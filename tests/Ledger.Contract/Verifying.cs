using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Ledger.Keys;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class VerifyingSqlite() : Verifying(new SqliteStore())
{
    [Fact]
    public async Task One_flipped_byte_in_the_file_is_named()
    {
        await FillAsync();
        var secret = await ((SqliteStore)Store).ContentAsync(new(Partition.Controller, 7));
        await Ledger.DisposeAsync();
        var bytes = await File.ReadAllBytesAsync(((SqliteStore)Store).Database);
        var at = bytes.AsSpan().IndexOf(secret.AsSpan(20, 40));
        at.ShouldBeGreaterThan(0);
        bytes[at] ^= 1;
        await File.WriteAllBytesAsync(((SqliteStore)Store).Database, bytes);

        (await FindingAsync()).ShouldStartWith("256:7 does not have the contents that were hashed");
        await using var reopened = await Store.OpenAsync();
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await reopened.ReadControllerAsync())).Message.ShouldContain(
            "256:7"
        );
    }
}

public sealed class VerifyingPostgres(PostgresCluster cluster) : Verifying(new PostgresStore(cluster));

public sealed class VerifyingCluster(PostgresCluster cluster) : Verifying(new ClusterStore(cluster));

public abstract class Verifying(Store store) : Contract(store)
{
    [Theory]
    [InlineData("kind = 'campaigm'", "256:5 does not have the contents that were hashed")]
    [InlineData("recorded_at = recorded_at + 1", "256:5 does not have the contents that were hashed")]
    [InlineData("idempotency = substr(hash, 1, 16)", "256:5 does not have the contents that were hashed")]
    [InlineData("content = substr(content, 1, length(content) - 1)", "256:5 does not have the contents that were hashed")]
    [InlineData("contact = substr(hash, 1, 16)", "256:5 is in a partition where its subject does not belong")]
    [InlineData("hash = (select hash from head where partition = 256)", "256:5 does not carry the hash of its contents")]
    public async Task An_altered_entry_is_named_with_what_differs(string harm, string named)
    {
        await FillAsync();
        await Store.HarmAsync($"update entry set {harm} where {Stores.Store.Where(new(Partition.Controller, 5))}");
        (await FindingAsync()).ShouldStartWith(named);
    }

    [Fact]
    public async Task An_altered_last_entry_is_named_too()
    {
        await FillAsync();
        await Store.HarmAsync(
            $"update entry set content = substr(content, 1, 30) where {Stores.Store.Where(new(Partition.Controller, 10))}"
        );
        (await FindingAsync()).ShouldStartWith("256:10 does not have the contents that were hashed");
    }

    [Fact]
    public async Task A_missing_entry_is_named_in_the_middle_and_at_the_end()
    {
        await FillAsync();
        await Store.HarmAsync($"delete from entry where {Stores.Store.Where(new(Partition.Controller, 5))}");
        (await FindingAsync()).ShouldBe("256:5 is missing");
        await Store.HarmAsync($"delete from entry where {Stores.Store.Where(new(Partition.Controller, 10))}");
        await Store.HarmAsync("update head set seq = 3 where partition = 256");
        (await FindingAsync()).ShouldBe("256:5 is missing");
    }

    [Fact]
    public async Task A_chain_cut_off_together_with_its_head_contradicts_the_checkpoint()
    {
        await FillAsync();
        await Ledger.CheckpointAsync();
        await Store.HarmAsync(
            "update head set seq = 9, hash = (select hash from entry where "
                + $"{Stores.Store.Where(new(Partition.Controller, 9))}) where partition = 256"
        );
        await Store.HarmAsync($"delete from entry where {Stores.Store.Where(new(Partition.Controller, 10))}");
        (await FindingAsync()).ShouldStartWith("256:10 is missing: the checkpoint of 2026-02-04T10:00:00.000000Z covers 10");
    }

    [Fact]
    public async Task A_ledger_written_anew_contradicts_a_checkpoint_kept_elsewhere()
    {
        await FillAsync();
        var kept = await Ledger.CheckpointAsync();
        await Store.HarmAsync("delete from checkpoint");
        await Store.HarmAsync("delete from entry");
        await Store.HarmAsync("update head set seq = 0, hash = (select h.hash from head h where h.partition = 256) where partition = 256");
        (await Store.VerifyAsync([VerifierKey], [kept.Note])).Findings.ShouldContain(finding => finding.Chain == 256);
    }

    [Fact]
    public async Task Sound_checkpoints_are_counted_and_a_forged_one_is_not_signed()
    {
        await FillAsync();
        await Ledger.CheckpointAsync();
        await ContactAt(Anna);
        Clock.Advance(TimeSpan.FromHours(1));
        var second = await Ledger.CheckpointAsync();
        var report = await Store.VerifyAsync([VerifierKey], [second.Note]);
        report.Findings.ShouldBeEmpty();
        report.Checkpoints.ShouldBe(3);
        report.SignaturesChecked.ShouldBeTrue();
        report.Entries.ShouldBe(second.Entries - report.Suppressions);
        (await Ledger.CheckpointsAsync()).Count.ShouldBe(2);

        (await Store.VerifyAsync([KeyRing.Create().Signing.VerifierKey], [])).Findings.Count.ShouldBe(2);
        await Store.HarmAsync("update checkpoint set note = replace(note, 'recorded 2026', 'recorded 2025') where number = 1");
        (await Store.VerifyAsync([VerifierKey], []))
            .Findings.ShouldHaveSingleItem()
            .What.ShouldContain("is not signed by any key you " + "gave");
    }

    [Fact]
    public async Task A_suppression_that_goes_missing_or_is_altered_is_named()
    {
        foreach (var i in Enumerable.Range(1, 4))
            await Ledger.SuppressAsync(Address.Email($"p{i}@example.com").Required(), Json("""{"channels":"all"}"""));
        await Ledger.CheckpointAsync();
        (await Store.VerifyAsync([VerifierKey], [])).Suppressions.ShouldBe(4);
        await Store.HarmAsync("update suppression set generation = 2 where seq = 3");
        (await FindingAsync()).ShouldStartWith("257:3 does not have the contents");
        await Store.HarmAsync("delete from suppression where seq = 3");
        (await FindingAsync()).ShouldBe("257:3 is missing");
        await Store.HarmAsync("delete from suppression where seq = 4");
        (await FindingAsync()).ShouldStartWith("257:3 is missing");
    }

    [Fact]
    public async Task An_altered_entry_is_never_read_as_if_nothing_had_happened()
    {
        var contact = await ContactAt(Anna);
        var position = (await Ledger.PositionAsync(contact)).Contact;
        await Store.HarmAsync($"update entry set kind = 'quote' where {Stores.Store.Where(position)}");
        var error = await Should.ThrowAsync<LedgerUnavailableException>(async () => await Ledger.ReadAsync(contact));
        error.Because.ShouldBe(UnavailableBecause.Damaged);
        error.Message.ShouldContain(position.ToString());
    }

    [Fact]
    public async Task A_head_without_a_hash_is_a_finding_and_no_fault()
    {
        await FillAsync();
        await Store.HarmAsync(
            Store.Kind == "sqlite"
                ? """
                alter table head rename to kept;
                create table head (partition integer primary key, seq integer, hash blob, recorded_at integer, row_sum blob, seal blob);
                insert into head select * from kept;
                """
                : "alter table head alter column hash drop not null"
        );
        await Store.HarmAsync("update head set hash = null where partition = 256");
        (await FindingAsync()).ShouldBe("256:10 is not what the head says");
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldContain(finding => finding.What.Contains("head of chain 256"));
    }

    string VerifierKey => KeyRing.Load(Store.KeyFile).Signing.VerifierKey;

    protected async Task FillAsync()
    {
        await Ledger.AppendAsync([
            .. Enumerable.Range(1, 10).Select(i => Request(new EntrySubject.Controller(), "campaign", $"{i}", $"k{i}")),
        ]);
        await Ledger.AppendAsync([.. Enumerable.Range(1, 40).Select(i => Order(Address.Email($"p{i}@example.com").Required()))]);
        await Ledger.SuppressAsync(Ben, Json("{}"));
        (await Store.VerifyAsync([], [])).Findings.ShouldBeEmpty();
    }

    protected async Task<string> FindingAsync() => (await Store.VerifyAsync([VerifierKey], [])).Findings[0].ToString();
}
