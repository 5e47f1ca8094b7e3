using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Format;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class AlteringSqlite() : Altering(new SqliteStore());

public sealed class AlteringPostgres(PostgresCluster cluster) : Altering(new PostgresStore(cluster));

/// <summary>With one server, so that the two whose rows are exchanged are on it whatever the keys say.</summary>
public sealed class AlteringCluster(PostgresCluster cluster) : Altering(new ClusterStore(cluster, servers: 1));

/// <summary>
/// Somebody who can write to the store, and has no key, changes rows of the index: whoever asks gets an error and no answer, and the
/// verifier with the keys names what was done.
/// </summary>
public abstract class Altering(Store store) : Contract(store)
{
    static readonly Address Cara = Address.Email("cara@example.com").Required();

    [Fact]
    public async Task Without_the_head_of_its_partition_a_contact_answers_for_nobody_and_is_no_stranger()
    {
        var anna = await ContactAt(Anna);
        var partition = (await Ledger.PositionAsync(anna)).Contact.Partition.Number;
        await Store.HarmAsync($"delete from head where partition = {partition}");

        var says = $"the head of partition {partition} is missing";
        await IsDamagedAsync(async () => await Ledger.FindAsync(Anna), says);
        await IsDamagedAsync(async () => await Ledger.ReadAsync(anna), says);
        await Store.HarmAsync($"delete from contact where id = {Hex(anna)}");
        await IsDamagedAsync(async () => await Ledger.FindAsync(Anna), says);
        await IsDamagedAsync(async () => await Ledger.RecogniseAsync(Anna), says);
        await IsDamagedAsync(async () => await Ledger.RecogniseAsync([Anna]), says);
        await IsDamagedAsync(async () => await Ledger.AppendAsync(Order(Anna)), says);
    }

    [Fact]
    public async Task Without_the_head_of_the_suppressions_nobody_has_none()
    {
        await ContactAt(Anna);
        await Store.HarmAsync("delete from head where partition = 257");
        var says = "the head of partition 257 is missing";
        foreach (var address in new[] { Anna, Ben })
        {
            await IsDamagedAsync(async () => await Ledger.FindAsync(address), says);
            await IsDamagedAsync(async () => await Ledger.RecogniseAsync(address), says);
            await IsDamagedAsync(async () => await Ledger.RecogniseAsync([address]), says);
        }
    }

    [Fact]
    public async Task Two_rows_that_exchanged_their_addresses_answer_for_nobody()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        await Store.HarmAsync(
            $"""
            update contact set address_mac = {Hex("00112233445566778899aabbccddeeff")} where id = {Hex(anna)};
            """
        );
        var macOfBen = await Store.ColumnAsync($"select address_mac from contact where id = {Hex(ben)}");
        await Store.HarmAsync($"update contact set address_mac = {Hex("ff")} where id = {Hex(ben)}");
        await Store.HarmAsync($"update contact set address_mac = {Hex(macOfBen)} where id = {Hex(anna)}");

