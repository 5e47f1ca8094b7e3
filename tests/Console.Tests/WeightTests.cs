using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using MaySend.Console.Access;
using MaySend.Evidence.Actors;
using MaySend.Evidence.Entries;
using Microsoft.Playwright;

namespace MaySend.Console.Tests;

/// <summary>What a browser that has never been here fetches for a page.</summary>
public sealed class WeightTests(Site site)
{
    const int Greatest = 100_000;

    static readonly string? Sizes = Environment.GetEnvironmentVariable("CONSOLE_SIZES");

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory, MemberData(nameof(PageTests.Pages), MemberType = typeof(PageTests))]
    public async Task A_page_with_all_that_belongs_to_it_is_under_a_hundred_kilobytes(string path, string role) =>
        await LightAsync(await site.SignInAsync(role), path, role);

    [Fact]
    public async Task A_ledger_is_no_heavier_for_names_that_somebody_wrote_at_length()
    {
        await using var own = await OwnConsole.StartAsync();
        for (var i = 0; i < 60; i++)
            await own.Store.RecordAsync(
                new SenderDeclared($"{i}-{new string('s', 1_500)}") { Name = "Shop Ltd", Establishment = "gb" },
                Actor.Runner("set-up"),
                cancellation: Stop
            );
        await own.AddUserAsync("auditor", Role.Auditor);
        using var auditor = await own.SignInAsync("auditor");
        var page = await auditor.Http.GetStringAsync("/console/ledger", Stop);
        page.ShouldContain("1 to 20 of 60");
        page.Length.ShouldBeLessThan(20_000);
    }

    [Fact]
    public async Task A_ledger_of_many_checkpoints_stays_light()
    {
        await using var own = await OwnConsole.StartAsync();
        for (var i = 0; i < 12; i++)
        {
            await own.Store.RecordAsync(new SenderDeclared($"shop-{i}") { Name = "Shop" }, Actor.Runner("set-up"), cancellation: Stop);
            await own.Store.Ledger.CheckpointAsync(Stop);
        }
        await own.AddUserAsync("auditor", Role.Auditor);
        using var auditor = await own.SignInAsync("auditor");
        var page = await auditor.Http.GetStringAsync("/console/ledger", Stop);
        page.ShouldContain("1 to 5 of 12");
        page.Length.ShouldBeLessThan(70_000);
    }

    /// <summary>Fetches a page by a browser that has nothing of it yet, and weighs it; closes the browser's window.</summary>
    internal static async Task LightAsync(IPage page, string path, string who)
    {
        var finished = new ConcurrentQueue<IRequest>();
        page.RequestFinished += (_, request) => finished.Enqueue(request);
        await page.GotoAsync(path, new() { WaitUntil = WaitUntilState.NetworkIdle });
        // A page that waits for a count fetches itself again: that is no part of the first time.
        var fetched = finished.ToArray();
        var (octets, html) = (0, 0);
        foreach (var request in fetched)
        {
            var sizes = await request.SizesAsync();
            octets += sizes.ResponseBodySize + sizes.ResponseHeadersSize;
            if (request.ResourceType == "document")
                html += sizes.ResponseBodySize;
        }
        var ready = await page.EvaluateAsync<double>("performance.getEntriesByType('navigation')[0].domInteractive");
        var line = string.Create(
            CultureInfo.InvariantCulture,
            $"{path} ({who}): {octets / 1000.0:F1} kB, of it {html / 1000.0:F1} kB HTML; interactive after {ready:F0} ms"
        );
        TestContext.Current.TestOutputHelper!.WriteLine(line);
        if (Sizes is not null)
            await File.AppendAllTextAsync(Sizes, line + "\n", Stop);
        fetched.Length.ShouldBeGreaterThan(3, "styles and script belong to it");
        octets.ShouldBeLessThan(Greatest, line);
        await page.Context.DisposeAsync();
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    [InlineData(null)]
    public async Task A_file_of_the_console_comes_packed_as_the_browser_takes_it_and_may_be_kept(string? packing)
    {
        using var visitor = Visitor.New(site.Url);
        var page = await visitor.Http.GetStringAsync("/console/sign-in", Stop);
        var address = page.Split("stylesheet\" href=\"")[1].Split('"')[0];
        var plain = await visitor.Http.GetByteArrayAsync(address, Stop);
        using var ask = new HttpRequestMessage(HttpMethod.Get, address);
        if (packing is not null)
            ask.Headers.AcceptEncoding.Add(new StringWithQualityHeaderValue(packing));
        using var raw = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.None })
        {
            BaseAddress = new(site.Url),
        };
        using var answer = await raw.SendAsync(ask, Stop);
        var body = await answer.Content.ReadAsByteArrayAsync(Stop);
        answer.Content.Headers.ContentEncoding.ShouldBe(packing is null ? [] : [packing]);
        answer.Headers.Vary.ShouldContain("Accept-Encoding", "a cache on the way must not mix them");
        answer.Headers.CacheControl!.MaxAge.ShouldBe(TimeSpan.FromDays(365));
        body.Length.ShouldBeLessThanOrEqualTo(packing is null ? plain.Length : plain.Length / 4);
        using var unpacking = new HttpClient(new SocketsHttpHandler { AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = new(site.Url),
        };
        (await unpacking.GetByteArrayAsync(address, Stop)).ShouldBe(plain);
    }
}
