using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>Snowflake.</summary>
sealed class Snowflake : Dialect
{
    /// <inheritdoc />
    public override string Name => "snowflake";

    /// <inheritdoc />
    public override string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL '{months} months')");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL '{days} days')");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) => $"(ARRAY_SIZE(ARRAY_EXCEPT(SPLIT({part}, ' '), SPLIT({whole}, ' '))) = 0)";

    /// <inheritdoc />
    public override string HasAny(string one, string other) => $"ARRAYS_OVERLAP(SPLIT({one}, ' '), SPLIT({other}, ' '))";
}
