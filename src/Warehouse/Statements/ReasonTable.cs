using System.Globalization;
using System.Text;
using MaySend.Decisions;
using MaySend.Screening;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Statements;

/// <summary>The reasons of a statement with their sentences: the numbers in its results are places in this table.</summary>
public static class ReasonTable
{
    /// <summary>Its name.</summary>
    public const string Name = "maysend_reasons";

    /// <summary>
    /// The statements that make the table: number, code, the sentence where it refuses, the sentence where it leaves something open, and
    /// where the law says so. Codes of grounds, by which a key turns, have no sentence.
    /// </summary>
    public static string Sql(VerdictStatement statement, Dialect dialect, string prefix = "")
    {
        var steps = new ReasonSteps();
        foreach (var formula in statement.Formulas)
            steps.Learn(formula);
        string[] columns = ["code", "refused_says", "not_shown_says", "cite"];
        var sql = new StringBuilder();
        sql.Append(
            CultureInfo.InvariantCulture,
            $"""
            -- reasons of statement {statement.Digest}
            CREATE TABLE {prefix}{Name} (
              reason {dialect.NeverBlank(dialect.Number)},
              {string.Join(",\n  ", columns.Select(column => $"{column} {dialect.NeverBlank(dialect.Text)}"))}
            ){dialect.AfterTable("reason")};
            INSERT INTO {prefix}{Name} (reason, {string.Join(", ", columns)}) VALUES

            """
        );
        sql.AppendJoin(
            ",\n",
            statement.Reasons.Select(
                (code, place) =>
                {
                    string[] texts = [code, Says(steps, code, Verdict.Refused), Says(steps, code, Verdict.NotShown), steps.CiteOf(code)];
                    return string.Create(
                        CultureInfo.InvariantCulture,
                        $"({place + 1}, {string.Join(", ", texts.Select(dialect.Literal))})"
                    );
                }
            )
        );
        return sql.Append(";\n").ToString();
    }

    static string Says(ReasonSteps steps, string code, Verdict verdict) =>
        code == VerdictStatement.OtherCountries ? "the statement was not made for people of these countries"
        : steps.Of(code, verdict).Label is var label && label == code ? ""
        : label;
}
