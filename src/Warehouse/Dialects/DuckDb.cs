using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>DuckDB 1.x.</summary>
sealed class DuckDb : Dialect
{
    /// <inheritdoc />
    public override string Name => "duckdb";

    /// <inheritdoc />
    public override bool IsExecuted => true;

    /// <summary>Planning the whole step anew for every use would take longer than working it out.</summary>
    public override string AsUnfenced => "AS MATERIALIZED";

    /// <summary>Each step counts as a depth of its own.</summary>
    public override IEnumerable<string> Settings(int length) => ["SET max_expression_depth = 100000"];

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL {months} MONTH)");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL {days} DAY)");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) => $"list_has_all(string_split({whole}, ' '), string_split({part}, ' '))";

    /// <inheritdoc />
    public override string HasAny(string one, string other) => $"list_has_any(string_split({one}, ' '), string_split({other}, ' '))";
}
