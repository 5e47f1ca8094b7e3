using System.Globalization;
using MaySend.Law.Facts;
using MaySend.Warehouse.Dialects;
using MaySend.Warehouse.Statements;
using MaySend.Warehouse.Tables;
using MaySend.Warehouse.Tests.Engines;
using MaySend.Warehouse.Tests.Runs;

namespace MaySend.Warehouse.Tests.Statements;

public sealed class StatementTests
{
    public static TheoryData<string> Dialects => [.. Dialect.All.Select(dialect => dialect.Name)];

    static VerdictStatement Of(SampleShop shop, string dialect, params IEnumerable<NameSet> countries) =>
        VerdictStatement.For(SampleShop.Decider, shop.Controller, shop.Campaign, shop.Campaign.Day, countries, Dialect.Find(dialect)!);

    [Theory]
    [MemberData(nameof(Dialects))]
    public void The_same_statement_comes_out_each_time_and_names_every_column_of_its_answer(string dialect)
    {
        var statement = Of(SampleShop.Business, dialect, NameSet.Of("gb"), NameSet.Of("ie"), NameSet.None);
        statement.Sql.ShouldBe(Of(SampleShop.Business, dialect, NameSet.Of("gb"), NameSet.Of("ie"), NameSet.None).Sql);
        var answer = statement.Sql[statement.Sql.LastIndexOf("\nSELECT", StringComparison.Ordinal)..];
        foreach (var name in new[] { "contact", "verdict", "send_key", "process_key", "reason", "send_reason", "process_reason" })
            answer.ShouldContain($" AS {name}");
        statement.Reasons.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Dialects))]
    public void No_days_are_worked_out_for_a_campaign_that_settles_them(string dialect)
    {
        var sql = Of(SampleShop.Business, dialect, NameSet.Of("gb")).Sql;
        foreach (var banned in new[] { "CURRENT_DATE", "NOW(", "INTERVAL", "TIMEZONE", "DATEADD", "LOWER(", "TRIM(" })
            sql.ToUpperInvariant().ShouldNotContain(banned);
    }

    [Fact]
    public void People_of_countries_that_the_statement_was_not_made_for_are_held_back_and_counted()
    {
        using var engine = new DuckDbEngine();
        foreach (var table in FactTables.All)
            engine.Run(TableSql.Create(table, engine.Dialect));
        var facts = new[] { "gb", "fr", "fr gb" }.Select(countries => new RecipientFacts(
            new FactSheet(Scope.Recipient).With(Recipient.Countries, NameCell.ReadSet(countries)),
            [],
            [],
            [],
            []
        ));
        engine.Run(TableSql.Insert(FactTables.People, facts.SelectMany((row, place) => TableRow.Of(place + 1, 0, row)), engine.Dialect));
        var statement = Of(SampleShop.Business, "duckdb", NameSet.Of("gb"));
        var answers = engine.Ask($"SELECT contact, verdict, reason FROM ({statement.Sql}) v ORDER BY contact");
        answers.Count.ShouldBe(3);
        answers.Select(answer => answer[1]).ShouldBe(["not-shown", "not-shown", "not-shown"]);
        answers
            .Select(answer => statement.Reasons[Convert.ToInt32(answer[2], CultureInfo.InvariantCulture) - 1])
            .Skip(1)
            .ShouldBe([VerdictStatement.OtherCountries, VerdictStatement.OtherCountries]);
    }

    [Fact]
    public void The_table_of_reasons_is_as_long_as_the_statement_says_and_runs()
    {
        using var engine = new DuckDbEngine();
        var statement = Of(SampleShop.Business, "duckdb", NameSet.Of("gb"), NameSet.Of("ie"));
        engine.Run(ReasonTable.Sql(statement, engine.Dialect));
        var rows = engine.Ask($"SELECT code, refused_says, not_shown_says FROM {ReasonTable.Name} ORDER BY reason");
        rows.Select(row => row[0]).ShouldBe(statement.Reasons);
        rows.Count(row => ((string)row[2]!).Length > 0).ShouldBeGreaterThan(20);
    }
}
