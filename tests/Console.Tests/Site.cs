using System.Collections.Concurrent;
using System.Reflection;
using MaySend.Console.Access;
using MaySend.Console.Evidence;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using MaySend.Evidence.Files;
using MaySend.Evidence.Ledger.Identity;
using MaySend.Evidence.Store;
using MaySend.Law.Files;
using MaySend.Law.Provisions;
using MaySend.Reading;
using MaySend.Records;
using MaySend.Screening.Audiences;
using MaySend.Server;
using MaySend.Server.Hosting;
using MaySend.Shared;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(MaySend.Console.Tests.Site))]

namespace MaySend.Console.Tests;

/// <summary>One console on real Kestrel with a part of the sample on record, one person for each role, and one Chromium.</summary>
public sealed class Site : IAsyncLifetime
{
    public const string Password = "seven green lanterns";
    public const string Permitted = "customer-13037@mail.example";

    public static readonly string Root = typeof(Site)
        .Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(data => data.Key == "RepositoryRoot")
        .Value!;

    static readonly Lazy<LawBook> Law = new(() => LawReader.Read(Path.Combine(Root, "law")));
    static readonly string Sample = Path.Combine(Root, "samples", "online-retail");
    readonly string folder = Directory.CreateTempSubdirectory("maysend-console-").FullName;
    WebApplication app = null!;
    readonly ConcurrentDictionary<string, string> states = new();
    IPlaywright playwright = null!;

    public IBrowser Browser { get; private set; } = null!;

    public string Url { get; private set; } = "";

    public string Data => folder;

    public EvidenceStore Store { get; private set; } = null!;

    public IServiceProvider Services => app.Services;

    public async ValueTask InitializeAsync()
    {
        Store = await EvidenceStores.CreateAsync(folder);
        await FillAsync(Store);
        app = Build(folder, Store);
        await AddCampaignsAsync(app, Store);
        await app.StartAsync();
        Url = AddressOf(app);
        foreach (var (role, _, _) in Role.All)
            await AddUserAsync(role, role);
        playwright = await Playwright.CreateAsync();
        Browser = await DebianChromium.LaunchAsync(playwright);
    }

    /// <summary>The host as people run it, with the API and the opt-out pages beside the console.</summary>
    public static WebApplication Build(
        string folder,
        EvidenceStore store,
        SecondFactorFor factor = SecondFactorFor.Nobody,
        TimeProvider? clock = null,
        string? oidc = null
    )
    {
        return ServerHost.Build(
            new ServerOptions
            {
                DataFolder = folder,
                LawFolder = Path.Combine(Root, "law"),
                Urls = "http://127.0.0.1:0",
                SecondFactor = factor,
                Oidc = oidc,
                Clock = clock ?? TimeProvider.System,
            },
            store,
            Law.Value
        );
    }

    public static string AddressOf(WebApplication app) =>
        app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    public Task AddUserAsync(string name, params string[] roles) => AddUserAsync(app, name, roles);

    public static async Task AddUserAsync(WebApplication app, string name, params string[] roles)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var users = scope.ServiceProvider.GetRequiredService<UserManager<ConsoleUser>>();
        (await users.CreateAsync(new ConsoleUser { Name = name, Roles = [.. roles] }, Password)).Succeeded.ShouldBeTrue();
    }

    /// <summary>A page on which somebody with a role has signed in.</summary>
    public async Task<IPage> SignInAsync(string role, int width = 1280, ColorScheme scheme = ColorScheme.Light, bool scripts = true)
    {
        var context = await Browser.NewContextAsync(
            new()
            {
                StorageState = await StateAsync(role),
                BaseURL = Url,
                ViewportSize = new() { Width = width, Height = 900 },
                ColorScheme = scheme,
                JavaScriptEnabled = scripts,
                ReducedMotion = ReducedMotion.Reduce,
            }
        );
        var page = await context.NewPageAsync();
        return page;
    }

    /// <summary>Signs a role in once, through the page; password hashes are slow on purpose.</summary>
    async Task<string> StateAsync(string role)
    {
        if (states.TryGetValue(role, out var state))
            return state;
        await using var context = await Browser.NewContextAsync(new() { BaseURL = Url });
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console/sign-in");
        await page.GetByLabel("Name").FillAsync(role);
        await page.GetByLabel("Password").FillAsync(Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        return states[role] = await context.StorageStateAsync();
    }

    internal static async Task FillAsync(EvidenceStore store)
    {
        var problems = new Problems();
        await store.RecordAsync([.. SenderFolder.Read(Sample, problems)], Actor.Runner("sample"));
        using var audience = Audience.Open(AudienceFiles.InFolder(Sample, null), problems);
        problems.ThrowIfAny();
        var people = audience!
            .People()
            .Where(
                (person, at) => at % 12 == 0 || person.Address is Permitted or "customer-13248@example.org" or "customer-13328@example.org"
            )
            .ToList();
        await store.RecordAsync([
            .. people.SelectMany(person =>
                person.Entries.Select(entry => new NewEntry(Address.Read(person.Address).Required(), entry, Actor.Runner("sample")))
            ),
        ]);
    }

    internal static async Task AddCampaignsAsync(WebApplication app, EvidenceStore store)
    {
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Sample, "campaigns")))
        {
            await using var stream = File.OpenRead(file);
            (
                await app
                    .Services.GetRequiredService<CampaignDesk>()
                    .AddAsync(stream, await store.ControllerAsync(), Actor.Runner("sample"), default)
            ).ShouldBeEmpty();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Browser.DisposeAsync();
        playwright.Dispose();
        await app.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
