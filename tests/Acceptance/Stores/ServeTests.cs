using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;

namespace MaySend.Acceptance.Stores;

/// <summary><c>maysend serve</c> as a process of its own, on the store that the other commands filled.</summary>
public sealed class ServeTests
{
    [Fact]
    public async Task An_opt_out_that_was_answered_is_on_disk_though_the_process_is_killed_the_moment_after()
    {
        using var shell = await Shell.WithShopAsync();
        await using (var one = await Served.StartAsync(shell))
        {
            await using var other = await Served.StartAsync(shell, one.Key);
            (await one.VerdictAsync("anna@example.com")).ShouldBe("permitted");
            var link = await one.LinkAsync("anna@example.com");
            (await one.PostAsync(link, "List-Unsubscribe=One-Click", "application/x-www-form-urlencoded")).ShouldBe(HttpStatusCode.OK);
            one.Kill();
            (await other.VerdictAsync("anna@example.com")).ShouldBe("refused", "another process on the store knows at once");
            (await other.PostAsync(link, "", "text/plain")).ShouldBe(HttpStatusCode.OK, "and reads the links of the first");
        }
        await using var again = await Served.StartAsync(shell, "");
        (await shell.RunAsync("ask anna@example.com --campaign spring --data store")).Output.ShouldContain("refused");
    }

    [Fact]
    public async Task A_decision_of_the_server_is_replayed_from_the_command_line_as_it_was_then()
    {
        using var shell = await Shell.WithShopAsync();
        await using var server = await Served.StartAsync(shell);
        var id = await server.DecisionIdAsync("anna@example.com");
        (await server.PostAsync(await server.LinkAsync("anna@example.com"), "", "text/plain")).ShouldBe(HttpStatusCode.OK);
        (await server.VerdictAsync("anna@example.com")).ShouldBe("refused");
        var replayed = await shell.RunAsync("replay --data store", id!);
        replayed.Status.ShouldBe(0, replayed.Said);
        replayed.Said.ShouldContain("PERMITTED");
        (await server.DecisionIdAsync("nobody@example.com")).ShouldBeNull();
    }

    [Fact]
    public async Task One_store_screened_by_server_and_command_line_gives_the_same_lists_octet_by_octet()
    {
        using var shell = new Shell();
        shell.WriteShop();
        shell.Write(
            "shop/people.csv",
            "address,country,subscriber,personal_data,business_capacity,minor\nanna@example.com,gb,individual,yes,no,no\n"
                + "ben@example.com,gb,individual,yes,no,no\ncleo@example.com,gb,individual,yes,no,no\n"
                + "+441632960123,gb,individual,yes,no,no\n\"\"\"dot,comma\"\"@example.com\",fr,individual,yes,no,no\n"
        );
        shell.Write("shop/bounces.csv", "address,when,kind,class\nben@example.com,2026-02-20,hard,5.1.1\n");
        (await shell.RunAsync("store init --data store")).Status.ShouldBe(0);
        var loaded = await shell.RunAsync("store load --data store --in shop");
        loaded.Status.ShouldBe(0, loaded.Said);
        await using var server = await Served.StartAsync(shell);
        (await server.VerdictAsync("anna@example.com")).ShouldBe("permitted");
        var before = await server.ScreenAsync("spring");
        var screened = await shell.RunAsync("screen --data store --campaign spring --out monday");
        screened.Status.ShouldBe(0, screened.Said);
        var after = await server.ScreenAsync("spring");
        foreach (var list in new[] { "permitted", "refused", "not-shown", "undeliverable" })
        {
            var own = await File.ReadAllBytesAsync(shell[$"monday/{list}.csv"], TestContext.Current.CancellationToken);
            before[list].ShouldBe(own, list);
            after[list].ShouldBe(own, list);
        }
        string Text(string list) => Encoding.UTF8.GetString(before[list]);
        Text("permitted").ShouldContain("anna@example.com");
        Text("undeliverable").ShouldContain("ben@example.com");
        Text("not-shown").ShouldContain("dot,comma");
        string.Concat(before.Keys.Select(Text)).ShouldNotContain("+441632960123", Case.Sensitive, "email reaches no telephone");

        var id = Text("permitted").Split('\n')[1].Split(',')[^2];
        var found = await shell.RunAsync("replay --about anna@example.com --campaign spring --on 2026-03-10 --data store");
        found.Status.ShouldBe(0, found.Said);
        found.DecisionId.ShouldBe(id);
        found.Said.ShouldContain("decided in the screening spring-");
        var evidence = await shell.RunAsync("evidence anna@example.com --data store");
        evidence.Said.Split("screened ").Length.ShouldBe(4, "three screenings, one line each");
        evidence.Said.ShouldContain(id);
    }

