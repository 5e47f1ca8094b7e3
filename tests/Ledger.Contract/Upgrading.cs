using MaySend.Evidence;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class UpgradingSqlite() : Upgrading(new SqliteStore());

public sealed class UpgradingPostgres(PostgresCluster cluster) : Upgrading(new PostgresStore(cluster))
{
    [Fact]
    public async Task A_store_from_before_there_were_several_servers_takes_one_step()
    {
        var anna = await ContactAt(Anna);
        await Ledger.DisposeAsync();
        await Store.HarmAsync(
            "alter table head drop column here; drop table shard_map; drop table link_pending; update store set layout = 2"
        );
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync())).Message.ShouldContain("ledger upgrade");
        (await Store.UpgradeAsync()).ShouldBe(0);
        (await Store.UpgradeAsync()).ShouldBeNull();
        await using var upgraded = await Store.OpenAsync();
        (await upgraded.FindAsync(Anna)).History!.Contact.ShouldBe(anna);
    }
}

public abstract class Upgrading(Store store) : Contract(store)
{
    [Fact]
    public async Task A_store_of_an_older_build_is_bound_by_the_named_step_and_not_opened_before()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        await Ledger.LinkAsync(anna, ben);
        await Ledger.PlaceHoldAsync(ben, "claim");
        await Ledger.EraseAsync(Erase(Address.Email("cara@example.com").Required()));
        await Ledger.DisposeAsync();
        await Store.GoBackToLayout1Async();

        var refused = await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync());
        refused.Message.ShouldContain("maysend ledger upgrade");
        (await Store.UpgradeAsync()).ShouldBe(2);
        (await Store.UpgradeAsync()).ShouldBeNull();

        await using var upgraded = await Store.OpenAsync();
        (await upgraded.FindAsync(Anna)).History!.Entries.ShouldHaveSingleItem();
        (await upgraded.LinkedAsync(anna)).ShouldBe([ben]);
        (await upgraded.HoldsAsync(ben)).Count.ShouldBe(1);
        (await upgraded.RecogniseAsync(Address.Email("cara@example.com").Required())).Suppressions.Count.ShouldBe(1);
        (await upgraded.ReadControllerAsync()).Select(entry => entry.Kind).ShouldContain("ledger-upgraded");
        (await Store.VerifyAsync([], [], Store.KeyFile)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task An_index_that_was_altered_before_the_step_is_not_bound()
    {
        var anna = await ContactAt(Anna);
        await Ledger.DisposeAsync();
        await Store.GoBackToLayout1Async();
        await Store.HarmAsync("update contact set address_mac = wrapped_key");
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.UpgradeAsync())).Message.ShouldContain(
            $"contact {anna}"
        );
        (await Should.ThrowAsync<LedgerUnavailableException>(async () => await Store.OpenAsync())).Message.ShouldContain("upgrade");
    }
}
