using System.Diagnostics;
using System.Text.Json;
using MaySend.Law.Facts;
using MaySend.Node;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Exports;
using MaySend.Warehouse.Schemas;
using MaySend.Warehouse.Statements;
using MaySend.Warehouse.Tests.Engines;
using MaySend.Warehouse.Tests.Runs;

namespace MaySend.Warehouse.Tests.Statements;

/// <summary>
/// What is emitted for engines that no test can run: parsed again by somebody else's parser, written in DuckDB's dialect by it, and run
/// there. The parser is npm's <c>@polyglot-sql/sdk</c>, as <c>tests/node</c> installs it.
/// </summary>
public sealed class EmittedDialectsTests : IDisposable
{
    static readonly string[] Columns = ["verdict", "send_key", "process_key", "reason", "send_reason", "process_reason"];

    // What DuckDB says to its own dialect is the same for every other.
    static IReadOnlyList<string>? own;

    readonly string folder = Directory.CreateTempSubdirectory("maysend-emitted-").FullName;

    public static TheoryData<string> Emitted => [.. Dialect.All.Where(dialect => !dialect.IsExecuted).Select(dialect => dialect.Name)];

    [Theory]
    [MemberData(nameof(Emitted))]
    public async Task What_is_emitted_is_parsed_again_and_answers_alike_where_it_can_be_run(string name)
    {
        var home = Path.GetDirectoryName(await NodePackages.FolderAsync(SampleShop.Root))!;
        var shop = SampleShop.Europe;
        shop.Export(new DuckDbTarget(Path.Combine(folder, "tables.duckdb")));
        using var engine = new DuckDbEngine(Path.Combine(folder, "tables.duckdb"));
        own ??= Ask(engine, Of(shop, "duckdb").Sql);
        Ask(engine, Read(home, name, Of(shop, name).Sql)).ShouldBe(own);
        Read(home, name, SchemaText.Write(Dialect.Find(name)!)).ShouldNotBeEmpty();
    }

    static VerdictStatement Of(SampleShop shop, string dialect) =>
        VerdictStatement.For(
            SampleShop.Decider,
            shop.Controller,
            shop.Campaign,
            shop.Campaign.Day,
            [NameSet.None, NameSet.Of("gb"), NameSet.Of("ie"), NameSet.Of("bg"), NameSet.Of("no")],
            Dialect.Find(dialect)!
        );

    static IReadOnlyList<string> Ask(DuckDbEngine engine, string sql) =>
        [
            .. engine
                .Ask($"SELECT contact, {string.Join(", ", Columns)} FROM ({sql}) v ORDER BY contact")
                .Select(row => string.Join('|', row)),
        ];

    static string Read(string home, string dialect, string sql)
    {
        using var process = Process.Start(
            new ProcessStartInfo("node", [Path.Combine(AppContext.BaseDirectory, "Engines", "polyglot.mjs"), home, dialect])
            {
                RedirectStandardInput = true,
                RedirectStandardOutput = true,
            }
        )!;
        process.StandardInput.Write(sql);
        process.StandardInput.Close();
        using var answer = JsonDocument.Parse(process.StandardOutput.ReadToEnd());
        answer.RootElement.GetProperty("parsed").GetBoolean().ShouldBeTrue(answer.RootElement.GetProperty("error").ToString());
        return answer.RootElement.GetProperty("sql")[0].GetString()!;
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
