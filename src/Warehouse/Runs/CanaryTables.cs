using System.Globalization;
using MaySend.Law;
using MaySend.Law.Composition;
using MaySend.Reading;
using MaySend.Warehouse.Statements;
using MaySend.Warehouse.Tables;

namespace MaySend.Warehouse.Runs;

/// <summary>
/// The canary's people in temporary tables with the very columns of those they stand in for, and views in which both are seen together:
/// one statement over the views decides about them in one run.
/// </summary>
/// <param name="warehouse">Where.</param>
/// <param name="prefix">What stands before the names of the tables.</param>
/// <param name="canary">The people.</param>
sealed class CanaryTables(IWarehouse warehouse, string prefix, Canary canary)
{
    /// <summary>What stands before the names of the views.</summary>
    public const string Together = "maysend_all_";

    const string Own = "maysend_canary_";

    /// <summary>Makes the tables and views.</summary>
    /// <exception cref="BadInputException">Somebody real bears a name of the canary's.</exception>
    public void Make()
    {
        var rows = canary.Rows.SelectMany(row => TableRow.Of(row.Contact, -1, row.Facts)).ToLookup(row => row.Table);
        foreach (var table in FactTables.All)
        {
            var columns = string.Join(", ", table.Columns.Select(column => column.Name));
            warehouse.Run($"CREATE TEMPORARY TABLE {Own}{table.Name} AS SELECT {columns} FROM {prefix}{table.Name} WHERE 1 = 0");
            foreach (var some in rows[table].Chunk(500))
                warehouse.Run(TableSql.Insert(table, some, warehouse.Dialect, Own));
            warehouse.Run(
                $"{warehouse.Dialect.TemporaryView($"{Together}{table.Name}")} SELECT {columns} FROM {prefix}{table.Name} "
                    + $"UNION ALL SELECT {columns} FROM {Own}{table.Name}"
            );
        }
        var real = warehouse
            .Ask(
                $"SELECT COUNT(*) FROM {prefix}{FactTables.People.Name} p "
                    + $"INNER JOIN {Own}{FactTables.People.Name} c ON c.{FactTables.Contact} = p.{FactTables.Contact}"
            )
            .Single();
        if (WarehouseRows.Number(real[0]) > 0)
            throw new BadInputException(
                new Place($"{warehouse.Name} {prefix}{FactTables.People.Name}"),
                $"some people have ids that the canary needs: numbers below zero in `{FactTables.Contact}`",
                "give people numbers from 1 as ids, or texts that are not numbers"
            );
    }

    /// <summary>Compares what came out about the canary with what must.</summary>
    /// <param name="verdicts">The table of results.</param>
    /// <param name="statement">The statement they come from.</param>
    /// <exception cref="BadInputException">Anything differs: nothing of the run counts.</exception>
    public void Compare(string verdicts, VerdictStatement statement)
    {
        var found = warehouse
            .Ask(
                $"SELECT v.{FactTables.Contact}, v.verdict, v.send_key, v.process_key, v.reason, v.send_reason, v.process_reason "
                    + $"FROM {verdicts} v "
                    + $"INNER JOIN {Own}{FactTables.People.Name} c ON c.{FactTables.Contact} = v.{FactTables.Contact}"
            )
            .ToList();
        var problems = new Problems();
        var place = new Place(warehouse.Name);
        if (found.Count != canary.Rows.Length)
            problems.Add(
                place,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Amount.Of(found.Count, "row")} came out about {Amount.Of(canary.Rows.Length, "person", "people")} of the canary"
                )
            );
        var byContact = found.ToLookup(row => WarehouseRows.Number(row[0]));
        foreach (var row in canary.Rows)
        {
            var expected = Expected(row);
            foreach (var answer in byContact[row.Contact])
                if (Came(answer, statement) is var came && came != expected)
                    problems.Add(
                        place,
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"the canary's person {row.Contact} came out as {came} instead of {expected}"
                        ),
                        "the engine, or a column, does not mean what the statement expects; nothing from this run counts"
                    );
        }
        problems.ThrowIfAny();
    }

    static (string Verdict, Truth Send, Truth Process, string Reason, string SendReason, string ProcessReason) Expected(CanaryRow row)
    {
        var whole = row.Send.Truth.And(row.Process.Truth);
        return (
            Decisions.Verdicts.Of(whole) switch
            {
                Decisions.Verdict.Permitted => "permitted",
                Decisions.Verdict.Refused => "refused",
                _ => "not-shown",
            },
            row.Send.Truth,
            row.Process.Truth,
            row.Send.Truth == whole ? row.Send.Code : row.Process.Code,
            row.Send.Code,
            row.Process.Code
        );
    }

    static (string, Truth, Truth, string, string, string) Came(object?[] answer, VerdictStatement statement) =>
        (
            WarehouseRows.Text(answer[1]),
            (Truth)WarehouseRows.Number(answer[2]),
            (Truth)WarehouseRows.Number(answer[3]),
            statement.Reason(answer[4]),
            statement.Reason(answer[5]),
            statement.Reason(answer[6])
        );
}
