using System.Diagnostics;
using System.Globalization;
using MaySend.Evidence.Ledger;
using Spectre.Console;

namespace MaySend.Bench.Ledger;

/// <summary>The measurements. Contenders take turns in short rounds, so that a busy moment of the machine falls on all of them.</summary>
static class Measure
{
    const int Rounds = 5;

    public static async Task AppendsAsync(string store, Table table, ILedger ledger, IBare plain, IBare indexed, Work work, double seconds)
    {
        foreach (var (name, group, producers) in new[] { ("one producer", 1, 1), ("64 producers", 64, 64), ("by 1,000", 1000, 2) })
        {
            double[] best = [0, 0, 0];
            var time = TimeSpan.FromSeconds(seconds / Rounds);
            for (var round = -1; round < Rounds; round++)
            {
                double[] rates =
                [
                    await RateAsync(time, 1, group, () => plain.InsertAsync(group, work)),
                    await RateAsync(time, 1, group, () => indexed.InsertAsync(group, work)),
                    group == 1000
                        ? await RateAsync(
                            time,
                            producers,
                            group,
                            async () => await ledger.AppendAsync([.. Enumerable.Range(0, group).Select(_ => work.Request())])
                        )
                        : await RateAsync(time, producers, 1, async () => await ledger.AppendAsync(work.Request())),
                ];
                if (round >= 0)
                    best = [.. best.Zip(rates, (sum, rate) => sum + (rate / Rounds))];
            }

            var rate = best.Select(one => one.ToString("N0", CultureInfo.InvariantCulture));
            table.AddRow([$"{store}, {name}", .. rate, Ratio(best[2], best[0]), Ratio(best[2], best[1])]);
        }
    }

    /// <summary>One address look-up and all entries of the contact, decrypted.</summary>
    public static async Task<string> ReadsAsync(string store, ILedger ledger, Work work, double seconds)
    {
        var times = new List<double>();
        var entries = 0L;
        var until = Stopwatch.StartNew();
        for (var i = 0; until.Elapsed.TotalSeconds < seconds; i++)
        {
            var start = Stopwatch.GetTimestamp();
            var seen = await ledger.RecogniseAsync(work[(int)(i * 2654435761L % Work.People)]);
            var history = await ledger.ReadAsync(seen.Contact!.Value);
            times.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            entries += history.Entries.Count;
        }

        times.Sort();
        return string.Create(
                CultureInfo.InvariantCulture,
                $"{store}: look up an address, read and decrypt its entries ({entries / (double)times.Count:0.0} on average): "
            )
            + string.Create(
                CultureInfo.InvariantCulture,
                $"p50 {times[times.Count / 2]:0} us, p99 {times[(int)(times.Count * 0.99)]:0} us"
            );
    }

    /// <summary>Three entries for every person; says what a contact takes on disk.</summary>
    public static async Task<string> FillAsync(ILedger ledger, Work work, Func<long> size)
    {
        var empty = size();
        for (var entry = 0; entry < 3; entry++)
        {
            for (var person = 0; person < Work.People; person += 1000)
                await ledger.AppendAsync([.. Enumerable.Range(person, 1000).Select(one => work.Request(work.Next().Number, one))]);
        }

        var bytes = (size() - empty) / (double)Work.People;
        var payload = Work.Payload(1).Length;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"bytes per contact on disk with three orders of {payload} bytes of JSON each: {bytes:0}, of which "
                + $"{bytes - (3 * payload):0} are not payload"
        );
    }

    public static long SqliteSize(string folder) => Directory.GetFiles(folder, "ledger.sqlite").Sum(file => new FileInfo(file).Length);

    static async Task<double> RateAsync(TimeSpan time, int producers, int weight, Func<Task> append)
    {
        var done = 0L;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(
            Enumerable
                .Range(0, producers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (watch.Elapsed < time)
                        {
                            await append();
                            Interlocked.Add(ref done, weight);
                        }
                    })
                )
        );
        return done / watch.Elapsed.TotalSeconds;
    }

    static string Ratio(double ledger, double bare) => (ledger / bare).ToString("0.00", CultureInfo.InvariantCulture);
}
