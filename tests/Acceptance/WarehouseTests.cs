namespace MaySend.Acceptance;

/// <summary>The law where the contacts live, by the program as people run it.</summary>
public sealed class WarehouseTests
{
    static readonly string Shop = Path.Combine(Maysend.Root, "samples", "stories", "b2b-uk-ie");

    [Fact]
    public async Task From_an_empty_warehouse_to_the_same_lists_as_from_files()
    {
        using var folder = new Folder();
        var (tables, there, here) = (
            $"duckdb:{folder.FullName}/shop.duckdb",
            Path.Combine(folder.FullName, "there"),
            Path.Combine(folder.FullName, "here")
        );
        (await Maysend.RunAsync("warehouse", "export", "--in", Shop, "--campaign", "friday", "--to", tables)).Status.ShouldBe(0);
        var check = await Maysend.RunAsync("warehouse", "check", "--on", tables);
        (check.Status, check.Said.Contains("no problems found", StringComparison.Ordinal)).ShouldBe((0, true), check.Said);
        (await Maysend.RunAsync("screen", "--on", tables, "--in", Shop, "--campaign", "friday", "--out", there)).Status.ShouldBe(0);
        (await Maysend.RunAsync("screen", "--in", Shop, "--campaign", "friday", "--out", here)).Status.ShouldBe(0);
        foreach (var list in new[] { "permitted.csv", "refused.csv", "not-shown.csv" })
            File.ReadAllBytes(Path.Combine(there, list)).ShouldBe(File.ReadAllBytes(Path.Combine(here, list)), list);
        File.Exists(Path.Combine(there, "report.html")).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_day_than_the_tables_are_for_ends_with_65_and_no_lists()
    {
        using var folder = new Folder();
        var tables = $"duckdb:{folder.FullName}/shop.duckdb";
        await Maysend.RunAsync("warehouse", "export", "--in", Shop, "--campaign", "friday", "--to", tables);
        var other = folder.Write(
            "other.yaml",
            (await File.ReadAllTextAsync(Path.Combine(Shop, "campaigns", "friday.yaml"))).Replace(
                "topics: [",
                "topics: [else, ",
                StringComparison.Ordinal
            )
        );
        var screen = await Maysend.RunAsync("screen", "--on", tables, "--in", Shop, "--campaign", other, "--out", folder.FullName + "/out");
        screen.Status.ShouldBe(65);
        screen.Said.ShouldContain("fill the tables again");
        Directory.Exists(folder.FullName + "/out").ShouldBeFalse();
    }

    [Fact]
    public async Task An_opt_out_that_came_after_the_export_ends_the_run_whether_it_is_in_a_file_or_a_store()
    {
        using var shell = await Stores.Shell.WithShopAsync();
        (await shell.RunAsync("warehouse export --in shop --campaign spring --to duckdb:files.duckdb")).Status.ShouldBe(0);
        var refusals = shell["shop/refusals.csv"];
        File.AppendAllText(refusals, "anna@example.com,late,2026-03-01,lantern-ltd,email,all,refusal,link,person\n");
        var late = await shell.RunAsync("screen --on duckdb:files.duckdb --in shop --campaign spring --out out");
        (late.Status, late.Said.Contains("fill the tables again", StringComparison.Ordinal)).ShouldBe((65, true), late.Said);

        (await shell.RunAsync("warehouse export --data store --campaign spring --to duckdb:store.duckdb")).Status.ShouldBe(0);
        (await shell.RunAsync("screen --on duckdb:store.duckdb --data store --campaign spring --out before")).Status.ShouldBe(0);
        (await shell.RunAsync("audit --data store")).Said.ShouldContain("screening of spring where the tables are");
        (await shell.RunAsync("record objection anna@example.com --data store --how phone --when 2026-03-01")).Status.ShouldBe(0);
        late = await shell.RunAsync("screen --on duckdb:store.duckdb --data store --campaign spring --out out");
        (late.Status, late.Said.Contains("fill the tables again", StringComparison.Ordinal)).ShouldBe((65, true), late.Said);
        Directory.Exists(shell["out"]).ShouldBeFalse();
    }

    [Fact]
    public async Task What_the_tables_already_hold_is_not_asked_for_again_and_then_passed_over_in_silence()
    {
        var ended = await Maysend.RunAsync(
            "screen",
            "--on",
            "duckdb:x",
            "--in",
            Shop,
            "--campaign",
            "friday",
            "--delta",
            "monday.csv",
            "--out",
            "y"
        );
        (ended.Status, ended.Said.Contains("leave out --delta", StringComparison.Ordinal)).ShouldBe((65, true), ended.Said);
    }

    [Fact]
    public async Task A_database_that_is_none_or_not_there_is_named_and_a_file_that_is_none_stays_as_it_is()
    {
        using var folder = new Folder();
        var text = folder.Write("notes.txt", "text");
        var none = await Maysend.RunAsync("warehouse", "export", "--in", Shop, "--campaign", "friday", "--to", $"duckdb:{text}");
        none.Status.ShouldBe(65, none.Said);
        none.Said.ShouldContain("not a valid DuckDB database file");
        File.ReadAllText(text).ShouldBe("text");
        var away = await Maysend.RunAsync(
            "warehouse",
            "export",
            "--in",
            Shop,
            "--campaign",
            "friday",
            "--to",
            "postgres://u@127.0.0.1:1/x"
        );
        away.Status.ShouldBe(75, away.Said);
    }

    [Fact]
    public async Task Parquet_has_a_folder_for_each_table_and_is_never_written_over()
    {
        using var folder = new Folder();
        var facts = Path.Combine(folder.FullName, "facts");
        string[] export = ["warehouse", "export", "--in", Shop, "--campaign", "friday", "--out", facts, "--parts", "2"];
        (await Maysend.RunAsync(export)).Status.ShouldBe(0);
        Directory
            .GetDirectories(facts)
            .Select(Path.GetFileName)
            .Order(StringComparer.Ordinal)
            .ShouldBe(["checks", "collections", "consents", "maysend_manifest", "people", "refusals"]);
        (await Maysend.RunAsync(export)).Status.ShouldBe(65);
    }

    [Theory]
    [InlineData("duckdb")]
    [InlineData("bigquery")]
    public async Task The_statement_and_its_reasons_name_each_other(string dialect)
    {
        string[] sql = ["sql", "--in", Shop, "--campaign", "friday", "--dialect", dialect, "--countries", "gb", "--countries", "gb ie"];
        var statement = await Maysend.RunAsync(sql);
        statement.Status.ShouldBe(0);
        statement.Output.ShouldContain("'gb ie'");
        var reasons = await Maysend.RunAsync([.. sql, "--reasons"]);
        reasons.Output.ShouldStartWith("-- reasons of statement ");
        reasons.Output.ShouldContain("statement/other-countries");
    }

    [Theory]
    [InlineData("--dialect", "oracle", "is not a dialect")]
    [InlineData("--countries", "xx", "is not a country code")]
    [InlineData("--tables", "x; DROP TABLE people; --", "is not a valid prefix")]
    public async Task What_is_no_dialect_country_or_prefix_is_told_with_its_place(string option, string value, string says)
    {
        string[] usual = option == "--dialect" ? [] : ["--dialect", "duckdb"];
        var ended = await Maysend.RunAsync(["sql", "--in", Shop, "--campaign", "friday", .. usual, option, value]);
        ended.Status.ShouldBe(65);
        ended.Said.ShouldContain(says);
        ended.Output.ShouldBeEmpty();
    }

    [Fact]
    public async Task The_schema_says_of_every_column_what_a_blank_says()
    {
        var schema = (await Maysend.RunAsync("warehouse", "schema", "--dialect", "snowflake", "--tables", "crm.")).Output;
        schema.ShouldContain("CREATE TABLE crm.refusals (");
        schema.ShouldContain("a row that is missing here is a message that must not be sent");
        schema.ShouldContain("  consent_told_until DATE");
        schema.ShouldContain("Blank: never");
        schema.ShouldContain("Blank: not shown either way");
    }
}
