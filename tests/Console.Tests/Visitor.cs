using System.Net;
using System.Text.RegularExpressions;

namespace MaySend.Console.Tests;

/// <summary>A visitor without a browser: cookies, forms with their tokens, no redirects followed.</summary>
public sealed partial class Visitor : IDisposable
{
    readonly CookieContainer cookies = new();

    Visitor(string url)
    {
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false })
        {
            BaseAddress = new Uri(url),
        };
    }

    public HttpClient Http { get; }

    public IEnumerable<Cookie> Cookies => cookies.GetAllCookies();

    public static Visitor New(string url) => new(url);

    public static async Task<Visitor> SignInAsync(string url, string name)
    {
        var visitor = new Visitor(url);
        (await visitor.TryAsync(name, Site.Password)).StatusCode.ShouldBe(HttpStatusCode.Redirect);
        return visitor;
    }

    public Task<HttpResponseMessage> TryAsync(string name, string password, string query = "") =>
        PostAsync($"/console/sign-in{query}", "sign-in", new("Form.Name", name), new("Form.Password", password));

    public async Task<HttpResponseMessage> PostAsync(string path, string form, params KeyValuePair<string, string>[] fields) =>
        await Http.PostAsync(
            path,
            new FormUrlEncodedContent([new("_handler", form), new("__RequestVerificationToken", await TokenAsync(path)), .. fields]),
            TestContext.Current.CancellationToken
        );

    public async Task<string> TokenAsync(string path) =>
        Token().Match(await Http.GetStringAsync(path, TestContext.Current.CancellationToken)).Groups[1].Value;

    public void Dispose() => Http.Dispose();

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
