using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Headers;

namespace MaySend.OptOut;

/// <summary>The words of the pages in one language, from <c>Texts/&lt;language&gt;.json</c>.</summary>
/// <param name="Language">BCP 47 tag.</param>
/// <param name="Words">Text by key.</param>
sealed record OptOutWords(string Language, FrozenDictionary<string, string> Words)
{
    /// <summary>A text; a key that a language lacks is a fault that the tests find.</summary>
    public string this[string key] => Words[key];

    /// <summary>A text with a name in it.</summary>
    public string With(string key, string name) => Words[key].Replace("{0}", name, StringComparison.Ordinal);

    /// <summary>A channel in this language; its own word where there is none.</summary>
    public string Channel(string channel) => Words.GetValueOrDefault($"channel-{channel}", channel);
}

/// <summary>Every language there is, and which one a reader wants.</summary>
static class OptOutTexts
{
    const string Folder = "MaySend.OptOut.Texts.";

    /// <summary>By language tag.</summary>
    public static readonly FrozenDictionary<string, OptOutWords> All = Read()
        .ToFrozenDictionary(words => words.Language, StringComparer.OrdinalIgnoreCase);

    /// <summary>In the order of their tags, for the list at the foot of a page.</summary>
    public static readonly IReadOnlyList<OptOutWords> InOrder = [.. All.Values.OrderBy(words => words.Language, StringComparer.Ordinal)];

    /// <summary>The language chosen with <c>?lang=</c>, else the best of what the browser asks for, else English.</summary>
    public static OptOutWords For(HttpRequest request)
    {
        if (Find(request.Query["lang"].ToString()) is { } chosen)
            return chosen;
        var wanted = new RequestHeaders(request.Headers).AcceptLanguage.OrderByDescending(language => language.Quality ?? 1);
        return wanted.Select(language => Find(language.Value.ToString())).FirstOrDefault(words => words is not null) ?? All["en"];
    }

    static OptOutWords? Find(string tag)
    {
        var language = tag.Split('-')[0].ToLowerInvariant();
        // Norwegian is asked for under three names.
        return All.GetValueOrDefault(language is "no" or "nn" ? "nb" : language);
    }

    static IEnumerable<OptOutWords> Read()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(name => name.StartsWith(Folder, StringComparison.Ordinal)))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            yield return new(
                name[Folder.Length..^".json".Length],
                JsonSerializer.Deserialize<Dictionary<string, string>>(stream)!.ToFrozenDictionary(StringComparer.Ordinal)
            );
        }
    }
}
