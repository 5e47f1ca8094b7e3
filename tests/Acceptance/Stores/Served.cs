using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MaySend.Acceptance.Stores;

/// <summary><c>maysend serve</c>, as a process of its own.</summary>
sealed class Served : IAsyncDisposable
{
    readonly Process process;
    readonly StringBuilder said = new();
    readonly HttpClient client = new();

    Served(Process process) => this.process = process;

    public string Key { get; private set; } = "";

    public Uri Url => client.BaseAddress!;

    public string Said
    {
        get
        {
            lock (said)
                return said.ToString();
        }
    }

    /// <summary>Starts one on the shell's store; where keys are on record already, the caller's key is used.</summary>
    public static async Task<Served> StartAsync(Shell shell, string? key = null, Dictionary<string, string>? environment = null)
    {
        var served = new Served(shell.Start("serve --data store --urls http://127.0.0.1:0", environment));
        var isUp = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
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
        served.process.BeginOutputReadLine();
        served.process.BeginErrorReadLine();
        served.client.BaseAddress = new Uri(await isUp.Task.WaitAsync(TimeSpan.FromSeconds(60)));
        served.Key = key ?? served.Key;
        served.client.DefaultRequestHeaders.Authorization = new("Bearer", served.Key);
        return served;
    }

    public async Task<string?> VerdictAsync(string address) => (await AskAsync(address)).GetProperty("verdict").GetString();

    public async Task<string?> DecisionIdAsync(string address) =>
        (await AskAsync(address)).GetProperty("decision").GetProperty("id").GetString();

    public async Task<string> LinkAsync(string address) =>
        new Uri(
            (await JsonAsync("/v1/opt-out-links", $$"""{"address": "{{address}}", "sender": "lantern-ltd", "channel": "email"}"""))
                .GetProperty("url")
                .GetString()!
        ).AbsolutePath;

    /// <summary>Screens everybody and fetches the lists.</summary>
    public async Task<Dictionary<string, byte[]>> ScreenAsync(string campaign)
    {
        var asked = await JsonAsync("/v1/screenings", $$"""{"campaign": "{{campaign}}"}""");
        var run = $"/v1/screenings/{asked.GetProperty("id").GetString()}";
        while (true)
        {
            var body = JsonDocument.Parse(await client.GetStringAsync(run)).RootElement;
            body.GetProperty("state").GetString().ShouldNotBe("failed", body.ToString());
            if (body.GetProperty("state").GetString() == "done")
                break;
            await Task.Delay(50);
        }
        var lists = new Dictionary<string, byte[]>();
        foreach (var list in new[] { "permitted", "refused", "not-shown", "undeliverable" })
            lists[list] = await client.GetByteArrayAsync($"{run}/{list}.csv");
        return lists;
    }

    /// <summary>The List-Unsubscribe field of a message to this address.</summary>
    public async Task<string> HeadersAsync(string address) =>
        (await JsonAsync("/v1/opt-out-links", $$"""{"address": "{{address}}", "sender": "lantern-ltd", "channel": "email"}"""))
            .GetProperty("headers")
            .GetProperty("List-Unsubscribe")
            .GetString()!;

    public async Task<HttpStatusCode> PostAsync(string path, string body, string type)
    {
        using var content = new StringContent(body, Encoding.UTF8, type);
        return (await client.PostAsync(path, content)).StatusCode;
    }

    public async Task<HttpStatusCode> GetAsync(string path) => (await client.GetAsync(path)).StatusCode;

    /// <summary>As a machine that fails: nothing is finished, nothing is closed.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>As a service manager stops it.</summary>
    public async Task StopAsync()
    {
        using (var stop = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await stop.WaitForExitAsync();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        client.Dispose();
        if (!process.HasExited)
            Kill();
        await process.WaitForExitAsync();
        process.Dispose();
    }

    Task<JsonElement> AskAsync(string address) => JsonAsync("/v1/decisions", $$"""{"address": "{{address}}", "campaign": "spring"}""");

    async Task<JsonElement> JsonAsync(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var answer = await client.PostAsync(path, content);
        var text = await answer.Content.ReadAsStringAsync();
        answer.IsSuccessStatusCode.ShouldBeTrue(text);
        return JsonDocument.Parse(text).RootElement.Clone();
    }
}
