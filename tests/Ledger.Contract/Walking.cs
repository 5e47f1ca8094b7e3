using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Ledger.Contract.Stores;

namespace MaySend.Ledger.Contract;

public sealed class WalkingSqlite() : Walking(new SqliteStore())
{
    [Theory]
    [InlineData("entry", "an index leads past")]
    [InlineData("contact", "an index leads past contact")]
    [InlineData("suppression", "an index leads past 257:1")]
    public async Task A_bit_that_flipped_in_an_index_so_that_it_leads_past_a_row_is_named(string index, string said)
    {
        var store = (SqliteStore)Store;
        var anna = await ContactAt(Anna);
        await Ledger.AppendAsync(Order(Anna, "2", "orders:2"));
        await Ledger.SuppressAsync(Ben, Json("{}"));
        await Ledger.DisposeAsync();
        // What stands in the index alone: the key of its row, followed by the key of the row in the table.
        var (first, second) = index switch
        {
            "entry" => (anna.ToBytes(), await store.ColumnAsync("select idempotency from entry where idempotency is not null")),
            "contact" => (anna.ToBytes(), await store.ColumnAsync("select address_mac from contact")),
            _ => (await store.ColumnAsync("select address_mac from suppression"), [1]),
        };
        await store.HarmAsync("pragma wal_checkpoint(truncate)");
        var file = await File.ReadAllBytesAsync(store.Database);
        var at = index == "suppression" ? LastOf(file, first) : file.AsSpan().IndexOf([.. first, .. second]);
        at.ShouldBeGreaterThan(0);
        file[at + 15] ^= 1;
        await File.WriteAllBytesAsync(store.Database, file);
        await using var reopened = await Store.OpenAsync();
        (await FaultsAsync(reopened)).ShouldContain(fault => fault.Contains(said));
    }

    [Theory]
    [InlineData("delete from entry where partition = 256 and seq = 2", "256:2 is missing")]
    [InlineData("delete from entry where partition = 256 and seq = 3", "256:3 is not what the head says")]
    [InlineData("delete from suppression where seq = 2", "suppressions are not those")]
    public async Task A_row_that_is_gone_is_named(string harm, string said)
    {
        await FillAsync();
        await Store.HarmAsync(harm);
        (await FaultsAsync(Ledger)).ShouldContain(fault => fault.Contains(said));
    }

    /// <summary>The index was made after the table, so its page lies behind.</summary>
    static int LastOf(byte[] file, byte[] bytes) => file.AsSpan().LastIndexOf(bytes);
}

public sealed class WalkingPostgres(PostgresCluster cluster) : Walking(new PostgresStore(cluster));

public sealed class WalkingCluster(PostgresCluster cluster) : Walking(new ClusterStore(cluster, servers: 1));

/// <summary>The walk through a store in use, which holds a few rows at a time against the chain.</summary>
public abstract class Walking(Store store) : Contract(store)
{
    [Fact]
    public async Task A_store_that_nobody_altered_is_walked_from_end_to_end_after_all_that_can_happen_to_it()
    {
        var (anna, ben) = (await ContactAt(Anna), await ContactAt(Ben));
        foreach (var i in Enumerable.Range(0, 30))
            await Ledger.AppendAsync(Order(Address.Email($"p{i % 10}@example.com").Required(), $"{i}", i % 2 == 0 ? $"k{i}" : null));
        await Ledger.LinkAsync(anna, ben);
        var hold = await Ledger.PlaceHoldAsync(ben, "claim");
        await Ledger.RotateKeysAsync(destroyOldWrappingKeys: true);
        await Ledger.LiftHoldAsync(ben, hold!.Number);
        await Ledger.PlaceHoldAsync(ben, "another");
        await Ledger.EraseAsync(
            new()
            {
                Address = Anna,
                Covers = Json("{}"),
                By = "dpo",
            }
        );
        (await FaultsAsync(Ledger, step: 1)).ShouldBeEmpty();
        (await FaultsAsync(Ledger, step: 2)).ShouldBeEmpty();
        (await FaultsAsync(Ledger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Somebody_whose_hash_was_overwritten_looks_like_a_stranger_and_is_named_by_the_walk()
    {
        var anna = await ContactAt(Anna);
        await ContactAt(Ben);
        var right = await Store.ColumnAsync($"select address_mac from contact where id = {Hex(anna.ToString())}");
        await Store.HarmAsync(
            $"update contact set address_mac = {Hex("00112233445566778899aabbccddeeff")} where id = {Hex(anna.ToString())}"
        );
        (await Ledger.FindAsync(Anna)).History.ShouldBeNull("the row is there, so nothing is missing, and it is not found");
        (await FaultsAsync(Ledger))
            .ShouldHaveSingleItem()
            .ShouldContain($"contact {anna} is found under the hash of an address that is not its own");
        await Store.HarmAsync($"update contact set address_mac = {Hex(Convert.ToHexStringLower(right))} where id = {Hex(anna.ToString())}");
        (await FaultsAsync(Ledger)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Rows_that_are_not_as_they_were_written_are_named_in_every_chain()
    {
        await FillAsync();
        await Store.HarmAsync("update entry set kind = 'quote' where partition = 256 and seq = 2");
        await Store.HarmAsync("delete from hold");
        await Store.HarmAsync("update suppression set hash = (select hash from suppression where seq = 1) where seq = 2");
        var faults = await FaultsAsync(Ledger);
        faults.Count.ShouldBe(3);
        faults[0].ShouldContain("links or holds");
        faults[1].ShouldContain("contents of 256:2");
        faults[2].ShouldContain("contents of 257:2");
    }

    /// <summary>Three entries of the controller, somebody with a hold, two suppressions.</summary>
    protected async Task FillAsync()
    {
        foreach (var i in Enumerable.Range(1, 3))
            await Ledger.AppendAsync(Request(new EntrySubject.Controller(), "campaign", $"{i}"));
        await Ledger.PlaceHoldAsync(await ContactAt(Anna), "claim");
        await Ledger.SuppressAsync(Ben, Json("{}"));
        await Ledger.SuppressAsync(Address.Email("cara@example.com").Required(), Json("{}"));
        (await FaultsAsync(Ledger)).ShouldBeEmpty();
    }

    /// <summary>Walks every chain; what is wrong with each.</summary>
    protected static async Task<List<string>> FaultsAsync(ILedger ledger, int step = 500)
    {
        var faults = new List<string>();
        for (var place = WalkPlace.Start; !place.IsEnd; )
            try
            {
                place = (await ledger.WalkAsync(place, step)).Next;
            }
            catch (LedgerUnavailableException fault)
            {
                fault.Because.ShouldBe(UnavailableBecause.Damaged);
                faults.Add(fault.Message);
                place = WalkPlace.OfChain(place.Chain + 1);
            }
        return faults;
    }

    string Hex(string digits) => Store.Kind == "sqlite" ? $"x'{digits}'" : $"'\\x{digits}'::bytea";
}
