using System.Diagnostics;
using System.Globalization;
using System.Text;
using MaySend.Evidence;
using MaySend.Evidence.Ledger;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Postgres;
using MaySend.Evidence.Postgres.Cluster;
using MaySend.Evidence.Sqlite;
using Npgsql;

namespace MaySend.Ledger.Contract.Stores;

/// <summary>A second process that writes to the same store and prints a line for every acknowledgement.</summary>
public sealed class OtherWriter : IDisposable
{
    public const string Switch = "write-to-ledger";
    readonly Process process;

    /// <param name="store">Where to write.</param>
    /// <param name="name">Marks its entries.</param>
    /// <param name="count">How many entries, 0 for endlessly.</param>
    public OtherWriter(Store store, string name, int count)
    {
        var start = new ProcessStartInfo(
            Path.Combine(AppContext.BaseDirectory, "MaySend.Ledger.Contract"),
            [Switch, store.Kind, store.Address, store.KeyFile, name, $"{count}"]
        )
        {
            RedirectStandardOutput = true,
        };
        process = Process.Start(start)!;
    }

    /// <summary>An acknowledged entry: its idempotency key and where it stands.</summary>
    public readonly record struct Line(string Key, LedgerPosition Position);

    /// <summary>The acknowledgements until there are enough or the process ends.</summary>
    public async Task<List<Line>> LinesAsync(int atLeast = int.MaxValue)
    {
        var lines = new List<Line>();
        while (lines.Count < atLeast && await process.StandardOutput.ReadLineAsync() is { } text)
        {
            // A line that the kill cut short was acknowledged but cannot be read; it is not counted against the ledger.
            if (text.Split(' ') is [var key, var partition, var seq, "ok"])
                lines.Add(
                    new(
                        key,
                        new(
                            new Partition(int.Parse(partition, CultureInfo.InvariantCulture)),
                            long.Parse(seq, CultureInfo.InvariantCulture)
                        )
                    )
                );
        }

        return lines;
    }

    /// <summary>SIGKILL: nothing of the process runs any more.</summary>
    public void Kill() => process.Kill();

    public void Dispose()
    {
        if (!process.HasExited)
            process.Kill();
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>What the second process does.</summary>
    public static async Task<int> WriteAsync(string kind, string address, string keyFile, string name, int count)
    {
        await using var ledger = await OpenAsync(kind, address, keyFile);
        using var output = Console.OpenStandardOutput();
        var written = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, 16)
                .Select(async _ =>
                {
                    await Task.Yield();
                    for (var i = Interlocked.Increment(ref written); count == 0 || i < count; i = Interlocked.Increment(ref written))
                    {
                        var key = $"{name}-{i}";
                        var appended = await ledger.AppendAsync(
                            new AppendRequest
                            {
                                Subject =
                                    i % 3 == 0
                                        ? new EntrySubject.Controller()
                                        : new EntrySubject.At(Address.Email($"p{i % 7}@example.com").Required()),
                                Kind = "sent",
                                By = name,
                                HappenedAt = DateTimeOffset.UnixEpoch,
                                IdempotencyKey = key,
                                Payload = Encoding.UTF8.GetBytes($$"""{"key":"{{key}}"}"""),
                            }
                        );
                        var line = Encoding.UTF8.GetBytes(
                            string.Create(
                                CultureInfo.InvariantCulture,
                                $"{key} {appended.Position!.Value.Partition} {appended.Position.Value.Seq} ok\n"
                            )
                        );
                        lock (output)
                            output.Write(line);
                    }
                })
        );
        return 0;
    }

    static async Task<ILedger> OpenAsync(string kind, string address, string keyFile)
    {
        if (kind == "sqlite")
            return SqliteLedger.Open(new() { Path = address, KeyFile = keyFile });
        if (kind == "cluster")
        {
            var parts = address.Split('|');
            return await ClusterLedger.OpenAsync(new() { Servers = ClusterStore.ServersOf(parts[0], parts[1..]), KeyFile = keyFile });
        }

        var schema = new NpgsqlConnectionStringBuilder(address).SearchPath!;
        return await PostgresLedger.OpenAsync(
            new()
            {
                ConnectionString = address,
                Schema = schema,
                KeyFile = keyFile,
            }
        );
    }
}
