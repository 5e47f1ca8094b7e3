using MaySend.Law.Composition;
using MaySend.Law.Facts;

namespace MaySend.Bench.Decisions;

/// <summary>A table of DuckDB and how a recipient becomes rows of it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Columns">Its columns with their types.</param>
/// <param name="Rows">The rows of one recipient.</param>
sealed record Table(string Name, string Columns, Func<int, RecipientFacts, IEnumerable<object?[]>> Rows);

/// <summary>One thing to decide about many people, and the same thing said in SQL.</summary>
/// <param name="Title">What it is.</param>
/// <param name="Formula">The decision.</param>
/// <param name="Campaign">The campaign.</param>
/// <param name="Person">Makes one recipient out of chance.</param>
/// <param name="Tables">DuckDB's tables.</param>
/// <param name="Sql">Selects <c>send</c> and <c>process</c> for each person.</param>
sealed record Workload(
    string Title,
    DecisionFormula Formula,
    CampaignFacts Campaign,
    Func<Random, RecipientFacts> Person,
    IReadOnlyList<Table> Tables,
    string Sql
);
