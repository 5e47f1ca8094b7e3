using System.Net;
using MaySend.Console.Access;
using MaySend.Records;
using MaySend.Stores;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace MaySend.Console.Tests;

/// <summary>How long a session lasts, how often one may try, and that no answer takes longer than another.</summary>
public sealed class SessionTests(Site site)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_that_is_used_goes_on_for_twelve_hours_and_ends_then()
    {
        var clock = new FakeTimeProvider(new DateTimeOffset(2026, 3, 10, 8, 0, 0, TimeSpan.Zero));
        var folder = Directory.CreateTempSubdirectory("maysend-session-").FullName;
        await using var store = await EvidenceStores.CreateAsync(folder);
        await using (var app = Site.Build(folder, store, SecondFactorFor.Nobody, clock))
        {
            await app.StartAsync(Stop);
            await Site.AddUserAsync(app, Role.Auditor, Role.Auditor);
            using var visitor = await Visitor.SignInAsync(Site.AddressOf(app), Role.Auditor);
            using var idle = await Visitor.SignInAsync(Site.AddressOf(app), Role.Auditor);
            foreach (var (hours, isIn) in new[] { (5, true), (10, true), (11.9, true), (12.1, false) })
            {
                clock.AdjustTime(clock.Start + TimeSpan.FromHours(hours));
                (await visitor.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(
                    isIn ? HttpStatusCode.OK : HttpStatusCode.Redirect,
                    $"{hours} hours after the password was given"
                );
            }
            (await idle.Http.GetAsync("/console", Stop)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        }
        await store.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task An_address_has_thirty_tries_in_a_quarter_of_an_hour_and_another_address_has_its_own()
    {
        await site.AddUserAsync("hammered", Role.Auditor);
        for (var tries = 0; tries < 30; tries++)
            (await TryFromAsync("203.0.113.9", $"nobody {tries}", "x")).ShouldBe(SignInStep.Refused);
        (await TryFromAsync("203.0.113.9", "hammered", Site.Password)).ShouldBe(SignInStep.Refused, "the thirty-first");
        (await TryFromAsync("203.0.113.10", "hammered", Site.Password)).ShouldBe(SignInStep.In);
    }

    [Fact]
    public async Task Every_answer_costs_one_hash_whether_the_name_exists_is_locked_or_the_password_is_right()
    {
        var hashes = new Counting();
        await site.AddUserAsync("timed", Role.Auditor);
        await site.AddUserAsync("timed and locked", Role.Auditor);
        await using (var scope = site.Services.CreateAsyncScope())
        {
            var users = scope.ServiceProvider.GetRequiredService<UserManager<ConsoleUser>>();
            var locked = (await users.FindByNameAsync("timed and locked"))!;
            (await users.SetLockoutEndDateAsync(locked, TimeProvider.System.GetUtcNow().AddHours(1))).Succeeded.ShouldBeTrue();
        }
        foreach (
            var (name, password) in new[]
            {
                ("no such name", "x"),
                ("timed", "wrong"),
                ("timed", Site.Password),
                ("timed and locked", Site.Password),
            }
        )
        {
            hashes.Count = 0;
            await TryFromAsync("203.0.113.77", name, password, hashes);
            hashes.Count.ShouldBe(1, $"{name}, {password}");
        }
    }

    async Task<SignInStep> TryFromAsync(string address, string name, string password, IPasswordHasher<ConsoleUser>? hasher = null)
    {
        await using var scope = site.Services.CreateAsyncScope();
        var services = scope.ServiceProvider;
        var context = new DefaultHttpContext { RequestServices = services };
        context.Connection.RemoteIpAddress = IPAddress.Parse(address);
        services.GetRequiredService<IHttpContextAccessor>().HttpContext = context;
        var signIn = services.GetRequiredService<SignInManager<ConsoleUser>>();
        if (hasher is not null)
            signIn.UserManager.PasswordHasher = hasher;
        return await services.GetRequiredService<SignInGuard>().TryAsync(context, signIn, name, password);
    }

    sealed class Counting : IPasswordHasher<ConsoleUser>
    {
        readonly PasswordHasher<ConsoleUser> hasher = new();

        public int Count { get; set; }

        public string HashPassword(ConsoleUser user, string password) => hasher.HashPassword(user, password);

        public PasswordVerificationResult VerifyHashedPassword(ConsoleUser user, string hashedPassword, string providedPassword)
        {
            Count++;
            return hasher.VerifyHashedPassword(user, hashedPassword, providedPassword);
        }
    }
}
