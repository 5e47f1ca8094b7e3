using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>PostgreSQL 12 and later.</summary>
public sealed class Postgres : Dialect
{
    /// <inheritdoc />
    public override string Name => "postgres";

    /// <inheritdoc />
    public override bool IsExecuted => true;

    /// <summary>A step that is not fenced is copied into each of its uses, and the statement grows beyond measure.</summary>
    public override string As => "AS MATERIALIZED";

    /// <inheritdoc />
    public override bool IsFenced => true;

    /// <inheritdoc />
    public override string AsUnfenced => "AS NOT MATERIALIZED";

    /// <summary>
    /// It has no figures about steps, and would join those of many rows one by one; and compiling thousands of short expressions takes
    /// longer than reading them.
    /// </summary>
    public override IEnumerable<string> Settings(int length) => ["SET enable_nestloop = off", "SET jit = off"];

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL '{months} months')");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL '{days} days')");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) => $"(string_to_array({whole}, ' ') @> string_to_array({part}, ' '))";

    /// <inheritdoc />
    public override string HasAny(string one, string other) => $"(string_to_array({one}, ' ') && string_to_array({other}, ' '))";
}
