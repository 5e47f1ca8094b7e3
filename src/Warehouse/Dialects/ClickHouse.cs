using System.Globalization;

namespace MaySend.Warehouse.Dialects;

/// <summary>
/// ClickHouse 24 and later. Its outer joins give zero, and not blank, for what is not there; the statement reads both alike, because no
/// column that it joins is ever zero where there is a row.
/// </summary>
sealed class ClickHouse : Dialect
{
    static readonly DateOnly First = new(1900, 1, 1),
        Last = new(2299, 12, 31);

    /// <inheritdoc />
    public override string Name => "clickhouse";

    /// <inheritdoc />
    public override bool IsExecuted => true;

    /// <inheritdoc />
    public override string Text => "String";

    /// <inheritdoc />
    public override string Day => "Date32";

    /// <inheritdoc />
    public override string Number => "Int32";

    /// <inheritdoc />
    public override string LongNumber => "Int64";

    /// <inheritdoc />
    public override string MayBeBlank(string type) => $"Nullable({type})";

    /// <inheritdoc />
    public override string NeverBlank(string type) => type;

    /// <inheritdoc />
    public override string AfterTable(string key) => $" ENGINE = MergeTree ORDER BY ({key})";

    /// <summary>Views of a session came late; a table of one, on disk, was there before.</summary>
    public override string TemporaryView(string name) => TemporaryTable(name);

    /// <summary>What makes a table out of a query that is there until the session ends, on disk and not in memory.</summary>
    public static string TemporaryTable(string name) => $"CREATE TEMPORARY TABLE {name} ENGINE = MergeTree ORDER BY tuple() AS";

    /// <summary>Its days begin with 1900 and end with 2299; what lies outside is the nearest of them.</summary>
    public override string Literal(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"toDate32('{Held(day):yyyy-MM-dd}')");

    /// <summary>The nearest day that it can hold.</summary>
    public static DateOnly Held(DateOnly day) =>
        day < First ? First
        : day > Last ? Last
        : day;

    /// <summary>It parses 262,144 characters unless it is told to take more, and as many parts of expressions.</summary>
    public override IEnumerable<string> Settings(int length) =>
        length < 200_000
            ? []
            :
            [
                string.Create(CultureInfo.InvariantCulture, $"SET max_query_size = {length * 2}"),
                string.Create(CultureInfo.InvariantCulture, $"SET max_ast_elements = {length * 2}"),
                string.Create(CultureInfo.InvariantCulture, $"SET max_expanded_ast_elements = {length * 20L}"),
            ];

    /// <inheritdoc />
    public override string Literal(string text) =>
        $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";

    private protected override string LessMonths(string day, int months) =>
        string.Create(CultureInfo.InvariantCulture, $"subtractMonths({day}, {months})");

    private protected override string LessDays(string day, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"subtractDays({day}, {days})");

    /// <inheritdoc />
    public override string HasAll(string whole, string part) => $"hasAll({List(whole)}, {List(part)})";

    /// <inheritdoc />
    public override string HasAny(string one, string other) => $"hasAny({List(one)}, {List(other)})";

    /// <summary>Lists cannot be blank here; a blank cell is an empty one, and is asked about beside the list.</summary>
    static string List(string cell) => $"splitByChar(' ', COALESCE({cell}, ''))";
}
