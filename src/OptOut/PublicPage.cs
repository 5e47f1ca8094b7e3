using System.Collections.Concurrent;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Scriban;
using Scriban.Runtime;

namespace MaySend.OptOut;

/// <summary>
/// Renders the public pages, all in one frame: no script, nothing from elsewhere, one request; on a phone, with a keyboard, in the dark,
/// and in a text browser.
/// </summary>
static class PublicPage
{
    static readonly ConcurrentDictionary<string, Template> Templates = new(StringComparer.Ordinal);

    /// <summary>What every page says of itself.</summary>
    /// <param name="Body">The template of its body, a file of the folder Pages.</param>
    /// <param name="Heading">Its heading and title, as text.</param>
    /// <param name="HasLanguages">False where the page in another language would lose what it says.</param>
    public sealed record Face(string Body, string Heading, bool HasLanguages);

    /// <summary>Writes a page with its status.</summary>
    public static async Task WriteAsync(HttpContext context, OptOutWords words, Face face, ScriptObject said, int status = 200)
    {
        var nonce = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "text/html; charset=utf-8";
        response.Headers.ContentLanguage = words.Language;
        response.Headers.Vary = "Accept-Language";
        response.Headers["X-Robots-Tag"] = "noindex, nofollow";
        response.Headers.ContentSecurityPolicy =
            $"default-src 'none'; style-src 'nonce-{nonce}'; img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
        var octets = Encoding.UTF8.GetBytes(Render(words, face, said, nonce));
        response.ContentLength = octets.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(octets, context.RequestAborted);
    }

    /// <summary>A page as text.</summary>
    public static string Render(OptOutWords words, Face face, ScriptObject said, string nonce)
    {
        var text = new ScriptObject();
        foreach (var (key, value) in words.Words)
            text[key] = value;
        IReadOnlyList<OptOutWords> languages = face.HasLanguages ? OptOutTexts.InOrder : [];
        var page = new ScriptObject
        {
            ["heading"] = face.Heading,
            ["t"] = text,
            ["lang"] = words.Language,
            ["nonce"] = nonce,
            ["look"] = "",
            ["logo"] = "",
            ["languages"] = languages
                .Select(each => new ScriptObject
                {
                    ["id"] = each.Language,
                    ["name"] = each["name"],
                    ["dir"] = each["dir"],
                })
                .ToList(),
        };
        foreach (var (key, value) in said)
            page[key] = value;
        var context = new TemplateContext { StrictVariables = true };
        context.PushGlobal(page);
        return Templates.GetOrAdd(face.Body, Parse).Render(context);
    }

    static Template Parse(string body)
    {
        var parsed = Template.Parse(Source("frame").Replace("@@body@@\n", Source(body), StringComparison.Ordinal));
        return parsed.HasErrors ? throw new InvalidOperationException($"{body}.html: {parsed.Messages}") : parsed;
    }

    static string Source(string name)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream($"MaySend.OptOut.Pages.{name}.html")!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
