using System.Diagnostics;
using System.Globalization;
using System.Numerics;
using DuckDB.NET.Data;
using MaySend.Law;
using MaySend.Screening.Columns;

namespace MaySend.Bench.Decisions;

/// <summary>
/// One workload by columns, by DuckDB and by the bare reading and writing of memory, round by round; the best round of each counts.
/// </summary>
sealed class Contest
{
    readonly Workload workload;
    readonly DuckDBConnection connection;
    readonly int contacts;
    readonly int threads;
    readonly ColumnPlan plan;
    readonly List<ColumnBlock> blocks = [];
    readonly ColumnEvaluator[] evaluators;
    readonly ColumnVerdicts[][] verdicts;
    readonly StreamingLimit limit;
    readonly TimeSpan filling;

    public Contest(Workload workload, DuckDBConnection connection, int contacts, int threads, int seed)
    {
        (this.workload, this.connection, this.contacts, this.threads) = (workload, connection, contacts, threads);
        plan = ColumnPlan.For(workload.Formula, workload.Campaign);
        filling = Fill(new Random(seed));
        evaluators = [.. Enumerable.Range(0, threads).Select(_ => plan.TakeEvaluator())];
        verdicts =
        [
            .. Enumerable.Range(0, threads).Select(_ => Enumerable.Range(0, blocks.Count).Select(_ => new ColumnVerdicts()).ToArray()),
        ];
        limit = new StreamingLimit(contacts, threads);
    }

