using System.Net.Http.Headers;
using System.Reflection;
using System.Text;
using System.Text.Json;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Records;
using MaySend.Server.Hosting;
using MaySend.Server.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Server.Tests;

/// <summary>A server on a real port with a store of its own, and a shop that may mail Anna.</summary>
public sealed class Running : IAsyncDisposable
{
    public const string Anna = "anna@example.com";

    static readonly Lazy<LawBook> Law = new(() => LawReader.Read(Path.Combine(Root, "law")));

    readonly WebApplication app;

    Running(WebApplication app, ServerOptions options, EvidenceStore store, string key, FakeTimeProvider clock)
    {
        (this.app, Options, Store, Key, Clock) = (app, options, store, key, clock);
        Url = new Uri(app.Urls.First());
        Client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) };
        Client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        Public = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false })
        {
            BaseAddress = Url,
            Timeout = TimeSpan.FromMinutes(2),
        };
    }

    public static string Root =>
        typeof(Running).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public ServerOptions Options { get; }

    public EvidenceStore Store { get; }

    public string Key { get; }

    public FakeTimeProvider Clock { get; }

    public Uri Url { get; }

    /// <summary>Carries the administrator's key.</summary>
    public HttpClient Client { get; }

    /// <summary>Carries nothing and follows no redirect, as a mail provider's machine does.</summary>
    public HttpClient Public { get; }

    public static async Task<Running> StartAsync(
        string? folder = null,
        string? key = null,
        string? postgres = null,
        string? inbound = null,
        Func<ServerOptions, ServerOptions>? with = null,
        bool isStocked = true
    )
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 9, 0, 0, TimeSpan.Zero));
        var options = new ServerOptions
        {
            DataFolder = folder ?? Directory.CreateTempSubdirectory("maysend-server-").FullName,
            Postgres = postgres,
            LawFolder = Path.Combine(Root, "law"),
            Urls = "http://127.0.0.1:0",
            Clock = clock,
        };
        options = with?.Invoke(options) ?? options;
        if (inbound is not null)
            await File.WriteAllTextAsync(Path.Combine(options.DataFolder, "inbound.json"), inbound);
        var store = await FirstRun.OpenAsync(options);
        var app = ServerHost.Build(options, store, Law.Value);
        await app.StartAsync();
        var administrator = await FirstRun.KeyAsync(store);
        var running = new Running(app, options, store, administrator ?? key ?? "ms_none", clock);
        if (administrator is not null && isStocked)
            await running.StockAsync();
        return running;
    }

    /// <summary>A client that carries another key.</summary>
    public HttpClient With(string key)
    {
        var client = new HttpClient { BaseAddress = Url, Timeout = TimeSpan.FromMinutes(2) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
        return client;
    }

    public static StringContent Json(string text) => new(text, Encoding.UTF8, "application/json");

    public async Task<(int Status, JsonElement Body)> PostAsync(string path, string json, HttpClient? client = null) =>
        await ReadAsync(await (client ?? Client).PostAsync(path, Json(json)));

    public async Task<(int Status, JsonElement Body)> PutAsync(string path, string json) =>
        await ReadAsync(await Client.PutAsync(path, Json(json)));

    public async Task<(int Status, JsonElement Body)> GetAsync(string path) => await ReadAsync(await Client.GetAsync(path));

    public static async Task<(int Status, JsonElement Body)> ReadAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync();
        return ((int)answer.StatusCode, text.Length == 0 ? default : JsonDocument.Parse(text).RootElement.Clone());
    }

    /// <summary>Anna signs up again on a page of this server, and confirms it.</summary>
    public async Task ComeBackAsync() =>
        await Store.RecordAsync(
            Address.Email(Anna).Required(),
            new ConsentAnswered(When.Of(Clock.GetUtcNow()), "came back")
            {
                To = NameSet.Of(Shop.Name),
                Channels = NameSet.Of("email"),
                Topics = NameSet.Of("homeware"),
                Act = "unticked-box",
                ServedHere = true,
            },
            new Actor("page", Rights.Record).AsSystem()
        );

    /// <summary>May the spring campaign go to this address?</summary>
    public async Task<string> VerdictAsync(string address = Anna, string campaign = "spring-2026")
    {
        var (status, body) = await PostAsync("/v1/decisions", JsonSerializer.Serialize(new { address, campaign }));
        status.ShouldBe(200, body.ToString());
        return body.GetProperty("verdict").GetString()!;
    }

    private static readonly JsonSerializerOptions WithoutNulls = new()
    {
        DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>The path of a link in a message to this address.</summary>
    public async Task<string> LinkAsync(string address = Anna, string? topic = null)
    {
        var (status, body) = await PostAsync(
            "/v1/opt-out-links",
            JsonSerializer.Serialize(
                new
                {
                    address,
                    sender = Shop.Name,
                    topic,
                },
                WithoutNulls
            )
        );
        status.ShouldBe(201, body.ToString());
        return new Uri(body.GetProperty("url").GetString()!).AbsolutePath;
    }

    public async Task<IReadOnlyList<ContactEntry>> EntriesAsync(string address = Anna) =>
        [.. (await Store.FindAsync(Address.Read(address).Required())).Entries.Select(recorded => recorded.Entry)];

    public async Task<int> RefusalsAsync(string address = Anna) => (await EntriesAsync(address)).OfType<RefusalMade>().Count();

    /// <summary>Puts somebody on record who may be mailed.</summary>
    public async Task AddCustomerAsync(string address)
    {
        var whom = Address.Read(address).Required();
        await Store.RecordAsync([
            new NewEntry(whom, Shop.InBritain, Actor.Runner("test")),
            new NewEntry(whom, Shop.Order, Actor.Runner("test")),
        ]);
    }

    async Task StockAsync()
    {
        await Store.RecordAsync(Shop.Entries, Actor.Runner("test"));
        await AddCustomerAsync(Anna);
        (await PutAsync("/v1/campaigns/spring-2026", Shop.Spring)).Status.ShouldBe(201);
    }

    /// <summary>A part of the server.</summary>
    public T Part<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>What waits on this server's disk.</summary>
    public MaySend.Records.OptOuts.Spool Spool => app.Services.GetRequiredService<MaySend.Records.OptOuts.Spool>();

    /// <summary>The text of a file that the server holds for itself: a copy by the system's own tool reads past that.</summary>
    public static async Task<string> ReadWhileHeldAsync(string file)
    {
        var copy = Path.GetTempFileName();
        using (var process = System.Diagnostics.Process.Start("cp", [file, copy]))
            await process.WaitForExitAsync();
        var text = await File.ReadAllTextAsync(copy);
        File.Delete(copy);
        return text;
    }

    /// <summary>The server's own records.</summary>
    public async Task<RecordsAsOf> RecordsAsync() => await app.Services.GetRequiredService<ServerRecords>().ReadAsync();

    /// <summary>From now on the spool takes nothing, as on a full disk.</summary>
    public void CloseSpool() => app.Services.GetRequiredService<MaySend.Records.OptOuts.Spool>().Dispose();

    /// <summary>What works beside the requests.</summary>
    /// <summary>Our own services beside the requests; what libraries bring may never begin.</summary>
    public IReadOnlyList<BackgroundService> BesideRequests() =>
        [
            .. app
                .Services.GetServices<IHostedService>()
                .OfType<BackgroundService>()
                .Where(service => service.GetType().Namespace!.StartsWith("MaySend.", StringComparison.Ordinal)),
        ];

    public async Task StopServerAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        await Store.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Public.Dispose();
        await StopServerAsync();
        try
        {
            Directory.Delete(Options.DataFolder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Another server on the folder took it away.
        }
    }
}
