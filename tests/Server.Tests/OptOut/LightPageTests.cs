using System.Net;
using System.Text.RegularExpressions;
using MaySend.OptOut;

namespace MaySend.Server.Tests.OptOut;

/// <summary>Every page that a recipient meets is one small request, in every language, and its link survives plain text.</summary>
public sealed partial class LightPageTests : IDisposable
{
    const int Greatest = 15_000;

    readonly Mailroom mailroom = new();

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => mailroom.Dispose();

    [Fact]
    public async Task Every_page_out_back_and_of_what_is_held_is_one_request_below_15_kB_in_every_language()
    {
        await using var server = await mailroom.StartAsync("", "homeware", "garden");
        var link = await server.LinkAsync();
        await server.Public.PostAsync($"{link}/held", null, Stop);
        var held = await mailroom.LinkAsync(Running.Anna);
        await server.Public.PostAsync("/s/news", Wish("ben@example.com"), Stop);
        var confirmation = await mailroom.LinkAsync("ben@example.com");
        foreach (var path in new[] { link, held, confirmation, "/s/news" })
        foreach (var words in OptOutTexts.InOrder)
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            Light(await server.Public.GetStringAsync($"{path}{separator}lang={words.Language}", Stop), $"{path} {words.Language}");
        }
        // What the buttons answer with is no larger.
        foreach (
            var (path, form) in new (string, HttpContent?)[]
            {
                ("/s/news", Wish("no address")),
                ("/s/news", Wish("cleo@example.com")),
                (held, new FormUrlEncodedContent([new("right", "access"), new("words", new string('w', 1_900))])),
                (confirmation, null),
                ($"{link}/less", new FormUrlEncodedContent([new("times", "2")])),
                ($"{link}/everything", null),
            }
        )
            Light(await (await server.Public.PostAsync(path, form, Stop)).Content.ReadAsStringAsync(Stop), path);
    }

    [Theory]
    [InlineData(".")]
    [InlineData(")")]
    [InlineData(").")]
    [InlineData(">,")]
    [InlineData("*")]
    [InlineData("…")]
    [InlineData("&utm_source=mail")]
    [InlineData("%E2%80%8B")]
    public async Task A_link_of_plain_text_works_with_what_stood_behind_it_on_every_page(string behind)
    {
        await using var server = await mailroom.StartAsync();
        var link = await server.LinkAsync();
        await server.Public.PostAsync($"{link}/held", null, Stop);
        var held = await mailroom.LinkAsync(Running.Anna);
        await server.Public.PostAsync("/s/news", Wish("ben@example.com"), Stop);
        var confirmation = await mailroom.LinkAsync("ben@example.com");
        foreach (var path in new[] { link, "/s/news", held, confirmation })
        {
            // A mail program takes too much of the address; what follows its question mark is the language.
            var taken = path.Contains('?', StringComparison.Ordinal)
                ? path.Replace("?", $"{behind}?", StringComparison.Ordinal)
                : path + behind;
            (await server.Public.GetAsync(taken, Stop)).StatusCode.ShouldBe(HttpStatusCode.OK, taken);
        }
        (await server.Public.PostAsync($"/s/news{behind}", Wish("dan@example.com"), Stop)).StatusCode.ShouldBe(HttpStatusCode.OK);
        await server.Public.PostAsync(link + behind, null, Stop);
        (await server.VerdictAsync()).ShouldBe("refused");
    }

    static FormUrlEncodedContent Wish(string address) => new([new("address", address), new("yes", "1"), new("topic", "garden")]);

    static void Light(string page, string what)
    {
        System.Text.Encoding.UTF8.GetByteCount(page).ShouldBeLessThan(Greatest, what);
        Fetched().Matches(page).Select(match => match.Value).ShouldBeEmpty($"{what} fetches something else");
    }

    /// <summary>Whatever makes a browser ask for more: a picture that is not in the page, a style, a script, a frame.</summary>
    [GeneratedRegex("""<(?:link|script|iframe|object|embed|base)\b|src="(?!data:)|url\((?!data:)|@import|http-equiv""")]
    private static partial Regex Fetched();
}