    /// <summary>Runs and prints.</summary>
    /// <returns>True when both count the same verdicts.</returns>
    public bool Run(int rounds)
    {
        var (ours, theirs) = (Counts(), DuckDbCounts());
        var agree = ours.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .SequenceEqual(theirs.OrderBy(pair => pair.Key, StringComparer.Ordinal));
        for (var warm = 0; warm < Repeats; warm++)
            Counts();
        var (columns, duckDb, stream) = (Cost.Worst, Cost.Worst, Cost.Worst);
        for (var round = 0; round < rounds; round++)
        {
            columns = columns.Or(Measure(() => InParallel(Screen), Repeats));
            stream = stream.Or(Measure(() => InParallel(limit.Run), Repeats));
            duckDb = duckDb.Or(Measure(() => DuckDbCounts(), 1));
        }
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""

                {workload.Title}: {plan.Reasons.Count} reasons
                  verdicts send/process  {string.Join(
                    "  ",
                    ours.OrderByDescending(pair => pair.Value).Select(pair => $"{pair.Key} {pair.Value:N0}")
                )}
                  {(
                    agree
                        ? "DuckDB counts the same"
                        : $"DUCKDB COUNTS OTHERWISE: {string.Join("  ", theirs.Select(pair => $"{pair.Key} {pair.Value:N0}"))}"
                )}
                  nanoseconds a contact                processor    by the clock on {threads} threads
                  columns, both keys, both reasons     {columns.Processor, 9:F2}    {columns.Clock, 9:F2}
                  DuckDB, both keys, no reasons        {duckDb.Processor, 9:F2}    {duckDb.Clock, 9:F2}
                  streaming 32 B in, 4 B out           {stream.Processor, 9:F2}    {stream.Clock, 9:F2}
                  DuckDB / columns                     {duckDb.Processor / columns.Processor, 9:F1}    {duckDb.Clock
                    / columns.Clock, 9:F1}    target for flat facts: at least 20
                  columns / streaming                  {columns.Processor / stream.Processor, 9:F1}    {columns.Clock
                    / stream.Clock, 9:F1}    target for flat facts: at most 4
                  filling columns from objects         {filling.TotalNanoseconds / contacts, 9:F0} by the clock on one thread
                """
            )
        );
        return agree;
    }

    TimeSpan Fill(Random random)
    {
        foreach (var table in workload.Tables)
            connection.Run($"CREATE OR REPLACE TABLE {table.Name} ({table.Columns})");
        var appenders = workload.Tables.Select(table => connection.CreateAppender(table.Name)).ToList();
        var clock = new Stopwatch();
        for (var id = 0; id < contacts; id++)
        {
            var person = workload.Person(random);
            if (blocks.Count == 0 || blocks[^1].IsFull)
                blocks.Add(plan.NewBlock());
            clock.Start();
            blocks[^1].Add(person);
            clock.Stop();
            for (var i = 0; i < workload.Tables.Count; i++)
                foreach (var values in workload.Tables[i].Rows(id, person))
                    Append(appenders[i], values);
        }
        foreach (var appender in appenders)
            appender.Dispose();
        return clock.Elapsed;
    }

    static void Append(DuckDBAppender appender, object?[] values)
    {
        var row = appender.CreateRow();
        foreach (var value in values)
        {
            switch (value)
            {
                case null:
                    row.AppendNullValue();
                    break;
                case int number:
                    row.AppendValue(number);
                    break;
                case byte word:
                    row.AppendValue(word);
                    break;
                case uint bits:
                    row.AppendValue(bits);
                    break;
                case long bits:
                    row.AppendValue(bits);
                    break;
                default:
                    row.AppendValue((string)value);
                    break;
            }
        }
        row.EndRow();
    }

    void Screen(int thread)
    {
        var (evaluator, own) = (evaluators[thread], verdicts[thread]);
        for (var i = thread; i < blocks.Count; i += threads)
            evaluator.Evaluate(blocks[i], own[i]);
    }

    Dictionary<string, long> Counts()
    {
        InParallel(Screen);
        var counts = new Dictionary<string, long>();
        for (var i = 0; i < blocks.Count; i++)
        {
            var block = verdicts[i % threads][i];
            for (var row = 0; row < block.Count; row++)
            {
                var key = $"{Word(block.Send(row))}/{Word(block.Process(row))}";
                counts[key] = counts.GetValueOrDefault(key) + 1;
            }
        }
        return counts;
    }

    Dictionary<string, long> DuckDbCounts()
    {
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT send, process, count(*) FROM ({workload.Sql}) GROUP BY ALL";
        using var reader = command.ExecuteReader();
        var counts = new Dictionary<string, long>();
        while (reader.Read())
            counts[$"{Word(reader, 0)}/{Word(reader, 1)}"] = reader.GetInt64(2);
        return counts;
    }

    static string Word(Truth truth) =>
        truth switch
        {
            Truth.Satisfied => "yes",
            Truth.NotSatisfied => "no",
            _ => "?",
        };

    static string Word(DuckDBDataReader reader, int column) =>
        reader.IsDBNull(column) ? "?"
        : reader.GetBoolean(column) ? "yes"
        : "no";

    void InParallel(Action<int> work)
    {
        var others = Enumerable.Range(1, threads - 1).Select(thread => new Thread(() => work(thread))).ToList();
        others.ForEach(thread => thread.Start());
        work(0);
        others.ForEach(thread => thread.Join());
    }

    /// <summary>The least cost of several goes. Processor time is what to compare on a machine that others use as well.</summary>
    Cost Measure(Action work, int repeats)
    {
        var (start, busy) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        for (var i = 0; i < repeats; i++)
            work();
        var goes = (double)contacts * repeats;
        return new Cost(
            (Environment.CpuUsage.TotalTime - busy).TotalNanoseconds / goes,
            Stopwatch.GetElapsedTime(start).TotalNanoseconds / goes
        );
    }

    /// <summary>Short work is done several times in a go, so that starting threads does not count.</summary>
    const int Repeats = 5;
}

/// <summary>Nanoseconds a contact: of all processors together, and by the clock.</summary>
readonly record struct Cost(double Processor, double Clock)
{
    public static readonly Cost Worst = new(double.MaxValue, double.MaxValue);

    public Cost Or(Cost other) => new(Math.Min(Processor, other.Processor), Math.Min(Clock, other.Clock));
}

/// <summary>What no decision can beat: 32 bytes read and 4 written for each contact, with the widest vectors there are.</summary>
sealed class StreamingLimit(int contacts, int threads)
{
    readonly byte[] facts = new byte[(contacts + 64) * 32L];
    readonly int[] reasons = new int[contacts + 64];

    public void Run(int thread)
    {
        var share = contacts / threads / 64 * 64;
        var lanes = Vector<byte>.Count;
        for (var row = thread * share; row < (thread + 1) * share; row += lanes / 4)
        {
            var sum = Vector<byte>.Zero;
            for (var offset = 0; offset < 8; offset++)
                sum ^= new Vector<byte>(facts, (row * 32) + (offset * lanes));
            Vector.AsVectorInt32(sum).CopyTo(reasons, row);
        }
    }
}
