using System.Globalization;
using CsCheck;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Law.Facts;
using MaySend.Law.Formulas;
using MaySend.Law.Provisions;
using MaySend.Law.Tests.Samples;
using MaySend.Ledger.Contract.Stores;
using MaySend.Screening.Columns;
using MaySend.Warehouse.Statements;
using MaySend.Warehouse.Tables;
using MaySend.Warehouse.Tests.Engines;

namespace MaySend.Warehouse.Tests.Statements;

/// <summary>
/// The statement, run by the engines themselves over random tables, gives the truth and the reason that explaining each person alone gives,
/// and that the columns give. CsCheck prints the seed.
/// </summary>
public sealed class EveryEngineAgreesTests(PostgresCluster cluster)
{
    static readonly Gen<int> Seeds = Gen.Int[0, int.MaxValue];

    public static TheoryData<string> Engines => ["duckdb", "postgres", "clickhouse"];

    IEngine Open(string name)
    {
        if (name == "clickhouse" && ClickHouseEngine.Home is null)
            Assert.Skip("CHDB_HOME names no folder with the npm package chdb");
        return name switch
        {
            "duckdb" => new DuckDbEngine(),
            "postgres" => new PostgresEngine(cluster),
            _ => new ClickHouseEngine(ClickHouseEngine.Home!),
        };
    }

    static int Times(string engine) =>
        engine switch
        {
            "duckdb" => 40,
            "postgres" => 30,
            _ => 12,
        };

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_engine_agrees_on_the_truth_of_random_formulas(string name)
    {
        using var engine = Open(name);
        using var tables = new TestTables(engine);
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var formulas = new RandomFormulas(facts, inLimbs: false);
                var decision = Decision(Duty(Key.Send, formulas.Formula(4, [])), Duty(Key.Process, formulas.Formula(3, [])));
                var campaign = facts.Draft().Campaign;
                // Folding may settle a bare formula, and with it the place where its reason is found: here only truths are compared.
                tables.Agree(_ => decision, campaign, [.. Enumerable.Range(0, 8).Select(_ => facts.Draft().Recipient)], withReasons: false);
            },
            iter: Times(name),
            threads: 1
        );
    }

    [Theory]
    [MemberData(nameof(Engines))]
    public void Every_engine_agrees_on_the_reasons_of_random_rules(string name)
    {
        using var engine = Open(name);
        using var tables = new TestTables(engine);
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var formulas = new RandomFormulas(facts, inLimbs: true);
                var decision = Decision(formulas.Key(Key.Send), formulas.Key(Key.Process));
                var campaign = facts.Draft().Campaign;
                tables.Agree(decision, campaign, [.. Enumerable.Range(0, 8).Select(_ => facts.Draft().Recipient)]);
            },
            iter: Times(name),
            threads: 1
        );
    }

    /// <summary>Law by law, as screening has it, several at once, and whole, as <c>maysend sql</c> writes it.</summary>
    [Theory]
    [InlineData("duckdb", int.MaxValue)]
    [InlineData("duckdb", 1)]
    [InlineData("postgres", int.MaxValue)]
    [InlineData("postgres", 3)]
    [InlineData("postgres", 1)]
    [InlineData("clickhouse", 1)]
    public void Every_engine_agrees_on_the_real_law(string name, int lawsAtOnce)
    {
        using var engine = Open(name);
        using var tables = new TestTables(engine);
        Seeds.Sample(
            seed =>
            {
                var facts = new RandomFacts(seed);
                var campaign = facts.Changed(facts.Pick(RealLaw.Drafts), [Scope.Message, Scope.Sender, Scope.Assessment], most: 2).Campaign;
                var policy = RealLaw.Policy(facts);
                var rows = Enumerable
                    .Range(0, 24)
                    .Select(_ => facts.Changed(facts.Pick(RealLaw.Drafts), RandomFacts.OfRecipients).Recipient)
                    .ToList();
                tables.Agree(row => RealLaw.Decision(campaign, row.Recipient, policy), campaign, rows, lawsAtOnce: lawsAtOnce);
            },
            iter: 1,
            threads: 1
        );
    }

    static KeyFormula Duty(Key key, Formula formula) =>
        new(key, [new Element(ElementKind.Duty, "zz/rule", "zz", null, Constant.Satisfied, [], formula, formula)]);

    static DecisionFormula Decision(KeyFormula send, KeyFormula process) =>
        new(send, process, [], new Reach([], [], [], []), new DateOnly(2026, 3, 10), new DateOnly(2026, 3, 10), HousePolicy.None, default);
}

