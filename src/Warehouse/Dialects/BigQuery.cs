using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>BigQuery's standard SQL.</summary>
sealed class BigQuery : Dialect
{
    /// <inheritdoc />
    public override string Name => "bigquery";

    /// <inheritdoc />
    public override string Text => "STRING";

    /// <inheritdoc />
    public override string Number => "INT64";

    /// <inheritdoc />
    public override string LongNumber => "INT64";

    /// <inheritdoc />
    public override string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    /// <inheritdoc />
    public override string Position(string part, string whole) => $"STRPOS({whole}, {part})";

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"DATE_SUB({day}, INTERVAL {months} MONTH)");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"DATE_SUB({day}, INTERVAL {days} DAY)");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) =>
        $"NOT EXISTS (SELECT 1 FROM UNNEST(SPLIT({part}, ' ')) AS name WHERE name NOT IN UNNEST(SPLIT({whole}, ' ')))";

    /// <inheritdoc />
    public override string HasAny(string one, string other) =>
        $"EXISTS (SELECT 1 FROM UNNEST(SPLIT({one}, ' ')) AS name WHERE name IN UNNEST(SPLIT({other}, ' ')))";
}
