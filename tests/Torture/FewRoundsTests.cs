using System.Buffers.Binary;
using MaySend.Torture.Rounds;
using Microsoft.Data.Sqlite;

namespace MaySend.Torture;

/// <summary>One round of each kind; <c>eng/torture</c> runs as many as one likes.</summary>
public sealed class FewRoundsTests(ShopFixture fixture)
{
    [Theory]
    [InlineData("kill")]
    [InlineData("stop")]
    [InlineData("two-servers")]
    [InlineData("full-disk")]
    [InlineData("restore")]
    public async Task Whatever_becomes_of_the_process_or_its_disk_nothing_acknowledged_is_lost_and_nobody_who_asked_is_permitted(
        string kind
    )
    {
        var tally = await RunAsync(kind, seed: 7);
        tally.Of("requests to stop acknowledged").ShouldBeGreaterThan(0);
        tally.Of("stores verified with their keys").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_bit_flipped_in_a_table_is_named_or_harmless_and_permits_nobody() => await RunAsync("flips", seed: 3);

    [Fact]
    public async Task A_page_of_an_index_that_leads_past_rows_is_named_though_every_row_is_whole()
    {
        using var place = new Place().TakeStoreOf(fixture.Shop.Store);
        var path = place["store/ledger.db"];
        long page;
        int size;
        using (var database = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False"))
        {
            database.Open();
            using var ask = database.CreateCommand();
            ask.CommandText =
                "select rootpage, (select page_size from pragma_page_size) from sqlite_master where name = 'entry_of_contact'";
            using var row = ask.ExecuteReader();
            row.Read().ShouldBeTrue();
            (page, size) = (row.GetInt64(0), row.GetInt32(1));
        }
        using (var file = new FileStream(path, FileMode.Open))
        {
            var root = new byte[size];
            file.Seek((page - 1) * size, SeekOrigin.Begin);
            file.ReadExactly(root);
            file.Seek(((page - 1) * size) + InItsFirstKey(root), SeekOrigin.Begin);
            file.WriteByte((byte)(root[InItsFirstKey(root)] ^ 0x10));
        }
        var verified = await place.RunAsync("ledger", "verify", "--data", "store");
        verified.Status.ShouldBe(1, verified.Said);
        verified.Said.ShouldContain("the file is damaged");
    }

    /// <summary>
    /// A place in the contact of the first key of a page of an index (SQLite's file format, 1.6: where the keys of a page begin stands
    /// behind its header; what is between them is free, and nobody's).
    /// </summary>
    static int InItsFirstKey(byte[] page)
    {
        const int Interior = 2,
            Leaf = 10;
        var isInterior = page[0] == Interior;
        (isInterior || page[0] == Leaf).ShouldBeTrue();
        var first = BinaryPrimitives.ReadUInt16BigEndian(page.AsSpan(isInterior ? 12 : 8));
        // The page to its left, its length, and what its three columns are; then the sixteen bytes of the contact.
        return first + (isInterior ? 4 : 0) + 1 + 4 + 8;
    }

    async Task<Tally> RunAsync(string kind, int seed)
    {
        var tally = new Tally();
        await Kinds.All.Single(each => each.Name == kind).RunAsync(new Round(fixture.Shop, tally, new Random(seed)));
        tally.Broken.ShouldBeEmpty();
        return tally;
    }
}
