using MaySend.Reading;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Runs;
using MaySend.Warehouse.Tests.Engines;

namespace MaySend.Warehouse.Tests.Runs;

/// <summary>
/// A whole screening by ClickHouse's HTTP interface, on the engine of npm's <c>chdb</c>; skipped where <c>CHDB_HOME</c> names no folder
/// with it. What the interface itself may answer is held in every build (<see cref="ClickHouseAnswersTests"/>).
/// </summary>
public sealed class ClickHouseScreeningTests : IDisposable
{
    static readonly string[] Lists = ["permitted.csv", "refused.csv", "not-shown.csv"];

    readonly string folder = Directory.CreateTempSubdirectory("maysend-warehouse-").FullName;

    string File(string name) => Path.Combine(folder, name);

    [Fact]
    public void ClickHouse_writes_the_lists_of_two_countries_byte_for_byte_as_from_files_and_no_lists_of_tables_that_are_wrong()
    {
        using var engine = Open();
        var shop = SampleShop.Business;
        shop.Export(new ClickHouseTarget(engine.Connect()));
        Screen(shop, engine);
        shop.ScreenFiles(File("files"));
        foreach (var list in Lists)
            System.IO.File.ReadAllText(File($"out/{list}")).ShouldBe(System.IO.File.ReadAllText(File($"files/{list}")), list);
        Should.Throw<BadInputException>(() => shop.Export(new ClickHouseTarget(engine.Connect()))).Message.ShouldContain("already");
        Directory.Delete(File("out"), recursive: true);

        foreach (
            var (change, back, says) in new[]
            {
                (
                    "ALTER TABLE refusals RENAME COLUMN refusal_lifted TO lifted",
                    "ALTER TABLE refusals RENAME COLUMN lifted TO refusal_lifted",
                    "there is no column `refusal_lifted`"
                ),
                ("RENAME TABLE refusals TO elsewhere", "RENAME TABLE elsewhere TO refusals", "refusals"),
                (
                    "INSERT INTO refusals SELECT * REPLACE (part + 1 AS part, record_order + 7 AS record_order) FROM refusals LIMIT 1",
                    "ALTER TABLE refusals DELETE WHERE record_order > 7 SETTINGS mutations_sync = 1",
                    "maysend_manifest says"
                ),
                ("ALTER TABLE people DELETE WHERE contact = 1 SETTINGS mutations_sync = 1", "SELECT 1", "maysend_manifest says"),
            }
        )
        {
            engine.Run(change);
            var bad = Should.Throw<BadInputException>(() => Screen(shop, engine), change);
            string.Join('\n', bad.Problems).ShouldContain(says);
            Directory.Exists(File("out")).ShouldBeFalse(change);
            engine.Run(back);
        }
    }

    [Fact]
    public void What_is_recorded_while_it_is_decided_changes_nothing_of_the_run()
    {
        using var engine = Open();
        var shop = SampleShop.Business;
        shop.Export(new ClickHouseTarget(engine.Connect()));
        using (var warehouse = new Overtaken(new ClickHouseWarehouse(engine.Connect()), () => engine.Run("TRUNCATE TABLE refusals")))
            Screening(warehouse).Run(shop.Controller, shop.State, shop.Campaign, shop.Campaign.Day, File("out"));
        shop.ScreenFiles(File("files"));
        foreach (var list in Lists)
            System.IO.File.ReadAllText(File($"out/{list}")).ShouldBe(System.IO.File.ReadAllText(File($"files/{list}")), list);
    }

    static ClickHouseOverHttp Open()
    {
        if (ClickHouseEngine.Home is not { } home)
        {
            Assert.Skip("CHDB_HOME names no folder with the npm package chdb");
            throw new InvalidOperationException();
        }
        return new ClickHouseOverHttp(home);
    }

    static WarehouseScreening Screening(IWarehouse warehouse) => new(warehouse, SampleShop.Decider, SampleShop.Cases);

    void Screen(SampleShop shop, ClickHouseOverHttp engine)
    {
        using var warehouse = new ClickHouseWarehouse(engine.Connect());
        Screening(warehouse).Run(shop.Controller, shop.State, shop.Campaign, shop.Campaign.Day, File("out"));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>Something happens to the tables as soon as they are held still.</summary>
    sealed class Overtaken(IWarehouse own, Action happens) : IWarehouse
    {
        public string Name => own.Name;

        public Dialect Dialect => own.Dialect;

        public string Hold(string prefix)
        {
            var held = own.Hold(prefix);
            happens();
            return held;
        }

        public void Run(string sql) => own.Run(sql);

        public IReadOnlyList<string> ColumnsOf(string sql) => own.ColumnsOf(sql);

        public IEnumerable<object?[]> Ask(string sql) => own.Ask(sql);

        public void Dispose() => own.Dispose();
    }
}