    [Fact]
    public async Task A_first_start_that_came_to_nothing_does_not_use_up_the_administrators_key()
    {
        using var shell = await Shell.WithShopAsync();
        using var busy = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0);
        busy.Start();
        var port = ((IPEndPoint)busy.LocalEndpoint).Port;
        var failed = await shell.RunAsync($"serve --data store --urls http://127.0.0.1:{port}");
        failed.Status.ShouldNotBe(0);
        failed.Said.ShouldNotContain("shown this once");
        await using var server = await Served.StartAsync(shell);
        server.Key.ShouldNotBeEmpty();
        (await server.VerdictAsync("anna@example.com")).ShouldBe("permitted");
    }

    [Fact]
    public async Task Traces_and_metrics_go_where_the_environment_says_and_hold_no_address_no_token_and_no_key()
    {
        using var shell = await Shell.WithShopAsync();
        using var collector = new Collector();
        await using var server = await Served.StartAsync(
            shell,
            environment: new()
            {
                ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector.Url,
                ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf",
                ["OTEL_BSP_SCHEDULE_DELAY"] = "100",
                ["OTEL_METRIC_EXPORT_INTERVAL"] = "200",
            }
        );
        (await server.VerdictAsync("anna@example.com")).ShouldBe("permitted");
        var link = await server.LinkAsync("anna@example.com");
        (await server.PostAsync(link, "", "text/plain")).ShouldBe(HttpStatusCode.OK);
        (await server.GetAsync("/v1/people/anna%40example.com?x=anna@example.com")).ShouldNotBe(HttpStatusCode.InternalServerError);

        var told = await collector.UntilAsync("/o/{token}", "/v1/decisions", "maysend.decisions", "maysend.opt_outs");
        foreach (var secret in new[] { "anna", link.Split('/')[^1], server.Key.Split('_', 3)[^1] })
            told.ShouldNotContain(secret);
        await server.StopAsync();
        foreach (var secret in new[] { "anna", link.Split('/')[^1] })
            server.Said.ShouldNotContain(secret);
    }

    /// <summary>Takes what an exporter sends, and keeps it as text.</summary>
    sealed class Collector : IDisposable
    {
        readonly HttpListener listener = new();
        readonly StringBuilder told = new();

        public Collector()
        {
            using (var free = new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Url = $"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}";
            }
            listener.Prefixes.Add($"{Url}/");
            listener.Start();
            _ = TakeAsync();
        }

        public string Url { get; }

        public async Task<string> UntilAsync(params string[] words)
        {
            var clock = Stopwatch.StartNew();
            while (true)
            {
                string so;
                lock (told)
                    so = told.ToString();
                if (words.All(word => so.Contains(word, StringComparison.Ordinal)))
                    return so;
                clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60), $"told so far: {so}");
                await Task.Delay(100);
            }
        }

        async Task TakeAsync()
        {
            try
            {
                while (true)
                {
                    var call = await listener.GetContextAsync();
                    using var body = new MemoryStream();
                    await call.Request.InputStream.CopyToAsync(body);
                    lock (told)
                        told.Append(Encoding.Latin1.GetString(body.ToArray()));
                    call.Response.Close();
                }
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }

        public void Dispose() => listener.Close();
    }

    sealed class Served : IAsyncDisposable
    {
        readonly Process process;
        readonly StringBuilder said = new();
        readonly HttpClient client = new();

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
}
