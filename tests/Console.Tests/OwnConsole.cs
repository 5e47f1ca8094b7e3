using MaySend.Console.Access;
using MaySend.Evidence.Store;
using MaySend.Stores;
using Microsoft.AspNetCore.Builder;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>
/// A console of its own on an empty store that can go away, with one person for each role; the data protection officer is an administrator
/// as well.
/// </summary>
sealed class OwnConsole : IAsyncDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("maysend-own-").FullName;
    WebApplication app = null!;

    public string Url { get; private set; } = "";

    public EvidenceStore Store { get; private set; } = null!;

    public Faltering Ledger { get; private set; } = null!;

    public static async Task<OwnConsole> StartAsync()
    {
        var own = new OwnConsole();
        (var ledger, own.Ledger) = Faltering.Over((await EvidenceStores.CreateAsync(own.folder)).Ledger);
        own.Store = new EvidenceStore(ledger, TimeProvider.System);
        own.app = Site.Build(own.folder, own.Store);
        await own.app.StartAsync(TestContext.Current.CancellationToken);
        own.Url = Site.AddressOf(own.app);
        await Site.AddUserAsync(own.app, Role.DataProtectionOfficer, Role.DataProtectionOfficer, Role.Administrator);
        foreach (var role in new[] { Role.Marketer, Role.Administrator })
            await Site.AddUserAsync(own.app, role, role);
        return own;
    }

    /// <summary>The folder of its store.</summary>
    public string Data => folder;

    public IServiceProvider Services => app.Services;

    public Task AddUserAsync(string name, params string[] roles) => Site.AddUserAsync(app, name, roles);

    public Task<Visitor> SignInAsync(string name) => Visitor.SignInAsync(Url, name);

    /// <summary>A page on which somebody has signed in.</summary>
    public async Task<IPage> SignInAsync(IBrowser browser, string name, int width = 1280, ColorScheme scheme = ColorScheme.Light)
    {
        var context = await browser.NewContextAsync(
            new()
            {
                BaseURL = Url,
                ViewportSize = new() { Width = width, Height = 800 },
                ColorScheme = scheme,
            }
        );
        var page = await context.NewPageAsync();
        await page.GotoAsync("/console/sign-in");
        await page.GetByLabel("Name").FillAsync(name);
        await page.GetByLabel("Password").FillAsync(Site.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await page.WaitForURLAsync("**/console");
        return page;
    }

    public async ValueTask DisposeAsync()
    {
        Ledger.IsAway = false;
        await app.DisposeAsync();
        await Store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }
}
