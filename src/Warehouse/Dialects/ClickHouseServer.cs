using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using MaySend.Reading;

namespace MaySend.Warehouse.Dialects;

/// <summary>
/// A ClickHouse server by its HTTP interface, in one session. Whatever an administrator may have set so that fewer rows come instead of an
/// error, a shard that is away above all, is set back for every statement; a user who may not set it gets an error. An answer comes only
/// once the server has all of it, so that it is either whole or an error.
/// </summary>
public sealed class ClickHouseServer : IDisposable
{
    /// <summary>What is read as JSON, a row in each line; numbers of 64 bits as numbers.</summary>
    internal const string Rows = "JSONEachRow";

    const string Encrypted = "clickhouse";
    const string Plain = "clickhouse+http";

    /// <summary>Codes of errors that are no fault of the statement: something of the cluster does not answer, or broke off.</summary>
    static readonly int[] Away = [3, 32, 159, 198, 209, 210, 225, 236, 242, 279, 369, 394, 439, 999];

    static readonly string[] Strict =
    [
        "wait_end_of_query=1",
        "session_timeout=3600",
        "skip_unavailable_shards=0",
        "fallback_to_stale_replicas_for_distributed_queries=0",
        "output_format_json_quote_64bit_integers=0",
        .. new[] { "read", "result", "group_by", "sort", "set", "join", "distinct", "transfer", "timeout" }.Select(what =>
            $"{what}_overflow_mode=throw"
        ),
    ];

    readonly HttpClient client;
    readonly string query;

    ClickHouseServer(Uri location, bool isPlain)
    {
        var user = location.UserInfo.Split(':', 2);
        var database = location.AbsolutePath.Trim('/') is { Length: > 0 } named ? Uri.UnescapeDataString(named) : "default";
        var port =
            location.Port > 0 ? location.Port
            : isPlain ? 8123
            : 8443;
        Name = $"clickhouse://{location.Host}/{database}";
        client = new(
            new SocketsHttpHandler
            {
                AllowAutoRedirect = false,
                UseCookies = false,
                ConnectTimeout = TimeSpan.FromSeconds(10),
            }
        )
        {
            BaseAddress = new UriBuilder(isPlain ? "http" : "https", location.Host, port).Uri,
            // A statement takes as long as it takes; a server that is gone is found out by the connection.
            Timeout = Timeout.InfiniteTimeSpan,
        };
        if (user[0].Length > 0)
            client.DefaultRequestHeaders.Add("X-ClickHouse-User", Uri.UnescapeDataString(user[0]));
        var password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : Environment.GetEnvironmentVariable("CLICKHOUSE_PASSWORD");
        if (password is { Length: > 0 })
            client.DefaultRequestHeaders.Add("X-ClickHouse-Key", password);
        var session = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        query = $"/?database={Uri.EscapeDataString(database)}&session_id=maysend-{session}&{string.Join('&', Strict)}";
    }

    /// <summary>How people would name it; without a password.</summary>
    public string Name { get; }

    /// <summary>
    /// The server that a location names, not connected to yet: <c>clickhouse://USER@HOST:PORT/DATABASE</c>, which is encrypted unless it is
    /// on this machine, or <c>clickhouse+http://...</c>, which never is. Null for another kind of location. A password may stand in the
    /// environment as <c>CLICKHOUSE_PASSWORD</c>.
    /// </summary>
    public static ClickHouseServer? At(string location) =>
        Uri.TryCreate(location, UriKind.Absolute, out var uri) && uri.Scheme is Encrypted or Plain && uri.Host.Length > 0
            ? new(uri, uri.Scheme == Plain || uri.IsLoopback)
            : null;

    /// <summary>Gives a statement to the server, and waits for its answer.</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="format">The form of the answer, where there is one.</param>
    /// <param name="data">What follows the statement; null for nothing.</param>
    /// <exception cref="BadInputException">The server refuses the statement.</exception>
    /// <exception cref="IOException">The server, or another of its cluster, does not answer.</exception>
    internal HttpResponseMessage Send(string sql, string format = Rows, string? data = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{query}&default_format={format}")
        {
            Content = new StringContent(data is null ? sql : $"{sql}\n{data}", Encoding.UTF8),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("text/plain");
        HttpResponseMessage answer;
        try
        {
            answer = client.Send(request, HttpCompletionOption.ResponseHeadersRead);
        }
        catch (HttpRequestException fault)
        {
            throw new IOException($"{Name}: {fault.Message}", fault);
        }
        if (answer.IsSuccessStatusCode)
            return answer;
        using (answer)
        {
            using var text = new StreamReader(answer.Content.ReadAsStream(), Encoding.UTF8);
            throw Bad(text.ReadToEnd().Trim(), (int)answer.StatusCode);
        }
    }

    /// <inheritdoc />
    public void Dispose() => client.Dispose();

    /// <summary>Reads <c>Code: 279. DB::Exception: ...</c>.</summary>
    Exception Bad(string text, int status)
    {
        const string before = "Code: ";
        var said = text.Length > 2000 ? text[..2000] + "..." : text;
        var digits = text.StartsWith(before, StringComparison.Ordinal)
            ? new string([.. text.Skip(before.Length).TakeWhile(char.IsAsciiDigit)])
            : "";
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var code) && !Away.Contains(code)
            ? new BadInputException(new Place(Name), said)
            : new IOException($"{Name}: answered {status.ToString(CultureInfo.InvariantCulture)}: {said}");
    }
}
