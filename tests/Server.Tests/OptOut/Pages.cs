using System.Text.RegularExpressions;

namespace MaySend.Server.Tests.OptOut;

/// <summary>Reads what a test needs out of a page.</summary>
static partial class Pages
{
    /// <summary>The proof that lets a page take back what it added; null where there is none.</summary>
    public static string? ActOf(string page) => Act().Match(page) is { Success: true } found ? found.Groups[1].Value : null;

    /// <summary>A page without its nonce, which is new each time.</summary>
    public static string WithoutNonce(string page) => Nonce().Replace(page, "");

    /// <summary>A page without its nonce.</summary>
    public static async Task<string> TextAsync(HttpClient client, string path) => WithoutNonce(await client.GetStringAsync(path));

    [GeneratedRegex("name=\"act\" value=\"([^\"]+)\"")]
    private static partial Regex Act();

    [GeneratedRegex("nonce=\"[^\"]+\"")]
    private static partial Regex Nonce();
}
