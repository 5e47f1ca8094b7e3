using System.Net;
using System.Net.Sockets;
using System.Reflection;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Gate.Hosting;
using MaySend.Law.Facts;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Gate.Tests.Running;

/// <summary>
/// A gate on real ports, with a store of its own, a shop that may mail Anna and Ben, and a next hop that keeps what it gets.
/// </summary>
sealed class RunningGate : IAsyncDisposable
{
    public const string Anna = "anna@example.com";
    public const string Ben = "ben@example.com";

    /// <summary>Opted out.</summary>
    public const string Carla = "carla@example.com";

    /// <summary>On record, with nothing that shows that they may be mailed.</summary>
    public const string Dan = "dan@example.com";

    /// <summary>A message as a program hands it over; CRLF at every line.</summary>
    public const string Message =
        "From: Lantern <news@lantern.example>\r\nTo: you@example.com\r\nSubject: Candles\r\nMessage-ID: <1@lantern.example>\r\n\r\n"
        + "hello\r\n";

    static readonly Lazy<LawBook> Law = new(() => LawReader.Read(Path.Combine(Root, "law")));
    static readonly Actor Runner = Actor.Runner("test");

    readonly string configuration;
    readonly TimeProvider clock;
    WebApplication app;

    RunningGate(WebApplication app, EvidenceStore store, Sink hop, string folder, string configuration, TimeProvider clock)
    {
        (this.app, Store, Hop, Folder, this.configuration, this.clock) = (app, store, hop, folder, configuration, clock);
    }