/// <summary>Fills an engine's tables, runs the statement, and holds what comes out against the other readers.</summary>
sealed class TestTables : IDisposable
{
    readonly IEngine engine;

    public TestTables(IEngine engine)
    {
        this.engine = engine;
        foreach (var table in FactTables.All)
            engine.Run(TableSql.Create(table, engine.Dialect, engine.Prefix));
    }

    public void Agree(DecisionFormula decision, CampaignFacts campaign, IReadOnlyList<RecipientFacts> rows) =>
        Agree(_ => decision, campaign, rows);

    public void Agree(
        Func<RecipientFacts, DecisionFormula> lawOf,
        CampaignFacts campaign,
        IReadOnlyList<RecipientFacts> rows,
        bool withReasons = true,
        int lawsAtOnce = int.MaxValue
    )
    {
        Fill(rows);
        var laws = rows.GroupBy(row => lawOf(row).Reach)
            .Select(group => ((IReadOnlyList<string>)[.. group.Select(CountriesOf).Distinct()], lawOf(group.First())))
            .ToList();
        var statement = VerdictStatement.For(laws, campaign, engine.Dialect, engine.Prefix, "a test", lawsAtOnce);
        var answers = statement.Parts.SelectMany(engine.Ask).ToDictionary(answer => Number(answer[0]));
        answers.Count.ShouldBe(rows.Count);
        for (var row = 0; row < rows.Count; row++)
        {
            var evaluator = new Evaluator(campaign, rows[row]);
            var law = lawOf(rows[row]);
            var (send, process) = (KeyReason.Of(law.Send, evaluator), KeyReason.Of(law.Process, evaluator));
            var answer = answers[row + 1];
            var whole = send.Truth.And(process.Truth);
            ((Truth)Number(answer[2]), (Truth)Number(answer[3])).ShouldBe((send.Truth, process.Truth), $"row {row}\n{statement.Sql}");
            answer[1]
                .ShouldBe(
                    whole == Truth.Satisfied ? "permitted"
                    : whole == Truth.NotSatisfied ? "refused"
                    : "not-shown"
                );
            if (!withReasons)
                continue;
            (
                (Truth)Number(answer[2]),
                (Truth)Number(answer[3]),
                statement.Reasons[(int)Number(answer[5]) - 1],
                statement.Reasons[(int)Number(answer[6]) - 1]
            ).ShouldBe((send.Truth, process.Truth, send.Code, process.Code), $"row {row} by {engine.Dialect.Name}\n{statement.Sql}");
            statement.Reasons[(int)Number(answer[4]) - 1].ShouldBe(send.Truth == whole ? send.Code : process.Code);
            Columns(law, campaign, rows[row]).ShouldBe((send.Truth, process.Truth, send.Code, process.Code));
        }
    }

    void Fill(IReadOnlyList<RecipientFacts> rows)
    {
        var all = rows.SelectMany((row, place) => TableRow.Of(place + 1, 0, row)).ToLookup(row => row.Table);
        foreach (var table in FactTables.All)
        {
            engine.Run(engine.Dialect.Name == "duckdb" ? $"DELETE FROM {table.Name}" : $"TRUNCATE TABLE {engine.Prefix}{table.Name}");
            if (all[table].Any())
                engine.Run(TableSql.Insert(table, all[table], engine.Dialect, engine.Prefix));
        }
    }

    static string CountriesOf(RecipientFacts row) => row.Recipient[Recipient.Countries].Set is { } set ? NameCell.Of(set) : "";

    static (Truth, Truth, string, string) Columns(DecisionFormula law, CampaignFacts campaign, RecipientFacts row)
    {
        var plan = ColumnPlan.For(law, campaign);
        var (block, verdicts) = (plan.NewBlock(1), new ColumnVerdicts());
        block.Add(row);
        plan.TakeEvaluator().Evaluate(block, verdicts);
        return (verdicts.Send(0), verdicts.Process(0), plan.Reasons[verdicts.SendReason(0)], plan.Reasons[verdicts.ProcessReason(0)]);
    }

    static long Number(object? cell) => Convert.ToInt64(cell, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        foreach (var table in FactTables.All)
            engine.Run($"DROP TABLE {engine.Prefix}{table.Name}");
    }
}