        await IsDamagedAsync(async () => await Ledger.FindAsync(Ben), "is at another");
        await IsDamagedAsync(async () => await Ledger.FindAsync([Ben]), "is at another");
        await IsDamagedAsync(async () => await Ledger.RecogniseAsync(Ben), "is at another");
        await IsDamagedAsync(async () => await Ledger.EraseAsync(Erase(Ben)), "is at another");
        await ReopenAsync();
        await IsDamagedAsync(async () => await Ledger.AppendAsync(Order(Ben)), "is at another");
        (await NamedAsync()).ShouldContain(said =>
            said.Contains($"contact {anna} is found under the hash of an address that is not its own")
        );
    }

    [Fact]
    public async Task Somebody_whose_row_was_deleted_is_no_stranger()
    {
        var anna = await ContactAt(Anna);
        await ContactAt(Ben);
        await Store.HarmAsync($"delete from contact where id = {Hex(anna)}");
        Clock.Advance(IndexBinding.GoodFor(rows: 1));

        await IsDamagedAsync(async () => await Ledger.FindAsync(Anna), "are not those that were made");
        await IsDamagedAsync(async () => await Ledger.FindAsync([Ben, Anna]), "are not those that were made");
        await IsDamagedAsync(async () => await Ledger.RecogniseAsync(Anna), "are not those that were made");
        await IsDamagedAsync(async () => await Ledger.AppendAsync(Order(Anna, "2", "again")), "are not those that were made");
        await IsDamagedAsync(async () => await Ledger.EraseAsync(Erase(Anna)), "are not those that were made");
        await ReopenAsync();
        await IsDamagedAsync(async () => await Ledger.FindAsync(Anna), "are not those that were made");
        (await NamedAsync()).ShouldContain(said => said.Contains($"contact {anna}") && said.Contains("its row is gone"));
        (await Store.VerifyAsync([], [])).Findings.ShouldContain(finding => finding.What.Contains("1 contacts with entries have no row"));
    }

    [Fact]
    public async Task An_erased_contact_whose_row_is_put_back_is_found_out()
    {
        var anna = await ContactAt(Anna);
        await Store.HarmAsync($"create table kept as select * from contact where id = {Hex(anna)}");
        await Ledger.EraseAsync(Erase(Anna));
        await Store.HarmAsync("insert into contact select * from kept");
        await Store.HarmAsync("drop table kept");

        (await NamedAsync()).ShouldContain(said => said.Contains($"contact {anna}") && said.Contains("was erased"));
        await Ledger.DisposeAsync();
        await IsDamagedAsync(async () => await Store.OpenAsync(), "are not those that were made");
    }

    [Fact]
    public async Task A_deleted_hold_lets_nobody_be_erased()
    {
        var anna = await ContactAt(Anna);
        await Ledger.PlaceHoldAsync(anna, "claim 7");
        (await Ledger.HoldsAsync(anna)).Count.ShouldBe(1);
        await AssertSoundAsync();
        await Store.HarmAsync("delete from hold");

        await IsDamagedAsync(async () => await Ledger.EraseAsync(Erase(Anna)), "links or holds");
        await IsDamagedAsync(async () => await Ledger.HoldsAsync(anna), "links or holds");
        await IsDamagedAsync(async () => await Ledger.FindAsync(Anna), "links or holds");
        await IsDamagedAsync(async () => await Ledger.PlaceHoldAsync(anna, "another"), "links or holds");
        (await NamedAsync()).ShouldContain(said => said.Contains($"contact {anna}") && said.Contains("links or holds"));
    }

    [Fact]
    public async Task A_hold_that_nobody_placed_is_found_out()
    {
        var anna = await ContactAt(Anna);
        await Store.HarmAsync($"insert into hold (contact, placed_at, reason) values ({Hex(anna)}, 1, {Hex("00")})");
        await IsDamagedAsync(async () => await Ledger.HoldsAsync(anna), "links or holds");
        (await NamedAsync()).ShouldContain(said => said.Contains("links or holds"));
        await Store.HarmAsync($"update hold set contact = {Hex(ContactId.New())}");
        (await NamedAsync()).ShouldContain(said => said.Contains("hold") && said.Contains("belongs to nobody"));
    }

    [Fact]
    public async Task A_link_that_was_cut_lets_nothing_be_asked_about_either_end()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        await Ledger.LinkAsync(anna, ben);
        (await Ledger.LinkedAsync(anna)).ShouldBe([ben]);
        await AssertSoundAsync();
        await Store.HarmAsync($"update contact set person = null where id = {Hex(ben)}");

        await IsDamagedAsync(async () => await Ledger.FindAsync(Ben), "links or holds");
        await IsDamagedAsync(async () => await Ledger.LinkedAsync(ben), "links or holds");
        var partition = (await Ledger.PositionAsync(ben)).Contact.Partition;
        var since = (await Ledger.SinceAsync(partition)).Contacts.ShouldHaveSingleItem();
        await IsDamagedAsync(() => Task.Run(() => since.Require([])), "links or holds");
        (await NamedAsync()).ShouldContain(said => said.Contains($"contact {ben}") && said.Contains("links or holds"));
    }

    [Fact]
    public async Task A_deleted_suppression_lets_nobody_in_again()
    {
        await ContactAt(Anna);
        await Ledger.EraseAsync(Erase(Anna));
        await Ledger.EraseAsync(Erase(Cara));
        await Store.HarmAsync("delete from suppression where seq = 2");
        await Store.HarmAsync("update head set seq = 1, hash = (select hash from suppression where seq = 1) where partition = 257");
        Clock.Advance(IndexBinding.GoodFor(rows: 2));
        await IsDamagedAsync(async () => await Ledger.FindAsync(Cara), "suppressions are not those");
        await IsDamagedAsync(async () => await Ledger.AppendAsync(Order(Cara)), "suppressions are not those");
        (await NamedAsync()).ShouldContain(said => said.Contains("head of chain 257"));
    }

    [Fact]
    public async Task A_head_that_was_set_back_is_not_sealed()
    {
        var anna = await ContactAt(Anna);
        await Ledger.AppendAsync(Order(Anna, "2"));
        await ReopenAsync();
        var position = (await Ledger.PositionAsync(anna)).Contact;
        await Store.HarmAsync($"delete from entry where {Stores.Store.Where(position)}");
        await Store.HarmAsync(
            $"""
            update head set seq = 1, hash = (select hash from entry where {Stores.Store.Where(new(position.Partition, 1))})
            where partition = {position.Partition.Number}
            """
        );
        (await Store.VerifyAsync([], [])).Findings.ShouldBeEmpty("without keys, and without a checkpoint, nobody can tell");
        (await NamedAsync()).ShouldContain(said => said.Contains($"head of chain {position.Partition.Number}"));
        await Ledger.DisposeAsync();
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync())).Message.ShouldContain(
            "older than it was"
        );
    }

    [Fact]
    public async Task A_store_that_nobody_altered_is_sound_with_keys_after_all_that_can_happen_to_it()
    {
        var (anna, ben, cara) = (await ContactAt(Anna), await ContactAt(Ben), await ContactAt(Cara));
        await Ledger.LinkAsync(anna, ben);
        await Ledger.LinkAsync(ben, cara);
        var hold = await Ledger.PlaceHoldAsync(cara, "claim");
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        await Ledger.AppendAsync(Order(Address.Email("dan@example.com").Required()));
        await Ledger.EraseAsync(Erase(Anna));
        await Ledger.LiftHoldAsync(cara, hold!.Number);
        await Ledger.PlaceHoldAsync(ben, "another");
        await Ledger.AppendAsync(Request(new EntrySubject.At(Anna) { DespiteSuppression = true }, "consent"));
        (await Ledger.LinkedAsync(ben)).ShouldBe([cara]);
        (await NamedAsync()).ShouldBeEmpty();
        await ReopenAsync();
        (await Ledger.FindAsync(Anna)).History.ShouldNotBeNull();
    }

    async Task<List<string>> NamedAsync() =>
        [.. (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.Select(finding => finding.ToString())];

    private protected static async Task IsDamagedAsync(Func<Task> act, string said)
    {
        var error = await Should.ThrowAsync<LedgerUnavailableException>(act);
        error.Because.ShouldBe(UnavailableBecause.Damaged);
        error.Message.ShouldContain(said);
    }

    string Hex(ContactId id) => Hex(id.ToString());

    string Hex(byte[] bytes) => Hex(Convert.ToHexStringLower(bytes));

    string Hex(string digits) => Store.Kind == "sqlite" ? $"x'{digits}'" : $"'\\x{digits}'::bytea";
}
