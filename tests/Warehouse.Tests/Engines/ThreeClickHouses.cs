using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MaySend.Warehouse.Dialects;

namespace MaySend.Warehouse.Tests.Engines;

/// <summary>
/// Three ClickHouse servers on ports of this machine, and on the first a table <c>everybody</c> distributed over <c>people</c> of each.
/// Their profile skips shards that are away, as some administrators have it. Which program: <c>CLICKHOUSE_SERVER</c>, else Debian's.
/// </summary>
sealed class ThreeClickHouses : IDisposable
{
    public const int RowsOfEach = 400_000;

    readonly string folder = Directory.CreateTempSubdirectory("maysend-clickhouse-").FullName;
    readonly List<Process> servers = [];
    readonly List<int> ports = [];

    public ThreeClickHouses()
    {
        var native = Enumerable.Range(0, 3).Select(_ => FreePort()).ToList();
        var shards = string.Concat(native.Select(port => $"<shard><replica><host>127.0.0.1</host><port>{port}</port></replica></shard>"));
        foreach (var port in native)
            Start(port, shards);
        for (var place = 0; place < 3; place++)
        {
            Run(place, "CREATE TABLE people (contact Int64) ENGINE = MergeTree ORDER BY contact");
            Run(place, $"INSERT INTO people SELECT number * 3 + {place} FROM system.numbers LIMIT {RowsOfEach}");
        }
        Run(0, "CREATE TABLE everybody AS people ENGINE = Distributed(three, default, people)");
    }

    /// <summary>The program; null where there is none.</summary>
    public static string? Program =>
        Environment.GetEnvironmentVariable("CLICKHOUSE_SERVER") is { Length: > 0 } named ? named
        : File.Exists("/usr/sbin/clickhouse-server") ? "/usr/sbin/clickhouse-server"
        : null;

    /// <summary>Connects to one of them as MaySend does.</summary>
    public ClickHouseServer Connect(int place = 0) =>
        ClickHouseServer.At(string.Create(CultureInfo.InvariantCulture, $"clickhouse://127.0.0.1:{ports[place]}/default"))!;

    /// <summary>Asks one of them as anybody does who knows of no settings.</summary>
    public async Task<string> PlainlyAsync(int place, string sql)
    {
        using var client = new HttpClient();
        using var statement = new StringContent(sql);
        var answer = await client.PostAsync(new Uri($"http://127.0.0.1:{ports[place]}/"), statement);
        return (await answer.Content.ReadAsStringAsync()).Trim();
    }

    public void Kill(int place)
    {
        servers[place].Kill();
        servers[place].WaitForExit();
    }

    public void Dispose()
    {
        foreach (var server in servers)
        {
            if (!server.HasExited)
                server.Kill();
            server.WaitForExit();
            server.Dispose();
        }
        Directory.Delete(folder, recursive: true);
    }

    void Run(int place, string sql)
    {
        using var server = Connect(place);
        using (server.Send(sql)) { }
    }

    void Start(int native, string shards)
    {
        var (http, own) = (FreePort(), Path.Combine(folder, native.ToString(CultureInfo.InvariantCulture)));
        Directory.CreateDirectory(own);
        File.WriteAllText(
            Path.Combine(own, "config.xml"),
            $"""
            <yandex>
              <logger><level>error</level><log>{own}/log</log><errorlog>{own}/errors</errorlog></logger>
              <http_port>{http}</http_port><tcp_port>{native}</tcp_port><listen_host>127.0.0.1</listen_host>
              <path>{own}/data/</path><tmp_path>{own}/tmp/</tmp_path><users_config>{own}/users.xml</users_config>
              <default_profile>default</default_profile><default_database>default</default_database>
              <mark_cache_size>5368709</mark_cache_size>
              <remote_servers><three>{shards}</three></remote_servers>
            </yandex>
            """
        );
        File.WriteAllText(
            Path.Combine(own, "users.xml"),
            """
            <yandex>
              <profiles><default><skip_unavailable_shards>1</skip_unavailable_shards></default></profiles>
              <users><default>
                <password></password><networks><ip>127.0.0.1</ip></networks><profile>default</profile><quota>default</quota>
              </default></users>
              <quotas><default/></quotas>
            </yandex>
            """
        );
        servers.Add(
            Process.Start(
                new ProcessStartInfo(Program!, [$"--config-file={own}/config.xml"])
                {
                    WorkingDirectory = own,
                    RedirectStandardOutput = true,
                    RedirectStandardError = true,
                }
            )!
        );
        ports.Add(http);
        for (var tries = 0; ; tries++)
            try
            {
                Run(ports.Count - 1, "SELECT 1");
                return;
            }
            catch (IOException) when (tries < 600 && !servers[^1].HasExited)
            {
                Task.Delay(50).GetAwaiter().GetResult();
            }
    }

    static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
