using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MaySend.Torture;

/// <summary><c>maysend serve</c> as a process of its own, that can be killed.</summary>
sealed class Served : IAsyncDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    readonly Process process;
    readonly StringBuilder said = new();
    readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(30) };

    Served(Process process) => this.process = process;

    public string Key { get; private set; } = "";

    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>Starts one on a place's store and waits until it listens.</summary>
    /// <exception cref="InvalidOperationException">It ended instead; what it said is in the message.</exception>
    public static async Task<Served> StartAsync(Place place, string key, long? longestFile = null, string store = "store")
    {
        var served = new Served(place.Start(["serve", "--data", store, "--urls", "http://127.0.0.1:0"], longestFile));
        var isUp = new TaskCompletionSource<string?>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Hear(string? line)
        {
            lock (served.said)
                served.said.AppendLine(line);
            if (line?.Contains("key, shown this once: ", StringComparison.Ordinal) == true)
                served.Key = line.Split(": ")[^1].Trim();
            if (line?.StartsWith("listening on ", StringComparison.Ordinal) == true)
                isUp.TrySetResult(line.Split(' ')[2]);
        }
        served.process.OutputDataReceived += (_, heard) => Hear(heard.Data);
        served.process.ErrorDataReceived += (_, heard) => Hear(heard.Data);
        served.process.EnableRaisingEvents = true;
        served.process.Exited += (_, _) => isUp.TrySetResult(null);
        served.process.BeginOutputReadLine();
        served.process.BeginErrorReadLine();
        if (await isUp.Task.WaitAsync(Patience) is not { } url)
        {
            await served.process.WaitForExitAsync();
            var (status, why) = (served.process.ExitCode, served.Said);
            await served.DisposeAsync();
            throw new InvalidOperationException($"the server ended with {status}: {why.Trim()}");
        }
        served.client.BaseAddress = new Uri(url);
        served.Key = key.Length > 0 ? key : served.Key;
        served.client.DefaultRequestHeaders.Authorization = new("Bearer", served.Key);
        return served;
    }

    /// <summary>True when it was told that this was taken.</summary>
    public async Task<bool> PressAsync(string link) =>
        (await SendAsync(HttpMethod.Post, link, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).Status
        == HttpStatusCode.OK;

    /// <summary>Records an order under a key of its own; true when it was told that it stands.</summary>
    public async Task<bool> RecordAsync(string address, string id) =>
        (
            await SendAsync(
                HttpMethod.Post,
                $"/v1/evidence/{address}",
                $$"""
                {"kind": "details-collected", "id": "{{id}}", "when": "2025-05-02T12:00:00+01:00", "obtainedBy": "lantern-ltd", "from": "recipient",
                 "context": "sale", "point": "checkout", "products": ["C1"], "refused": false}
                """,
                "application/json",
                id
            )
        ).Status
            is HttpStatusCode.Created
                or HttpStatusCode.OK;

    /// <summary>permitted, refused or not-shown; null where it gave no answer.</summary>
    public async Task<string?> VerdictAsync(string address)
    {
        var (status, body) = await SendAsync(
            HttpMethod.Post,
            "/v1/decisions",
            $$"""{"address": "{{address}}", "campaign": "spring"}""",
            "application/json"
        );
        return status == HttpStatusCode.OK ? JsonDocument.Parse(body).RootElement.GetProperty("verdict").GetString() : null;
    }

    /// <summary>The verdict about each; "none" where it gave no answer.</summary>
    public async Task<Dictionary<string, string>> VerdictsAsync(IReadOnlyList<string> addresses)
    {
        var lines = string.Concat(addresses.Select(address => $$"""{"address": "{{address}}"}""" + "\n"));
        var (status, body) = await SendAsync(HttpMethod.Post, "/v1/decisions/batch?campaign=spring", lines, "application/x-ndjson");
        if (status != HttpStatusCode.OK)
            return addresses.ToDictionary(address => address, _ => "none");
        var answers = body.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();
        return addresses
            .Zip(answers)
            .ToDictionary(pair => pair.First, pair => pair.Second.TryGetProperty("verdict", out var said) ? said.GetString()! : "none");
    }

    /// <summary>Everything on record about somebody, as text.</summary>
    public async Task<string> TimelineAsync(string address) =>
        (await SendAsync(HttpMethod.Get, $"/v1/evidence/{address}?limit=200", null, null)).Body;

    public async Task<(HttpStatusCode Status, string Body)> ReadyAsync() => await SendAsync(HttpMethod.Get, "/health/ready", null, null);

    public async Task<string> LinkAsync(string address) =>
        new Uri(
            (await JsonAsync("/v1/opt-out-links", $$"""{"address": "{{address}}", "sender": "lantern-ltd", "channel": "email"}"""))
                .GetProperty("url")
                .GetString()!
        ).AbsolutePath;

    public async Task<JsonElement> JsonAsync(string path, string body)
    {
        var (status, text) = await SendAsync(HttpMethod.Post, path, body, "application/json");
        return (int)status is >= 200 and < 300
            ? JsonDocument.Parse(text).RootElement.Clone()
            : throw new InvalidOperationException($"{path}: {(int)status} {text}");
    }

    /// <summary>As a machine that fails: nothing is finished, nothing is closed.</summary>
    public async Task KillAsync()
    {
        process.Kill(entireProcessTree: true);
        await process.WaitForExitAsync();
    }

    /// <summary>As a service manager stops it; its exit status.</summary>
    public async Task<int> StopAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
            await KillAsync();
        process.Dispose();
    }

    async Task<(HttpStatusCode Status, string Body)> SendAsync(
        HttpMethod method,
        string path,
        string? body,
        string? type,
        string? key = null
    )
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
            request.Content = new StringContent(body, Encoding.UTF8, type!);
        if (key is not null)
            request.Headers.Add("Idempotency-Key", key);
        using var answer = await client.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }
}