    public static string Root =>
        typeof(RunningGate).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "RepositoryRoot").Value!;

    public EvidenceStore Store { get; }

    public Sink Hop { get; }

    /// <summary>Where the gate hands on to: the next hop itself, or a mail server before it.</summary>
    public int HopPort { get; private init; }

    public string Folder { get; }

    public FakeTimeProvider Clock => (FakeTimeProvider)clock;

    /// <summary>The doors' ports, in the order of the configuration.</summary>
    public IReadOnlyList<int> Ports => [.. app.Urls.Where(url => !url.Contains("unix:")).Select(url => new Uri(url).Port)];

    /// <summary>The first door, LMTP unless the test has doors of its own.</summary>
    public int Port => Ports[0];

    /// <summary>Starts one.</summary>
    /// <param name="doors">Lines under <c>doors:</c>; <c>{port}</c> is a free one. Null for LMTP with the credential <c>news</c>.</param>
    /// <param name="credentials">Lines under <c>credentials:</c>; null for <c>news</c>, marketing of the spring campaign.</param>
    /// <param name="more">Further keys of the configuration.</param>
    /// <param name="cap">Messages in 30 days that the assessment allows.</param>
    /// <param name="location">The store; null for one in the gate's folder.</param>
    /// <param name="isBesidePages">The opt-out pages are this very process.</param>
    /// <param name="back">The port to which the gate hands on; null for the next hop's own.</param>
    /// <param name="running">A clock that goes on by itself; null for one that a test moves.</param>
    public static async Task<RunningGate> StartAsync(
        string? doors = null,
        string? credentials = null,
        string more = "",
        int? cap = null,
        string? location = null,
        int? back = null,
        bool isBesidePages = true,
        TimeProvider? running = null
    )
    {
        var clock = running ?? new FakeTimeProvider(new DateTimeOffset(Shop.Day, new TimeOnly(9, 0), TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("maysend-gate-").FullName;
        var store = await EvidenceStores.CreateAsync(location ?? folder, Path.Combine(folder, EvidenceStores.KeyFileName), clock);
        await StockAsync(store, cap);
        var hop = new Sink();
        var text = $$"""
            hostname: gate.example
            public_url: https://stop.lantern.example
            doors:
            {{doors ?? "  - {protocol: lmtp, listen: \"127.0.0.1:{port}\", credential: news}"}}
            credentials:
            {{credentials ?? "  news: {class: marketing, campaign: spring-2026}"}}
            next_hop: {host: 127.0.0.1, port: {{back ?? hop.Port}}, security: none}
            {{more}}
            """;
        while (text.Contains("{port}", StringComparison.Ordinal))
        {
            var at = text.IndexOf("{port}", StringComparison.Ordinal);
            text = $"{text[..at]}{FreePort()}{text[(at + 6)..]}";
        }
        var configuration = Path.Combine(folder, "gate.yaml");
        await File.WriteAllTextAsync(configuration, text);
        var app = Build(configuration, folder, store, clock, isBesidePages);
        await app.StartAsync();
        return new(app, store, hop, folder, configuration, clock) { HopPort = back ?? hop.Port };
    }

    /// <summary>Ends the gate, or only its process for a moment, and lets it write what it still has.</summary>
    public async Task StopAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }

    /// <summary>Starts it once more, with what is on disk.</summary>
    public async Task StartAgainAsync()
    {
        app = Build(configuration, Folder, Store, clock);
        await app.StartAsync();
    }

    /// <summary>A part of the gate.</summary>
    public T Service<T>()
        where T : notnull => app.Services.GetRequiredService<T>();

    /// <summary>A second gate on the same store, as a process of its own would be: it shares nothing but what is on disk.</summary>
    public async Task<RunningGate> BesideAsync()
    {
        var hop = new Sink();
        var text = (await File.ReadAllTextAsync(configuration))
            .Replace($"port: {HopPort}", $"port: {hop.Port}", StringComparison.Ordinal)
            .Replace($":{Port}", $":{FreePort()}", StringComparison.Ordinal);
        var beside = Directory.CreateTempSubdirectory("maysend-gate-").FullName;
        var path = Path.Combine(beside, "gate.yaml");
        await File.WriteAllTextAsync(path, text);
        var store = await EvidenceStores.OpenAsync(Folder, Path.Combine(Folder, EvidenceStores.KeyFileName), clock);
        var second = Build(path, Folder, store, clock);
        await second.StartAsync();
        return new(second, store, hop, beside, path, clock) { HopPort = hop.Port };
    }

    /// <summary>Asks once more about a message that was set aside.</summary>
    public Task<(string Reply, bool Went)?> ReleaseAsync(string id) => GateHost.ReleaseAsync(app, id, default);

    /// <summary>What is on record about somebody.</summary>
    public async Task<IReadOnlyList<ContactEntry>> EntriesAsync(string address) =>
        [.. (await Store.FindAsync(Address.Read(address).Address!)).Entries.Select(recorded => recorded.Entry)];

    /// <summary>What is on record about somebody once the gate has written everything: it stops.</summary>
    public async Task<IReadOnlyList<ContactEntry>> EntriesAtLastAsync(string address)
    {
        await StopAsync();
        var entries = await EntriesAsync(address);
        await StartAgainAsync();
        return entries;
    }

    public async Task RefuseAsync(string address) =>
        await Store.RecordAsync(
            Address.Read(address).Address!,
            new RefusalMade(When.Of(Clock.GetUtcNow()), $"phone {address}") { How = "phone", Senders = NameSet.Everything },
            Runner
        );

    public async Task EraseAsync(string address) => await Store.EraseAsync(Address.Read(address).Address!, Runner, "asked to be forgotten");

    public async Task RecordAsync(params ControllerEntry[] entries) => await Store.RecordAsync(entries, Runner);

    public static async Task AddCustomerAsync(EvidenceStore store, string address)
    {
        var whom = Address.Read(address).Address!;
        await store.RecordAsync([new NewEntry(whom, Shop.InBritain, Runner), new NewEntry(whom, Shop.Order, Runner)]);
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await Store.DisposeAsync();
        await Hop.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    static WebApplication Build(string configuration, string folder, EvidenceStore store, TimeProvider clock, bool isBesidePages = true) =>
        GateHost.Build(
            new GateSettings
            {
                ConfigFile = configuration,
                DataFolder = folder,
                Clock = clock,
                IsBesidePages = isBesidePages,
            },
            store,
            Law.Value
        );

    static async Task StockAsync(EvidenceStore store, int? cap)
    {
        await store.RecordAsync([.. Shop.Entries(cap), new CampaignRegistered(Shop.Spring.Digest, Shop.Spring)], Runner);
        foreach (var address in new[] { Anna, Ben, Carla })
            await AddCustomerAsync(store, address);
        var dan = Address.Read(Dan).Address!;
        await store.RecordAsync([new NewEntry(dan, Shop.InBritain, Runner)]);
        await store.RecordAsync(
            Address.Read(Carla).Address!,
            new RefusalMade(When.Of(new DateOnly(2026, 1, 5)), "phone 1") { How = "phone", Senders = NameSet.Everything },
            Runner
        );
    }
}
