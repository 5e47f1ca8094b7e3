using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Records;
using MaySend.Records.SignUps;

namespace MaySend.Server.Tests.OptOut;

/// <summary>The caller's own sender: a webhook that takes the server's mails and keeps them for the tests to read.</summary>
sealed class Mailroom : IDisposable
{
    public const string Secret = "a secret of the mailroom";

    readonly HttpListener listener;
    readonly ConcurrentQueue<(string Body, string Proof)> calls = new();

    public Mailroom()
    {
        // Below the ports that the system lends to whoever connects.
        for (var port = Random.Shared.Next(20_000, 32_000); ; port++)
        {
            Url = new Uri($"http://127.0.0.1:{port}/mail/");
            // One that could not start is of no more use.
            listener = new HttpListener();
            listener.Prefixes.Add(Url.ToString());
            try
            {
                listener.Start();
                break;
            }
            catch (HttpListenerException)
            {
                // Somebody else's port.
            }
        }
        _ = ServeAsync();
    }

    public Uri Url { get; }

    /// <summary>What it answers.</summary>
    public int Answer { get; set; } = 204;

    public IReadOnlyList<JsonElement> Mails => [.. calls.Select(call => JsonDocument.Parse(call.Body).RootElement)];

    public IReadOnlyList<(string Body, string Proof)> Calls => [.. calls];

    /// <summary>A server whose mails come here, with a sign-up page named news.</summary>
    public async Task<Running> StartAsync(string limits = "", params string[] topics)
    {
        var folder = Directory.CreateTempSubdirectory("maysend-signup-").FullName;
        await File.WriteAllTextAsync(
            Path.Combine(folder, "mail-out.json"),
            $$"""{"webhook": {"url": "{{Url}}", "secret": "{{Secret}}"}{{limits}}}"""
        );
        var server = await Running.StartAsync(folder, with: options => options with { DrainEvery = TimeSpan.FromDays(1) });
        await OpenAsync(server, "news", topics);
        return server;
    }

    public static async Task OpenAsync(Running server, string id, params string[] topics) =>
        await new SignUpPages(server.Store, new ServerRecords(server.Store)).OpenAsync(
            new(id, Shop.Name, [.. topics], "https://lantern.example/privacy", new("officer", new DateOnly(2026, 3, 1), "as agreed")),
            Actor.Runner("officer")
        );

    /// <summary>The mails to an address, once there are so many; fewer after a while.</summary>
    public async Task<IReadOnlyList<JsonElement>> ToAsync(string address, int count = 1)
    {
        IReadOnlyList<JsonElement> found = [];
        for (var tries = 0; tries < 200; tries++)
        {
            found = [.. Mails.Where(mail => mail.GetProperty("to").GetString() == address)];
            if (found.Count >= count)
                break;
            await Task.Delay(20);
        }
        return found;
    }

    /// <summary>The path of the link in the last mail to an address.</summary>
    public async Task<string> LinkAsync(string address, int count = 1) =>
        new Uri((await ToAsync(address, count))[^1].GetProperty("link").GetString()!).AbsolutePath;

    public void Dispose() => listener.Close();

    public static bool IsProof(string body, string proof)
    {
        var (at, hex) = (proof.Split(',')[0][2..], proof.Split(',')[1][3..]);
        return Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), Encoding.UTF8.GetBytes($"{at}.{body}"))) == hex;
    }

    async Task ServeAsync()
    {
        while (listener.IsListening)
        {
            try
            {
                var call = await listener.GetContextAsync();
                using var reader = new StreamReader(call.Request.InputStream, Encoding.UTF8);
                var body = await reader.ReadToEndAsync();
                if (Answer < 300)
                    calls.Enqueue((body, call.Request.Headers["MaySend-Signature"] ?? ""));
                call.Response.StatusCode = Answer;
                call.Response.Close();
            }
            catch (Exception fault) when (fault is HttpListenerException or ObjectDisposedException or InvalidOperationException)
            {
                return;
            }
        }
    }
}
