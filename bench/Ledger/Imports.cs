using System.Diagnostics;
using System.Globalization;
using MaySend.Decisions;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Fold;
using MaySend.Evidence.Import;
using MaySend.Evidence.Import.Formats;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Stores;
using Microsoft.Data.Sqlite;
using Sylvan.Data.Csv;

namespace MaySend.Bench.Ledger;

/// <summary>
/// A shop's order history taken in: read, checked against what is on record, chained, encrypted and indexed; beside a plain table filled
/// from the same file by a CSV reader.
/// </summary>
sealed class Imports(string folder, int orders)
{
    const int OrdersEach = 5;

    readonly string file = Path.Combine(folder, "orders.csv");

    int People => Math.Max(1, orders / OrdersEach);

    public void Write()
    {
        using var csv = new StreamWriter(file) { NewLine = "\n" };
        csv.WriteLine("address,id,when,obtained_by,from,context,point,products,country,refused");
        var start = new DateTime(2023, 1, 1, 8, 0, 0, DateTimeKind.Unspecified);
        for (var number = 0; number < orders; number++)
        {
            var person = (int)(unchecked((ulong)number * 0x9E3779B97F4A7C15UL) >> 33) % People;
            csv.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"person.{person}@customers.example.com,{number},{start.AddMinutes(number):yyyy-MM-dd'T'HH:mm}+00:00,"
                ) + $"{Shop.Name},recipient,sale,checkout,tea-green-100;pot-cast-iron,gb,no"
            );
        }
    }

    /// <summary>The same rows into an indexed table, a thousand to a transaction, as durable as the ledger.</summary>
    public TimeSpan IntoATable()
    {
        var watch = Stopwatch.StartNew();
        using var connection = new SqliteConnection($"Data Source={Path.Combine(folder, "table.sqlite")};Pooling=False");
        connection.Open();
        Script(
            connection,
            """
            pragma journal_mode=wal; pragma synchronous=full; pragma wal_autocheckpoint=16000; pragma cache_size=-65536; pragma mmap_size=1073741824;
            create table orders (id text primary key, address text not null, at text not null, sender text, origin text, context text, point text, products text, country text, refused text) strict;
            create index orders_of_address on orders (address);
            """
        );
        using var insert = connection.CreateCommand();
        insert.CommandText =
            "insert into orders (address, id, at, sender, origin, context, point, products, country, refused) values "
            + "($0, $1, $2, $3, $4, $5, $6, $7, $8, $9)";
        for (var column = 0; column < 10; column++)
            insert.Parameters.Add(new SqliteParameter("$" + column, null));
        using var csv = CsvDataReader.Create(file);
        var more = csv.Read();
        while (more)
        {
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            for (var row = 0; row < 1000 && more; row++, more = csv.Read())
            {
                for (var column = 0; column < 10; column++)
                    insert.Parameters[column].Value = csv.GetString(column);
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
        }
        return watch.Elapsed;
    }

    public static async Task<TimeSpan> IntoTheLedgerAsync(EvidenceStore store, string file)
    {
        var watch = Stopwatch.StartNew();
        var plan = await ImportPlan.MakeAsync(store, ImportSource.Open(file, new ImportOptions { Format = "orders" }));
        var outcome = await plan.ApplyAsync(Actor.Runner("bench"));
        if (outcome.Added != plan.Summary.Rows)
            throw new InvalidOperationException("not every order was added");
        return watch.Elapsed;
    }

    public async Task<IReadOnlyList<string>> RunAsync(double seconds)
    {
        Write();
        var bare = IntoATable();
        var place = Path.Combine(folder, "imported");
        await using var store = await EvidenceStores.CreateAsync(place);
        var ledger = await IntoTheLedgerAsync(store, file);
        var bytes = new FileInfo(Path.Combine(place, EvidenceStores.DatabaseName)).Length;
        return
        [
            string.Create(
                CultureInfo.InvariantCulture,
                $"import of {orders:N0} orders of {People:N0} people from CSV: ledger {ledger.TotalSeconds:0.0} s "
                    + $"({orders / ledger.TotalSeconds:N0} rows/s, checked, compared and recorded), indexed table "
                    + $"{bare.TotalSeconds:0.0} s, ratio {bare / ledger:0.00}; {bytes / (double)People:N0} bytes per contact"
            ),
            await FoldAndDecideAsync(store, seconds),
        ];
    }

    /// <summary>
    /// Everything a decision takes, for people in no order: find the contact, read and decrypt its entries, fold them to facts, decide by
    /// the UK's law.
    /// </summary>
    async Task<string> FoldAndDecideAsync(EvidenceStore store, double seconds)
    {
        foreach (var entry in Shop.Record)
            await store.RecordAsync(entry, Actor.Runner("bench"));
        var controller = await store.ControllerAsync();
        var campaign = CampaignFactFinder.Find(controller, Shop.Campaign);
        var finder = new FactFinder(controller, Shop.Campaign, LegalDays.AsWritten);
        var decider = new Decider(Shop.Law());
        List<double> read = [],
            decide = [];
        var permitted = 0;
        for (var (i, watch) = (0u, Stopwatch.StartNew()); watch.Elapsed.TotalSeconds < seconds; i++)
        {
            var address = Address.Email($"person.{i * 2654435761L % People}@customers.example.com").Required();
            var start = Stopwatch.GetTimestamp();
            var dossier = await store.FindAsync(address);
            read.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
            start = Stopwatch.GetTimestamp();
            if (
                decider
                    .Decide(
                        campaign,
                        finder.Find(dossier.ForDecision, dossier.Address.Matching),
                        Shop.Campaign.Day,
                        controller.PolicyOn(Shop.Campaign.Day)
                    )
                    .Verdict == Verdict.Permitted
            )
                permitted++;
            decide.Add(Stopwatch.GetElapsedTime(start).TotalMicroseconds);
        }
        return string.Create(
            CultureInfo.InvariantCulture,
            $"one person in that store: read and decrypt {Spread(read)}, fold and decide {Spread(decide)}; "
                + $"{permitted:N0} of {decide.Count:N0} permitted"
        );
    }

    static string Spread(List<double> times)
    {
        times.Sort();
        return string.Create(
            CultureInfo.InvariantCulture,
            $"p50 {times[times.Count / 2]:0} us, p99 {times[(int)(times.Count * 0.99)]:0} us"
        );
    }

    static void Script(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
