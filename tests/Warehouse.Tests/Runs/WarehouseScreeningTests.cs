using DuckDB.NET.Data;
using MaySend.Ledger.Contract.Stores;
using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Runs;
using Npgsql;

namespace MaySend.Warehouse.Tests.Runs;

/// <summary>A screening where the tables are: the same lists as from files, or an error and none.</summary>
public sealed class WarehouseScreeningTests(PostgresCluster cluster) : IDisposable
{
    static readonly string[] Lists = ["permitted.csv", "refused.csv", "not-shown.csv"];

    readonly string folder = Directory.CreateTempSubdirectory("maysend-warehouse-").FullName;

    string File(string name) => Path.Combine(folder, name);

    string Exported(SampleShop shop)
    {
        var path = File("tables.duckdb");
        shop.Export(new DuckDbTarget(path));
        return path;
    }

    static void Alter(string path, string sql)
    {
        using var connection = new DuckDBConnection($"DataSource={path}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    void Screen(SampleShop shop, IWarehouse warehouse, string prefix = "")
    {
        using (warehouse)
            new WarehouseScreening(warehouse, SampleShop.Decider, SampleShop.Cases, prefix).Run(
                shop.Controller,
                shop.State,
                shop.Campaign,
                shop.Campaign.Day,
                File("out")
            );
    }

    /// <summary>What is wrong, once it is sure that nothing was written.</summary>
    string Refused(SampleShop shop, IWarehouse warehouse)
    {
        var bad = Should.Throw<BadInputException>(() => Screen(shop, warehouse));
        (Directory.Exists(File("out")) ? Directory.GetFiles(File("out")) : []).ShouldBeEmpty();
        return string.Join('\n', bad.Problems);
    }

    void ShouldEqualFiles(SampleShop shop)
    {
        shop.ScreenFiles(File("files"));
        foreach (var list in Lists)
            System.IO.File.ReadAllText(File($"out/{list}")).ShouldBe(System.IO.File.ReadAllText(File($"files/{list}")), list);
    }

    [Fact]
    public void DuckDB_writes_the_lists_of_32_countries_byte_for_byte_as_from_files()
    {
        Screen(SampleShop.Europe, new DuckDbWarehouse(Exported(SampleShop.Europe)));
        ShouldEqualFiles(SampleShop.Europe);
    }

    [Fact]
    public void PostgreSQL_writes_the_lists_of_32_countries_byte_for_byte_as_from_files()
    {
        var schema = cluster.NewSchema();
        using (var connection = new NpgsqlConnection(cluster.ConnectionString))
        {
            connection.Open();
            using var command = new NpgsqlCommand($"CREATE SCHEMA {schema}", connection);
            command.ExecuteNonQuery();
        }
        SampleShop.Europe.Export(new PostgresTarget(cluster.ConnectionString, $"{schema}."));
        Screen(SampleShop.Europe, new PostgresWarehouse(cluster.ConnectionString), $"{schema}.");
        ShouldEqualFiles(SampleShop.Europe);
    }

    [Fact]
    public void Parquet_loaded_by_somebody_else_gives_the_same_lists()
    {
        SampleShop.Business.Export(new ParquetTarget(File("parquet")));
        var path = File("loaded.duckdb");
        foreach (var table in new[] { "people", "collections", "consents", "refusals", "checks", "maysend_manifest" })
            Alter(
                path,
                $"CREATE TABLE {table} AS SELECT * FROM read_parquet('{File("parquet")}/{table}/**/*.parquet', hive_partitioning = false)"
            );
        Screen(SampleShop.Business, new DuckDbWarehouse(path));
        ShouldEqualFiles(SampleShop.Business);
    }

    [Theory]
    [InlineData("ALTER TABLE refusals RENAME COLUMN refusal_lifted TO lifted", "there is no column `refusal_lifted`")]
    [InlineData("DROP TABLE refusals", "refusals")]
    [InlineData("DELETE FROM refusals WHERE part = (SELECT MIN(part) FROM refusals)", "maysend_manifest says")]
    [InlineData("DELETE FROM people WHERE part = (SELECT MIN(part) FROM people)", "maysend_manifest says")]
    [InlineData("DELETE FROM maysend_manifest WHERE name LIKE 'rows:refusals:%'", "does not say how many rows `refusals` has")]
    [InlineData("UPDATE maysend_manifest SET value = '2020-01-01' WHERE name = 'day'", "2020-01-01")]
    [InlineData("UPDATE maysend_manifest SET value = 'else' WHERE name = 'controller'", "what the sender has on record")]
    [InlineData("UPDATE refusals SET refusal_lifted = 'No'", "`refusal_lifted` has")]
    [InlineData("UPDATE refusals SET refusal_senders = 'b a'", "not written as they must be")]
    [InlineData("UPDATE refusals SET part = part + 1", "maysend_manifest says")]
    [InlineData("UPDATE people SET contact = 1", "several rows have the same")]
    [InlineData("UPDATE people SET contact = -contact", "the canary needs")]
    [InlineData("UPDATE refusals SET refusal_senders = 'Lantern-Ltd'", "not on record: Lantern-Ltd")]
    [InlineData("UPDATE refusals SET refusal_topics = 'ofers'", "not on record: ofers")]
    [InlineData("UPDATE people SET person_address = 'A@example.com ' WHERE contact IN (1, 2)", "address stands under several contact")]
    [InlineData("UPDATE people SET recipient_countries = 'zz'", "which is not a country code")]
    [InlineData("UPDATE collections SET record_order = 0", "below 1")]
    [InlineData("UPDATE collections SET collection_day = DATE '2031-01-01'", "`collection_day` has")]
    public void What_is_missing_renamed_or_cut_off_ends_the_run_and_nothing_is_written(string change, string says)
    {
        var path = Exported(SampleShop.Business);
        Alter(path, change);
        Refused(SampleShop.Business, new DuckDbWarehouse(path)).ShouldContain(says);
    }

    /// <summary>Engines that take one thing for another, as some have done: a blank for a zero, a comparison without regard to case, a day
    /// for its neighbour, a row less.</summary>
    [Theory]
    [InlineData("refusal_lifted IN ('no') THEN 1", "refusal_lifted IN ('no') THEN 2")]
    [InlineData("LEFT JOIN s", "INNER JOIN s")]
    [InlineData("INNER JOIN refusals_limbs", "LEFT JOIN refusals_limbs")]
    [InlineData("COUNT(*)", "0")]
    [InlineData("> 0", ">= 0")]
    public void An_engine_that_means_something_else_is_found_out_by_the_canary(string meant, string means)
    {
        using var other = new OtherMeaning(new DuckDbWarehouse(Exported(SampleShop.Business)), meant, means);
        Refused(SampleShop.Business, other).ShouldContain("canary");
        other.WasChanged.ShouldBeTrue();
    }

    [Fact]
    public void Tables_without_a_register_of_opt_outs_permit_nobody_whatever_was_signed()
    {
        var path = Exported(SampleShop.Business);
        Alter(path, "UPDATE maysend_manifest SET value = 'no' WHERE name = 'refusals-attached'");
        Screen(SampleShop.Business, new DuckDbWarehouse(path));
        System.IO.File.ReadAllLines(File("out/permitted.csv")).Length.ShouldBe(1);
    }

    [Theory]
    [InlineData("'a@example.com' || chr(10) || 'b@example.com'")]
    [InlineData("'a@example.com,gb,and,more,than,the,header,has,and,so,on,and,on,and,on'")]
    public void A_row_written_through_is_one_row_or_the_run_ends(string row)
    {
        var path = Exported(SampleShop.Business);
        Alter(path, "UPDATE maysend_manifest SET value = '' WHERE name = 'controller'");
        Alter(path, $"UPDATE people SET person_row = {row} WHERE contact = (SELECT MIN(contact) FROM people)");
        Refused(SampleShop.Business, new DuckDbWarehouse(path)).ShouldContain("is not one row with the columns of the header");
    }

    [Fact]
    public void An_export_replaces_nothing_that_is_there()
    {
        var path = Exported(SampleShop.Business);
        Should.Throw<BadInputException>(() => SampleShop.Business.Export(new DuckDbTarget(path)));
        SampleShop.Business.Export(new ParquetTarget(File("parquet")));
        Should.Throw<BadInputException>(() => SampleShop.Business.Export(new ParquetTarget(File("parquet"))));
    }

    [Fact]
    public void An_export_that_breaks_off_leaves_what_was_there_and_nothing_else()
    {
        var path = Exported(SampleShop.Business);
        var before = Directory.GetFileSystemEntries(folder);
        new DuckDbTarget(File("new.duckdb")).Dispose();
        new DuckDbTarget(path, "again_").Dispose();
        new ParquetTarget(File("parquet")).Dispose();
        Directory.GetFileSystemEntries(folder).ShouldBe(before);
        new DuckDbTarget(path, "again_").Dispose();
    }

    [Fact]
    public void The_canary_comes_out_in_every_verdict()
    {
        var shop = SampleShop.Europe;
        var facts = MaySend.Evidence.Fold.CampaignFactFinder.Find(shop.Controller, shop.Campaign);
        var canary = Canary.For(
            SampleShop.Decider,
            facts,
            shop.Campaign.Day,
            shop.Controller.PolicyOn(shop.Campaign.Day),
            [MaySend.Law.Facts.NameSet.Of("gb"), MaySend.Law.Facts.NameSet.Of("de")],
            SampleShop.Cases
        );
        canary.Rows.Length.ShouldBeGreaterThan(30);
        foreach (var truth in Enum.GetValues<MaySend.Law.Truth>())
            canary.Rows.ShouldContain(row => MaySend.Law.TruthTables.And(row.Send.Truth, row.Process.Truth) == truth, truth.ToString());
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>A warehouse whose engine reads one thing in the statement as another.</summary>
    sealed class OtherMeaning(IWarehouse own, string meant, string means) : IWarehouse
    {
        public bool WasChanged { get; private set; }

        public string Name => own.Name;

        public Dialect Dialect => own.Dialect;

        public string Hold(string prefix) => own.Hold(prefix);

        public void Run(string sql)
        {
            var isStatement = sql.Contains("keys_of_all", StringComparison.Ordinal);
            WasChanged |= isStatement && sql.Contains(meant, StringComparison.Ordinal);
            own.Run(isStatement ? sql.Replace(meant, means, StringComparison.Ordinal) : sql);
        }

        public IReadOnlyList<string> ColumnsOf(string sql) => own.ColumnsOf(sql);

        public IEnumerable<object?[]> Ask(string sql) => own.Ask(sql);

        public void Dispose() => own.Dispose();
    }
}
