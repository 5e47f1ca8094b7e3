using System.Globalization;
using MaySend.Law;

namespace MaySend.Warehouse.Dialects;

/// <summary>
/// How one engine spells the few things that the statement needs and that engines spell differently. Everything else is the subset that
/// means the same everywhere: CASE, IN, comparisons, whole numbers, AND and OR, MIN and MAX, LEAST, MOD, REPLACE, NULLIF, COALESCE and
/// <c>||</c>. Immutable.
/// </summary>
public abstract class Dialect
{
    private protected Dialect() { }

    /// <summary>Its name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>True where the tests run what is emitted on the engine itself; otherwise it is emitted and parsed, and that is
    /// all.</summary>
    public virtual bool IsExecuted => false;

    /// <summary>The type of texts: words, names, sets of names.</summary>
    public virtual string Text => "TEXT";

    /// <summary>The type of calendar days.</summary>
    public virtual string Day => "DATE";

    /// <summary>The type of whole numbers up to 2,147,483,647.</summary>
    public virtual string Number => "INTEGER";

    /// <summary>The type of whole numbers beyond that.</summary>
    public virtual string LongNumber => "BIGINT";

    /// <summary>A column that may be blank.</summary>
    public virtual string MayBeBlank(string type) => type;

    /// <summary>A column that is never blank.</summary>
    public virtual string NeverBlank(string type) => $"{type} NOT NULL";

    /// <summary>What follows the columns when a table is made.</summary>
    public virtual string AfterTable(string key) => "";

    /// <summary>What makes a query stand under a name until the session ends.</summary>
    public virtual string TemporaryView(string name) => $"CREATE TEMPORARY VIEW {name} AS";

    /// <summary>What stands between a step's name and its query.</summary>
    public virtual string As => "AS";

    /// <summary>True where each step has to stand by itself.</summary>
    public virtual bool IsFenced => false;

    /// <summary>The same for a step of which each use takes only what it names.</summary>
    public virtual string AsUnfenced => "AS";

    /// <summary>A day as it is written; one that the engine cannot hold is the nearest that it can.</summary>
    public virtual string Literal(DateOnly day) => string.Create(CultureInfo.InvariantCulture, $"DATE '{day:yyyy-MM-dd}'");

    /// <summary>A sentence as it is written. Names, words and codes never hold a quote or a backslash
    /// (<see cref="Tables.NameCell"/>).</summary>
    public virtual string Literal(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    /// <summary>Where a text begins in another, counted from 1; 0 where it does not.</summary>
    public virtual string Position(string part, string whole) => $"POSITION({part} IN {whole})";

    /// <summary>The day that lies a period before another: first the months, a month end kept within its month, then the days.</summary>
    public string Before(string day, Period period)
    {
        var months = period.Months > 0 ? LessMonths(day, period.Months) : day;
        return period.Days > 0 ? LessDays(months, period.Days) : months;
    }

    private protected abstract string LessMonths(string day, int months);

    private protected abstract string LessDays(string day, int days);

    /// <summary>True where a list of names, separated by blanks, holds every name of the other.</summary>
    public abstract string HasAll(string whole, string part);

    /// <summary>True where two lists of names, separated by blanks, have a name in common.</summary>
    public abstract string HasAny(string one, string other);

    /// <summary>What has to be set before a statement of so many characters; one statement each.</summary>
    public virtual IEnumerable<string> Settings(int length) => [];

    /// <summary>Every dialect, in the order in which help lists them.</summary>
    public static IReadOnlyList<Dialect> All { get; } =
    [new DuckDb(), new Postgres(), new ClickHouse(), new Spark(), new BigQuery(), new Snowflake()];

    /// <summary>Finds a dialect by name; null where there is none.</summary>
    public static Dialect? Find(string name) => All.FirstOrDefault(dialect => dialect.Name == name);
}
