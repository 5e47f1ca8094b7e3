using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>Spark SQL 3 and Databricks.</summary>
sealed class Spark : Dialect
{
    /// <inheritdoc />
    public override string Name => "spark";

    /// <inheritdoc />
    public override string Text => "STRING";

    /// <inheritdoc />
    public override string Number => "INT";

    /// <inheritdoc />
    public override string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"({day} - INTERVAL '{months}' MONTH)");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"date_sub({day}, {days})");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) => $"(size(array_except(split({part}, ' '), split({whole}, ' '))) = 0)";

    /// <inheritdoc />
    public override string HasAny(string one, string other) => $"arrays_overlap(split({one}, ' '), split({other}, ' '))";
}
